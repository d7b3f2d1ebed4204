"""The named graphs and the ontology are documents: for people, and as RDF."""

import re
from html import unescape

import pytest
import rdflib

FORMATS = [
    ("text/turtle", "turtle"),
    ("application/n-triples", "nt"),
    ("application/ld+json", "json-ld"),
    ("application/rdf+xml", "xml"),
]


# rdflib warns of its own class when it reads JSON-LD.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(("media_type", "syntax"), FORMATS)
@pytest.mark.parametrize("path", ["/ns", "/graph/source/003"])
def test_a_graph_comes_whole_in_every_format(service, path, media_type, syntax):
    answer = service.get(path, media_type)
    assert (answer.status, answer.media_type) == (200, media_type)
    graph = rdflib.Graph().parse(data=answer.body, format=syntax)
    name = "ontology" if path == "/ns" else path.removeprefix("/graph/")
    count = (
        "SELECT (COUNT(*) AS ?n) WHERE { GRAPH "
        f"<https://w3id.org/styrgraf/kth/graph/{name}> {{ ?s ?p ?o }} }}"
    )
    counted = service.get("/sparql", "text/csv", query=count)
    assert len(graph) == int(counted.text.split()[1])


def test_every_class_and_property_stands_on_the_page_with_its_definition(service):
    query = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
      PREFIX owl: <http://www.w3.org/2002/07/owl#>
      SELECT ?term ?definition WHERE { ?term a ?kind ; skos:definition ?definition
        FILTER(LANG(?definition) = "en" && STRSTARTS(STR(?term), "https://w3id.org/styrgraf/ns#"))
        VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty } }"""
    rows = service.get("/sparql", "application/json", query=query)
    page = service.browse("/ns", lang="en").text
    assert rows.text.count('"term"') > 60
    for term in re.findall(r"styrgraf/ns#(\w+)", rows.text):
        assert f'id="{term}"' in page
    assert "A registered matter that keeps decisions" in page
    assert "Ett registrerat ärende" in service.browse("/ns", lang="sv").text


def test_a_term_tells_what_hangs_on_it_which_rules_check_it_and_how_often_it_is_used(service):
    page = service.browse("/ns", lang="en").text
    articles = dict(
        re.findall(r'<article class="term" id="(\w+)".*?(<dl.*?</dl>)', page, re.DOTALL)
    )
    decision = articles["Decision"]
    said = re.sub(r"<[^>]+>", "", decision)
    for words in ("properties of it", "properties that lead to it", "rules"):
        assert words in said
    assert '#decidedBy"' in decision
    assert "shapes%23Decision" in decision
    count = """PREFIX sg: <https://w3id.org/styrgraf/ns#> SELECT (COUNT(*) AS ?n) WHERE {
      GRAPH ?g { ?d a sg:Decision } }"""
    number = service.get("/sparql", "text/csv", query=count).text.split()[1]
    assert f"{number} times in this graph" in said
    address = re.search(r'href="(/describe[^"]*)"[^>]*>all about it', decision)
    assert "What points here" in service.browse(unescape(address[1])).text


def test_anchors_are_unique(service):
    anchors = re.findall(r' id="([^"]+)"', service.browse("/ns").text)
    assert len(anchors) == len(set(anchors))


def test_the_list_of_graphs_leads_to_each(service):
    page = service.browse("/graphs").text
    addresses = re.findall(r'href="(/graph/[^"]+)"', page)
    assert {"/graph/source/000", "/graph/source/003", "/graph/evidence"} <= set(addresses)
    for address in addresses:
        assert service.browse(address).status == 200


def test_a_graph_is_shown_in_pages(service):
    first = service.browse("/graph/evidence").text
    assert first.count("<tr>") == 501
    following = re.search(r'<a rel="next" href="([^"]+)"', first)
    assert following
    second = service.browse(following[1]).text
    assert 'rel="prev"' in second
    assert second != first


def test_a_page_beyond_the_last_is_empty_and_leads_back(service):
    page = service.browse("/graph/source/003", page="999")
    assert page.status == 200
    assert 'rel="prev"' in page.text
    assert 'rel="next"' not in page.text
