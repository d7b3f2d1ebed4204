"""Documents and lines: what is recorded about them, and whether one's own copies agree."""

from __future__ import annotations

import hashlib
import re

import pytest

from styrgraf.namespaces import OA, RDF, SG
from tests.data.reading import (
    EVIDENCE,
    find_dataset,
    list_instances,
    list_values,
    needs_documents,
    read_document,
)

HEX_64 = re.compile(r"[0-9a-f]{64}")
LOCATORS = list_instances(EVIDENCE, "Locator")
DOCUMENTS = list_instances(EVIDENCE, "SourceDocument")


def read_one(subject: str, predicate: str) -> str:
    (value,) = list_values(EVIDENCE, predicate, subject)
    return value


def read_lines(locator: str) -> tuple[int, int]:
    return int(read_one(locator, SG + "firstLine")), int(read_one(locator, SG + "lastLine"))


def test_there_are_two_source_documents() -> None:
    assert [read_one(each, SG + "fileName") for each in DOCUMENTS] == [
        "000_7f559082c08619dd.txt",
        "003_255a9feb3ead90ba.txt",
    ]


def test_every_digest_is_64_hexadecimal_figures() -> None:
    digests = [read_one(locator, SG + "linesDigest") for locator in LOCATORS]
    digests += [read_one(document, SG + "documentDigest") for document in DOCUMENTS]
    assert [digest for digest in digests if not HEX_64.fullmatch(digest)] == []


@pytest.mark.parametrize("locator", LOCATORS)
def test_a_locator_is_named_after_its_lines(locator: str) -> None:
    first, last = read_lines(locator)
    document = read_one(locator, OA + "hasSource").rpartition("/")[2]
    lines = f"{first}" if first == last else f"{first}-{last}"
    assert locator == f"{find_dataset().base}id/locator/{document}-{lines}"
    assert read_one(locator, RDF + "value") == f"line={first - 1},{last}"


@needs_documents
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_copy_of_a_document_is_the_one_that_was_read(document: str) -> None:
    content = read_document(document)
    lines = content.split(b"\n")
    # A line that ends the file without a newline counts, an empty rest after the last does not.
    assert len(lines) - (lines[-1] == b"") == int(read_one(document, SG + "lineCount"))
    assert hashlib.sha256(content).hexdigest() == read_one(document, SG + "documentDigest")


@needs_documents
@pytest.mark.parametrize("locator", LOCATORS)
def test_the_lines_in_the_copy_are_those_that_were_read(locator: str) -> None:
    first, last = read_lines(locator)
    lines = read_document(read_one(locator, OA + "hasSource")).split(b"\n")[first - 1 : last]
    digest = hashlib.sha256(b"\n".join(lines)).hexdigest()
    assert digest == read_one(locator, SG + "linesDigest")
