"""Answers to stored queries for programs and spreadsheets, whole and in pages."""

import csv
import io
import json
import re
from datetime import datetime

import openpyxl
import pytest

from styrgraf.graph.queries import load_stored_queries
from tests.queries.asking import BASE
from tests.queries.test_answers import ASKED, TABLES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
QUERIES = load_stored_queries()


LINK = re.compile(r'<([^>]+)>; rel="(first|prev|next|last)"')


def read_links(answer):
    return {relation: address for address, relation in LINK.findall(answer.headers["link"])}


def read_table(answer):
    return json.loads(answer.body)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("table-csv", "text/csv"),
        ("table-json", "application/json"),
        ("xlsx", XLSX),
    ],
)
def test_the_answer_comes_in_every_format(service, name, media_type):
    answer = service.get("/questions/delegations", format=name)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert answer.body


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/csv", "csv"),
        ("application/json", "table-json"),
        ("application/sparql-results+json", "json"),
        (XLSX, "xlsx"),
    ],
)
def test_accept_chooses_the_standard_where_there_is_one(service, accept, name):
    asked = service.get("/questions/delegations", accept)
    assert asked.body == service.get("/questions/delegations", format=name).body


def test_the_csv_of_sparql_results_is_left_as_the_standard_says(service):
    answer = service.get("/questions/dated-decisions", format="csv")
    assert answer.body.startswith(b"date,decision,decision_label,")
    assert b"\r\n" in answer.body
    endpoint = service.get("/sparql", "text/csv", query="SELECT ('=1+1' AS ?x) {}")
    assert endpoint.body == b"x\r\n=1+1\r\n"


def test_csv_for_people_has_headings_in_their_language(service):
    swedish = service.get("/questions/dated-decisions", format="table-csv", lang="sv")
    assert swedish.body.startswith("\ufeffdatum;beslut;beslut (IRI)".encode())
    english = service.get("/questions/dated-decisions", format="table-csv", lang="en")
    assert english.body.startswith("\ufeffdate,decision,decision (IRI)".encode())
    assert swedish.headers["content-disposition"] == "attachment; filename=dated-decisions.csv"


def test_a_workbook_has_numbers_dates_and_texts_and_tells_what_was_asked(service):
    answer = service.get("/questions/dated-decisions", format="xlsx", lang="sv")
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    table, about = book.worksheets
    assert (table.title, about.title) == (
        "dated-decisions",
        "Om" if about.title == "Om" else "About",
    )
    assert table.freeze_panes == "A2"
    assert table["A2"].value == datetime(2021, 4, 13)
    assert table["B2"].data_type == "s"
    assert (book.properties.creator or "") == ""
    told = [str(cell) for row in about.iter_rows(values_only=True) for cell in row]
    assert QUERIES["dated-decisions"].summary["sv"] in told
    assert f"{service.address}/questions/dated-decisions?lang=sv" in told
    counts = openpyxl.load_workbook(
        io.BytesIO(service.get("/questions/unit-counts", unit="unit/vs", format="xlsx").body)
    ).worksheets[0]
    assert [row[-3] for row in counts.iter_rows(min_row=2, values_only=True)] == [17, 5]


def test_pages_of_an_answer_have_links_and_the_total(service):
    whole = read_table(service.get("/questions/facts", format="table-json"))
    assert (whole["total"], whole["rowsPerPage"]) == (len(whole["rows"]), None)
    rows, address, seen = [], "/questions/facts?format=table-json&rows=100", 0
    while address:
        answer = service.get(address)
        table = read_table(answer)
        rows += table["rows"]
        links = read_links(answer)
        assert answer.headers["styrgraf-total-rows"] == str(whole["total"])
        assert {"first", "last"} <= set(links)
        assert ("prev" in links) == (seen > 0)
        address, seen = links.get("next"), seen + 1
    assert seen == -(-whole["total"] // 100)
    assert len(rows) == whole["total"]
    assert sorted(map(str, rows)) == sorted(map(str, whole["rows"]))


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml", "table-csv", "xlsx"])
def test_every_format_with_rows_comes_in_pages(service, name):
    answer = service.get("/questions/facts", format=name, rows="5", page="2")
    assert answer.status == 200
    assert set(read_links(answer)) == {"first", "prev", "next", "last"}
    total = int(answer.headers["styrgraf-total-rows"])
    assert read_links(answer)["last"].endswith(f"page={-(-total // 5)}&rows=5")


def test_a_page_beyond_the_last_is_empty_for_programs_and_the_last_for_people(service):
    beyond = service.get("/questions/facts", format="table-json", rows="100", page="999")
    assert read_table(beyond)["rows"] == []
    assert "next" not in read_links(beyond)
    people = service.browse("/questions/facts", page="999")
    assert people.status == 200
    assert '<table class="result">' in people.text


def test_a_construct_has_no_pages_for_programs(service):
    answer = service.get(
        "/questions/delegation-chain?delegation=delegation/rektor-universitetsdirektor&page=2",
        "text/turtle, application/problem+json",
    )
    assert answer.status == 400
    assert json.loads(answer.body)["errors"][0]["parameter"] == "page"


def shorten(value):
    """Return a cell as the tables of answers have it: unit:kth for a thing."""
    text = "" if value is None else str(value)
    things = BASE + "id/"
    return text.removeprefix(things).replace("/", ":", 1) if text.startswith(things) else text


def read_json_rows(answer):
    table = read_table(answer)
    return [tuple(shorten(row[each["name"]]) for each in table["columns"]) for row in table["rows"]]


def read_csv_rows(answer):
    _, *rows = csv.reader(io.StringIO(answer.body.decode(), newline=""))
    return [tuple(map(shorten, row)) for row in rows]


def read_xlsx_rows(answer, columns):
    """Return the rows with the columns of the query: label, then IRI, in place of IRI, label."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets[0]
    places, place = {}, 0
    for name in columns:
        if name.endswith("_label") and name.removesuffix("_label") in columns:
            continue
        pair = f"{name}_label" in columns
        places[name] = place + pair
        if pair:
            places[f"{name}_label"] = place
        place += 1 + pair
    rows = []
    for row in sheet.iter_rows(min_row=2, values_only=True):
        cells = [row[places[name]] for name in columns]
        rows.append(
            tuple(
                cell.date().isoformat() if isinstance(cell, datetime) else shorten(cell)
                for cell in cells
            )
        )
    return rows


@pytest.mark.parametrize("table", ASKED)
def test_a_competency_question_has_its_exact_answer_over_http(service, table):
    name, values = ASKED[table]
    columns, *rows = csv.reader((TABLES / f"{table}.csv").read_text().splitlines())
    exact = [tuple(row) for row in rows]
    address = f"/questions/{name}"
    assert read_json_rows(service.get(address, "application/json", **values)) == exact
    assert read_csv_rows(service.get(address, "text/csv", **values)) == exact
    # In a sheet, people read what a thing is called where the query has no column for that.
    things = {
        columns[place]
        for row in exact
        for place, cell in enumerate(row)
        if re.fullmatch(r"[a-z-]+:\S+", cell) and f"{columns[place]}_label" not in columns
    }
    sheet = read_xlsx_rows(service.get(address, XLSX, **values), columns)
    kept = [place for place, name in enumerate(columns) if name not in things]
    assert [[row[place] for place in kept] for row in sheet] == [
        [row[place] for place in kept] for row in exact
    ]
    assert all(row[columns.index(name)] for row in sheet for name in things - {"responsibility"})
