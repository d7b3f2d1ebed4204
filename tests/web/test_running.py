"""What runs and what has been counted: for the administrator; one's own query for everybody."""

import json
import socket
import threading
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from styrgraf.governance.publication import open_reader
from tests.serving import run_service

TOKEN = {"Authorization": "Bearer a-long-secret"}
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def watched_service(shipped_settings):
    """A server with an administrator and a known client, and queries that may take long."""
    settings = replace(
        shipped_settings,
        admin_token="a-long-secret",
        client_tokens=("anna:annas-secret", "bo:bos-secret"),
        query_seconds=30,
        query_workers=4,
    )
    with open_reader(settings) as reader, run_service(settings, reader) as running:
        yield running


class Asking(threading.Thread):
    """A client that waits for the answer to a query that never ends."""

    def __init__(self, service, identifier, **headers):
        super().__init__(daemon=True)
        self.service, self.identifier, self.headers = service, identifier, headers
        self.answer = None
        self.start()

    def run(self):
        headers = {
            "X-Request-ID": self.identifier,
            "Content-Type": "application/sparql-query",
            "Accept": "application/json, application/problem+json",
            **self.headers,
        }
        self.answer = self.service.ask("POST", "/sparql", headers, ENDLESS)


def list_running(service):
    answer = service.ask("GET", "/queries/running", TOKEN | {"Accept": "application/json"})
    assert answer.status == 200
    return {query["id"]: query for query in json.loads(answer.body)["queries"]}


def wait_for(service, identifier):
    """Return a query that runs, as soon as its process has memory to tell of."""
    for _ in range(1000):
        found = list_running(service).get(identifier)
        if found and found["bytes"]:
            return found
    raise AssertionError(identifier)


@pytest.mark.parametrize("path", ["/queries/running", "/metrics"])
def test_without_an_administrator_there_is_nothing_to_see(service, path):
    answer = service.ask("GET", path, {"Authorization": "Bearer "} | {"Accept": "text/plain"})
    assert answer.status == 404
    assert "ADMIN_TOKEN" in answer.text


@pytest.mark.parametrize("path", ["/queries/running", "/metrics"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer annas-secret"},
        {"Authorization": "Basic a-long-secret"},
        {"Authorization": "a-long-secret"},
        {"Authorization": "Bearer a-long-secret a-long-secret"},
        {"Authorization": "Bearer"},
        {"Cookie": "token=a-long-secret"},
    ],
)
def test_only_the_administrator_may_see(watched_service, path, headers):
    answer = watched_service.ask("GET", path, headers | {"Accept": "text/plain"})
    assert answer.status == 403
    assert "a-long-secret" not in answer.text
    in_the_address = watched_service.ask("GET", path + "?token=a-long-secret", headers)
    assert in_the_address.status == 403


def test_what_runs_is_listed_with_client_time_and_memory(watched_service):
    asking = Asking(watched_service, "listed-query-1")
    found = wait_for(watched_service, "listed-query-1")
    assert found["client"] == "127.0.0.1"
    assert found["query"] == ENDLESS
    assert found["seconds"] >= 0
    assert found["bytes"] > 1_000_000
    page = watched_service.ask("GET", "/queries/running", TOKEN | {"Accept": "text/html"})
    assert page.media_type == "text/html"
    assert "/queries/running/listed-query-1" in page.text
    stopped = watched_service.ask("DELETE", "/queries/running/listed-query-1", TOKEN)
    assert stopped.status == 204
    asking.join(10)
    assert asking.answer.status == 503
    assert asking.answer.headers["x-request-id"] == "listed-query-1"
    assert "listed-query-1" not in list_running(watched_service)


def test_everybody_may_stop_his_own_query_and_nobody_elses(watched_service):
    annas = {"Authorization": "Bearer annas-secret"}
    asking = Asking(watched_service, "annas-query-1", **annas)
    wait_for(watched_service, "annas-query-1")
    for others in ({}, {"Authorization": "Bearer bos-secret"}):
        refused = watched_service.ask("DELETE", "/queries/running/annas-query-1", others)
        assert refused.status == 404
    assert asking.is_alive()
    assert watched_service.ask("DELETE", "/queries/running/annas-query-1", annas).status == 204
    asking.join(10)
    assert asking.answer.status == 503


def test_a_client_that_leaves_stops_its_query_and_nobody_is_warned_of_it(watched_service, caplog):
    parts = urlsplit(watched_service.address)
    with socket.create_connection((parts.hostname, parts.port)) as connection:
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: left-query-1\r\n"
        kind = f"Content-Type: application/sparql-query\r\nContent-Length: {len(ENDLESS)}\r\n\r\n"
        connection.sendall(f"{head}{kind}{ENDLESS}".encode())
        wait_for(watched_service, "left-query-1")
    begun = time.monotonic()
    while "left-query-1" in list_running(watched_service):
        assert time.monotonic() < begun + 5
    time.sleep(0.2)  # it would be told after the query has ended
    assert caplog.records == []


def test_a_form_may_stop_a_query_too(watched_service):
    asking = Asking(watched_service, "posted-query-1")
    wait_for(watched_service, "posted-query-1")
    headers = TOKEN | {"Accept": "text/html"}
    answer = watched_service.ask("POST", "/queries/running/posted-query-1", headers, b"")
    assert (answer.status, answer.headers["location"]) == (303, "/queries/running")
    asking.join(10)
    assert asking.answer.status == 503


def test_what_has_been_counted_is_told_in_the_form_of_prometheus(watched_service):
    from prometheus_client.parser import text_string_to_metric_families

    query = "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
    for _ in range(3):
        assert watched_service.get(query, "application/json").status == 200
    asking = Asking(watched_service, "counted-query-1")
    wait_for(watched_service, "counted-query-1")
    watched_service.ask("DELETE", "/queries/running/counted-query-1")
    asking.join(10)
    answer = watched_service.ask("GET", "/metrics", TOKEN)
    assert answer.media_type == "text/plain"
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    requests = {
        (sample.labels["route"], sample.labels["status"]): sample.value
        for sample in families["styrgraf_requests"].samples
    }
    assert requests["sparql.ask_by_get", "200"] >= 1
    assert requests["cache", "200"] >= 2
    lookups = families["styrgraf_cache_lookups"].samples
    did = {sample.labels["did"]: sample.value for sample in lookups}
    assert did["hit"] >= 2
    ended = {s.labels["reason"]: s.value for s in families["styrgraf_queries_ended"].samples}
    assert ended["stopped"] >= 1
    assert families["styrgraf_version"].samples[0].value == 1
    assert families["styrgraf_web_resident_bytes"].samples[0].value > 10_000_000


def test_answers_to_the_administrator_are_kept_by_nobody(watched_service):
    for path in ("/queries/running", "/metrics"):
        answer = watched_service.ask("GET", path, TOKEN)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
        assert "hit" not in answer.headers["cache-status"]
