"""Errors: one tree, drawn where it is defined; sentences with facts in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from styrgraf import errors
from styrgraf.errors import NonConformingError, StyrgrafError, UnknownNameError
from styrgraf.language import Phrase

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, StyrgrafError)
]


def draw_tree(kind: type[StyrgrafError], depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield depth and name of an error and all below it."""
    yield depth, kind.__name__
    for below in kind.__subclasses__():
        yield from draw_tree(below, depth + 1)


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn = [
        (len(match[1]) // 4, match[2])
        for match in re.finditer(r"^([│├└─ ]*)(\w+Error)\b", errors.__doc__ or "", re.MULTILINE)
    ]
    assert drawn == list(draw_tree(StyrgrafError))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_tells_its_facts(kind: type[StyrgrafError]) -> None:
    more = {"report": None} if kind is NonConformingError else {}
    error = kind("There is no {thing}.", thing="query", **more)
    assert str(error) == "There is no query."
    assert error.describe("en") == "There is no query."
    assert error.facts["thing"] == "query"


def test_facts_are_not_translated_unless_they_are_phrases() -> None:
    """An empty text is the key of the catalogue's own header."""
    assert UnknownNameError("“{name}”", name="").describe("sv") == "””"
    assert UnknownNameError("“{name}”", name=Phrase("zzz")).describe("sv") == "”zzz”"


def test_braces_in_facts_are_left_alone() -> None:
    assert str(UnknownNameError("“{name}”", name="{x} {}")) == "“{x} {}”"
