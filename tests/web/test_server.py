"""The server in front: what it takes, in how many bytes and how much time, and how answers end."""

import gzip
import http.client
import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from flask import Flask, Response, request

from styrgraf.web.access import BODY_BYTES
from styrgraf.web.serving.clients import current_client, current_departure, request_identifier
from styrgraf.web.serving.protocol import HEAD_BYTES, MOST_BODY_BYTES, MOST_BODY_PARTS
from styrgraf.web.serving.server import WebServer
from tests.serving import Service

HEAD = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n\r\n"


class Stage:
    """A small application, and events by which tests and it wait for each other."""

    def __init__(self):
        self.app = Flask("stage")
        self.asked, self.left, self.closed = (threading.Event() for _ in range(3))
        self.app.add_url_rule("/echo", view_func=self.echo, methods=["GET", "POST"])
        self.app.add_url_rule("/wait", view_func=self.wait)
        self.app.add_url_rule("/parts", view_func=self.parts)
        self.app.add_url_rule("/lines", view_func=self.lines)
        self.app.add_url_rule("/broken", view_func=self.broken)
        self.app.add_url_rule("/endless", view_func=self.endless)

    def echo(self):
        environ = {name: value for name, value in request.environ.items() if name.isupper()}
        return {
            "environ": environ,
            "length": len(request.get_data()),
            "client": current_client(),
            "id": request_identifier(),
        }

    def wait(self):
        departure = current_departure()
        departure.on_leave(self.left.set)
        self.asked.set()
        self.left.wait(10)
        return str(departure.has_left())

    def parts(self):
        return Response(b"x" * 100_000 for _ in range(20))

    def lines(self):
        lines = (b"line %d\n" % number * 10_000 for number in range(20))
        return Response(lines, content_type="text/plain")

    def broken(self):
        def parts():
            yield b"x" * 100_000
            raise ValueError("in the midst")

        return Response(parts())

    def endless(self):
        def parts():
            try:
                while True:
                    yield b"x" * 100_000
            finally:
                self.closed.set()

        return Response(parts())


@contextmanager
def run_stage(settings, reader):
    stage = Stage()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = replace(settings, port=listener.getsockname()[1])
        server = WebServer(stage.app, reader, listener, settings)
        thread = threading.Thread(target=server.serve_until_stopped, daemon=True)
        thread.start()
        try:
            yield Service(f"http://127.0.0.1:{settings.port}", settings), stage
        finally:
            server.stop()
            thread.join(timeout=10)


@pytest.fixture(scope="module")
def staged(shipped_settings, shipped_reader):
    with run_stage(replace(shipped_settings, body_seconds=0.5), shipped_reader) as running:
        yield running[0]


def connect(service):
    parts = urlsplit(service.address)
    return socket.create_connection((parts.hostname, parts.port), timeout=20)


def read_all(connection):
    return b"".join(iter(lambda: connection.recv(65536), b""))


def send_raw(service, content):
    with connect(service) as connection:
        connection.sendall(content)
        return read_all(connection)


def check_refusal(answer, status):
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), answer[:200]
    for wanted in (
        b"\r\nconnection: close",
        b"\r\ncontent-security-policy: default-src 'none'",
        b"\r\nx-content-type-options: nosniff",
        b"\r\ncache-control: no-store",
        b"\r\ncontent-language: ",
        b"\r\ncontent-length: %d" % len(body),
    ):
        assert wanted in head.lower()
    assert b"\r\nserver:" not in head.lower()
    assert body.count(b"\n\n") == 1


# What is refused


