"""The gateway, with real servers on loopback: what it passes on, and what it does not."""

from __future__ import annotations

import http.client
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf.errors import RemoteServiceError
from styrgraf.graph.services.federation import Services, admit_query, write_target
from styrgraf.graph.services.gateway import Gateway, Session
from styrgraf.graph.services.gateway_fetching import choose_address
from styrgraf.graph.services.gateway_listening import (
    open_gateway_listener,
    receive_listener,
    send_listener,
)
from styrgraf.settings import Settings

SOLUTIONS = (
    b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"other"}}]}}'
)
JSON = "application/sparql-results+json"


class Other(BaseHTTPRequestHandler):
    """Another server, which does by its path what servers do."""

    asked: list[tuple[str, str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked.append((self.command, self.path, dict(self.headers), body))
        getattr(self, f"_answer_{self.path.strip('/').partition('?')[0]}", self._answer_plainly)()

    def _answer_plainly(self) -> None:
        self._send(200, SOLUTIONS)

    def _answer_redirect(self) -> None:
        self._send(307, b"", Location="/")

    def _answer_error(self) -> None:
        self._send(500, b"secret of another")

    def _answer_huge(self) -> None:
        self._send(200, b"x" * 3_000_000)

    def _answer_short(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"x")

    def _answer_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b" ")
            time.sleep(0.1)

    def _answer_garbled(self) -> None:
        self.wfile.write(b"\x00\x01\x02 what\r\n\r\n")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", JSON)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """The other server; a client that breaks off is no news."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def run_other(certificate: Path | None = None) -> Iterator[tuple[str, type[Other]]]:
    handler = type("Recording", (Other,), {"asked": []})
    server = Server(("127.0.0.1", 0), handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        scheme = "https" if certificate else "http"
        yield f"{scheme}://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def open_gateway(
    *origins: str, seconds: float = 5.0, of_query: float = 10.0
) -> Iterator[tuple[Gateway, Session, str]]:
    settings = Settings(service_origins=origins, service_seconds=seconds, service_megabytes=1)
    gateway = Gateway(settings)
    listener = open_gateway_listener(own_network=False)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    detach = gateway.attach(listener)
    with gateway.open_session(of_query) as session:
        yield gateway, session, address
    detach()


def ask(gateway: Gateway, session: Session, address: str, called: str) -> list[str]:
    services = Services(gateway.origins, address, session.secret)
    _, text = admit_query(f"SELECT ?s {{ SERVICE <{called}> {{ ?s ?p 'å' }} }}", services)
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [str(solution["s"].value) for solution in solutions]


def test_another_server_is_asked_and_told_only_the_query() -> None:
    with run_other() as (origin, other), open_gateway(origin) as opened:
        assert ask(*opened, f"{origin}/a/b?c=d%20e&f=å") == ["other"]
    ((method, path, headers, body),) = other.asked
    assert (method, path) == ("POST", "/a/b?c=d%20e&f=%C3%A5")
    assert body.decode() == 'SELECT * WHERE { ?s ?p "å" . }'
    names = {name.lower() for name in headers} - {"content-length", "accept-encoding"}
    assert names == {"host", "accept", "user-agent", "connection", "content-type"}
    assert headers["Host"] == origin.removeprefix("http://")
    assert opened[1].secret not in str(other.asked)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("redirect", "redirect"),
        ("error", "500"),
        ("huge", "1048576"),
        ("short", "no HTTP"),
        ("slow", "within 0.5 s"),
        ("garbled", "no HTTP"),
    ],
)
def test_what_goes_wrong_there_is_told_and_not_passed_on(path: str, said: str) -> None:
    with run_other() as (origin, other), open_gateway(origin, seconds=0.5) as opened:
        started = time.monotonic()
        with pytest.raises(OSError, match="502"):
            ask(*opened, f"{origin}/{path}")
        assert time.monotonic() - started < 3
        failure = opened[1].failure
    assert isinstance(failure, RemoteServiceError)
    assert said in str(failure)
    assert origin in str(failure)
    assert len(other.asked) == 1
    assert "secret" not in str(failure)


