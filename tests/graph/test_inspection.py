"""What is refused before an engine sees it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.errors import (
    OutgoingRequestError,
    QuerySyntaxError,
    ReadOnlyError,
    StyrgrafError,
)
from styrgraf.graph.inspection import (
    MAX_CHARACTERS,
    Inspection,
    inspect_query,
    read_query,
    read_query_form,
)

CALLS = [
    "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { service silent <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<ADDRESS>{ ?s ?p ?o } }",
    "SELECT * { FILTER EXISTS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
    "SELECT * { ?a ?b trueSERVICE<ADDRESS>{ ?s ?p ?o } }",
    "PREFIX : <ADDRESS> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX x: <ADDRESS> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "PREFIX : <ADDRESS> PREFIX SERVICE: <http://e/> SELECT * { SERVICE: { ?s ?p ?o } }",
    "SELECT * { VALUES ?s { <ADDRESS> } BIND(1 AS ?a) FILTER(?a<2)SERVICE?s#>\n{ ?x ?y ?z } }",
    "SELECT * { VALUES ?s { <ADDRESS> } SERVICE ?s { ?x ?y ?z } }",
    "SELECT * { { SELECT * { SERVICE#comment\n<ADDRESS> { ?s ?p ?o } } } }",
    "SELECT * { OPTIONAL { ?s <a:)'> ?o } SERVICE <ADDRESS'> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { ?s <a:)#> ?o } SERVICE <ADDRESS> { ?s ?p ?o } }",
    "PREFIX a: <a:> SELECT * { OPTIONAL { ?s a:x\u0300\\' ?o } SERVICE <ADDRESS'> { ?s ?p ?o } }",
    "PREFIX a: <a:> SELECT * { OPTIONAL { ?s a:x\u00b7\\# ?o } SERVICE <ADDRESS> { ?s ?p ?o } }",
    "ASK { '''x''' ^<a:b> ?o . SERVICE <ADDRESS> { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <ADDRESS> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", CALLS)
def test_every_way_to_call_another_service_is_refused(text: str) -> None:
    with pytest.raises(OutgoingRequestError):
        inspect_query(text.replace("ADDRESS", "http://127.0.0.1:9/"))


def test_the_engine_itself_would_have_called() -> None:
    """Without the refusal requests leave; else the test above would prove nothing."""
    called = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            connection, _ = listener.accept()
            called.set()
            connection.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        list(ox.Store().query(CALLS[1].replace("ADDRESS", address)))  # type: ignore[arg-type]
        thread.join(timeout=10)
    assert called.is_set()


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("SERVICE <http://e/> {}" AS ?v) {}',
        "SELECT * { ?s <http://e/SERVICE> ?o } # SERVICE <http://e/> {}",
        "PREFIX service: <http://e/> SELECT * { ?s service:of ?o }",
        "PREFIX service: <http://e/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
        "SELECT ?service { ?service ?p ?o }",
        "PREFIX ex: <http://e/> SELECT * { ?s ex:service ?o }",
    ],
)
def test_the_word_service_is_free_elsewhere(text: str) -> None:
    assert inspect_query(text) == "select"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "select"),
        ("# a comment\nPREFIX select: <http://e/>\nASK {}", "ask"),
        ("BASE <http://e/select> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "construct"),
        ("describe <http://e/>", "describe"),
    ],
)
def test_the_form_is_read_from_the_first_keyword(text: str, form: str) -> None:
    assert read_query_form(text) == form


@pytest.mark.parametrize(
    "text",
    ["INSERT DATA { <a:b> <a:b> 1 }", "PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"],
)
def test_an_update_is_told_as_such(text: str) -> None:
    with pytest.raises(ReadOnlyError):
        inspect_query(text)


def test_load_is_refused() -> None:
    with pytest.raises(OutgoingRequestError):
        inspect_query("LOAD <http://127.0.0.1:9/>")


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ FILTER({'(' * 20_000}1{')' * 20_000}) }}",
        f"SELECT * {'{' * 200}{'}' * 200}",
        f"SELECT * {{ FILTER({'!' * 5_000}true) }}",
        f"SELECT * {{ ?s ?p {'[ ?p ' * 300} 1 {']' * 300} }}",
    ],
)
def test_deep_nesting_is_told_with_its_place(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        inspect_query(text)
    assert caught.value.facts["line"] == 1
    assert int(str(caught.value.facts["column"])) > 100


def test_a_query_may_be_wide() -> None:
    text = f"SELECT * {{ {'{ ?s ?p ?o } UNION ' * 300} {{}} }}"
    assert inspect_query(text) == "select"


@pytest.mark.parametrize("text", ["", "hello", "# SELECT * {}", "'SELECT'"])
def test_a_text_without_a_query_form_is_malformed(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        inspect_query(text)
    assert "rad 1, kolumn 1" in caught.value.describe("sv")
    assert "line 1, column 1" in caught.value.describe("en")


def test_a_text_that_is_too_long_is_not_read() -> None:
    with pytest.raises(QuerySyntaxError):
        inspect_query("SELECT * {}" + " " * MAX_CHARACTERS)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", ["<http://e/>"]),
        ("SELECT * { SERVICE SILENT e:x { ?s ?p ?o } SERVICE ?v {} }", ["e:x", "?v"]),
        ("ASK { ?s ?p 'SERVICE <http://e/> {}' }", []),
    ],
)
def test_what_service_calls_is_told_to_whoever_may_allow_it(text: str, called: list[str]) -> None:
    assert [token.text for token in read_query(text).services] == called
    assert read_query(text).is_repeatable == (not called)


@pytest.mark.parametrize("text", [CALLS[2], CALLS[4], CALLS[5], CALLS[8], *CALLS[11:15], CALLS[16]])
def test_a_call_in_disguise_is_refused_even_where_services_are_allowed(text: str) -> None:
    with pytest.raises(OutgoingRequestError):
        read_query(text.replace("ADDRESS", "http://127.0.0.1:9/"))


@pytest.mark.parametrize(
    ("text", "repeatable"),
    [
        ("SELECT (NOW() AS ?n) {}", False),
        ("SELECT (rand() AS ?n) {}", False),
        ("SELECT * { BIND(StrUUID() AS ?n) }", False),
        ("CONSTRUCT { ?b a <a:b> } { BIND(BNODE() AS ?b) }", False),
        ("SELECT ('NOW()' AS ?now) { ?s <a:rand> ?o } # UUID()", True),
    ],
)
def test_what_differs_each_time_is_told(text: str, repeatable: bool) -> None:
    assert read_query(text).is_repeatable is repeatable


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("SELECT * FROM <g:1> FROM e:g FROM NAMED <g:3> {}", ["<g:1>", "e:g"], ["<g:3>"]),
        ("SELECT * FROM<g:1>FROMNAMED<g:2>{}", ["<g:1>"], ["<g:2>"]),
        ("SELECT ?from { ?from <a:from> 'FROM <g:1>' }", [], []),
    ],
)
def test_the_dataset_clauses_are_told(text: str, default: list[str], named: list[str]) -> None:
    found = read_query(text)
    assert [token.text for token in found.default_graphs] == default
    assert [token.text for token in found.named_graphs] == named


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "ASK { ?s ?p ?o FILTER(1 + 1 = 2) }"])
def test_a_plain_query_and_the_same_read_in_full_are_told_alike(text: str) -> None:
    assert read_query(text) == read_query(text + " # from") == Inspection(text.split()[0].lower())


PIECES = st.sampled_from(
    [
        "SELECT", "ask", "CONSTRUCT", "Describe", "PREFIX", "prefix", "BASE", "INSERT", "LOAD",
        "a:", ":", "select:", "ask:x", "<a:b>", "<select>", "<a)b>", "<", ">", "# ask", "#", "*",
        "?x", "{", "}", "(", ")", "'select'", "'", '"', " ", "\n", "\r", "\t", "\u00e5", "_", ".",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_form_seen_at_a_glance_is_that_of_the_tokens(text: str) -> None:
    def read(function: Callable[[str], object]) -> object:
        try:
            return function(text)
        except StyrgrafError as error:
            return type(error)

    found = read(read_query)
    assert (found.form if isinstance(found, Inspection) else found) == read(read_query_form)
