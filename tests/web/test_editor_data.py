"""What the query page asks for besides queries, and what it shows without scripts."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from styrgraf.graph.queries import load_stored_queries
from styrgraf.namespaces import PREFIXES
from tests.serving import BROWSER, Service

FORM = "application/x-www-form-urlencoded"
RECTOR = "https://w3id.org/styrgraf/kth/id/post/rektor"
DECISION = "https://w3id.org/styrgraf/ns#Decision"
QUERIES = [name for name, query in load_stored_queries().items() if "choices" not in query.tags]


@pytest.fixture(scope="module")
def terms(service: Service) -> dict[str, dict[str, str]]:
    told = json.loads(service.get("/vocab.json").body)
    return {term["iri"]: term for term in told["terms"]}


def test_the_vocabulary_has_prefixes_and_is_small(service: Service) -> None:
    answer = service.get("/vocab.json")
    assert answer.media_type == "application/json"
    assert json.loads(answer.body)["prefixes"] == PREFIXES
    assert len(answer.body) < 100_000
    again = service.ask("GET", "/vocab.json", {"If-None-Match": answer.headers["etag"]})
    assert again.status == 304


def test_the_vocabulary_names_terms_of_each_kind_in_both_languages(
    terms: dict[str, dict[str, str]],
) -> None:
    decision = terms[DECISION]
    assert decision["kind"] == "class"
    assert decision["name"] == "sg:Decision"
    assert (decision["sv"], decision["en"]) == ("Beslut", "Decision")
    kinds = {term["kind"] for term in terms.values()}
    assert kinds == {"class", "property", "concept", "graph", "function"}
    assert terms["http://www.w3.org/2004/02/skos/core#prefLabel"]["kind"] == "property"


def test_a_name_that_would_need_escapes_is_left_to_the_iri(
    terms: dict[str, dict[str, str]],
) -> None:
    graph = terms["https://w3id.org/styrgraf/kth/graph/ontology"]
    assert (graph["kind"], graph["name"]) == ("graph", "")


def test_labels_come_with_language_and_with_where_they_lead(service: Service) -> None:
    body = urlencode([("iri", RECTOR), ("iri", "urn:nothing"), ("iri", "http://example.org/a b")])
    answer = service.ask("POST", "/labels", {"Content-Type": FORM, "Accept-Language": "sv"}, body)
    told = json.loads(answer.body)
    assert told[RECTOR] == {
        "text": "rektor",
        "language": "sv",
        "href": "/id/post/rektor",
        "outward": False,
    }
    assert told["urn:nothing"]["href"] is None
    assert told["http://example.org/a b"]["href"] == "http://example.org/a%20b"


def test_a_script_is_no_link(service: Service) -> None:
    told = json.loads(service.get("/labels", iri="javascript:alert(1)").body)
    assert told["javascript:alert(1)"]["href"] is None


def test_too_many_labels_at_once_are_refused(service: Service) -> None:
    body = urlencode([("iri", f"urn:n{number}") for number in range(1001)])
    answer = service.post("/labels", body, FORM, "application/json")
    assert answer.status == 400
    assert json.loads(answer.body)["limit"] == 1000


@pytest.mark.parametrize("name", QUERIES)
def test_each_stored_query_stands_in_the_editor_with_its_example(
    service: Service, name: str
) -> None:
    text = service.get(f"/sparql/examples/{name}", "application/sparql-query").text
    assert not text.startswith("#+")
    answer = service.post("/sparql", text, "application/sparql-query")
    assert answer.status == 200, answer.text


def test_a_stored_query_comes_as_a_page_too(service: Service) -> None:
    answer = service.browse("/sparql/examples/decisions")
    assert answer.media_type == "text/html"
    assert "sg:Decision" in answer.text
    assert 'aria-labelledby="answer" hidden' in answer.text


def draw(service: Service, **parameters: str):
    return service.post("/sparql/drawing", urlencode(parameters), FORM, "image/svg+xml")


def test_an_answer_is_drawn_from_one_column_to_another(service: Service) -> None:
    query = """PREFIX sg: <https://w3id.org/styrgraf/ns#>
      SELECT ?from ?to { ?d sg:delegator ?from ; sg:delegate ?to }"""
    answer = draw(service, query=query, start="from", end="to")
    assert answer.media_type == "image/svg+xml"
    assert answer.text.startswith("<svg ")
    assert "style=" not in answer.text
    assert 'href="/id/post/rektor"' in answer.text


def test_a_drawing_says_what_it_lacks_or_has_too_much_of(service: Service) -> None:
    assert draw(service, query="ASK {}").status == 400
    crowd = "SELECT ?s ?p { ?s ?p ?o }"
    assert draw(service, query=crowd, start="s", end="p").status == 422
    nothing = draw(service, query="SELECT ?s ?p { ?s ?s ?p }", start="s", end="p")
    assert nothing.status == 200


def test_a_malformed_query_of_a_browser_keeps_its_text_and_shows_its_line(
    service: Service,
) -> None:
    query = 'SELECT * {\n  ?s "<script>" ?o\n}'
    answer = service.browse("/sparql", query=query)
    assert answer.status == 400
    assert answer.headers["cache-control"] == "no-store"
    assert "SELECT * {\n  ?s &#34;&lt;script&gt;&#34; ?o\n}</textarea>" in answer.text
    assert '<span class="mistake-line">2</span>' in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [("DELETE WHERE { ?s ?p ?o }", 403), ("SELECT * { SERVICE <urn:a> {} }", 403), ("ABC", 400)],
)
def test_what_is_refused_is_told_beside_the_text(service: Service, query: str, status: int) -> None:
    answer = service.browse("/sparql", query=query)
    assert answer.status == status
    assert 'role="alert"' in answer.text
    assert "</textarea>" in answer.text


def test_a_page_shows_the_first_rows_and_says_that_there_are_more(service: Service) -> None:
    answer = service.browse("/sparql", query="SELECT ?s { ?s ?p ?o }", lang="en")
    assert "The first 500 rows" in answer.text
    assert "has more rows than are shown" in answer.text


def test_a_form_that_is_posted_by_a_browser_is_answered_as_a_page(service: Service) -> None:
    headers = {"Content-Type": FORM, "Accept": BROWSER, "Accept-Language": "en"}
    answer = service.ask("POST", "/sparql", headers, urlencode({"query": "ASK {}"}))
    assert "<strong>Yes</strong>" in answer.text
