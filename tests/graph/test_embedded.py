"""The embedded engine behind the store protocol."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.errors import (
    AnswerTooLargeError,
    OutgoingRequestError,
    QuerySyntaxError,
    ReadOnlyError,
    UnacceptableDataError,
    UnknownNameError,
    UsageError,
)
from styrgraf.formats import RDF_FORMATS, SOLUTION_FORMATS
from styrgraf.graph.embedded import EmbeddedWriter
from styrgraf.graph.limits import AnswerLimits
from styrgraf.model import BlankNode, Iri, Literal, Quad, QueryDataset, Term, Version
from styrgraf.namespaces import XSD

A, B, P = Iri("https://e.org/a"), Iri("https://e.org/b"), Iri("https://e.org/p")
ONE, TWO = Iri("https://e.org/graph/one"), Iri("https://e.org/graph/two")
VERSION = Version(1, datetime(2026, 1, 1, tzinfo=UTC), 0, "", "tiny", "https://e.org/")


def make_writer(*quads: Quad, limits: AnswerLimits | None = None) -> EmbeddedWriter:
    writer = EmbeddedWriter(ox.Store(), VERSION, limits)
    writer.load(quads)
    return writer


def count(writer: EmbeddedWriter, pattern: str = "?s ?p ?o") -> int:
    rows = writer.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows
    return int(rows[0]["n"].value)


def test_a_triple_in_two_graphs_is_one_triple_of_the_union() -> None:
    writer = make_writer(Quad(A, P, B, ONE), Quad(A, P, B, TWO))
    assert count(writer) == 1
    assert count(writer, "GRAPH ?g { ?s ?p ?o }") == 2
    assert writer.count_quads() == 2


def test_clearing_a_graph_leaves_what_others_state() -> None:
    writer = make_writer(Quad(A, P, B, ONE), Quad(A, P, A, ONE), Quad(A, P, B, TWO))
    writer.clear(ONE.value)
    assert writer.select("SELECT ?o { ?s ?p ?o }").rows == ({"o": B},)
    assert count(writer, "GRAPH ?g { ?s ?p ?o }") == 1


def test_a_load_is_parsed_before_it_is_refused() -> None:
    writer = make_writer()
    with pytest.raises(OutgoingRequestError):
        writer.update("PREFIX e: <https://e.org/> LOAD e:data INTO GRAPH e:g")
    with pytest.raises(QuerySyntaxError) as caught:
        writer.update("# comment\nPREFIX e: <https://e.org/>\n  LOAD INTO GRAPH e:g")
    assert (caught.value.facts["line"], caught.value.facts["column"]) == (3, 14)
    assert writer.count_quads() == 0


def test_an_update_is_seen_in_the_union() -> None:
    writer = make_writer(Quad(A, P, B, ONE))
    writer.update(f"DELETE WHERE {{ GRAPH <{ONE.value}> {{ ?s ?p ?o }} }}")
    assert count(writer) == 0
    writer.update(f"INSERT DATA {{ GRAPH <{TWO.value}> {{ <{A.value}> <{P.value}> 1 }} }}")
    assert writer.ask("ASK { ?s ?p 1 }")


def test_an_update_of_the_unnamed_graph_is_refused_and_changes_nothing() -> None:
    writer = make_writer(Quad(A, P, B, ONE))
    with pytest.raises(ReadOnlyError):
        writer.update("DELETE WHERE { ?s ?p ?o }")
    assert count(writer) == 1


def test_an_update_that_does_not_parse_is_told_with_its_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        make_writer().update("INSERT DATA { GRAPH <https://e.org/g> { <https://e.org/a> } }")
    assert caught.value.facts["line"] == 1


def test_the_dump_has_named_graphs_and_nothing_else() -> None:
    writer = make_writer(Quad(A, P, B, ONE), Quad(A, P, B, TWO))
    quads = list(ox.parse(b"".join(writer.dump("application/n-quads")), ox.RdfFormat.N_QUADS))
    assert {str(quad.graph_name) for quad in quads} == {f"<{ONE.value}>", f"<{TWO.value}>"}


def test_one_graph_is_dumped_alone() -> None:
    writer = make_writer(Quad(A, P, B, ONE), Quad(B, P, A, TWO))
    body = b"".join(writer.dump("application/n-triples", ONE.value))
    assert body == f"<{A.value}> <{P.value}> <{B.value}> .\n".encode()


def test_a_graph_that_is_not_there_has_no_dump() -> None:
    with pytest.raises(UnknownNameError):
        list(make_writer().dump("text/turtle", ONE.value))


@pytest.mark.parametrize("media_type", ["text/turtle", "text/csv", "text/nonsense"])
def test_a_dump_of_all_graphs_needs_a_format_that_names_them(media_type: str) -> None:
    with pytest.raises(UsageError):
        list(make_writer().dump(media_type))


@pytest.mark.parametrize("known", SOLUTION_FORMATS, ids=lambda known: known.name)
def test_select_and_ask_are_answered_in_each_result_format(known: object) -> None:
    media_type = known.media_type  # type: ignore[attr-defined]
    writer = make_writer(Quad(A, P, B, ONE))
    for text in ("SELECT * { ?s ?p ?o }", "ASK { ?s ?p ?o }"):
        answer = writer.query(text, media_type)
        assert answer.media_type == media_type
        assert answer.version == 1
        assert (b"e.org/a" in answer.body) or (b"true" in answer.body)


@pytest.mark.parametrize("known", RDF_FORMATS, ids=lambda known: known.name)
def test_construct_and_describe_are_answered_in_each_rdf_format(known: object) -> None:
    media_type = known.media_type  # type: ignore[attr-defined]
    writer = make_writer(Quad(A, P, B, ONE))
    for text in ("CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{A.value}>"):
        body = writer.query(text, media_type).body
        found = ox.parse(body, ox.RdfFormat.from_media_type(media_type))
        assert [quad.triple for quad in found] == [
            ox.Triple(ox.NamedNode(A.value), ox.NamedNode(P.value), ox.NamedNode(B.value))
        ]


def test_a_select_is_not_written_as_turtle() -> None:
    with pytest.raises(UsageError, match=r"sparql-results\+json"):
        make_writer().query("SELECT * {}", "text/turtle")


def test_a_construct_is_a_set() -> None:
    writer = make_writer(Quad(A, P, A, ONE), Quad(A, P, B, ONE))
    assert len(writer.construct("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }")) == 1


def test_a_dataset_that_is_named_wins_over_the_union() -> None:
    writer = make_writer(Quad(A, P, A, ONE), Quad(A, P, B, TWO))
    text = "SELECT ?o { ?s ?p ?o }"
    assert writer.select(text, QueryDataset((ONE.value,))).rows == ({"o": A},)
    assert writer.select(text, QueryDataset((), (ONE.value,))).rows == ()
    in_graph = writer.select("SELECT ?o { GRAPH ?g { ?s ?p ?o } }", QueryDataset((), (TWO.value,)))
    assert in_graph.rows == ({"o": B},)


def test_relative_iris_are_below_the_base() -> None:
    rows = make_writer().select("SELECT (<id/unit/kth> AS ?v) {}").rows
    assert rows == ({"v": Iri("https://e.org/id/unit/kth")},)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("SELECT * {\n ?s ?p }", 2, "column 9."),
        ("SELECT * {\n ?s ?p ?o", 2, '"}" "~" may follow.'),
        ("SELECT * {\n\n ?s foo:bar ?o }", 3, "the prefix of foo:bar is not declared"),
        ("SELECT ?a {} GROUP BY ?b", 1, "unbound"),
        ('SELECT * { ?s ?p "abc }', 1, "is not closed"),
        ("SELECT * { ?a ?b ( }", 1, "a variable, an IRI, a text or a number may follow"),
        ("SELECT * { ?a ?b ?c } GROUP BY", 1, "a variable or an IRI may follow"),
        ("SELECT * { BIND(1 AS x) }", 1, "a variable may follow"),
        ("SELECT ?a { ?a ?b ?c } ORDER ?a", 1, "column 32."),
    ],
)
def test_a_query_that_does_not_parse_is_told_by_line_column_and_reason(
    text: str, line: int, word: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        make_writer().query(text)
    assert caught.value.facts["line"] == line
    assert int(str(caught.value.facts["column"])) >= 1
    assert word in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_function_that_is_not_known_is_told() -> None:
    with pytest.raises(UsageError, match=r"e\.org/f"):
        make_writer().query("SELECT (<https://e.org/f>(1) AS ?v) {}")


@pytest.mark.parametrize("known", SOLUTION_FORMATS, ids=lambda known: known.name)
@pytest.mark.parametrize("rows", [3, 4])
def test_rows_are_counted_in_each_result_format(known: object, rows: int) -> None:
    writer = make_writer(limits=AnswerLimits(rows=3))
    values = ["1", '"a\\n\\",{[{ <result> }]"', "<https://e.org/x,y>", "UNDEF"][:rows]
    text = f"SELECT ?v {{ VALUES ?v {{ {' '.join(values)} }} }}"
    media_type = known.media_type  # type: ignore[attr-defined]
    if rows > 3:
        with pytest.raises(AnswerTooLargeError, match="3 rows"):
            writer.query(text, media_type)
    else:
        assert writer.query(text, media_type).body


def test_triples_are_counted() -> None:
    quads = [Quad(A, P, Literal(str(number)), ONE) for number in range(4)]
    writer = make_writer(*quads, limits=AnswerLimits(rows=3))
    with pytest.raises(AnswerTooLargeError):
        writer.construct("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_bytes_are_counted(text: str) -> None:
    quads = [Quad(A, P, Literal("long " * 1000 + str(number)), ONE) for number in range(20)]
    writer = make_writer(*quads, limits=AnswerLimits(size=50_000))
    with pytest.raises(AnswerTooLargeError, match="MiB"):
        writer.query(text)


def test_a_triple_as_a_term_is_told_and_not_garbled() -> None:
    with pytest.raises(UnacceptableDataError):
        make_writer().select("SELECT (TRIPLE(<a:a>, <a:a>, <a:a>) AS ?v) {}")


def test_json_of_the_engine_is_answered_as_it_is() -> None:
    body = make_writer(Quad(A, P, B, ONE)).query("SELECT ?o { ?s ?p ?o }").body
    assert json.loads(body)["results"]["bindings"] == [{"o": {"type": "uri", "value": B.value}}]


TERMS: st.SearchStrategy[Term] = st.one_of(
    st.builds(Literal, st.text(st.characters(codec="utf-8"))),
    st.builds(
        Literal.in_language, st.text(st.characters(codec="utf-8")), st.sampled_from(["sv", "en-gb"])
    ),
    st.integers(-(2**63), 2**63 - 1).map(lambda number: Literal(str(number), XSD + "integer")),
    st.dates().map(lambda day: Literal(day.isoformat(), XSD + "date")),
    st.booleans().map(lambda value: Literal(str(value).lower(), XSD + "boolean")),
    st.from_regex(r"[a-z]{1,5}", fullmatch=True).map(lambda text: Iri(f"https://e.org/{text}")),
)


@given(TERMS)
def test_terms_come_back_as_they_were_written(term: Term) -> None:
    writer = make_writer(Quad(A, P, term, ONE))
    assert writer.select("SELECT ?o { ?s ?p ?o }").rows == ({"o": term},)
    assert writer.construct("CONSTRUCT WHERE { ?s ?p ?o }")[0].object == term


def test_blank_nodes_of_answers_are_blank() -> None:
    rows = make_writer().select("SELECT (BNODE() AS ?v) {}").rows
    assert isinstance(rows[0]["v"], BlankNode)
