"""Files at the door: what is taken, what is refused, and what the refusal says."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf.errors import SyntaxInFileError, UnacceptableDataError
from styrgraf.graph.literals import tell_fault
from styrgraf.graph.parsing import IncomingFile, parse_file
from styrgraf.namespaces import XSD
from tests.tiny import BASE, write_turtle

HERE = Path(__file__).parent
GRAPH = f"{BASE}graph/own"


def parse(path: Path, graph: str | None = GRAPH) -> list[ox.Quad]:
    return parse_file(IncomingFile(path.name, graph, path), BASE)


def test_a_truncated_file_is_named_with_line_and_reason() -> None:
    with pytest.raises(SyntaxInFileError) as caught:
        parse(HERE / "truncated.ttl")
    assert caught.value.facts["file"] == "truncated.ttl"
    assert caught.value.facts["line"] == 6
    assert "end" in str(caught.value.facts["reason"])


def test_a_wrong_datatype_is_told_with_file_subject_and_predicate() -> None:
    with pytest.raises(UnacceptableDataError) as caught:
        parse(HERE / "wrong_datatype.ttl")
    told = str(caught.value)
    for part in (
        "wrong_datatype.ttl",
        "id/decision/one",
        "date_document",
        "2023-02-30",
        "no such day",
    ):
        assert part in told


def test_a_literal_of_five_megabytes_is_refused(tmp_path: Path) -> None:
    path = write_turtle(tmp_path / "long.ttl", f':a :p "{"x" * 5_000_000}" .')
    with pytest.raises(UnacceptableDataError, match=r"long\.ttl.*1000000 bytes.*id/thing/a"):
        parse(path)


def test_blank_nodes_become_the_same_iris_each_time(tmp_path: Path) -> None:
    text = ":a :p [ :q _:b ], ( 1 2 ) . _:b :r 1 ."
    first = parse(write_turtle(tmp_path / "first.ttl", text))
    again = parse(write_turtle(tmp_path / "again.ttl", text))
    other = parse(write_turtle(tmp_path / "other.ttl", text + " "))
    assert first == again
    assert first != other
    assert "_:" not in "".join(str(quad) for quad in first)
    minted = {quad.object.value for quad in first if "genid" in str(quad.object)}
    assert all(value.startswith(f"{BASE}.well-known/genid/") for value in minted)


def test_a_blank_node_is_one_node_in_all_graphs_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "two.nq"
    path.write_text("_:a <x:p> _:a <x:g> .\n_:a <x:p> _:a <x:h> .\n")
    assert len({quad.subject.value for quad in parse(path)}) == 1


def test_triples_outside_named_graphs_need_a_graph(tmp_path: Path) -> None:
    path = write_turtle(tmp_path / "bare.ttl", ":a :p 1 .")
    with pytest.raises(UnacceptableDataError, match="--graph"):
        parse(path, graph=None)
    assert [quad.graph_name for quad in parse(path)] == [ox.NamedNode(GRAPH)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "<x:s> <x:p> 1 ."),
        ("a.nt", '<x:s> <x:p> "1" .\n'),
        ("a.trig", "<x:g> { <x:s> <x:p> 1 }"),
        ("a.nq", '<x:s> <x:p> "1" <x:g> .\n'),
        ("a.jsonld", '{"@id": "x:s", "x:p": 1}'),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
            '<rdf:Description rdf:about="x:s"><x:p>1</x:p></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_every_rdf_format_is_read(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    quads = parse(tmp_path / name)
    assert [quad.subject for quad in quads] == [ox.NamedNode("x:s")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("relative.ttl", "<a> <b> <c> ."),
        ("doctype.rdf", '<?xml version="1.0"?>\n<!DOCTYPE rdf [ <!ENTITY a "b"> ]>\n<rdf:RDF/>'),
        ("broken.jsonld", '{"@id": '),
        ("remote.jsonld", '{"@context": "http://127.0.0.1:9/", "@id": "x:s", "p": 1}'),
        ("invalid.nt", b"\xff\xfe\x00"),
        ("broken.rdf", "<rdf:RDF"),
    ],
)
def test_what_does_not_parse_is_named_with_its_line(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(SyntaxInFileError, match="Nothing was loaded") as caught:
        parse(path)
    assert caught.value.facts["file"] == name
    assert int(str(caught.value.facts["line"])) >= 1


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("crossed.rdf", "<x:a xmlns:x='x:'>\n<x:b>\n</x:c>\n\n</x:a>\n", 3, "ill-formed"),
        ("cut.nt", '<x:s> <x:p> "x" .\n<x:s> <x:p> "x\n', 2, "Unexpected end"),
    ],
)
def test_the_line_of_a_fault_is_told_once_and_right(
    tmp_path: Path, name: str, content: str, line: int, reason: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(SyntaxInFileError) as caught:
        parse(tmp_path / name)
    assert caught.value.facts["line"] == line
    assert str(caught.value.facts["reason"]).startswith(reason)


def test_a_doctype_is_refused_in_other_encodings_too(tmp_path: Path) -> None:
    path = tmp_path / "wide.rdf"
    path.write_text('<!DOCTYPE rdf [ <!ENTITY a "b"> ]><rdf:RDF/>', encoding="utf-16")
    with pytest.raises(SyntaxInFileError):
        parse(path)


@pytest.mark.parametrize(
    ("name", "before", "opening", "inside", "closing", "after"),
    [
        ("deep.jsonld", "", '{"@id": "x:s", "x:p": ', "1", "}", ""),
        ("deep.ttl", "<x:s> <x:p> ", "<<( <x:s> <x:p> ", "1", ")>>", " ."),
        (
            "deep.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">',
            "<rdf:Description><x:p>",
            "1",
            "</x:p></rdf:Description>",
            "</rdf:RDF>",
        ),
    ],
)
def test_what_nests_deeply_is_refused_before_it_is_parsed(
    tmp_path: Path, name: str, before: str, opening: str, inside: str, closing: str, after: str
) -> None:
    path = tmp_path / name
    depth = 50_000
    path.write_text(before + opening * depth + inside + closing * depth + after)
    with pytest.raises(UnacceptableDataError, match="nests"):
        parse(path)


def test_lists_and_nodes_in_turtle_may_be_long_and_deep(tmp_path: Path) -> None:
    path = write_turtle(
        tmp_path / "deep.ttl", ":a :p " + "[ :p " * 10_000 + "1" + "]" * 10_000 + "."
    )
    assert len(parse(path)) == 10_001


def test_marks_of_triples_in_strings_and_comments_are_no_nesting(tmp_path: Path) -> None:
    text = f':a :p "{"<<" * 1000}" . # {"<<" * 1000}'
    assert len(parse(write_turtle(tmp_path / "flat.ttl", text))) == 1


def test_brackets_in_json_strings_are_no_nesting(tmp_path: Path) -> None:
    path = tmp_path / "flat.jsonld"
    path.write_text(json.dumps({"@id": "x:s", "x:p": '[{"' * 1000}))
    assert len(parse(path)) == 1


@pytest.mark.parametrize("name", ["a.csv", "a"])
def test_an_ending_that_is_not_known_is_told_with_those_that_are(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(UnacceptableDataError, match=r"\.ttl"):
        parse(tmp_path / name)


@pytest.mark.parametrize("name", ["marked.ttl", "marked.nt", "marked.trig"])
def test_a_byte_order_mark_before_the_text_is_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<x:s> <x:p> <x:o> .\n", encoding="utf-8-sig")
    assert len(parse(tmp_path / name)) == 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnacceptableDataError, match=r"absent\.ttl"):
        parse(tmp_path / "absent.ttl")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2023-02-29"),
        ("date", "2023-13-01"),
        ("date", "2023-1-1"),
        ("date", "13 juni"),
        ("integer", "1.0"),
        ("integer", "9223372036854775808"),
        ("integer", "1" * 5000),
        ("decimal", "1,5"),
        ("decimal", "1e3"),
        ("decimal", "0.1234567890123456789"),
        ("boolean", "ja"),
    ],
)
def test_literals_that_cannot_be_compared_are_faulty(kind: str, value: str) -> None:
    assert tell_fault(value, XSD + kind)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2024-02-29"),
        ("date", "2023-01-01Z"),
        ("date", "12023-01-01"),
        ("integer", "-9223372036854775808"),
        ("integer", "+007"),
        ("decimal", "-.5"),
        ("decimal", "100.00"),
        ("boolean", "true"),
        ("string", "2023-02-30"),
        ("dateTime", "anything"),
    ],
)
def test_literals_that_are_right_or_of_other_kinds_are_taken(kind: str, value: str) -> None:
    assert not tell_fault(value, XSD + kind)


def test_the_reason_is_told_in_swedish_where_the_catalogue_has_it() -> None:
    fault = tell_fault("2023-02-30", XSD + "date")
    error = UnacceptableDataError("{fault}", fault=fault)
    assert error.describe("en") == "there is no such day"


def test_a_character_that_xml_cannot_carry_is_refused(tmp_path: Path) -> None:
    (tmp_path / "null.ttl").write_text('<x:s> <x:p> "a\\u0000b" .')
    with pytest.raises(UnacceptableDataError, match=r"U\+0000"):
        parse(tmp_path / "null.ttl")
