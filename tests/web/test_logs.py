"""The logs hold what happened, one JSON object per line, and no secrets."""

import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from tests.serving import run_service
from tests.web.test_server import send_raw

SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"
SECRETS = ("a-long-secret", "annas-secret", "cookie-secret")


@pytest.fixture(scope="module")
def told(shipped_settings, shipped_reader, tmp_path_factory):
    """What the logs hold after some requests, hostile ones among them."""
    folder = tmp_path_factory.mktemp("logs")
    settings = replace(
        shipped_settings,
        access_log=str(folder / "access"),
        slow_log=str(folder / "slow"),
        slow_seconds=0.0001,
        admin_token="a-long-secret",
        client_tokens=("anna:annas-secret",),
    )
    with run_service(settings, shipped_reader) as service:
        service.ask("GET", "/queries/running", {"Authorization": "Bearer a-long-secret"})
        service.ask("GET", "/ns?token=a-long-secret", {"Cookie": "x=cookie-secret"})
        service.ask(
            "POST",
            "/sparql",
            {
                "Authorization": "Bearer annas-secret",
                "Content-Type": "application/sparql-query",
                "X-Request-ID": "annas-own-request",
            },
            SLOW + " # " + "å\u2028\x1b[31m" + "x" * 5000,
        )
        for _ in range(2):
            service.get("/sparql", "text/csv", query="ASK {}")
        service.get("/" + quote('"}\r\n{"status": 200, "client": "evil"}\x1b'))
        send_raw(service, b'GET /"}{"x":" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
        send_raw(service, b"nonsense\r\n\r\n")
    return {name: (folder / name).read_bytes() for name in ("access", "slow")}


def read_lines(content):
    return [json.loads(line) for line in content.decode("ascii").splitlines()]


def test_every_request_has_a_line(told):
    lines = read_lines(told["access"])
    assert len(lines) == 8
    for line in lines:
        assert {"time", "client", "status", "ms"} <= line.keys()
    assert lines[0]["client"] == "administrator"
    assert lines[0]["path"] == "/queries/running"
    assert lines[1]["path"] == "/ns"
    assert lines[2]["client"] == "token anna"
    assert lines[2]["request"] == "annas-own-request"
    assert lines[2]["bytes"] > 0
    assert lines[4]["cache"] == "styrgraf; hit"
    assert [line["status"] for line in lines[3:]] == [200, 200, 404, 404, 400]


def test_slow_queries_have_their_text_cut(told):
    anna = next(line for line in read_lines(told["slow"]) if line["client"] == "token anna")
    assert anna["query"].startswith(SLOW)
    assert len(anna["query"]) == 2000
    assert anna["seconds"] > 0


def test_no_secret_is_logged(told):
    for content in told.values():
        for secret in SECRETS:
            assert secret.encode() not in content
    assert b"ASK" not in told["access"]


def test_nothing_that_is_sent_breaks_out_of_its_line(told):
    for content in told.values():
        assert not set(content) - set(range(32, 127)) - {10}
        for line in read_lines(content):
            assert line["client"] in {"administrator", "token anna", "127.0.0.1"}