@pytest.mark.parametrize(
    ("request_line_and_headers", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /echo\r\n\r\n", 505),
        (b"GET /echo HTTP/1.1\nHost: localhost\n\n", 400),
        (b"GET /echo HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400),
        (b"GET /echo HTTP/1.1\rHost: localhost\r\r", 400),
        (b"GET /echo HTTP/1.1\r\n Host: localhost\r\n" + CLOSE, 400),
        (b"GET /echo HTTP/1.1\r\nHost : localhost\r\n" + CLOSE, 400),
        (b"GET /echo HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n" + CLOSE, 400),
        (b"GET /echo HTTP/1.1\r\nHost: localhost\x00\r\n" + CLOSE, 400),
        (b"GET /echo HTTP/1.1\r\nX\x00: y\r\n" + HEAD + CLOSE, 400),
        (b"GET /echo HTTP/9.9\r\n" + HEAD + CLOSE, 400),
        (b"GET /echo HTTP/2.0\r\n" + HEAD + CLOSE, 505),
        (b"GET echo HTTP/1.1\r\n" + HEAD + CLOSE, 400),
        (b"GET /\xff HTTP/1.1\r\n" + HEAD + CLOSE, 400),
        (b"GET http://evil.example/echo HTTP/1.1\r\n" + HEAD + CLOSE, 400),
        (b"GET ftp://localhost/echo HTTP/1.1\r\n" + HEAD + CLOSE, 400),
        (b"OPTIONS * HTTP/1.1\r\n" + HEAD + CLOSE, 400),
        (b"CONNECT localhost:80 HTTP/1.1\r\n" + HEAD + CLOSE, 400),
        (b"GET /echo HTTP/1.1\r\n" + HEAD + HEAD + CLOSE, 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"\r\n" * 1000, 400),
    ],
)
def test_what_is_no_sound_request_is_refused_and_the_connection_closed(
    staged, request_line_and_headers, status
):
    check_refusal(send_raw(staged, request_line_and_headers), status)


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5\r\nContent-Length: 5\r\n",
        b"Content-Length: 5, 5\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: 0x5\r\n",
        b"Content-Length: 5 5\r\n",
        b"Content-Length: \r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked, chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding:\x0bchunked\r\n",
    ],
)
def test_bodies_whose_end_two_readers_could_see_differently_are_refused(staged, framing):
    hidden = b"0\r\n\r\nGET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = send_raw(staged, b"POST /echo HTTP/1.1\r\n" + HEAD + framing + b"\r\n" + hidden)
    check_refusal(answer, 400)
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    "chunks",
    [
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        b"5\nhello\n0\n\n",
        b"5\r\nhelloX\r\n0\r\n\r\n",
    ],
)
def test_broken_chunks_are_refused(staged, chunks):
    framing = b"Transfer-Encoding: chunked\r\n\r\n"
    check_refusal(send_raw(staged, b"POST /echo HTTP/1.1\r\n" + HEAD + framing + chunks), 400)


def test_transfer_codings_are_of_http_1_1_alone(staged):
    framing = b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    check_refusal(send_raw(staged, b"POST /echo HTTP/1.0\r\n" + HEAD + framing), 400)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"GET /" + b"a" * HEAD_BYTES, 414),
        (b"GET /" + b"a" * (HEAD_BYTES - 1000) + b" HTTP/1.1\r\n" + HEAD + CLOSE, 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * HEAD_BYTES, 431),
        (b"GET / HTTP/1.1\r\n" + HEAD + b"X: y\r\n" * 200 + CLOSE, 431),
        (b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * (HEAD_BYTES - 10) + b"\r\n" + HEAD + CLOSE, 431),
    ],
)
def test_heads_that_are_too_large_are_refused(staged, content, status):
    check_refusal(send_raw(staged, content), status)


