"""Several default graphs over HTTP: their merge, in which a triple stands once."""

from urllib.parse import urlencode

BASE = "https://w3id.org/styrgraf/kth/"
GRAPHS = [f"{BASE}graph/{name}" for name in ("source/000", "source/003", "interpretation")]
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
DISTINCT = "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o { %s } }"


def count(service, query, *graphs):
    parameters = [("query", query), *(("default-graph-uri", graph) for graph in graphs)]
    answer = service.get(f"/sparql?{urlencode(parameters)}", "text/csv")
    assert answer.status == 200, answer.text
    return int(answer.text.split()[1])


def test_a_triple_that_several_default_graphs_hold_is_answered_once(service):
    parts = " UNION ".join(f"{{ GRAPH <{graph}> {{ ?s ?p ?o }} }}" for graph in GRAPHS)
    expected = count(service, DISTINCT % parts)
    clauses = " ".join(f"FROM <{graph}>" for graph in GRAPHS)
    assert count(service, COUNT, *GRAPHS) == expected
    assert count(service, COUNT.replace("WHERE", f"{clauses} WHERE")) == expected
