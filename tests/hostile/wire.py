"""Requests that break HTTP, or that keep connections open and say little."""

# ruff: noqa: E501 -- what is sent stands as it is

from __future__ import annotations

from tests.hostile.requests import (
    CLOSED,
    DIRECT,
    HELD,
    TRAP,
    Hostile,
    Repeated,
    get,
    query,
    raw,
    send,
    write_request,
)

_REJECTED = frozenset({400, 408, 411, 413, 414, 417, 431, 501, 505, CLOSED})
_ANY_OWN = frozenset({200, 303, 304, 400, 403, 404, 405, 406, 412, 416, 417, 431})
_HEAD = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
_ASK = b"ASK {}"
_SLOW = 45.0


def _head(*lines: bytes, start: bytes = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1") -> bytes:
    return b"\r\n".join((start, *lines, b"Connection: close", b"", b""))


_FRAMING = {
    "Content-Length and Transfer-Encoding": _HEAD
    + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
    "two lengths": _HEAD + b"Content-Length: 6\r\nContent-Length: 60\r\n\r\n" + _ASK,
    "a list of lengths": _HEAD + b"Content-Length: 6, 7\r\n\r\n" + _ASK,
    "a negative length": _HEAD + b"Content-Length: -6\r\n\r\n" + _ASK,
    "a length with a sign": _HEAD + b"Content-Length: +6\r\nConnection: close\r\n\r\n" + _ASK,
    "a length in hexadecimal": _HEAD + b"Content-Length: 0x6\r\n\r\n" + _ASK,
    "a length beyond 64 bits": _HEAD + b"Content-Length: 99999999999999999999999\r\n\r\n" + _ASK,
    "an unknown transfer coding": _HEAD + b"Transfer-Encoding: xchunked\r\n\r\n" + _ASK,
    "a transfer coding with a tab": _HEAD
    + b"Transfer-Encoding:\tidentity, chunked, x\r\n\r\n"
    + _ASK,
    "a chunk size that is none": _HEAD
    + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK {}\r\n0\r\n\r\n",
    "a chunk size beyond 64 bits": _HEAD
    + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nA",
    "a chunk without its end": _HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}0\r\n\r\n",
    "white space before the colon": _head(b"Content-Length : 5"),
    "a header without a colon": _head(b"nothing"),
    "a header without a name": _head(b": nothing"),
    "a zero byte in a header": _head(b"X-A: a\x00b"),
    "a zero byte in the path": b"GET /\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a header name that is no token": _head(b"X A(): b"),
    "carriage returns alone": b"GET / HTTP/1.1\rHost: 127.0.0.1\r\r",
    "another protocol": b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
    "a TLS greeting": bytes.fromhex("16030100c8010000c40303") + b"\x11" * 200 + b"\r\n\r\n",
    "the HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/9.9": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "random bytes": bytes(range(256)) * 20 + b"\r\n\r\n",
    "CONNECT to another": b"CONNECT 127.0.0.1:@@@@@ HTTP/1.1\r\nHost: 127.0.0.1:@@@@@\r\n\r\n",
    "two hosts": _head(b"Host: evil.example"),
    "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
}
_OWN_WAY = {
    "a header folded over lines": _head(b"X-A: b", b" Host: evil.example"),
    "a method of 50,000 letters": b"G" * 50_000 + b" / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "an expectation that nobody knows": _head(b"Expect: 200-wonders"),
    "an absolute address of another": f"GET http://127.0.0.1:{TRAP}/healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode(),
    "an upgrade to WebSocket": _head(
        b"Connection: Upgrade",
        b"Upgrade: websocket",
        b"Sec-WebSocket-Version: 13",
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ),
    "an upgrade to HTTP/2": _head(
        b"Connection: Upgrade, HTTP2-Settings",
        b"Upgrade: h2c",
        b"HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    ),
    "line feeds alone": b"GET /healthz HTTP/1.1\nHost: 127.0.0.1\nConnection: close\n\n",
    "ten thousand empty lines first": b"\r\n" * 10_000 + _head(),
    "5,000 headers": _head(*[b"X-%d: a" % number for number in range(5000)]),
    "a header of 1 MB": _head(b"X-A: " + b"a" * 1_000_000),
    "a cookie of 60 kB": _head(b"Cookie: " + b"a=b; " * 12_000),
    "5,000 ranges": _head(b"Range: bytes=" + b",".join(b"%d-%d" % (n, n + 1) for n in range(5000))),
    "a range from the end of all things": _head(b"Range: bytes=-99999999999999999999"),
    "100,000 entity tags": _head(b"If-None-Match: " + b", ".join([b'"x"'] * 10_000)),
    "a date that is none": _head(b"If-Modified-Since: Tue, 99 Foo 99999 99:99:99 GMT"),
    "Expect: 100-continue and no body": _HEAD
    + b"Expect: 100-continue\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "method override": _head(b"X-HTTP-Method-Override: DELETE", b"X-HTTP-Method: PUT"),
    "address override": _head(b"X-Original-URL: /metrics", b"X-Rewrite-URL: /metrics"),
    "forwarded by one who may not": _head(
        b"X-Forwarded-For: 127.0.0.2",
        b"X-Forwarded-Host: evil.example",
        b"X-Forwarded-Proto: gopher",
        b"Forwarded: for=127.0.0.2;host=evil.example",
        b"X-Real-IP: 127.0.0.2",
    ),
    "names of the gateway interface": _head(
        b"X-Script-Name: /evil", b"SCRIPT_NAME: /evil", b"X-Forwarded-Prefix: //evil.example"
    ),
    "an Accept of 50 kB": _head(
        b"Accept: " + b"text/html;q=0.1," * 3000,
        start=b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1",
    ),
    "an Accept-Language of 50 kB": _head(
        b"Accept-Language: " + b"sv-x-a;q=0.1," * 4000, start=b"GET / HTTP/1.1\r\nHost: 127.0.0.1"
    ),
    "weights that are none": _head(
        b"Accept: text/html;q=NaN, */*;q=1e999, a/b;q=-1",
        start=b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1",
    ),
    "a media type of markup": _head(
        b"Accept: <script>alert(1)</script>",
        start=b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1",
    ),
    "an Accept-Encoding of 50 kB": _head(b"Accept-Encoding: " + b"gzip;q=0.1," * 4500),
    "a request identifier with line ends": _head(b"X-Request-ID: a%0d%0aX-Injected: 1"),
    "a token of administration that is wrong": _head(
        b"Authorization: Bearer " + b"a" * 20_000,
        start=b"GET /queries/running HTTP/1.1\r\nHost: 127.0.0.1",
    ),
    "an authorisation that is none": _head(
        b"Authorization: \xff\xfe Basic Og==", start=b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1"
    ),
}
_HOSTS = (
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "localhost:80:80",
    "[::1",
    "'\"><script>alert(1)</script>",
    "löcalhost",
    "a" * 5000,
)
_SLOW_ONES = (
    raw(
        "header, a byte a second", "slow", (b"GET / HT", Repeated(b"a", 60, 1.0)), _REJECTED, _SLOW
    ),
    raw(
        "endless headers",
        "slow",
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", Repeated(b"X-A: b\r\n", 120, 0.5)),
        _REJECTED,
        _SLOW,
    ),
    raw(
        "body, a byte a second",
        "slow",
        (_HEAD + b"Content-Length: 60\r\n\r\n", Repeated(b"a", 60, 1.0)),
        _REJECTED,
        _SLOW,
    ),
    raw("body that never comes", "slow", _HEAD + b"Content-Length: 60\r\n\r\n", _REJECTED, _SLOW),
    raw(
        "chunks, one a second",
        "slow",
        (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", Repeated(b"1\r\na\r\n", 60, 1.0)),
        _REJECTED,
        _SLOW,
    ),
    raw("half a request", "slow", b"GET / HTTP/1.1\r\nHo", _REJECTED, _SLOW),
    raw("nothing at all", "slow", b"", _REJECTED | {HELD}, _SLOW),
    raw(
        "body promised after 100-continue",
        "slow",
        _HEAD + b"Expect: 100-continue\r\nContent-Length: 60\r\n\r\n",
        _REJECTED,
        _SLOW,
    ),
)
_ENDLESS_TEXT = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_CROWDS = (
    raw("900 sockets that say nothing", "crowds", b"", frozenset({HELD, CLOSED, 408}), 12.0, 900),
    raw(
        "900 sockets with half a header",
        "crowds",
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", Repeated(b"X-A: b\r\n", 10, 1.0)),
        frozenset({HELD, CLOSED, 400, 408}),
        12.0,
        900,
    ),
    raw(
        "300 sockets with slow bodies",
        "crowds",
        (_HEAD + b"Content-Length: 60\r\n\r\n", Repeated(b"a", 10, 1.0)),
        frozenset({HELD, CLOSED, 400, 408}),
        12.0,
        300,
    ),
    raw(
        "200 that leave in the midst of a query",
        "crowds",
        write_request("POST", "/sparql", {"Content-Type": DIRECT}, _ENDLESS_TEXT),
        frozenset({HELD, CLOSED, 400, 422, 429, 503, 504}),
        10.0,
        200,
    ),
)
_FLOODS = (
    raw(
        "100 MB of headers",
        "floods",
        (
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
            Repeated(b"X-A: " + b"a" * 50_000 + b"\r\n", 2000),
            b"\r\n",
        ),
        _REJECTED,
    ),
    raw(
        "a path of 100 MB",
        "floods",
        (b"GET /", Repeated(b"a" * 50_000, 2000), b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
        _REJECTED,
    ),
    raw(
        "one header name of 100 MB",
        "floods",
        (b"GET / HTTP/1.1\r\n", Repeated(b"a" * 50_000, 2000)),
        _REJECTED,
    ),
    raw("100 MB of empty lines", "floods", Repeated(b"\r\n" * 25_000, 2000), _REJECTED),
    raw(
        "a chunk extension of 100 MB",
        "floods",
        (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", Repeated(b"a" * 50_000, 2000)),
        _REJECTED,
    ),
    raw(
        "trailers of 100 MB",
        "floods",
        (
            _HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n",
            Repeated(b"X-A: " + b"a" * 50_000 + b"\r\n", 2000),
        ),
        _REJECTED | {200},
    ),
    raw(
        "half a million chunks of a byte",
        "floods",
        (
            _HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
            Repeated(b"1\r\na\r\n" * 5000, 100),
            b"0\r\n\r\n",
        ),
        _REJECTED,
        20.0,
    ),
    raw(
        "20,000 requests on one connection",
        "floods",
        (Repeated(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200, 100), _head()),
        frozenset({200, 503}),
        20.0,
    ),
)
_UNREAD = "SELECT * { ?a ?b ?c BIND('" + "x" * 250 + "' AS ?x) } LIMIT 6000"
_PIPELINE = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

REQUESTS: tuple[Hostile, ...] = (
    *(raw(name, "framing", content, _REJECTED | {404}) for name, content in _FRAMING.items()),
    *(
        raw(name, "headers", content, _ANY_OWN | {CLOSED, 401})
        for name, content in _OWN_WAY.items()
    ),
    *(
        get(
            f"Host: {host[:40]}",
            "headers",
            "/id/post/rektor",
            frozenset({400, 431}),
            {"Host": host},
        )
        for host in _HOSTS
    ),
    raw(
        "a hundred requests at once", "pipelining", _PIPELINE * 99 + _head(), frozenset({200, 503})
    ),
    raw(
        "queries behind one another",
        "pipelining",
        (_HEAD + b"Content-Length: 6\r\n\r\n" + _ASK) * 20 + _head(),
        frozenset({200, 429, 503}),
    ),
    raw(
        "a request hidden in a body",
        "pipelining",
        _HEAD + b"Content-Length: 30\r\nConnection: close\r\n\r\nASK {} #GET /metrics HTTP/1.1\r\n",
        frozenset({200}),
    ),
    *_SLOW_ONES,
    *_CROWDS,
    *_FLOODS,
    raw(
        "60 that never read their answer",
        "crowds",
        write_request("POST", "/sparql", {"Content-Type": DIRECT}, _UNREAD.encode()),
        frozenset({200, 429, 503, HELD, CLOSED}),
        12.0,
        60,
    ),
    query("bytes that are no UTF-8", "encodings", b'ASK { ?s ?p "\xff\xfe" }', frozenset({400})),
    query("an overlong slash", "encodings", b'ASK { ?s ?p "\xc0\xaf" }', frozenset({400})),
    query("half a character pair", "encodings", b'ASK { ?s ?p "\xed\xa0\x80" }', frozenset({400})),
    query("an escaped half pair", "encodings", 'ASK { ?s ?p "\\uD800" }', frozenset({400, 200})),
    query(
        "a character beyond the last", "encodings", 'ASK { ?s ?p "\\U00110000" }', frozenset({400})
    ),
    query("a zero character", "encodings", 'ASK { ?s ?p "\\u0000\x00" }', frozenset({400, 200})),
    query("a byte order mark", "encodings", "\ufeffASK {}", frozenset({400, 200})),
    query("UTF-16", "encodings", "ASK {}".encode("utf-16"), frozenset({400})),
    *(
        get(f"query={value}", "encodings", f"/sparql?query={value}", frozenset({400}))
        for value in ("%", "%zz", "%u0041", "%ff%fe", "%c0%af", "ASK%00%7B", "%ed%a0%80", "+%2")
    ),
    *(
        get(f"path {path}", "encodings", path, frozenset({400, 404}))
        for path in (
            "/%",
            "/%zz",
            "/%ff",
            "/%00",
            "/doc/post/%c0%ae%c0%ae",
            "/doc/post/%ed%a0%80",
            "/id/%0d%0aX-Injected:%201/x",
            "/\\evil.example",
            "//evil.example/..",
            "/;/x",
            "/?/../%",
        )
        if path != "/?/../%"
    ),
    *(
        send(f"method {method}", "methods", method, "/sparql", frozenset({400, 405, 501, CLOSED}))
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "LOCK", "BREW", "get")
    ),
    send(
        "OPTIONS of everything",
        "methods",
        "OPTIONS",
        "*",
        frozenset({200, 204, 400, 404, 405, CLOSED}),
    ),
    send(
        "HEAD of an endless query",
        "methods",
        "HEAD",
        "/sparql?query=SELECT+(COUNT(*)+AS+%3Fn)+%7B%3Fa+%3Fb+%3Fc.%3Fd+%3Fe+%3Ff.%3Fg+%3Fh+%3Fi%7D",
        frozenset({422, 429, 503, 504}),
    ),
    send(
        "a body with a GET",
        "methods",
        "GET",
        "/sparql?query=ASK%7B%7D",
        frozenset({200, 400}),
        {"Content-Type": DIRECT, "Content-Length": "9"},
        b"CLEAR ALL",
    ),
)