def test_bodies_are_the_applications_to_refuse_up_to_a_size_and_then_the_servers(staged, service):
    content = b"x" * (BODY_BYTES + 1)
    assert service.post("/sparql", content, "application/sparql-query").status == 413
    told = b"Content-Length: %d\r\n\r\n" % (MOST_BODY_BYTES + 1)
    check_refusal(send_raw(staged, b"POST /echo HTTP/1.1\r\n" + HEAD + told), 413)
    chunked = b"Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"%x\r\n%s\r\n" % (2**20, b"x" * 2**20)
    many = chunk * (MOST_BODY_BYTES // 2**20 + 1)
    check_refusal(send_raw(staged, b"POST /echo HTTP/1.1\r\n" + HEAD + chunked + many), 413)


def test_bodies_in_a_great_many_small_parts_are_refused(staged):
    framing = b"POST /echo HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n"
    bytewise = b"1\r\na\r\n" * (2 * MOST_BODY_PARTS)
    check_refusal(send_raw(staged, framing + b"\r\n" + bytewise), 413)
    linewise = (b"64\r\n%s\r\n" % (b"a" * 100)) * (4 * MOST_BODY_PARTS) + b"0\r\n\r\n"
    answer = send_raw(staged, framing + CLOSE + linewise)
    assert b'"length":%d' % (400 * MOST_BODY_PARTS) in answer


def test_a_refusal_speaks_the_language_and_the_type_that_is_asked_for(staged):
    head = b"GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n"
    english = send_raw(staged, head + b"Accept-Language: en\r\nAccept: text/plain\r\n\r\n")
    assert b"not well-formed HTTP" in english
    swedish = send_raw(staged, head + b"Accept-Language: sv\r\nAccept: application/json\r\n\r\n")
    assert b"content-type: application/problem+json" in swedish
    assert b'"status": 400' in swedish


# Time


def test_heads_and_bodies_that_do_not_arrive_in_time_are_answered_408(staged):
    check_refusal(send_raw(staged, b"GET /echo HTTP/1.1\r\nHost: loc"), 408)
    check_refusal(
        send_raw(staged, b"POST /echo HTTP/1.1\r\n" + HEAD + b"Content-Length: 5\r\n\r\nab"), 408
    )


def test_time_is_counted_for_the_whole_and_not_from_byte_to_byte(staged):
    with connect(staged) as connection:
        connection.sendall(b"GET /echo HTTP/1.1\r\nX: ")
        connection.settimeout(0.05)
        started = time.monotonic()
        answer = b""
        while not answer and time.monotonic() - started < 10:
            try:
                answer = connection.recv(65536)
            except TimeoutError:
                connection.sendall(b"y")
        assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_connection_that_says_nothing_is_closed(staged):
    assert send_raw(staged, b"") == b""
    assert send_raw(staged, b"\r\n") == b""


def test_idle_and_slow_connections_keep_nobody_from_being_answered(
    shipped_settings, shipped_reader
):
    with run_stage(shipped_settings, shipped_reader) as (service, _), ExitStack() as stack:
        for number in range(900):
            connection = stack.enter_context(connect(service))
            if number % 3 == 1:
                connection.sendall(b"GET /echo HTTP/1.1\r\nX: ")
            elif number % 3 == 2:
                length = b"Content-Length: 1000000\r\n\r\nx"
                connection.sendall(b"POST /echo HTTP/1.1\r\n" + HEAD + length)
        assert service.get("/echo").status == 200


def test_a_body_may_come_in_pieces_and_after_100_continue(staged):
    with connect(staged) as connection:
        expect = b"Expect: 100-continue\r\nContent-Length: 10\r\n"
        connection.sendall(b"POST /echo HTTP/1.1\r\n" + HEAD + expect + CLOSE)
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"hello")
        connection.sendall(b"world")
        assert b'"length":10' in read_all(connection)


# What the application is told


def test_the_environment_is_that_of_pep_3333(staged):
    content = (
        b"POST /echo?a=%C3%A5&b=/ HTTP/1.1\r\n" + HEAD + b"Content-Type: text/plain\r\n"
        b"Transfer-Encoding: chunked\r\nX-Twice: a\r\nx-twice: b\r\nCookie: a=1\r\nCookie: b=2\r\n"
        b"X_Twice: c\r\nProxy: evil\r\nX-Forwarded-For: 192.0.2.7\r\nForwarded: for=192.0.2.7\r\n"
        b"Connection: close\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-Trailer: evil\r\n\r\n"
    )
    answer = send_raw(staged, content)
    told = Response(answer.partition(b"\r\n\r\n")[2], content_type="application/json").json
    environ = told["environ"]
    assert environ["CONTENT_LENGTH"] == "3"
    assert environ["QUERY_STRING"] == "a=%C3%A5&b=/"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert (environ["HTTP_X_TWICE"], environ["HTTP_COOKIE"]) == ("a,b", "a=1; b=2")
    assert environ["REMOTE_ADDR"] == told["client"] == "127.0.0.1"
    for absent in (
        "HTTP_TRANSFER_ENCODING",
        "HTTP_CONTENT_LENGTH",
        "HTTP_PROXY",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_FORWARDED",
        "HTTP_X_TRAILER",
    ):
        assert absent not in environ


def test_the_path_is_decoded_once(staged):
    answer = send_raw(staged, b"GET /%65cho HTTP/1.1\r\n" + HEAD + CLOSE)
    assert b'"PATH_INFO":"/echo"' in answer
    assert b"404" in send_raw(staged, b"GET /%2565cho HTTP/1.1\r\n" + HEAD + CLOSE)[:20]


def test_a_request_has_an_identifier_of_its_own_or_the_one_that_it_brings(staged):
    first, second = (staged.get("/echo").headers["x-request-id"] for _ in range(2))
    assert first != second
    own = staged.ask("GET", "/echo", {"X-Request-ID": "my-own-request-1"})
    assert own.headers["x-request-id"] == "my-own-request-1"
    assert '"id":"my-own-request-1"' in own.text
    for wrong in ("short", "a" * 65, "spaces in it", "<script>", "åäöåäöåäö"):
        answer = staged.ask("GET", "/echo", {"X-Request-ID": wrong.encode()})
        assert len(answer.headers["x-request-id"]) == 32


