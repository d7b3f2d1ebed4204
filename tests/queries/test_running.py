"""Every stored query runs on the shipped data, and the external graph changes no answer."""

from __future__ import annotations

import pytest
from rdflib.plugins.sparql import prepareQuery

from styrgraf.graph.store import Reader
from tests.queries.asking import FILES, ask, bind, list_values, read_header

every_query = pytest.mark.parametrize("name", list(FILES))


def reads_external(name: str) -> bool:
    return "external" in read_header(FILES[name])["tags"].split(", ")


@every_query
def test_a_query_answers_with_the_columns_it_promises(name: str, reader: Reader) -> None:
    values = list_values(reader, name)[0]
    answer = reader.select(bind(name, values))
    assert ", ".join(answer.variables) == read_header(FILES[name])["returns"]


@every_query
def test_a_query_is_standard_sparql_to_a_second_parser(name: str, reader: Reader) -> None:
    values = list_values(reader, name)[0]
    prepareQuery(bind(name, values))


@every_query
def test_a_query_has_answers_or_says_why_it_may_have_none(name: str, reader: Reader) -> None:
    may_be_empty = "may-be-empty" in read_header(FILES[name])
    asked = list_values(reader, name)
    empty = [values for values in asked if not ask(reader, name, values)]
    assert asked
    assert not empty or may_be_empty


@every_query
def test_no_row_is_given_twice(name: str, reader: Reader) -> None:
    for values in list_values(reader, name):
        rows = ask(reader, name, values)
        assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", [name for name in FILES if not reads_external(name)])
def test_answers_are_the_same_without_what_public_pages_say(
    name: str, reader: Reader, documents_reader: Reader
) -> None:
    asked = list_values(reader, name)
    assert asked == list_values(documents_reader, name)
    for values in asked:
        assert ask(reader, name, values) == ask(documents_reader, name, values)


@pytest.mark.parametrize("name", [name for name in FILES if reads_external(name)])
def test_a_query_tagged_external_answers_differently_without_public_pages(
    name: str, reader: Reader, documents_reader: Reader
) -> None:
    values = list_values(documents_reader, name)[0]
    assert ask(reader, name, values) != ask(documents_reader, name, values)


def test_nothing_stands_in_the_documents_graphs_without_a_source(
    reader: Reader,
) -> None:
    assert ask(reader, "statements-without-source") == []


def test_every_answer_tells_its_document_and_lines(reader: Reader) -> None:
    for name, path in FILES.items():
        columns = read_header(path)["returns"].split(", ")
        if "lines" not in columns:
            continue
        at = columns.index("lines")
        for values in list_values(reader, name):
            untold = [row for row in ask(reader, name, values) if not row[at]]
            assert untold == [], name
