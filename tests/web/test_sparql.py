"""The SPARQL endpoint over real HTTP (SPARQL 1.1 Protocol)."""

import json
from urllib.parse import urlencode

import pytest
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

SELECT = "SELECT ?s WHERE { ?s a <https://w3id.org/styrgraf/ns#Decision> } ORDER BY ?s LIMIT 3"
ASK = "ASK { ?s a <https://w3id.org/styrgraf/ns#Decision> }"
CONSTRUCT = f"CONSTRUCT {{ ?s a ?t }} WHERE {{ {{ {SELECT} }} ?s a ?t }}"
BASE = "https://w3id.org/styrgraf/kth/"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"

SELECT_TYPES = [
    ("application/sparql-results+json", "application/sparql-results+json", '"bindings"'),
    ("application/json", "application/json", '"bindings"'),
    ("application/sparql-results+xml", "application/sparql-results+xml", "<sparql"),
    ("application/xml", "application/xml", "<sparql"),
    ("text/csv", "text/csv", "s\r\n"),
    ("text/tab-separated-values", "text/tab-separated-values", "?s\n"),
    ("text/html", "text/html", "<table>"),
    ("*/*", "application/sparql-results+json", '"bindings"'),
]
GRAPH_TYPES = [
    ("text/turtle", "text/turtle", "sg:Decision"),
    ("application/n-triples", "application/n-triples", "ns#Decision> ."),
    ("application/ld+json", "application/ld+json", '"@id"'),
    ("application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
    ("application/trig", "application/trig", "sg:Decision"),
    ("application/n-quads", "application/n-quads", "ns#Decision> ."),
    ("text/html", "text/html", "<pre"),
    ("*/*", "text/turtle", "sg:Decision"),
]


@pytest.mark.parametrize(("accept", "media_type", "part"), SELECT_TYPES)
def test_a_select_is_answered_in_the_format_asked_for(service, accept, media_type, part):
    answer = service.get("/sparql", accept, query=SELECT)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert part in answer.text


@pytest.mark.parametrize(("accept", "media_type", "_part"), SELECT_TYPES)
def test_an_ask_is_answered_in_every_format_of_a_select(service, accept, media_type, _part):
    answer = service.get("/sparql", accept, query=ASK)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert "true" in answer.text or "Ja" in answer.text


@pytest.mark.parametrize(("accept", "media_type", "part"), GRAPH_TYPES)
@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE ?s WHERE {{ {{ {SELECT} }} }}"])
def test_a_graph_is_answered_in_the_format_asked_for(service, query, accept, media_type, part):
    answer = service.get("/sparql", accept, query=query)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert part in answer.text or (part == "sg:Decision" and "ns#Decision" in answer.text)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("html", "text/html"),
    ],
)
def test_the_parameter_format_wins_over_accept(service, name, media_type):
    answer = service.get("/sparql", "image/png", query=SELECT, format=name)
    assert (answer.status, answer.media_type) == (200, media_type)


def test_an_unknown_format_is_named_as_wrong_and_one_of_another_form_is_not_acceptable(service):
    unknown = service.get("/sparql", query=SELECT, format="png")
    assert (unknown.status, "png" in unknown.text) == (400, True)
    of_graphs = service.get("/sparql", query=SELECT, format="turtle")
    assert (of_graphs.status, "text/csv" in of_graphs.text) == (406, True)


def test_get_form_and_direct_post_answer_alike(service):
    asked = service.get("/sparql", "text/csv", query=SELECT)
    form = service.post("/sparql", urlencode({"query": SELECT}), FORM, "text/csv")
    direct = service.post("/sparql", SELECT, DIRECT, "text/csv")
    assert asked.body == form.body == direct.body
    assert len(asked.text.split()) == 4


def test_swedish_letters_come_and_go_unharmed(service):
    query = 'SELECT ("åäöÅÄÖ€😀" AS ?text) WHERE {}'
    for answer in (
        service.get("/sparql", "text/csv", query=query),
        service.post("/sparql", query, DIRECT, "text/csv"),
        service.post("/sparql", query, DIRECT + "; charset=utf-8", "text/csv"),
    ):
        assert answer.text == "text\r\nåäöÅÄÖ€😀\r\n"


