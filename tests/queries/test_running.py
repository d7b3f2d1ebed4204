"""Every stored query runs on the shipped data, and the external graph changes no answer."""

from __future__ import annotations

import pytest
from rdflib.plugins.sparql import prepareQuery

from styrgraf.graph.queries import load_stored_queries
from styrgraf.graph.row_ranges import COUNT, count_rows, cut_rows
from styrgraf.graph.store import Reader
from tests.queries.asking import FILES, ask, bind, list_values, read_header

every_query = pytest.mark.parametrize("name", list(FILES))


def reads_external(name: str) -> bool:
    return "external" in read_header(FILES[name])["tags"].split(", ")


@every_query
def test_a_query_answers_with_the_columns_it_promises(name: str, reader: Reader) -> None:
    values = list_values(reader, name)[0]
    text = bind(name, values)
    if load_stored_queries()[name].form == "construct":
        assert reader.construct(text)
        return
    assert ", ".join(reader.select(text).variables) == read_header(FILES[name])["returns"]


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
def test_the_example_of_a_query_has_an_answer(name: str, reader: Reader) -> None:
    query = load_stored_queries()[name]
    assert ask(reader, name, query.example) or not any(each.required for each in query.params)


@every_query
def test_pages_of_rows_make_up_the_whole_answer(name: str, reader: Reader) -> None:
    query = load_stored_queries()[name]
    if query.form != "select":
        return
    text = bind(name, list_values(reader, name)[0])
    whole = reader.select(text).rows
    counted = reader.select(count_rows(text)).rows[0][COUNT].value
    assert int(counted) == len(whole)
    size = len(whole) // 3 + 1
    pages = [
        reader.select(cut_rows(text, query.columns, first, size)).rows
        for first in range(0, len(whole) + 1, size)
    ]
    assert [row for page in pages for row in page] == list(
        reader.select(cut_rows(text, query.columns, 0, len(whole) + 1)).rows
    )
    assert sorted(map(str, whole)) == sorted(str(row) for page in pages for row in page)


@every_query
def test_no_row_is_given_twice(name: str, reader: Reader) -> None:
    query = load_stored_queries()[name]
    for values in list_values(reader, name):
        if query.form == "select":
            rows: list[object] = [*ask(reader, name, values)]
        else:
            rows = [*reader.construct(bind(name, values))]
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
