"""Who is let in: host names, proxies, the path prefix; and what addresses are made of."""

import socket
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from styrgraf.settings import Settings
from styrgraf.web.access import read_host_name
from styrgraf.web.addresses import Addresses, public_root
from tests.serving import run_service

BASE = "https://w3id.org/styrgraf/kth/"


def send_raw(service, request: bytes) -> bytes:
    """Send bytes as they are and return all that comes back."""
    parts = urlsplit(service.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:80", "LOCALHOST", "127.0.0.1", "127.0.0.1:1", "[::1]:8000"]
)
def test_loopback_names_are_let_in(service, host):
    assert service.ask("GET", "/healthz", {"Host": host}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "localhost@evil.example",
        "evil.example#localhost",
        "localhost/evil.example",
        "localhost\\evil.example",
        "localhost,evil.example",
        "localhost evil.example",
        "localhost:evil",
        "localhost:123456",
        "127.0.0.1.evil.example",
        "127.1",
        "[::1",
        "[::1]evil",
        "::1",
        "",
        " ",
        ".",
        "localhost.",
        "*",
        "'\"><script>",
        "löcalhost",
    ],
)
def test_other_names_are_refused(service, host):
    request = f"GET /id/post/rektor HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    answer = send_raw(service, request.encode("utf-8"))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"evil" not in answer
    assert b"\r\nLocation:" not in answer


def test_two_host_headers_are_refused(service):
    hosts = b"Host: localhost\r\nHost: evil.example\r\n"
    request = b"GET / HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n"
    assert send_raw(service, request).startswith(b"HTTP/1.1 400 ")


def test_only_http_1_0_may_name_no_host(service):
    old = send_raw(service, b"GET /healthz HTTP/1.0\r\n\r\n")
    assert old.startswith(b"HTTP/1.1 200 ")  # the server's own version (RFC 9110, 2.5)
    new = send_raw(service, b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert new.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("Example.ORG:80", "example.org"),
        ("[2001:DB8::1]:443", "2001:db8::1"),
        ("a_b.example", "a_b.example"),
        ("example.org:", None),
        ("http://example.org", None),
        ("a b", None),
    ],
)
def test_host_headers_are_read_by_their_grammar(host, name):
    assert read_host_name(host) == name


def test_the_settings_let_other_names_in(shipped_settings, shipped_reader):
    settings = replace(
        shipped_settings,
        public_url="https://graf.example/styrgraf/",
        trusted_hosts=("inside.example",),
    )
    with run_service(settings, shipped_reader) as service:
        for host in ("graf.example", "INSIDE.example:8080", "localhost"):
            assert service.ask("GET", "/healthz", {"Host": host}).status == 200
        for host in ("evil.example", "sub.graf.example", "graf.example.evil"):
            assert service.ask("GET", "/healthz", {"Host": host}).status == 400


def test_absolute_addresses_come_from_the_public_url_alone(shipped_settings, shipped_reader):
    settings = replace(shipped_settings, public_url="https://graf.example/styrgraf")
    with run_service(settings, shipped_reader) as service:
        headers = {
            "Host": "localhost:9",
            "Accept": "text/turtle",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "gopher",
            "X-Forwarded-Prefix": "/evil",
            "Forwarded": "host=evil.example",
        }
        for path in ("/sparql", "/doc/post/rektor", "/styrgraf/doc/post/rektor"):
            answer = service.ask("GET", path, headers)
            assert answer.status == 200
            assert "https://graf.example/styrgraf/" in answer.text
            for foreign in ("evil", "localhost", "gopher"):
                assert foreign not in answer.text + str(answer.headers)


def test_a_path_prefix_is_kept_in_links_whether_the_proxy_cuts_it_or_not(
    shipped_settings, shipped_reader
):
    settings = replace(shipped_settings, public_url="https://graf.example/styrgraf/")
    with run_service(settings, shipped_reader) as service:
        for prefix in ("", "/styrgraf"):
            lead = service.get(f"{prefix}/id/post/rektor?lang=en")
            assert lead.headers["location"] == "/styrgraf/doc/post/rektor?lang=en"
            page = service.browse(f"{prefix}/doc/post/rektor")
            assert 'href="/styrgraf/ns' in page.text
            assert 'href="/ns' not in page.text
            assert 'href="/styrgraf/doc/post/rektor?lang=en"' in page.text
        assert service.get("/styrgrafisk").status == 404


def test_forwarded_headers_are_believed_only_behind_a_proxy(shipped_settings, shipped_reader):
    headers = {"Host": "localhost", "X-Forwarded-Host": "inside.example"}
    settings = replace(shipped_settings, trusted_hosts=("inside.example",), trusted_proxies=1)
    with run_service(settings, shipped_reader) as service:
        assert service.ask("GET", "/healthz", headers).status == 200
        foreign = headers | {"X-Forwarded-Host": "evil.example"}
        assert service.ask("GET", "/healthz", foreign).status == 400
    with run_service(shipped_settings, shipped_reader) as service:
        foreign = headers | {"X-Forwarded-Host": "evil.example"}
        assert service.ask("GET", "/healthz", foreign).status == 200


@pytest.mark.parametrize(
    ("settings", "root"),
    [
        (Settings(port=8000), "http://127.0.0.1:8000/"),
        (Settings(bind_host="0.0.0.0", port=80), "http://127.0.0.1:80/"),
        (Settings(bind_host="::", port=80), "http://[::1]:80/"),
        (Settings(bind_host="::1", port=80), "http://[::1]:80/"),
        (Settings(public_url="https://a.example"), "https://a.example/"),
        (Settings(public_url="https://a.example/b/"), "https://a.example/b/"),
    ],
)
def test_the_public_root_is_the_public_url_or_where_the_server_listens(settings, root):
    assert public_root(settings) == root


@pytest.mark.parametrize(
    ("iri", "address"),
    [
        ("https://a.example/x?y#z", "https://a.example/x?y#z"),
        ("HTTP://a.example/å", "HTTP://a.example/%C3%A5"),
        ("http://[broken", "http://[broken"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("urn:x:y", None),
        ("file:///etc/passwd", None),
        ("relative", None),
    ],
)
def test_only_web_addresses_lead_outward(iri, address):
    assert Addresses(Settings(), BASE).outward_address(iri) == address


def test_security_headers_stand_on_every_answer(service):
    for path in ("/", "/ns", "/sparql?query=x", "/nothing", "/healthz", "/id/post/rektor"):
        for accept in ("text/html", "*/*"):
            headers = service.get(path, accept).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"]
            assert headers["permissions-policy"]
            assert headers["cross-origin-opener-policy"] == "same-origin"
            assert "set-cookie" not in headers
