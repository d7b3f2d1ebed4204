"""Answers of queries as tables on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.model import Iri, Literal, Solutions
from styrgraf.web.addresses import Addresses
from styrgraf.web.terms import NO_LABELS, ShownTerm, show_term

MOST_ROWS = 500
"""Rows on a page; downloads hold them all."""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table of shown terms; a cell is None where the variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[ShownTerm | None, ...], ...]
    total: int

    @property
    def cut(self) -> bool:
        """Tell whether rows are missing."""
        return self.total > len(self.rows)


def lay_out_table(
    solutions: Solutions, addresses: Addresses, labels: Mapping[str, Literal] = NO_LABELS
) -> ResultTable:
    """Return the first rows of the answer as a table."""
    rows = tuple(
        tuple(
            show_term(row[variable], addresses, labels) if variable in row else None
            for variable in solutions.variables
        )
        for row in solutions.rows[:MOST_ROWS]
    )
    return ResultTable(solutions.variables, rows, len(solutions.rows))


def list_iris(solutions: Solutions) -> set[str]:
    """Return the IRIs in the rows that a page shows."""
    return {
        term.value
        for row in solutions.rows[:MOST_ROWS]
        for term in row.values()
        if isinstance(term, Iri)
    }