def test_clients_are_told_apart_as_the_settings_say(shipped_settings, shipped_reader):
    def ask(service, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return Response(service.ask("GET", "/echo", sent).body, mimetype="application/json").json

    tokens = replace(shipped_settings, client_tokens=("anna:secret",), trusted_proxies=2)
    with run_stage(tokens, shipped_reader) as (service, _):
        assert ask(service, Authorization="Bearer secret")["client"] == "token anna"
        assert ask(service, Authorization="bearer secret")["client"] == "token anna"
        for wrong in ("Bearer secre", "Bearer secret2", "Basic secret", "Bearer ", "secret"):
            assert ask(service, Authorization=wrong)["client"] == "127.0.0.1"
        for forwarded, client in (
            ("192.0.2.1, 192.0.2.2, 192.0.2.3", "192.0.2.2"),
            ("192.0.2.2, 192.0.2.3", "192.0.2.2"),
            ("192.0.2.3", "127.0.0.1"),
            ("nonsense, 192.0.2.3", "127.0.0.1"),
            ("2001:db8::1, 192.0.2.3", "2001:db8::/64"),
            ("2001:db8::2, 192.0.2.3", "2001:db8::/64"),
            ("::ffff:192.0.2.2, 192.0.2.3", "192.0.2.2"),
        ):
            assert ask(service, X_Forwarded_For=forwarded)["client"] == client


# How answers end


def test_a_client_that_leaves_is_noticed(shipped_settings, shipped_reader):
    with run_stage(shipped_settings, shipped_reader) as (service, stage):
        with connect(service) as connection:
            connection.sendall(b"GET /wait HTTP/1.1\r\n" + HEAD + b"\r\n")
            assert stage.asked.wait(10)
            assert not stage.left.is_set()
        assert stage.left.wait(5)


def test_a_stream_that_nobody_reads_any_more_is_ended(shipped_settings, shipped_reader):
    with run_stage(shipped_settings, shipped_reader) as (service, stage):
        with connect(service) as connection:
            connection.sendall(b"GET /endless HTTP/1.1\r\n" + HEAD + b"\r\n")
            assert connection.recv(1000)
            assert not stage.closed.is_set()
        assert stage.closed.wait(5)


def test_an_answer_in_parts_arrives_whole(staged):
    assert staged.get("/parts").body == b"x" * 2_000_000
    old = send_raw(staged, b"GET /parts HTTP/1.0\r\n" + HEAD + b"\r\n")
    head, _, body = old.partition(b"\r\n\r\n")
    assert b"content-length: 2000000" in head
    assert b"transfer-encoding" not in head
    assert body == b"x" * 2_000_000
    head = staged.ask("HEAD", "/parts")
    assert (head.status, head.body) == (200, b"")


def test_compressed_parts_arrive_whole(staged):
    plain = staged.get("/lines")
    zipped = staged.ask("GET", "/lines", {"Accept-Encoding": "gzip"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body
    assert len(zipped.body) < len(plain.body) / 10
    assert plain.headers["vary"] == zipped.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers


def test_a_fault_in_the_midst_breaks_the_answer_off(staged, caplog):
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        staged.get("/broken")
    answer = b""
    with connect(staged) as connection:
        connection.sendall(b"GET /broken HTTP/1.1\r\n" + HEAD + b"\r\n")
        try:
            while part := connection.recv(65536):
                answer += part
        except ConnectionError:
            pass
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert not answer.endswith(b"0\r\n\r\n")
    old = send_raw(staged, b"GET /broken HTTP/1.0\r\n" + HEAD + b"\r\n")
    assert old.startswith(b"HTTP/1.1 500 ")
    assert "in the midst" in caplog.text


def test_requests_on_one_connection_are_answered_in_order(staged):
    several = b"".join(
        b"GET /echo?n=%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % number for number in range(5)
    )
    answer = send_raw(staged, several + b"GET /echo?n=5 HTTP/1.1\r\n" + HEAD + CLOSE)
    numbers = [part[:1] for part in answer.split(b'"QUERY_STRING":"n=')[1:]]
    assert numbers == [b"0", b"1", b"2", b"3", b"4", b"5"]


def test_a_bad_request_after_a_good_one_does_not_answer_in_its_place(staged):
    answer = send_raw(staged, b"GET /echo?n=1 HTTP/1.1\r\n" + HEAD + b"\r\nnonsense\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 400" not in answer


def test_a_thousand_requests_at_once_on_one_connection_end_after_some(staged):
    answer = send_raw(staged, b"GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n" * 1000)
    assert 1 <= answer.count(b"HTTP/1.1 200 ") < 100


def test_nothing_is_upgraded_to(staged):
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n"
    answer = send_raw(staged, b"GET /echo HTTP/1.1\r\n" + HEAD + upgrade)
    assert answer.startswith(b"HTTP/1.1 200 ")
