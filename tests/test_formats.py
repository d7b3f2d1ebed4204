"""Formats: found by media type, name or ending, and offered by query form."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from styrgraf.formats import (
    FORMATS,
    JSON,
    QUERY_FORMS,
    TRIG,
    TURTLE,
    Content,
    Format,
    find_file_format,
    find_format,
    offer_formats,
)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_a_format_is_found_by_each_of_its_names(known: Format) -> None:
    for word in (known.name, known.media_type.upper(), *known.endings):
        assert find_format(word.removeprefix(".")) is known


def test_names_media_types_and_endings_are_unique() -> None:
    words = [word for known in FORMATS for word in (known.name, known.media_type, *known.endings)]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("word", ["", "docx", "text/html"])
def test_other_words_name_no_format(word: str) -> None:
    assert find_format(word) is None


def test_a_file_is_known_by_its_ending() -> None:
    assert find_file_format(PurePath("a.TTL")) is TURTLE
    assert find_file_format(PurePath("a.trig")) is TRIG
    assert find_file_format(PurePath("a.csv")) is None
    assert find_file_format(PurePath("a")) is None


@pytest.mark.parametrize("form", QUERY_FORMS)
def test_what_is_offered_can_carry_the_answer(form: str) -> None:
    carries_rows = form in {"select", "ask"}
    offers = offer_formats(form)
    assert all((offer.content is Content.SOLUTIONS) == carries_rows for offer in offers)
    assert offers[0] is (JSON if carries_rows else TURTLE)
