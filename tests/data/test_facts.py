"""Each of the 332 facts is there, says where it was read, and points at what the graph says."""

from __future__ import annotations

import pytest

from styrgraf.namespaces import OA, SG
from tests.data.reading import (
    EVIDENCE,
    GAPS,
    find_graph,
    index_facts,
    index_statements,
    list_instances,
    list_values,
    read_graphs,
    read_triples,
)

NUMBERS = [f"F{number:03}" for number in range(1, 333)]
SAID_TWICE = [
    ("F007", "F274"),
    ("F012", "F189"),
    ("F069", "F187"),
    ("F072", "F144"),
    ("F188", "F238"),
    ("F226", "F265"),
    ("F263", "F272"),
    ("F264", "F273"),
]


def list_bodies_of(number: str) -> tuple[str, ...]:
    return list_values(EVIDENCE, OA + "hasBody", index_facts()[number])


def read_number(predicate: str, subject: str) -> int:
    (value,) = list_values(EVIDENCE, SG + predicate, subject)
    return int(value)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_fact_is_recorded(number: str) -> None:
    assert number in index_facts()


@pytest.mark.parametrize("number", NUMBERS)
def test_the_fact_lies_within_the_lines_of_a_document(number: str) -> None:
    locators = list_values(EVIDENCE, OA + "hasTarget", index_facts()[number])
    assert locators
    for locator in locators:
        (document,) = list_values(EVIDENCE, OA + "hasSource", locator)
        first, last = read_number("firstLine", locator), read_number("lastLine", locator)
        assert 1 <= first <= last <= read_number("lineCount", document)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_fact_points_at_statements_and_gaps_that_exist(number: str) -> None:
    bodies = list_bodies_of(number)
    assert bodies
    gaps = list_instances(GAPS, "Gap")
    for body in bodies:
        assert body in gaps or is_in_its_graph(body), body


def is_in_its_graph(statement: str) -> bool:
    triple, graph = index_statements()[statement]
    return triple in read_triples(graph.removeprefix(find_graph("")))


def test_no_other_number_is_used_and_none_twice() -> None:
    assert len(list_instances(EVIDENCE, "Fact")) == len(NUMBERS)
    assert sorted(index_facts()) == NUMBERS


@pytest.mark.parametrize(("one", "other"), SAID_TWICE)
def test_facts_that_say_the_same_share_a_statement(one: str, other: str) -> None:
    assert set(list_bodies_of(one)) & set(list_bodies_of(other))


def test_every_statement_stands_in_the_graph_that_it_names() -> None:
    assert [name for name in index_statements() if not is_in_its_graph(name)] == []


def test_a_statement_names_a_graph_that_exists() -> None:
    named = {graph.removeprefix(find_graph("")) for _, graph in index_statements().values()}
    assert named <= set(read_graphs())
