"""The tables of pages for spreadsheets: the same rows as CSV and as a workbook that says of itself.

A workbook has a second sheet with what a reader of the table alone must know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from flask_babel import format_datetime

from styrgraf.errors import UnknownNameError
from styrgraf.exchange.spreadsheets import Cell, Row, Sheet, write_table_csv, write_workbook
from styrgraf.language import N_
from styrgraf.web.addresses import this_address
from styrgraf.web.cells import list_places
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import CSV, HTML, Offer
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_addresses, current_version

XLSX = Offer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
TABLE_CSV = Offer(CSV.media_type, "table-csv")
"""CSV for people, where `csv` is that of SPARQL results or of programs."""
SHEET_CSV = Offer(CSV.media_type, "csv")
"""CSV for people, where there is no other."""
SHEET_OFFERS = (SHEET_CSV, XLSX)

TABLE_PARAMETER = "table"
MOST_ROWS = 5_000
"""So many rows stand in one file of a table that a page shows in parts."""

TOTAL_HEADER = "Styrgraf-Total-Rows"
"""Tells how many rows there are on all pages."""


def install_sheets(app: Flask) -> None:
    """Give templates how much a file holds."""
    app.jinja_env.globals.update(most_file_rows=MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `name` is that of its file, `title` what it is about, `address` where it stands.

    `facts` are values that it depends on, each with what it is called: a day, a choice. `total`
    is the number of rows there are, where that is more than `rows` may hold.
    """

    name: str
    title: str
    headings: Sequence[str]
    rows: Iterable[Row]
    address: str
    facts: Sequence[tuple[str, Cell]] = ()
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How records stand in a table; where it is said, and the IRI, come last in each row.

    `title` and `headings` are messages; `row` returns the cells before those two.
    """

    title: str
    headings: tuple[str, ...]
    row: Callable[[Any, Frame], Row]


def list_downloads(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return what a page offers to download: the tables for people first, each once."""
    first = [XLSX, TABLE_CSV if TABLE_CSV in offers else SHEET_CSV]
    known = [offer for offer in offers if offer is not HTML]
    return tuple(dict.fromkeys([*(offer for offer in first if offer in known), *known]))


def choose_table(names: Iterable[str]) -> str:
    """Return the name of the table that `table=` asks for, the first without it.

    Raises UnknownNameError.
    """
    known = tuple(names)
    name = request.args.get(TABLE_PARAMETER, "") or known[0]
    if name not in known:
        raise UnknownNameError(
            N_("There is no table “{name}” on this page; its tables: {known}."),
            name=name[:80],
            known=", ".join(known),
        )
    return name


def lay_out(
    layout: Layout,
    name: str,
    records: Iterable[Any],
    frame: Frame,
    facts: Sequence[tuple[str, Cell]] = (),
    total: int | None = None,
) -> Table:
    """Return the table of records, each with an `iri`."""
    return Table(
        name,
        gettext(layout.title),
        [*map(gettext, layout.headings), gettext("Where it stands"), "IRI"],
        [
            (*layout.row(each, frame), ", ".join(list_places(each)), each.iri.value)
            for each in records
        ],
        this_address(format="html"),
        facts,
        total,
    )


def answer_table(table: Table, offer: Offer) -> Response:
    """Answer with the table as a file: a workbook where `offer` is XLSX, else CSV for people."""
    ending = "xlsx" if offer is XLSX else "csv"
    body = (
        _write_workbook(table)
        if offer is XLSX
        else write_table_csv(table.headings, table.rows, current_language())
    )
    answer = Response(body, content_type=offer.content_type)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{table.name}.{ending}")
    if table.total is not None:
        answer.headers[TOTAL_HEADER] = str(table.total)
    return answer


def _write_workbook(table: Table) -> bytes:
    version, rows = current_version(), list(table.rows)
    facts: list[Row] = [
        (gettext("What it is"), table.title),
        *table.facts,
        *_tell_cut(len(rows), table.total or 0),
        (gettext("Version of the graph"), version.number),
        (gettext("Recorded"), format_datetime(version.recorded, "yyyy-MM-dd HH:mm")),
        (gettext("Address"), current_addresses().absolute(table.address)),
        (gettext("No official publication: the decisions themselves count."), None),
    ]
    sheets = (
        Sheet(table.name, table.headings, rows),
        Sheet(gettext("About"), (gettext("About the answer"), ""), facts),
    )
    return write_workbook(sheets, table.title, version.recorded)


def _tell_cut(held: int, total: int) -> list[Row]:
    if held >= total:
        return []
    return [(gettext("The file holds %(held)s of %(total)s rows.", held=held, total=total), None)]
