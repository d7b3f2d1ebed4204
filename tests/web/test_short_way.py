"""The short way to the endpoint answers as the long way does."""

import pytest
from werkzeug.test import Client, EnvironBuilder

from styrgraf import errors
from styrgraf.web import create_app
from styrgraf.web.endpoint.short_way import LONG_WAY_KEY

SELECT = "SELECT ?s WHERE { ?s a ?type } ORDER BY ?s LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a ?type } WHERE { ?s a ?type } ORDER BY ?s LIMIT 3"


@pytest.fixture(scope="module")
def client(shipped_settings, shipped_reader):
    return Client(create_app(shipped_settings, shipped_reader))


def ask(client, long, method="GET", headers=(), **said):
    headers = {"Host": "localhost", **dict(headers)}
    builder = EnvironBuilder("/sparql", method=method, headers=headers, **said)
    environ = builder.get_environ()
    if long:
        environ[LONG_WAY_KEY] = True
    return client.open(environ)


@pytest.mark.parametrize("accept", ["", "*/*", "text/csv", "application/xml;q=0.5, text/tsv;q=.1"])
@pytest.mark.parametrize(
    "said",
    [
        {"query_string": {"query": SELECT}},
        {"query_string": {"query": "ASK {}"}},
        {"query_string": {"query": CONSTRUCT}},
        {"query_string": {"query": SELECT, "limit": "2"}},
        {"query_string": {"query": SELECT, "limit": "3"}},
        {"query_string": {"query": SELECT, "timeout": "5"}},
        {"query_string": {"query": SELECT, "lang": "en"}},
        {"query_string": {"query": "SELECT (NOW() AS ?n) {} LIMIT 0"}},
        {"query_string": {"query": "SELECT ?s {"}},
        {"query_string": {"query": ""}},
        {"query_string": {"query": "DELETE WHERE { ?s ?p ?o }"}},
        {"query_string": {"query": "ASK { SERVICE <http://a.example/> {} }"}},
        {"query_string": {"query": SELECT, "default-graph-uri": "no iri"}},
        {"query_string": {"query": SELECT, "default-graph-uri": "http://a.example/g"}},
        {"query_string": {"query": SELECT, "format": "csv"}},
        {"query_string": {"query": SELECT, "timeout": "x"}},
        {"query_string": "query=a&query=b"},
        {"query_string": "query=%ff"},
        {"method": "POST", "data": {"query": SELECT}},
        {"method": "POST", "data": {"query": SELECT, "format": "csv"}},
        {"method": "POST", "data": SELECT, "content_type": "application/sparql-query"},
        {"method": "POST", "data": b"\xff", "content_type": "application/sparql-query"},
        {"method": "POST", "data": SELECT, "content_type": "text/plain"},
        {"method": "POST", "data": "x", "content_type": "application/sparql-update"},
        {"method": "HEAD", "query_string": {"query": SELECT}},
        {"query_string": {"query": SELECT}, "headers": {"Host": "evil.example"}},
    ],
)
def test_both_ways_answer_the_same(client, said, accept):
    said = dict(said)
    headers = dict(said.pop("headers", {})) | {"Accept": accept}
    short = ask(client, False, headers=headers, **said)
    long = ask(client, True, headers=headers, **said)
    assert (short.status_code, short.data) == (long.status_code, long.data)

    def sort_headers(answer):
        kept = {
            name.lower(): value for name, value in answer.headers if name not in {"ETag", "Date"}
        }
        return kept | {"vary": set(kept["vary"].split(", "))}

    assert sort_headers(short) == sort_headers(long)
    assert ("ETag" in short.headers) == ("ETag" in long.headers)


@pytest.mark.parametrize("long", [False, True])
def test_what_the_client_holds_is_not_sent_again(client, long):
    said = {"query_string": {"query": SELECT}}
    first = ask(client, long, **said)
    for held in (first.headers["ETag"], f'"x", {first.headers["ETag"]}', "*"):
        again = ask(client, long, headers={"If-None-Match": held}, **said)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Cache-Control"] == "no-cache"
    other = ask(client, long, headers={"If-None-Match": 'W/"other"'}, **said)
    assert other.status_code == 200


def test_an_error_that_the_short_way_meets_is_told_by_the_long_way(
    shipped_settings, shipped_reader, monkeypatch
):
    asked = []

    def fail(said):
        asked.append(said)
        raise errors.TooManyQueriesError("You ask too much; wait {retry} s.", retry=7)

    application = create_app(shipped_settings, shipped_reader)
    monkeypatch.setattr(shipped_reader, "stream", fail)
    answer = ask(Client(application), False, query_string={"query": SELECT})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert "content-security-policy" in answer.headers
    assert len(asked) == 1
