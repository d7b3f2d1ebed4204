"""The answer to a stored query as a table: for pages, spreadsheets and programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from styrgraf.exchange.spreadsheets import Cell, read_cell
from styrgraf.model import Iri, Literal, Solution, Term, Triple
from styrgraf.namespaces import compact_iri
from styrgraf.web.column_words import name_column
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.services import current_addresses, current_reader
from styrgraf.web.solutions import read_text
from styrgraf.web.stored.question_requests import QuestionRequest
from styrgraf.web.terms import ShownTerm, shorten_iri, show_term

_LABEL = "_label"
_NUMBERS = {"xsd:integer", "xsd:decimal", "xsd:double"}


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Rows of an answer with the labels of what they name; `total` counts those on all pages."""

    columns: tuple[str, ...]
    rows: tuple[Solution, ...]
    labels: Mapping[str, Literal]
    total: int

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """Return the columns that people see: a label stands in the column of what it names."""
        return tuple(name for name in self.columns if not is_label(name, self.columns))

    @property
    def headings(self) -> tuple[str, ...]:
        """Return what the columns that people see are called."""
        return tuple(map(name_column, self.shown_columns))

    def show_rows(self) -> Iterator[list[ShownTerm | None]]:
        """Yield the rows as a page shows them."""
        addresses = current_addresses()
        for row in self.rows:
            yield [
                show_term(row[name], addresses, self.labels) if name in row else None
                for name in self.shown_columns
            ]

    def list_sheet_columns(self) -> tuple[tuple[str, ...], tuple[Callable[[Solution], Cell], ...]]:
        """Return headings and readers of the columns of a spreadsheet.

        A thing that has a column for its label stands in two: what it is called, and its IRI.
        """
        pairs: list[tuple[str, Callable[[Solution], Cell]]] = []
        for name in self.shown_columns:
            pairs.append((name_column(name), self._read_words(name)))
            if name + _LABEL in self.columns:
                pairs.append((f"{name_column(name)} (IRI)", _read_value(name)))
        return _set_apart([heading for heading, _ in pairs]), tuple(read for _, read in pairs)

    def list_sheet_rows(self) -> Iterator[list[Cell]]:
        """Yield the rows of a spreadsheet."""
        _, readers = self.list_sheet_columns()
        return ([read(row) for read in readers] for row in self.rows)

    def _read_words(self, name: str) -> Callable[[Solution], Cell]:
        base = current_addresses().base

        def read(row: Solution) -> Cell:
            term = row.get(name)
            if not isinstance(term, Iri):
                return read_cell(term)
            label = self.labels.get(term.value)
            return label.value if label else shorten_iri(term.value, base)

        return read


def _read_value(name: str) -> Callable[[Solution], Cell]:
    return lambda row: read_cell(row.get(name))


def _set_apart(headings: list[str]) -> tuple[str, ...]:
    """Return the headings, those alike numbered: programs find columns by them."""
    counts, seen = Counter(headings), Counter[str]()
    apart = []
    for heading in headings:
        seen[heading] += 1
        apart.append(f"{heading} {seen[heading]}" if counts[heading] > 1 else heading)
    return tuple(apart)


def is_label(name: str, columns: tuple[str, ...]) -> bool:
    """Tell whether a column says what the column of the same name without `_label` is called."""
    return name.endswith(_LABEL) and name.removesuffix(_LABEL) in columns


def is_number(term: ShownTerm | None) -> bool:
    """Tell whether a cell holds a number, which stands to the right."""
    return term is not None and term.datatype in _NUMBERS


def load_table(asked: QuestionRequest) -> AnswerTable:
    """Load the rows that are asked for, with labels for all that they name."""
    rows, total = load_rows(asked)
    return label_table(asked.query.columns, rows, total)


def load_rows(asked: QuestionRequest) -> tuple[tuple[Solution, ...], int]:
    """Load the rows that are asked for, and the number of those on all pages."""
    if asked.query.form != "select":
        triples = sorted(map(_make_row, current_reader().construct(asked.text)), key=_order_row)
        size = asked.size or len(triples)
        return tuple(triples[asked.first : asked.first + size]), len(triples)
    rows = current_reader().select(asked.cut_text()).rows
    if asked.size is None or (asked.page == 1 and len(rows) < asked.size):
        return rows, len(rows)
    return rows, asked.count_all()


def label_table(columns: tuple[str, ...], rows: tuple[Solution, ...], total: int) -> AnswerTable:
    """Return the table of some rows, with labels for all that they name."""
    labels: dict[str, Literal] = {}
    named: set[str] = set()
    for row in rows:
        labels.update(_read_labels(row, columns))
        named.update(term.value for term in row.values() if isinstance(term, Iri))
    # What the rows do not call in the user's language is looked up, and may be in the other.
    found = load_labels(current_reader(), named - labels.keys(), current_language())
    labels.update(found)
    return AnswerTable(columns, rows, labels, total)


def _make_row(triple: Triple) -> Solution:
    return {"subject": triple.subject, "predicate": triple.predicate, "object": triple.object}


def _order_row(row: Solution) -> tuple[str, ...]:
    return tuple(read_text(row, name) for name in ("subject", "predicate", "object"))


def _read_labels(row: Solution, columns: tuple[str, ...]) -> dict[str, Literal]:
    return {
        read_text(row, name.removesuffix(_LABEL)): label
        for name, label in row.items()
        if is_label(name, columns) and isinstance(label, Literal)
    }


def tell_term(term: Term, labels: Mapping[str, Literal]) -> str:
    """Return a term in words."""
    if isinstance(term, Iri):
        return labels[term.value].value if term.value in labels else compact_iri(term.value)
    return term.value
