"""RDF Patch: rows in order, transactions, and what is no patch."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.errors import SyntaxInFileError
from styrgraf.graph.patches import Change, parse_patch

S, G = ox.NamedNode("a:s"), ox.NamedNode("a:g")


def parse(text: str) -> list[Change]:
    return parse_patch(text.encode(), "draft.rdfp")


def tell(changes: list[Change]) -> list[str]:
    return [f"{'A' if change.adds else 'D'} {change.quad.object.value}" for change in changes]


def test_rows_come_in_order_with_their_lines() -> None:
    changes = parse(
        "H id <urn:uuid:1> .\n"
        'H prev "x" . # the one before\n'
        "# a comment\n\n"
        "TX .\n"
        'PA "ex" "http://example/" .\n'
        "PA ex: <http://example/> .\n"
        'A <a:s> <a:p> "en rad med . och #"@sv <a:g> . # why\n'
        "D\t<a:s>\t<a:p>\t_:b .\r\n"
        'PD "ex" .\n'
        "TC ."
    )
    assert changes == [
        Change(
            8,
            True,
            ox.Quad(S, ox.NamedNode("a:p"), ox.Literal("en rad med . och #", language="sv"), G),
        ),
        Change(9, False, ox.Quad(S, ox.NamedNode("a:p"), ox.BlankNode("b"))),
    ]


def test_a_patch_may_be_empty_or_without_transactions() -> None:
    assert parse("") == []
    assert tell(parse("D <a:s> <a:p> 'x' .".replace("'", '"'))) == ["D x"]


def test_what_a_transaction_takes_back_is_as_if_it_were_not_there() -> None:
    rows = ['A <a:s> <a:p> "1" .', "TX .", 'A <a:s> <a:p> "2" .', "TA .", "TX ."]
    assert tell(parse("\n".join([*rows, 'D <a:s> <a:p> "3" .', "TC ."]))) == ["A 1", "D 3"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("A <a:s> <a:p> .", 1, "at line"),
        ("A <a:s> <a:p> <a:o>", 1, "at line"),
        ("A <a:s> <a:p> <a:o> <a:g> <a:x> .", 1, "at line"),
        ("A <a:s> <a:p> <a:o> . <a:s> <a:p> <a:o> .", 1, "at line"),
        ("A .", 1, "at line"),
        ("A # nothing", 1, "three or four terms"),
        ('A <a:s> <a:p> "x .', 1, "at line"),
        ("A ex:s <a:p> <a:o> .", 1, "at line"),
        ("TX .\nA <s> <a:p> <a:o> .\nTC .", 2, "at line"),
        ("\n\nX <a:s> <a:p> <a:o> .", 3, "codes"),
        ("<a:s> <a:p> <a:o> .", 1, "code"),
        ("a <a:s> <a:p> <a:o> .", 1, "code"),
        ("TX .\nTX .", 2, "already"),
        ("TC .", 1, "no transaction"),
        ("TA .", 1, "no transaction"),
        ("TX .\nA <a:s> <a:p> <a:o> .\n", 3, "no end"),
        ("TX", 1, "full stop"),
        ("TX . TC .", 1, "full stop"),
        ("TX .\nH id <a:b> .\nTC .", 2, "headers"),
        ("H id .", 1, "at line"),
        ("H .", 1, "headers"),
        ("PA ex .", 1, "prefix"),
        ("PD .x", 1, "prefix"),
    ],
)
def test_what_is_no_patch_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(SyntaxInFileError, match=reason) as caught:
        parse(text)
    assert caught.value.facts["line"] == line
    assert "draft.rdfp" in caught.value.describe("sv")


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    with pytest.raises(SyntaxInFileError, match="UTF-8") as caught:
        parse_patch(b"TX .\nA \xff", "draft.rdfp")
    assert caught.value.facts["line"] == 2


@given(st.text(alphabet='HTXCAPD<>a:s"._#\\ \n\t\r^@b0', max_size=200))
def test_any_text_is_a_patch_or_told_not_to_be(text: str) -> None:
    try:
        parse(text)
    except SyntaxInFileError as error:
        assert 1 <= int(str(error.facts["line"])) <= text.count("\n") + 1


def test_what_is_written_as_rows_is_read_again() -> None:
    quads = [
        ox.Quad(S, S, value, graph)
        for value in (S, ox.Literal('\n"\\ .#', language="sv"), ox.Literal(1), ox.Literal("å😀"))
        for graph in (G, ox.DefaultGraph())
    ]
    rows = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert rows is not None
    text = "\n".join(f"A {row}" for row in rows.decode().splitlines())
    assert [change.quad for change in parse(text)] == quads
