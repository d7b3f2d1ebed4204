"""Every word of the product has its Swedish, and the compiled catalogue is the written one."""

from __future__ import annotations

import configparser
import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from styrgraf.assets import find_translations

ROOT = Path(__file__).parents[2]
FOLDER = find_translations() / "sv" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{[\w!]+\}")
Message = str | tuple[str, ...] | list[str]


@pytest.fixture(scope="module")
def swedish() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="sv")


@pytest.fixture(scope="module")
def extracted() -> set[str]:
    """The English words in code and templates; a plural is known by its singular."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "babel.cfg")
    methods = [
        (pattern, method) for method, pattern in (each.split(": ") for each in parser.sections())
    ]
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "_": None}
    found = extract_from_dir(ROOT / "app" / "styrgraf", methods, keywords=keywords)
    return {first_of(message) for _, _, message, _, _ in found}


def first_of(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def texts_of(message: Message) -> list[str]:
    return [message] if isinstance(message, str) else list(message)


def list_words(catalogue: Catalog) -> dict[str, list[str]]:
    return {first_of(each.id): texts_of(each.string) for each in catalogue if each.id}


def test_every_word_has_its_swedish(swedish: Catalog, extracted: set[str]) -> None:
    translated = {
        first_of(message.id) for message in swedish if message.id and all(texts_of(message.string))
    }
    assert sorted(extracted - translated) == []


def test_no_word_is_translated_that_is_used_nowhere(swedish: Catalog, extracted: set[str]) -> None:
    known = {first_of(message.id) for message in swedish if message.id}
    assert sorted(known - extracted) == []


def test_a_translation_has_the_same_places_to_fill_in(swedish: Catalog) -> None:
    differing = [
        english
        for message in swedish
        if message.id
        for english, text in zip(texts_of(message.id), texts_of(message.string), strict=True)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(english))
    ]
    assert differing == []


def test_the_compiled_catalogue_is_the_written_one(swedish: Catalog) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, swedish)
    compiled = read_mo(io.BytesIO((FOLDER / "messages.mo").read_bytes()))
    expected = read_mo(io.BytesIO(fresh.getvalue()))
    assert list_words(compiled) == list_words(expected)
