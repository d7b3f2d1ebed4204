"""Every stored query runs on the shipped data, and the external graph changes no answer."""

from __future__ import annotations

import pytest
from rdflib.plugins.sparql import prepareQuery
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.queries import bind_parameters, load_stored_queries

from tests.queries.asking import FILES, ask, list_values, read_header

every_query = pytest.mark.parametrize("name", list(FILES))


def reads_external(name: str) -> bool:
    return "external" in read_header(FILES[name])["tags"].split(", ")


@every_query
def test_a_query_answers_with_the_columns_it_promises(
    name: str, shipped_reader: PublishedStore
) -> None:
    values = list_values(shipped_reader, name)[0]
    answer = shipped_reader.select(bind_parameters(load_stored_queries()[name], values))
    assert ", ".join(answer.variables) == read_header(FILES[name])["returns"]


@every_query
def test_a_query_is_standard_sparql_to_a_second_parser(
    name: str, shipped_reader: PublishedStore
) -> None:
    values = list_values(shipped_reader, name)[0]
    prepareQuery(bind_parameters(load_stored_queries()[name], values))


@every_query
def test_a_query_has_answers_or_says_why_it_may_have_none(
    name: str, shipped_reader: PublishedStore
) -> None:
    may_be_empty = "may-be-empty" in read_header(FILES[name])
    asked = list_values(shipped_reader, name)
    empty = [values for values in asked if not ask(shipped_reader, name, values)]
    assert asked
    assert not empty or may_be_empty


@every_query
def test_no_row_is_given_twice(name: str, shipped_reader: PublishedStore) -> None:
    for values in list_values(shipped_reader, name):
        rows = ask(shipped_reader, name, values)
        assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", [name for name in FILES if not reads_external(name)])
def test_answers_are_the_same_without_what_public_pages_say(
    name: str, shipped_reader: PublishedStore, documents_reader: PublishedStore
) -> None:
    asked = list_values(shipped_reader, name)
    assert asked == list_values(documents_reader, name)
    for values in asked:
        assert ask(shipped_reader, name, values) == ask(documents_reader, name, values)


@pytest.mark.parametrize("name", [name for name in FILES if reads_external(name)])
def test_a_query_tagged_external_answers_differently_without_public_pages(
    name: str, shipped_reader: PublishedStore, documents_reader: PublishedStore
) -> None:
    values = list_values(documents_reader, name)[0]
    assert ask(shipped_reader, name, values) != ask(documents_reader, name, values)


def test_nothing_stands_in_the_documents_graphs_without_a_source(
    shipped_reader: PublishedStore,
) -> None:
    assert ask(shipped_reader, "statements-without-source", {}) == []


def test_every_answer_tells_its_document_and_lines(shipped_reader: PublishedStore) -> None:
    for name, path in FILES.items():
        columns = read_header(path)["returns"].split(", ")
        if "lines" not in columns:
            continue
        at = columns.index("lines")
        for values in list_values(shipped_reader, name):
            untold = [row for row in ask(shipped_reader, name, values) if not row[at]]
            assert untold == [], name
