"""What the data consists of: documents and how much of them is read, graphs, gaps, public pages.

No HTTP; a reader is passed in. All is counted in the graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from styrgraf.governance.query_text import write_query
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Solution


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """A source document: its lines, those that a fact or reading points at, and how many do.

    `line_count` is None where it is not stated.
    """

    iri: Iri
    line_count: int | None
    covered: int
    facts: int
    readings: int

    @property
    def share(self) -> float | None:
        """Return the part of the lines that is covered, from 0 to 1; None where unknown."""
        return self.covered / self.line_count if self.line_count else None


@dataclass(frozen=True, slots=True)
class Datasheet:
    """The data in numbers; graphs and kinds of gaps each with how many triples or gaps."""

    documents: tuple[DocumentSheet, ...]
    graphs: tuple[tuple[Iri, int], ...]
    gaps: tuple[tuple[Iri | None, int], ...]
    page_count: int

    @property
    def gap_count(self) -> int:
        """Return how many gaps there are, of all kinds."""
        return sum(number for _, number in self.gaps)


_GRAPHS = """
SELECT ?graph (COUNT(*) AS ?number) WHERE { GRAPH ?graph { ?s ?p ?o } }
GROUP BY ?graph ORDER BY ?graph
"""

_DOCUMENTS = """
SELECT ?document (MAX(?lines) AS ?number) WHERE {
  ?document a sg:SourceDocument .
  OPTIONAL { ?document sg:lineCount ?lines }
} GROUP BY ?document ORDER BY ?document
"""

_RANGES = """
SELECT DISTINCT ?document ?first ?last WHERE {
  VALUES ?class { sg:Fact sg:Reading }
  ?note a ?class ; oa:hasTarget ?locator .
  ?locator oa:hasSource ?document ; sg:firstLine ?first ; sg:lastLine ?last .
}
"""

_NOTES = """
SELECT ?document ?class (COUNT(DISTINCT ?note) AS ?number) WHERE {
  VALUES ?class { sg:Fact sg:Reading }
  ?note a ?class ; oa:hasTarget/oa:hasSource ?document .
} GROUP BY ?document ?class
"""

_GAPS = """
SELECT ?kind (COUNT(*) AS ?number) WHERE {
  { SELECT ?gap (MIN(?any) AS ?kind) WHERE {
    ?gap a sg:Gap . OPTIONAL { ?gap sg:gapKind ?any }
  } GROUP BY ?gap }
} GROUP BY ?kind ORDER BY DESC(?number) ?kind
"""

_PAGES = """
SELECT (COUNT(DISTINCT ?page) AS ?number) WHERE {
  GRAPH ?graph { ?thing dct:source ?page }
  FILTER(STRENDS(STR(?graph), "/graph/external"))
}
"""


def read_datasheet(reader: Reader) -> Datasheet:
    """Return the data in numbers."""
    gaps = reader.select(write_query(_GAPS)).rows
    pages = reader.select(write_query(_PAGES)).rows
    return Datasheet(
        _read_documents(reader),
        read_graphs(reader),
        tuple((_read_iri(row, "kind"), _read_number(row)) for row in gaps),
        sum(map(_read_number, pages)),
    )


def read_graphs(reader: Reader) -> tuple[tuple[Iri, int], ...]:
    """Return the named graphs, each with the number of its triples."""
    rows = reader.select(write_query(_GRAPHS)).rows
    return tuple((Iri(row["graph"].value), _read_number(row)) for row in rows)


def _read_documents(reader: Reader) -> tuple[DocumentSheet, ...]:
    ranges: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in reader.select(write_query(_RANGES)).rows:
        first, last = int(row["first"].value), int(row["last"].value)
        ranges[row["document"].value].append((first, last))
    notes = {
        (row["document"].value, row["class"].value.rpartition("#")[2]): _read_number(row)
        for row in reader.select(write_query(_NOTES)).rows
    }
    rows = reader.select(write_query(_DOCUMENTS)).rows
    return tuple(_describe(row, ranges, notes) for row in rows)


def _describe(
    row: Solution,
    ranges: Mapping[str, list[tuple[int, int]]],
    notes: Mapping[tuple[str, str], int],
) -> DocumentSheet:
    name = row["document"].value
    return DocumentSheet(
        Iri(name),
        _read_number(row) if "number" in row else None,
        count_lines(ranges.get(name, ())),
        notes.get((name, "Fact"), 0),
        notes.get((name, "Reading"), 0),
    )


def count_lines(ranges: Iterable[tuple[int, int]]) -> int:
    """Return how many lines lie in any of the ranges (first, last), both ends included."""
    covered, reached = 0, 0
    for first, last in sorted(ranges):
        start = max(first, reached + 1)
        covered += max(0, last - start + 1)
        reached = max(reached, last)
    return covered


def _read_number(row: Solution) -> int:
    return int(row["number"].value)


def _read_iri(row: Solution, variable: str) -> Iri | None:
    value = row.get(variable)
    return value if isinstance(value, Iri) else None
