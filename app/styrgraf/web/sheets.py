"""The tables of pages for spreadsheets: the same rows as CSV and as a workbook that says of itself.

A workbook has a second sheet with what a reader of the table alone must know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Response
from flask_babel import format_datetime

from styrgraf.exchange.spreadsheets import Cell, Row, Sheet, write_table_csv, write_workbook
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import CSV, Offer
from styrgraf.web.services import current_addresses, current_version

XLSX = Offer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
TABLE_CSV = Offer(CSV.media_type, "table-csv")
"""CSV for people, where `csv` is that of SPARQL results or of programs."""
SHEET_CSV = Offer(CSV.media_type, "csv")
"""CSV for people, where there is no other."""

TOTAL_HEADER = "Styrgraf-Total-Rows"
"""Tells how many rows there are on all pages."""


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
    version = current_version()
    facts: list[Row] = [
        (gettext("What it is"), table.title),
        *table.facts,
        (gettext("Version of the graph"), version.number),
        (gettext("Recorded"), format_datetime(version.recorded, "yyyy-MM-dd HH:mm")),
        (gettext("Address"), current_addresses().absolute(table.address)),
        (gettext("No official publication: the decisions themselves count."), None),
    ]
    sheets = (
        Sheet(table.name, table.headings, table.rows),
        Sheet(gettext("About"), (gettext("About the answer"), ""), facts),
    )
    return write_workbook(sheets, table.title, version.recorded)
