"""Tables for spreadsheets: workbooks (XLSX) and CSV for people. Text in, bytes out; no IO here.

Law of the room: a number stays a number, a date a date, and a text is never a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain, islice

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from styrgraf.graph.literals import tell_fault
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import XSD

Cell = str | int | Decimal | bool | date | None
Row = Sequence[Cell]

MOST_CHARACTERS = 32_767
"""Characters that a cell of a workbook holds; a longer text is cut, and ends with …"""
MOST_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; one with more stands as text."""

_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count a day in 1900 that never was; earlier days stand as text."""
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _NARROWEST = 60, 8
_MEASURED_ROWS = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named table with headings."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How a spreadsheet in a language opens CSV: separator and decimal sign; yes and no in it."""

    separator: str
    decimal_sign: str
    yes: str
    no: str


_DIALECTS = {"sv": CsvDialect(";", ",", "ja", "nej"), "en": CsvDialect(",", ".", "yes", "no")}


def read_cell(term: Term | None) -> Cell:
    """Return the value of a term in a cell; what a spreadsheet cannot hold exactly is text."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value if isinstance(term, Iri) else f"_:{term.value}"
    kind = term.datatype.removeprefix(XSD)
    if tell_fault(term.value, term.datatype):
        return term.value
    if kind == "boolean":
        return term.value in {"true", "1"}
    if kind in {"integer", "decimal"}:
        return _read_number(term.value, kind)
    if kind == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", term.value):
        return _read_date(term.value)
    return term.value


def _read_number(text: str, kind: str) -> Cell:
    number = Decimal(text)
    if len(number.normalize().as_tuple().digits) > MOST_DIGITS or abs(number) >= 10**MOST_DIGITS:
        return text
    return int(text) if kind == "integer" else number


def _read_date(text: str) -> Cell:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= _FIRST_DAY else text


def neutralize_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def write_table_csv(headings: Sequence[str], rows: Iterable[Row], language: str) -> bytes:
    """Return CSV that a spreadsheet in `language` opens as it is.

    It begins with a byte order mark; in Swedish, cells are parted by semicolons and decimals by
    a comma. Text that looks like a formula is neutralised.
    """
    dialect = _DIALECTS[language]
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=dialect.separator, lineterminator="\r\n")
    writer.writerow([neutralize_formula(heading) for heading in headings])
    writer.writerows([_write_csv_cell(cell, dialect) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _write_csv_cell(cell: Cell, dialect: CsvDialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return dialect.yes if cell else dialect.no
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", dialect.decimal_sign)
    if isinstance(cell, str):
        return neutralize_formula(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_workbook(sheets: Sequence[Sheet], title: str, made: datetime) -> bytes:
    """Return a workbook of tables, the first row of each frozen. It names no person.

    `made` is when what it holds was recorded: the same answer gives the same bytes.
    """
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        created = made.astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"title": title[:250], "author": "", "created": created})
        formats = {
            "heading": workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "text": workbook.add_format({"num_format": "@", "valign": "top"}),
            "date": workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        }
        for sheet in sheets:
            _fill_sheet(workbook.add_worksheet(name_sheet(sheet.name)), sheet, formats)
    return file.getvalue()


def name_sheet(name: str) -> str:
    """Return a name that a sheet may have: of 31 characters, without []:*?/\\ and apostrophes."""
    return _NO_SHEET_NAME.sub(" ", name).strip()[:31] or "1"


def _fill_sheet(worksheet: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> None:
    worksheet.freeze_panes(1, 0)
    for column, heading in enumerate(sheet.headings):
        worksheet.write_string(0, column, heading[:MOST_CHARACTERS], formats["heading"])
    rows = iter(sheet.rows)
    measured = list(islice(rows, _MEASURED_ROWS))
    for number, row in enumerate(chain(measured, rows), 1):
        for column, cell in enumerate(row):
            _write_cell(worksheet, number, column, cell, formats)
    for column, heading in enumerate(sheet.headings):
        longest = max((len(str(row[column] or "")) for row in measured), default=0)
        width = max(_NARROWEST, min(_WIDEST, max(longest, len(heading)) + 2))
        worksheet.set_column(column, column, width)


def _write_cell(
    worksheet: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Format]
) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        worksheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | Decimal):
        worksheet.write_number(row, column, cell)
    elif isinstance(cell, date) and cell >= _FIRST_DAY:
        worksheet.write_datetime(row, column, cell, formats["date"])
    else:
        text = str(cell)
        text = text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"
        worksheet.write_string(row, column, text, formats["text"])
