"""Tables for spreadsheets keep numbers, dates and texts apart, and hold no formulas."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from styrgraf.exchange.spreadsheets import (
    MOST_CHARACTERS,
    Cell,
    Sheet,
    name_sheet,
    neutralize_formula,
    read_cell,
    write_table_csv,
    write_workbook,
)
from styrgraf.model import BlankNode, Iri, Literal
from styrgraf.namespaces import XSD

MADE = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
FORMULAS = ["=1+1", "+46 8 790 60 00", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1"]
WRITABLE = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffe\uffff"), max_size=60)


def open_sheet(*rows: list[Cell], name: str = "blad") -> Worksheet:
    body = write_workbook([Sheet(name, ["a", "b"], rows)], "Titel", MADE)
    return openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]


def read_csv(body: bytes, separator: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=separator))


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        (None, None),
        (Iri("https://e.org/å"), "https://e.org/å"),
        (BlankNode("b0"), "_:b0"),
        (Literal("007"), "007"),
        (Literal.in_language("=Ärende", "sv"), "=Ärende"),
        (Literal("42", XSD + "integer"), 42),
        (Literal("-1.50", XSD + "decimal"), Decimal("-1.50")),
        (Literal("true", XSD + "boolean"), True),
        (Literal("0", XSD + "boolean"), False),
        (Literal("2023-04-05", XSD + "date"), date(2023, 4, 5)),
        (Literal("2023-02-30", XSD + "date"), "2023-02-30"),
        (Literal("2023-04-05Z", XSD + "date"), "2023-04-05Z"),
        (Literal("1850-04-05", XSD + "date"), "1850-04-05"),
        (Literal("9" * 16, XSD + "integer"), "9" * 16),
        (Literal("1" * 15, XSD + "integer"), int("1" * 15)),
        (Literal("0.1234567890123456", XSD + "decimal"), "0.1234567890123456"),
        (Literal("ett", XSD + "integer"), "ett"),
        (Literal("2023", XSD + "gYear"), "2023"),
    ],
)
def test_a_term_becomes_a_value_of_its_kind(term: Literal | None, cell: Cell) -> None:
    found = read_cell(term)
    assert found == cell
    assert type(found) is type(cell)


def test_numbers_dates_and_texts_keep_their_kinds_in_a_workbook() -> None:
    sheet = open_sheet([1, Decimal("2.5")], [date(2023, 4, 5), "007"], [True, None])
    kinds = [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert kinds == [["n", "n"], ["d", "s"], ["b", "n"]]
    assert [cell.value for cell in sheet[2]] == [1, 2.5]
    assert [cell.value for cell in sheet[3]] == [datetime(2023, 4, 5), "007"]
    assert sheet["A3"].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in sheet[4]] == [True, None]


@pytest.mark.parametrize("text", [*FORMULAS, "{=1}", "https://kth.se", "mailto:a@b.se", "1e5"])
def test_a_text_is_a_text_cell_and_never_a_formula_or_a_link(text: str) -> None:
    sheet = open_sheet([text, ""])
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink is None
    if "\r" not in text:  # XML has no carriage return of its own
        assert sheet["A2"].value == text


@given(st.lists(WRITABLE, min_size=2, max_size=2))
@example(["_x0041_", "a\x01b"])
def test_any_text_comes_back_from_a_workbook(row: list[str]) -> None:
    sheet = open_sheet(list(row))
    assert [sheet["A2"].data_type, sheet["B2"].data_type] in (
        ["s", "s"],
        ["s", "n"],
        ["n", "s"],
        ["n", "n"],
    )
    for cell, text in zip(sheet[2], row, strict=True):
        assert cell.data_type == "s"
        if text.isprintable() and "_x" not in text:
            assert (cell.value or "") == text


def test_the_first_row_is_frozen_and_the_sheet_is_named() -> None:
    sheet = open_sheet(["x", "y"], name="Delegationer: [alla]/och lite till så att det blir långt")
    assert sheet.freeze_panes == "A2"
    assert sheet.title == "Delegationer   alla  och lite t"
    assert [cell.value for cell in sheet[1]] == ["a", "b"]
    assert sheet["A1"].font.bold
    assert name_sheet("'/'") == "1"


def test_a_workbook_names_no_person_and_is_the_same_each_time() -> None:
    sheets = [Sheet("one", ["a"], [["å"]]), Sheet("two", ["b"], [])]
    body = write_workbook(sheets, "Vem får besluta?", MADE)
    assert body == write_workbook(sheets, "Vem får besluta?", MADE)
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
    assert book.properties.title == "Vem får besluta?"
    assert book.sheetnames == ["one", "two"]
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None


def test_a_text_that_is_too_long_for_a_cell_is_cut_visibly() -> None:
    text = str(open_sheet(["å" * 40_000, ""])["A2"].value)
    assert len(text) == MOST_CHARACTERS
    assert text.endswith("å…")


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_for_people_holds_no_formula(text: str) -> None:
    assert neutralize_formula(text) == f"'{text}"
    rows = read_csv(write_table_csv(["a"], [[text]], "sv"))
    assert rows[1] == [f"'{text}"]


@given(st.lists(st.lists(WRITABLE, min_size=2, max_size=2), min_size=1))
def test_no_cell_of_csv_for_people_begins_as_a_formula(rows: list[list[str]]) -> None:
    body = write_table_csv(["a", "b"], [list(row) for row in rows], "en")
    _, *read = read_csv(body, ",")
    assert [cell.removeprefix("'") for row in read for cell in row] == [
        cell.removeprefix("'") for row in rows for cell in row
    ]
    assert not [cell for row in read for cell in row if cell[:1] in {*"=+-@\t\r"} - {""}]


def test_csv_for_people_is_what_a_spreadsheet_in_their_language_opens() -> None:
    row: list[Cell] = [
        "Å; ä",
        Decimal("-12.50"),
        7,
        date(2023, 4, 5),
        None,
        True,
    ]
    headings = ["namn", "belopp", "antal", "dag", "tomt", "sant"]
    swedish = write_table_csv(headings, [row], "sv")
    assert swedish.startswith(b"\xef\xbb\xbfnamn;belopp")
    assert read_csv(swedish)[1] == [
        "Å; ä",
        "-12,50",
        "7",
        "2023-04-05",
        "",
        "ja",
    ]
    english = write_table_csv(headings, [row], "en")
    assert read_csv(english, ",")[1][1] == "-12.50"
