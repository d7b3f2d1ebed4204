"""The Graph Store HTTP Protocol for reading: indirectly by a parameter, directly by address."""

import pyoxigraph as ox
import pytest

GRAPH = "https://w3id.org/styrgraf/kth/graph/source/003"
TYPES = [
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/n-quads",
    "application/trig",
]


def read_triples(answer):
    """Return the triples of an answer."""
    quads = ox.parse(answer.body, ox.RdfFormat.from_media_type(answer.media_type))
    return {quad.triple for quad in quads}


@pytest.mark.parametrize("media_type", TYPES)
def test_a_graph_comes_by_its_name_in_the_format_asked_for(service, media_type):
    answer = service.get("/graph-store", media_type, graph=GRAPH)
    assert (answer.status, answer.media_type) == (200, media_type)
    direct = service.get("/graph/source/003", "text/turtle")
    assert read_triples(answer) == read_triples(direct)


def test_the_default_graph_is_that_of_queries(service):
    answer = service.get("/graph-store?default", "application/n-triples")
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    counted = service.get("/sparql", "text/csv", query=query)
    assert (answer.status, answer.media_type) == (200, "application/n-triples")
    assert answer.text.count("\n") == int(counted.text.split()[1])


@pytest.mark.parametrize("path", [f"/graph-store?graph={GRAPH}", "/graph-store?default="])
def test_head_answers_as_get_without_a_body(service, path):
    got, head = service.ask("GET", path), service.ask("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "etag", "vary"):
        assert head.headers[name] == got.headers[name]


def test_what_the_client_holds_already_is_not_sent_again(service):
    path = f"/graph-store?graph={GRAPH}"
    tag = service.ask("HEAD", path).headers["etag"]
    answer = service.ask("GET", path, {"If-None-Match": tag})
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_graph_that_is_not_there_is_not_found(service, method):
    for path in ("/graph-store?graph=https://a.example/none", "/graph/none"):
        assert service.ask(method, path).status == 404


@pytest.mark.parametrize(
    "query",
    ["", "graph=", "graph=source/003", f"graph={GRAPH}&default", f"graph={GRAPH}&graph=a:b"],
)
def test_one_graph_is_named_neither_none_nor_two(service, query):
    answer = service.get(f"/graph-store?{query}")
    assert (answer.status, "graph" in answer.text) == (400, True)


@pytest.mark.parametrize(
    "path", [f"/graph-store?graph={GRAPH}", "/graph-store?default", "/graph/x"]
)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_is_written(service, method, path):
    headers = {"Content-Type": "text/turtle"}
    answer = service.ask(method, path, headers, b"<a:b> <a:b> <a:b> .")
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_format_that_carries_no_graph_is_not_acceptable(service):
    answer = service.get(f"/graph-store?graph={GRAPH}", "text/csv")
    assert (answer.status, "text/turtle" in answer.text) == (406, True)