def test_the_default_graph_is_the_union_of_the_named_graphs(service):
    count = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT * WHERE { %s } }"
    union = service.get("/sparql", "text/csv", query=count % "?s ?p ?o")
    named = service.get(
        "/sparql", "text/csv", query=count % "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    )
    assert union.body == named.body


def test_default_graph_uri_may_be_repeated_and_narrows_the_default_graph(service):
    one = ("default-graph-uri", f"{BASE}graph/source/000")
    two = ("default-graph-uri", f"{BASE}graph/source/003")

    def count(*graphs: tuple[str, str]) -> int:
        query = ("query", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        asked = service.get(f"/sparql?{urlencode([query, *graphs])}", "text/csv")
        sent = service.post("/sparql", urlencode([query, *graphs]), FORM, "text/csv")
        direct = service.post(f"/sparql?{urlencode(graphs)}", query[1], DIRECT, "text/csv")
        assert asked.body == sent.body == direct.body
        return int(asked.text.split()[1])

    assert count(one) > 0
    assert count(one) < count(one, two) <= count(one) + count(two) < count()


def test_named_graph_uri_limits_what_graph_reaches(service):
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    graph = f"{BASE}graph/source/003"
    answer = service.get("/sparql", "text/csv", **{"query": query, "named-graph-uri": graph})
    assert answer.text.split() == ["g", graph]


@pytest.mark.parametrize("graph", ["", "no iri", "<x:y>", 'a:b"c', "a:b}"])
def test_a_graph_that_is_no_iri_is_named_as_wrong(service, graph):
    answer = service.get("/sparql", **{"query": ASK, "default-graph-uri": graph})
    assert answer.status == 400
    assert "default-graph-uri" in answer.text


@pytest.mark.parametrize(
    "accept",
    [
        "application/sparql-results+json",
        "text/csv, text/plain",
        "application/json, application/problem+json",
        "text/html",
        "*/*",
    ],
)
def test_a_malformed_query_is_answered_with_line_and_column(service, accept):
    answer = service.get("/sparql", accept, query="SELECT ?s\nWHERE { ?s ?p }")
    assert answer.status == 400
    assert "2" in answer.text
    if "json," in accept:
        told = json.loads(answer.body)
        assert (told["status"], told["line"]) == (400, 2)
        assert told["column"] > 1


@pytest.mark.parametrize(
    ("path", "body", "media_type"),
    [
        ("/sparql", urlencode({"update": "CLEAR ALL"}), FORM),
        ("/sparql", urlencode({"query": "CLEAR ALL"}), FORM),
        ("/sparql", urlencode({"query": ASK, "update": "CLEAR ALL"}), FORM),
        ("/sparql", "CLEAR ALL", "application/sparql-update"),
        ("/sparql", "# SELECT\nPREFIX a: <b:c>\nINSERT DATA { <a:b> <a:c> <a:d> }", DIRECT),
        ("/sparql", "LOAD <http://127.0.0.1:9/x>", DIRECT),
        ("/sparql", "SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }", DIRECT),
        ("/sparql", "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", DIRECT),
    ],
)
def test_updates_and_requests_to_others_are_refused(service, path, body, media_type):
    before = service.get("/healthz").body
    answer = service.post(path, body, media_type)
    assert answer.status == 403
    assert answer.media_type == "text/plain"
    assert service.get("/healthz").body == before


def test_an_update_in_the_address_is_refused_as_well(service):
    assert service.get("/sparql", update="CLEAR ALL").status == 403


def test_a_post_without_a_query_is_a_bad_request(service):
    for body, media_type in (("", FORM), ("query=", FORM), ("", DIRECT), ("  \n", DIRECT)):
        answer = service.post("/sparql", body, media_type)
        assert answer.status == 400
        assert "query" in answer.text


def test_another_media_type_is_answered_with_those_that_are_taken(service):
    for media_type in ("text/plain", "application/json", "multipart/form-data; boundary=x"):
        answer = service.post("/sparql", ASK, media_type)
        assert answer.status == 415
        assert DIRECT in answer.headers["accept-post"]


def test_a_body_of_ten_megabytes_is_too_large(service):
    for media_type in (FORM, DIRECT):
        answer = service.post("/sparql", b"query=" + b"a" * 10_000_000, media_type)
        assert answer.status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_answered_with_those_that_are_taken(service, method):
    answer = service.ask(method, "/sparql")
    assert answer.status == 405
    assert {"GET", "POST", "HEAD"} <= set(answer.headers["allow"].split(", "))


def test_head_answers_as_get_without_a_body(service):
    path = f"/sparql?{urlencode({'query': SELECT, 'format': 'csv'})}"
    got, head = service.ask("GET", path), service.ask("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == got.headers[name]


def test_without_a_query_people_get_a_form_that_runs_by_get(service):
    answer = service.browse("/sparql")
    assert (answer.status, answer.media_type) == (200, "text/html")
    assert '<textarea id="query" name="query"' in answer.text
    assert 'method="get"' in answer.text


def test_queries_and_answers_are_escaped_on_the_page(service):
    hostile = "</textarea><script>alert(1)</script>"
    answer = service.browse("/sparql", query=f'SELECT ("{hostile}" AS ?x) WHERE {{}}')
    assert answer.status == 200
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_an_iri_of_another_scheme_is_never_a_link(service):
    values = "<javascript:alert(1)> <data:text/html,x> <JaVaScRiPt:alert(1)> <urn:x:y>"
    answer = service.browse("/sparql", query=f"SELECT ?x WHERE {{ VALUES ?x {{ {values} }} }}")
    assert answer.status == 200
    assert "javascript:alert(1)" in answer.text
    assert 'href="javascript' not in answer.text.lower()
    assert 'href="data:' not in answer.text.lower()


def test_iris_of_ours_open_here_and_others_lead_outward(service):
    values = f"<{BASE}id/post/rektor> <https://w3id.org/styrgraf/ns#Decision> <https://a.example/>"
    answer = service.browse("/sparql", query=f"SELECT ?x WHERE {{ VALUES ?x {{ {values} }} }}")
    assert 'href="/id/post/rektor"' in answer.text
    assert 'href="/ns#Decision"' in answer.text
    assert 'href="https://a.example/" rel="external noopener"' in answer.text


def test_a_long_answer_is_cut_on_the_page_and_whole_in_the_download(service):
    numbers = "VALUES ?a { 1 2 3 4 5 6 7 8 9 10 } VALUES ?b { 1 2 3 4 5 6 7 8 9 10 }"
    query = f"SELECT * WHERE {{ {numbers} VALUES ?c {{ 1 2 3 4 5 6 7 8 9 10 }} }}"
    assert service.browse("/sparql", query=query).text.count("<tr>") == 501
    assert service.get("/sparql", "text/csv", query=query).text.count("\n") == 1001


def test_what_differs_each_time_is_not_kept(service):
    for query in ("SELECT (NOW() AS ?n) WHERE {}", "SELECT (rand() AS ?n) WHERE {}"):
        answer = service.get("/sparql", query=query)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
    kept = service.get("/sparql", query='SELECT ("NOW() RAND()" AS ?n) WHERE {}')
    assert "etag" in kept.headers


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("style", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_reads_results(service, method, style):
    client = SPARQLWrapper(f"{service.address}/sparql")
    client.setMethod(method)
    client.setRequestMethod(style)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) == 3
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("result")) == 3
    client.setReturnFormat(CSV)
    assert len(client.queryAndConvert().split()) == 4


@pytest.mark.parametrize("wanted", [TURTLE, N3, JSONLD])
def test_sparqlwrapper_reads_graphs(service, wanted):
    client = SPARQLWrapper(f"{service.address}/sparql")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(wanted)
    answer = client.query()
    assert b"Decision" in answer.response.read()


def test_sparqlwrapper_reads_graphs_as_it_does_unasked(service):
    client = SPARQLWrapper(f"{service.address}/sparql")
    client.setQuery(CONSTRUCT)
    assert b"<rdf:RDF" in client.query().response.read()


def test_sparqlwrapper_passes_graphs_on(service):
    client = SPARQLWrapper(f"{service.address}/sparql", defaultGraph=f"{BASE}graph/source/003")
    client.setQuery("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    client.setReturnFormat(CSV)
    narrowed = int(client.queryAndConvert().split()[1])
    client.resetQuery()
    client.setQuery("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    client.setReturnFormat(CSV)
    assert 0 < narrowed <= int(client.queryAndConvert().split()[1])
