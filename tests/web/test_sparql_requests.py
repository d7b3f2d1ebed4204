"""What is wrong with a request to the endpoint is told: which parameter, and its fault."""

import json
from urllib.parse import quote, urlencode

import pytest

ASK = "ASK { ?s ?p ?o }"
ROWS = "SELECT * { VALUES ?x { 1 2 3 } }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
GRAPH = "https://w3id.org/styrgraf/kth/graph/source/003"


def escaped(text):
    return quote(text, safe="")


BAD_ADDRESSES = [
    # (query string, parameter that the answer names, part of the sentence)
    ("query=", "query", "empty"),
    ("query=%20%0A", "query", "empty"),
    (f"default-graph-uri={escaped(GRAPH)}", "query", "no query"),
    ("timeout=3", "query", "no query"),
    (urlencode([("query", ASK), ("query", ASK)]), "query", "2 times"),
    (f"query={escaped(ASK)}%", "query", "%25"),
    (f"query={escaped(ASK)}%G1", "query", "%G1"),
    (f"query={escaped(ASK)}%FF", "query", "UTF-8"),
    (f"query={escaped(ASK)}&default-graph-uri=%C3", "default-graph-uri", "UTF-8"),
    (f"query={escaped(ASK)}&default-graph-uri=", "default-graph-uri", "IRI"),
    (f"query={escaped(ASK)}&named-graph-uri=x", "named-graph-uri", "IRI"),
    (f"query={escaped(ASK)}&named-graph-uri=a%3A%20b", "named-graph-uri", "IRI"),
    (f"query={escaped(ASK)}&other=%FF", "other", "UTF-8"),
    *(
        (f"query={escaped(ASK)}&timeout={value}", "timeout", "seconds")
        for value in ("", "0", "0.0", "-1", "1e3", "NaN", "five", "1.2345", "%D9%A1", "1%20")
    ),
    *(
        (f"query={escaped(ASK)}&limit={value}", "limit", "rows")
        for value in ("", "0", "-1", "1.5", "all", "%D9%A1", "9999999999")
    ),
    (f"query={escaped(ASK)}&limit=1&limit=2", "limit", "2 times"),
    (f"query={escaped(ASK)}&timeout=1&timeout=2", "timeout", "2 times"),
]


@pytest.mark.parametrize(("asked", "parameter", "part"), BAD_ADDRESSES)
def test_a_bad_parameter_is_named_with_its_fault(service, asked, parameter, part):
    answer = service.get(f"/sparql?{asked}&lang=en", "application/problem+json")
    problem = json.loads(answer.body)
    assert (answer.status, problem["parameter"]) == (400, parameter)
    assert part in problem["detail"]


@pytest.mark.parametrize(
    ("asked", "part"), [(asked, part) for asked, _, part in BAD_ADDRESSES if "query=ASK" in asked]
)
def test_a_form_is_read_as_strictly_as_an_address(service, asked, part):
    answer = service.post("/sparql?lang=en", asked, FORM)
    assert (answer.status, answer.media_type) == (400, "text/plain")
    assert part in answer.text


def test_faults_are_told_in_swedish_as_well(service):
    answer = service.get("/sparql?query=%FF&lang=sv")
    assert "Parametern query är inte giltig UTF-8" in answer.text


@pytest.mark.parametrize(
    ("path", "body", "media_type", "part"),
    [
        ("/sparql", b'ASK { ?s ?p "\xff" }', DIRECT, "byte 14"),
        ("/sparql", b"query=ASK {\xc3\x28}", FORM, "byte 6"),
        ("/sparql", ASK.encode("utf-16"), DIRECT, "byte 1"),
        ("/sparql", ASK, DIRECT + "; charset=UTF-16", "UTF-8"),
        ("/sparql", ASK, DIRECT + "; charset=iso-8859-1", "UTF-8"),
        ("/sparql", urlencode({"query": ASK}), FORM + "; charset=latin1", "UTF-8"),
        (f"/sparql?query={escaped(ASK)}", ASK, DIRECT, "address"),
        (f"/sparql?query={escaped(ASK)}", "", FORM, "address"),
        ("/sparql", urlencode([("query", ASK)] * 2), FORM, "2 times"),
    ],
)
def test_a_bad_body_is_told(service, path, body, media_type, part):
    separator = "&" if "?" in path else "?"
    answer = service.post(f"{path}{separator}lang=en", body, media_type)
    assert answer.status == 400
    assert part in answer.text


def test_a_compressed_body_is_told(service):
    headers = {"Content-Type": DIRECT, "Content-Encoding": "gzip"}
    answer = service.ask("POST", "/sparql?lang=en", headers, b"\x1f\x8b")
    assert (answer.status, "gzip" in answer.text) == (400, True)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_utf_8_may_be_said(service, charset):
    assert service.post("/sparql", ASK, f"{DIRECT}; charset={charset}").status == 200


def test_parameters_that_nobody_knows_are_ignored(service):
    asked = {"query": ROWS, "output": "json", "results": "json", "debug": ""}
    assert service.get("/sparql", "text/csv", **asked).text.split() == ["x", "1", "2", "3"]


def test_a_form_may_name_graphs_in_its_address(service):
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    path = f"/sparql?{urlencode({'named-graph-uri': GRAPH})}"
    answer = service.post(path, urlencode({"query": query}), FORM, "text/csv")
    assert answer.text.split() == ["g", GRAPH]


def test_the_dataset_of_the_request_wins_over_that_of_the_query(service):
    other = "https://w3id.org/styrgraf/kth/graph/source/000"
    query = f"SELECT DISTINCT ?g FROM NAMED <{other}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    parameters = {"query": query, "named-graph-uri": GRAPH}
    assert service.get("/sparql", "text/csv", query=query).text.split() == ["g", other]
    assert service.get("/sparql", "text/csv", **parameters).text.split() == ["g", GRAPH]


def test_a_preview_says_whether_more_exists(service):
    for limit, more, rows in (("2", "?1", 2), ("3", "?0", 3), ("10", "?0", 3)):
        answer = service.get("/sparql", "text/csv", query=ROWS, limit=limit)
        assert answer.headers["styrgraf-more"] == more
        assert len(answer.text.split()) == rows + 1
    assert "styrgraf-more" not in service.get("/sparql", "text/csv", query=ROWS).headers


def test_a_preview_of_a_graph_has_so_many_triples(service):
    query = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }"
    answer = service.get("/sparql", "application/n-triples", query=query, limit="7")
    assert (answer.headers["styrgraf-more"], answer.text.count("\n")) == ("?1", 7)


def test_a_client_may_lower_the_time_limit(service):
    crossed = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = service.get("/sparql?lang=en", query=crossed, timeout="0.2")
    assert answer.status == 504
    assert "0.2 s" in answer.text


def test_a_client_may_not_raise_a_limit(service):
    rows = " ".join("(1 2 3 4)" for _ in range(400))
    query = f"SELECT * {{ VALUES (?a ?b ?c ?d) {{ {rows} }} VALUES (?e ?f ?g ?h) {{ {rows} }} }}"
    answer = service.post("/sparql?limit=999999999&timeout=999999", query, DIRECT, "text/csv")
    assert answer.status == 422 or (answer.headers["styrgraf-more"] == "?1")
    assert answer.text.count("\n") <= 100_001
