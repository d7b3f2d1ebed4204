"""Markup, paths and line ends where values are expected."""

# ruff: noqa: E501 -- what is sent stands as it is

from __future__ import annotations

from urllib.parse import quote, urlencode

from tests.hostile.requests import FORM, JSON, Hostile, get, query_by_get, send

EXAMPLE = "https://w3id.org/styrgraf/example/"
_TRAVERSALS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cetc%5cpasswd",
    "....//....//etc/passwd",
    "%c0%ae%c0%ae/etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "dataset.toml%00.css",
)
_FILE_LIKE = (
    "/static/",
    "/static/css/",
    "/graph/",
    "/questions/",
    "/id/post/",
    "/doc/post/",
    "/.well-known/genid/",
    "/sparql/examples/",
)
_MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}{% raw %}",
    "\r\nX-Injected: 1\r\n\r\n<script>alert(1)</script>",
    "\u2028<!--<script>",
)
_FIELDS = (
    "/sparql?query=",
    "/sparql?format=",
    "/describe?iri=",
    "/authority/may?party=",
    "/authority/may?on=",
    "/authority/rehearsal?recall=",
    "/authority/decisions?decision=",
    "/questions/dated-decisions?from=",
    "/delegations?on=",
    "/orders?page=",
    "/validation?page=",
    "/?lang=",
    "/doc/post/",
)
_REJECTED_OR_TEXT = frozenset({200, 303, 400, 403, 404, 406, 422})
_LABELS = "http://www.w3.org/2004/02/skos/core#prefLabel"
_HOSTILE_LABELS = {
    "a table of hostile labels": f"SELECT * {{ ?s <{_LABELS}> ?label }}",
    "hostile labels as a graph": f"CONSTRUCT WHERE {{ ?s <{_LABELS}> ?label }}",
    "markup made by the query": "SELECT ('<script>alert(1)</script>' AS ?x) (IRI('javascript:alert(1)') AS ?y) (STRDT('<b>', <x:%3Cb%3E>) AS ?z) {}",
    "markup in a language tag and a datatype": "SELECT ('x'@en-onload AS ?x) ('x'^^<javascript:alert(1)> AS ?y) {}",
    "markup in a prefix": "PREFIX onload: <javascript:alert(1)//> SELECT (onload:x AS ?y) {}",
}
_PAGES = ("-1", "0", "x", "1e9", "99999999999999999999", "²", "1;DROP", "%00")
_FORMATS = ("../../etc/passwd", "html%00", "<script>", "json,xml", "a" * 5000, "turtle", "*")
_NOT_LABELS = {
    "nested lists": b"[" * 200_000 + b"]" * 200_000,
    "nested objects": b'{"iris":' * 100_000,
    "a number": b"1" * 10_000,
    "markup and braces": b'{"iris": ["> } SERVICE <http://127.0.0.1:@@@@@/> { ?s ?p ?o } #"]}',
    "labels that are no UTF-8": b'{"iris": ["\xff\xfe"]}',
}
_PRIVATE = (
    "/metrics",
    "/queries/running",
    "/debug",
    "/console",
    "/.git/config",
    "/.env",
    "/server-status",
    "/actuator/env",
    "/sparql/../metrics",
    "/cgi-bin/sh",
    "/var/store/CURRENT",
)

REQUESTS: tuple[Hostile, ...] = (
    *(
        get(f"{route}{path}", "traversal", route + path, frozenset({400, 404, 405}))
        for route in _FILE_LIKE
        for path in _TRAVERSALS
    ),
    *(
        get(
            f"markup {number} in {field}",
            "markup",
            field + quote(value, safe=""),
            _REJECTED_OR_TEXT,
        )
        for field in _FIELDS
        for number, value in enumerate(_MARKUP, 1)
    ),
    *(
        query_by_get(name, "markup", text, frozenset({200}), format="html")
        for name, text in _HOSTILE_LABELS.items()
    ),
    *(
        query_by_get(f"{name}, as {accept}", "markup", text, frozenset({200, 406}), accept=accept)
        for name, text in _HOSTILE_LABELS.items()
        for accept in (
            JSON,
            "application/sparql-results+xml",
            "application/rdf+xml",
            "application/ld+json",
        )
    ),
    *(
        get(f"page of a hostile thing: {path}", "markup", path, frozenset({200}))
        for path in (
            "/doc/post/script",
            "/doc/post/o'onmouseover='alert(7)",
            f"/describe?{urlencode({'iri': EXAMPLE + 'id/post/script'})}",
            "/organisation",
            "/graph/source/hostile",
        )
    ),
    *(
        get(
            f"page={value[:20]}",
            "parameters",
            f"/graph/source/rektor?page={value}",
            frozenset({400, 404}),
        )
        for value in _PAGES
    ),
    *(
        get(
            f"format={value[:20]}",
            "parameters",
            f"/sparql?query=ASK%7B%7D&format={quote(value, safe='%')}",
            frozenset({400, 406}),
        )
        for value in _FORMATS
    ),
    get("two queries", "parameters", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", frozenset({400})),
    get("query as a list", "parameters", "/sparql?query[]=ASK%7B%7D", frozenset({200, 400})),
    get(
        "a graph that is no IRI",
        "parameters",
        "/sparql?query=ASK%7B%7D&default-graph-uri=%3E%20%7B",
        frozenset({400}),
    ),
    get(
        "3,000 default graphs",
        "parameters",
        "/sparql?query=ASK%7B%7D" + "&default-graph-uri=x:y" * 2500,
        frozenset({200, 400, 414, 431}),
    ),
    get("an unknown language", "parameters", "/?lang=../../etc", frozenset({200, 400, 404})),
    get(
        "parameters of the framework",
        "parameters",
        "/doc/post/rektor?_external=1&_scheme=javascript&_anchor=x&endpoint=x",
        frozenset({200, 400}),
    ),
    *(
        get(
            f"/graph-store?graph={path}",
            "traversal",
            f"/graph-store?graph={path}",
            frozenset({400, 404, 406}),
        )
        for path in (
            "file:///etc/passwd",
            "../../etc/passwd",
            "%00",
            "http://127.0.0.1:@@@@@/",
            "x:y%3E%20%7B%7D",
        )
    ),
    *(
        send(
            f"{name} for labels",
            "parameters",
            "POST",
            "/labels",
            frozenset({200, 400, 404, 405, 413, 415, 422}),
            {"Content-Type": "application/json"},
            content,
        )
        for name, content in _NOT_LABELS.items()
    ),
    send(
        "20,000 graphs in a form",
        "parameters",
        "POST",
        "/sparql",
        frozenset({200, 400, 413}),
        {"Content-Type": FORM},
        b"query=ASK%7B%7D" + b"&named-graph-uri=x:y" * 20_000,
    ),
    *(
        get(f"private address {path}", "private addresses", path, frozenset({400, 401, 403, 404}))
        for path in _PRIVATE
    ),
    send(
        "stopping another's query",
        "private addresses",
        "DELETE",
        "/queries/running/00000000",
        frozenset({401, 403, 404, 405}),
    ),
)
