"""SPARQL 1.1 queries over HTTP: evaluation, result formats, syntax."""

from __future__ import annotations

import pytest

from tests.conformance.manifests import Case, load_quads, read_text
from tests.conformance.results import are_equal, parse_graph, parse_table, read_expected
from tests.conformance.scratch import Scratch
from tests.conformance.sections import list_cases
from tests.conformance.strict import check_known

RESULTS = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH = "text/turtle"
EVALUATION = [
    *list_cases("query evaluation"),
    *list_cases("CSV and TSV results"),
    *list_cases("JSON results"),
]


@pytest.mark.parametrize("case", EVALUATION, ids=lambda case: case.name)
def test_a_query_is_answered_as_the_suite_expects(scratch: Scratch, case: Case) -> None:
    scratch.hold(load_quads(case.data))
    with check_known("sparql11", case.name):
        evaluate(scratch, case)


def evaluate(scratch: Scratch, case: Case) -> None:
    """Ask the query, with the base that the suite gives it, and compare the answer."""
    expected = read_expected(case.result)
    ending = case.result.rpartition(".")[2]
    wanted = RESULTS.get(ending, RESULTS["srj"])
    text = f"BASE <{case.text}>\n{read_text(case.text)}"
    answer = scratch.ask(text, f"{wanted}, {RESULTS['srj']};q=0.7, {GRAPH};q=0.5")
    assert answer.status == 200, answer.text
    if answer.media_type == GRAPH:
        found = parse_graph(answer.body, GRAPH, case.text)
    else:
        kind = next(known for known, name in RESULTS.items() if name == answer.media_type)
        found = parse_table(answer.body, kind)
    ordered = "order by" in text.rpartition("}")[2].lower()
    assert are_equal(found, expected, ordered), answer.text


@pytest.mark.parametrize("case", list_cases("query syntax"), ids=lambda case: case.name)
def test_a_query_is_taken_or_refused_as_the_suite_expects(scratch: Scratch, case: Case) -> None:
    with check_known("sparql11", case.name):
        answer = scratch.ask(read_text(case.text), "*/*")
        # A query that parses and calls a function that nobody offers is a 422, not malformed.
        expected = {200, 422} if case.kind.startswith("Positive") else {400}
        assert answer.status in expected, answer.text
