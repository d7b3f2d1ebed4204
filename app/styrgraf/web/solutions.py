"""What stands in the solutions of a SELECT, as plain values. No IO here."""

from __future__ import annotations

from collections.abc import Iterable

from styrgraf.model import Iri, Solution


def read_text(row: Solution, variable: str) -> str:
    """Return the text of a term in a solution, empty where it is unbound."""
    term = row.get(variable)
    return term.value if term else ""


def read_number(row: Solution, variable: str) -> int:
    """Return an integer in a solution; 0 where there is none."""
    text = read_text(row, variable)
    return int(text) if text.isascii() and text.isdecimal() else 0


def list_iris_of(rows: Iterable[Solution], *variables: str) -> set[str]:
    """Return the IRIs that the variables are bound to."""
    return {
        term.value
        for row in rows
        for variable in variables
        if isinstance(term := row.get(variable), Iri)
    }
