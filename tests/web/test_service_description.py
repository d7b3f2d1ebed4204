"""The service description: what clients read before they ask (SPARQL 1.1 Service Description)."""

from dataclasses import replace

import pytest
import rdflib
from rdflib.namespace import RDF, VOID

from styrgraf.settings import Settings
from styrgraf.web.endpoint.service_description import write_service_description

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = "http://www.w3.org/ns/formats/"


@pytest.fixture(scope="module")
def description(service):
    return rdflib.Graph().parse(data=service.get("/sparql", "text/turtle").body)


@pytest.fixture
def endpoint(service):
    return rdflib.URIRef(f"{service.address}/sparql")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
    ],
)
def test_without_a_query_machines_get_it_in_the_format_asked_for(service, accept, media_type):
    answer = service.get("/sparql", accept)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert "UnionDefaultGraph" in answer.text
    assert f"{service.address}/sparql" in answer.text


def test_it_is_about_this_endpoint(description, endpoint):
    assert list(description.subjects(SD.endpoint, endpoint)) == [endpoint]
    assert (endpoint, RDF.type, SD.Service) in description
    assert set(description.objects(endpoint, SD.supportedLanguage)) == {SD.SPARQL11Query}


def test_it_lists_what_the_service_can(service, description, endpoint):
    assert set(description.objects(endpoint, SD.feature)) == {SD.UnionDefaultGraph}
    names = {
        str(found).removeprefix(FORMATS) for found in description.objects(None, SD.resultFormat)
    }
    results = {"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV"}
    graphs = {"Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads"}
    assert names == results | graphs | {"SPARQL_Results_TSV"}
    assert not set(description.objects(None, SD.inputFormat))
    (function,) = description.objects(endpoint, SD.extensionFunction)
    assert str(function) == "https://w3id.org/styrgraf/ns#mayDecide"
    assert (function, RDF.type, SD.Function) in description


def test_it_lists_the_graphs_with_their_sizes(service, description, endpoint):
    (dataset,) = description.objects(endpoint, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in description
    query = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    counted = service.get("/sparql", "text/csv", query=query).text.split()[1:]
    told = {
        f"{description.value(named, SD.name)},"
        f"{description.value(description.value(named, SD.graph), VOID.triples)}"
        for named in description.objects(dataset, SD.namedGraph)
    }
    assert told == set(counted)
    (default,) = description.objects(dataset, SD.defaultGraph)
    total = service.get("/sparql", "text/csv", query="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert str(description.value(default, VOID.triples)) == total.text.split()[1]


def test_features_follow_the_settings():
    settings = replace(
        Settings(), default_graph="unnamed", service_origins=("https://query.example.org",)
    )
    text = write_service_description("https://a.example/sparql", settings)
    assert "UnionDefaultGraph" not in text
    assert "sd:BasicFederatedQuery" in text
    assert "sd:feature sd:BasicFederatedQuery" not in write_service_description("a:b", Settings())