def test_a_query_waits_no_longer_than_its_own_time() -> None:
    with run_other() as (origin, _), open_gateway(origin, seconds=60, of_query=0.5) as opened:
        started = time.monotonic()
        with pytest.raises(OSError, match="502"):
            ask(*opened, f"{origin}/slow")
        assert time.monotonic() - started < 3


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        origin = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with open_gateway(origin) as opened:
        with pytest.raises(OSError, match="502"):
            ask(*opened, f"{origin}/")
        assert "not reached" in str(opened[1].failure)


def test_a_name_that_leads_to_this_machine_is_refused_and_not_contacted() -> None:
    with run_other() as (origin, other):
        named = origin.replace("127.0.0.1", "localhost")
        with open_gateway(named) as opened:
            with pytest.raises(OSError, match="502"):
                ask(*opened, f"{named}/")
            assert "not a public one" in str(opened[1].failure)
    assert other.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "127.1", "localhost.localdomain"]
)
def test_no_way_of_writing_an_address_hides_it(host: str) -> None:
    with pytest.raises((RemoteServiceError, OSError)):
        choose_address(host, 80)


def test_an_address_is_taken_as_it_stands() -> None:
    assert choose_address("127.0.0.1", 80) == ("127.0.0.1", 80)
    assert choose_address("::1", 80) == ("::1", 80)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes a certificate for a subject alternative name, with its key."""
    folder = tmp_path_factory.mktemp("certificates")

    def make(name: str) -> Path:
        path = folder / f"{name.replace(':', '-')}.pem"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", "/CN=other", "-addext", f"subjectAltName={name}"),
                *("-keyout", f"{path}.key", "-out", f"{path}.crt"),
            ],
            check=True,
            capture_output=True,
        )
        path.write_text(Path(f"{path}.key").read_text() + Path(f"{path}.crt").read_text())
        return path

    return make


def test_a_certificate_must_be_trusted_and_name_the_host(
    certificate: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    right, wrong = certificate("IP:127.0.0.1"), certificate("DNS:other.example")
    for path, trusted, works in ((right, True, True), (right, False, False), (wrong, True, False)):
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", f"{path}.crt")
        else:
            monkeypatch.delenv("SSL_CERT_FILE")
        with run_other(path) as (origin, other), open_gateway(origin) as opened:
            if works:
                assert ask(*opened, f"{origin}/") == ["other"]
                continue
            with pytest.raises(OSError, match="502"):
                ask(*opened, f"{origin}/")
            assert "not reached" in str(opened[1].failure)
        assert other.asked == []


def request(address: str, target: str, method: str = "POST") -> int:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    try:
        connection.request(method, target, b"ASK {}")
        return connection.getresponse().status
    finally:
        connection.close()


def test_only_a_secret_that_holds_opens_the_gateway_and_only_to_listed_origins() -> None:
    with run_other() as (origin, _), run_other() as (unlisted, never_asked):
        with open_gateway(origin) as (_, session, address):
            assert request(address, write_target(session.secret, f"{origin}/")) == 200
            assert request(address, write_target(session.secret, f"{unlisted}/")) == 403
            assert request(address, write_target("x" * 43, f"{origin}/")) == 403
            assert request(address, f"/{session.secret}/") == 403
            assert request(address, "/") == 403
            assert request(address, write_target(session.secret, f"{origin}/"), "PUT") == 501
            session.close()
            assert request(address, write_target(session.secret, f"{origin}/")) == 403
        assert never_asked.asked == []


def test_a_query_may_not_ask_without_end() -> None:
    with run_other() as (origin, other), open_gateway(origin) as (_, session, address):
        target = write_target(session.secret, f"{origin}/")
        statuses = [request(address, target) for _ in range(101)]
        assert statuses == [200] * 100 + [502]
        assert "100" in str(session.failure)
    assert len(other.asked) == 100


def test_a_listener_can_be_handed_over_and_closed() -> None:
    with ExitStack() as stack:
        ours, theirs = map(stack.enter_context, socket.socketpair())
        address = send_listener(theirs, open_gateway_listener(own_network=False))
        listener = receive_listener(ours)
        detach = Gateway(Settings()).attach(listener)
        assert request(address, "/") == 403
        detach()
        with pytest.raises(ConnectionError):
            request(address, "/")
        theirs.close()
        with pytest.raises(EOFError):
            receive_listener(ours)
