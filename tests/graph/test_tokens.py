"""Tokens: whatever the text, nothing is lost, and words inside other things are not words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.graph.tokens import (
    decode_codepoints,
    locate,
    may_be_misread,
    tokenize,
    tokenize_meaning,
)

SPARQL_CHARACTERS = "abSERVICE<>{}()[]\"'\\#?$:./@^_-!u0041 \n"


@given(st.text() | st.text(SPARQL_CHARACTERS))
def test_joined_tokens_are_the_text_again(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<http://example.org/a#b>", ["iri"]),
        ("'it''s'", ["string", "string"]),
        ('"""a "quoted" text"""', ["string"]),
        ("'''a\n'b'\n'''", ["string"]),
        (r'"a\"b"', ["string"]),
        ("# all of this is a comment $x", []),
        ("?a $b", ["variable", "variable"]),
        ("ex:a.b .", ["prefixed", "punctuation"]),
        ("ex:a\\,b", ["prefixed"]),
        (":", ["prefixed"]),
        ("_:b1", ["blank"]),
        ("1.5e3 .5 7", ["number", "number", "number"]),
        ('"x"@sv-SE', ["string", "language"]),
        ("SELECT *", ["word", "punctuation"]),
        ("?a<?b", ["variable", "punctuation", "variable"]),
    ],
)
def test_tokens_are_of_the_kinds_that_sparql_gives_them(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in tokenize_meaning(text)] == kinds


def test_a_comparison_that_looks_like_an_iri_hides_no_keyword() -> None:
    text = "FILTER(?a<?b)SERVICE$s#>\n{}"
    words = [token.text for token in tokenize_meaning(text) if token.kind == "word"]
    assert words == ["FILTER", "SERVICE"]


def test_codepoint_escapes_are_decoded() -> None:
    assert decode_codepoints(r"\u0053ERVICE \U00000041 \uD8") == r"SERVICE A \uD8"


def test_a_place_is_told_by_line_and_column_from_one() -> None:
    assert locate("ab\ncd", 0) == (1, 1)
    assert locate("ab\ncd", 4) == (2, 2)


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a-",
        "<a",
        "'''",
        '"',
        ":a.",
        "_:a.",
        "\\",
        "a",
        "'\\",
        '"\\',
        "'''\n\\",
        '""" \\',
        "<)",
    ],
)
def test_no_text_takes_long_to_read(piece: str) -> None:
    started = time.process_time()
    text = piece * 50_000
    tokens = list(tokenize(text))
    may_be_misread(text, tokens)
    assert "".join(token.text for token in tokens) == text
    assert time.process_time() - started < 3
