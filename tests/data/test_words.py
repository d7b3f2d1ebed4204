"""No sentence of the source documents is quoted: names and titles carry over, the rest is ours."""

from __future__ import annotations

import re

import pyoxigraph as ox

from tests.data.reading import (
    DATA,
    EVIDENCE,
    list_instances,
    needs_documents,
    read_document,
)

RUN = 8
NAMES = {
    # Names and titles of eight words or more.
    "Nyttja och vidareutveckla befintliga nätverk med studenter, lärare och forskare",
    "Stöd till mottagare är likvärdigt, upplevs tillgängligt och nära",
    "Dialog för att förstå mottagarnas och verksamhetens behov",
    "Programdirektiv för ett gemensamt och samordnat verksamhetsstöd vid KTH",
    "Programdirektiv för genomlysning av KTH:s verksamhetsstöd",
    "att bilda en organisation för KTH:s verksamhetsstöd",
    "En enda organisation för ett gemensamt och samordnat verksamhetsstöd vid KTH",
    "Ny modell ska sätta fart på IT-utvecklingen",
    "Ny modell ska sätta fart på IT-utvecklingen | KTH Intranät",
}


def split_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def list_runs(text: str, length: int = RUN) -> set[tuple[str, ...]]:
    words = split_words(text)
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def list_literals() -> set[str]:
    quads = [quad for path in DATA.rglob("*.ttl") for quad in ox.parse(path=str(path))]
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}


@needs_documents
def test_no_run_of_eight_words_of_a_document_is_repeated() -> None:
    documents = [
        read_document(each).decode() for each in list_instances(EVIDENCE, "SourceDocument")
    ]
    theirs = set[tuple[str, ...]]().union(*map(list_runs, documents))
    quoted = {text for text in list_literals() if list_runs(text) & theirs}
    assert sorted(quoted - NAMES) == []


def test_a_quoted_sentence_is_found() -> None:
    sentence = "one two three four five six seven eight"
    assert list_runs(f"And so: {sentence.title()}, nine.") & list_runs(sentence)
    assert not list_runs("one two three four five six seven or eight") & list_runs(sentence)


def test_the_documents_are_not_part_of_the_project() -> None:
    names = {path.name for path in DATA.parent.rglob("*_*.txt")}
    assert not names & {"000_7f559082c08619dd.txt", "003_255a9feb3ead90ba.txt"}
