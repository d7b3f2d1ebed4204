"""Locators as pages show them: which document, which lines, and the lines themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from styrgraf.graph.store import Reader
from styrgraf.model import Literal, Solution
from styrgraf.namespaces import OA, SG
from styrgraf.web.addresses import Addresses, is_iri
from styrgraf.web.labels import load_labels
from styrgraf.web.solutions import list_iris_of, read_number, read_text
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


@dataclass(frozen=True, slots=True)
class Passages:
    """Where passages are loaded from: graph, language, and the folder of documents if any."""

    reader: Reader
    addresses: Addresses
    language: str
    source_dir: Path | None

    def load(self, locators: Iterable[str]) -> dict[str, Passage]:
        """Return the passage of each IRI that is a locator."""
        wanted = sorted({iri for iri in locators if is_iri(iri)})
        rows: list[Solution] = []
        for start in range(0, len(wanted), _BATCH):
            things = " ".join(f"<{iri}>" for iri in wanted[start : start + _BATCH])
            rows.extend(self._select(f"VALUES ?locator {{ {things} }}"))
        return self._read(rows)

    def load_document(self, document: str) -> dict[str, Passage]:
        """Return all the passages of a document."""
        return self._read(self._select(f"VALUES ?document {{ <{document}> }}"))

    def _select(self, start: str) -> tuple[Solution, ...]:
        text = f"SELECT * WHERE {{ {start} {_PATTERN} }} ORDER BY ?first ?last"
        return self.reader.select(text).rows

    def _read(self, rows: Iterable[Solution]) -> dict[str, Passage]:
        labels = load_labels(self.reader, list_iris_of(rows, "document"), self.language)
        return {read_text(row, "locator"): self._read_one(row, labels) for row in rows}

    def _read_one(self, row: Solution, labels: Mapping[str, Literal]) -> Passage:
        document = read_text(row, "document")
        first, last = read_number(row, "first"), read_number(row, "last")
        digest, file_name = read_text(row, "digest"), read_text(row, "file")
        return Passage(
            show_iri(document, self.addresses, labels),
            document.rpartition("/")[2],
            first,
            last,
            self.addresses.local_address(read_text(row, "locator")),
            read_lines(self.source_dir, file_name, first, last, digest),
        )
