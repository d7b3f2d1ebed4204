"""Locators as pages show them: which document, which lines, and the lines themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Solution
from styrgraf.namespaces import OA, SG
from styrgraf.web.addresses import Addresses, is_iri
from styrgraf.web.labels import load_labels
from styrgraf.web.source_lines import SourceLines, read_lines
from styrgraf.web.terms import ShownTerm, show_iri

_BATCH = 300

_PATTERN = f"""
  ?locator <{OA}hasSource> ?document ;
    <{SG}firstLine> ?first ;
    <{SG}lastLine> ?last .
  OPTIONAL {{ ?locator <{SG}linesDigest> ?digest }}
  OPTIONAL {{ ?document <{SG}fileName> ?file }}
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines `first` to `last` of a document; `address` leads to the locator's own page."""

    document: ShownTerm
    number: str
    first: int
    last: int
    address: str | None
    lines: SourceLines


def load_passages(
    reader: Reader,
    addresses: Addresses,
    locators: Iterable[str],
    language: str,
    source_dir: Path | None,
) -> dict[str, Passage]:
    """Return the passage of each IRI that is a locator."""
    wanted = sorted({iri for iri in locators if is_iri(iri)})
    rows: list[Solution] = []
    for start in range(0, len(wanted), _BATCH):
        things = " ".join(f"<{iri}>" for iri in wanted[start : start + _BATCH])
        text = f"SELECT * WHERE {{ VALUES ?locator {{ {things} }} {_PATTERN} }}"
        rows.extend(reader.select(text).rows)
    labels = load_labels(reader, (read_text(row, "document") for row in rows), language)
    return {
        read_text(row, "locator"): _read_passage(row, addresses, labels, source_dir) for row in rows
    }


def read_text(row: Solution, variable: str) -> str:
    """Return the text of a term in a solution, empty where it is unbound."""
    term = row.get(variable)
    return term.value if term else ""


def read_number(row: Solution, variable: str) -> int:
    """Return an integer in a solution; 0 where there is none."""
    text = read_text(row, variable)
    return int(text) if text.isascii() and text.isdecimal() else 0


def _read_passage(
    row: Solution, addresses: Addresses, labels: Mapping[str, Literal], source_dir: Path | None
) -> Passage:
    document = read_text(row, "document")
    first, last = read_number(row, "first"), read_number(row, "last")
    digest, file_name = read_text(row, "digest"), read_text(row, "file")
    return Passage(
        show_iri(document, addresses, labels),
        document.rpartition("/")[2],
        first,
        last,
        addresses.local_address(read_text(row, "locator")),
        read_lines(source_dir, file_name, first, last, digest),
    )


def list_iris_of(rows: Iterable[Solution], *variables: str) -> set[str]:
    """Return the IRIs that the variables are bound to."""
    return {
        term.value
        for row in rows
        for variable in variables
        if isinstance(term := row.get(variable), Iri)
    }
