"""The health register and the validation report as work lists: groups, weights, tables."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from datetime import date

import openpyxl
import pytest

from tests.serving import Answer, Service

DAY = "2024-06-01"
LISTS = {"/health-register": {"on": DAY}, "/validation": {}}
CSV = {"/health-register": "table-csv", "/validation": "csv"}
ARRANGEMENTS = ("rule", "unit", "post")
HEADING = re.compile(r'<h2 id="group-[^"]*">(.*?) <span class="count">\((\d+)\)</span></h2>', re.S)
LINE = re.compile(r'<th role="rowheader" scope="row">(.*?)</th>', re.S)


def read_groups(page: Answer) -> dict[str, int]:
    """Return the headings of a page, each with the number beside it."""
    found = HEADING.findall(page.text)
    assert len(found) == len(dict(found))
    return {re.sub("<[^>]+>", "", words).strip(): int(number) for words, number in found}


def read_lines(page: Answer) -> Counter[str]:
    return Counter(LINE.findall(page.text))


def read_table(answer: Answer) -> list[dict[str, str]]:
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("path", LISTS)
def test_each_arrangement_has_the_same_lines_and_counts_that_make_the_whole(
    example_service: Service, path: str
) -> None:
    told = json.loads(example_service.get(path, "application/json", **LISTS[path]).text)
    whole = told.get("lines") or told["results"]
    assert 30 < len(whole) <= 50, "one page shows all of them"
    seen = []
    for by in ARRANGEMENTS:
        page = example_service.browse(path, lang="sv", by=by, **LISTS[path])
        assert sum(read_groups(page).values()) == len(whole)
        seen.append(read_lines(page))
        assert seen[-1].total() == len(whole)
        assert seen[-1] == seen[0]


def test_units_and_posts_are_those_that_the_graph_states(example_service: Service) -> None:
    given = {"on": DAY, "lang": "sv", "format": "table-csv"}
    rows = read_table(example_service.get("/health-register", **given))
    vacant = next(row for row in rows if "vakant" in row["Regel"])
    assert (vacant["Befattning eller organ"], vacant["Enhet"]) == (
        "prefekt för exempel C",
        "Institutionen för exempel C",
    )
    page = example_service.browse("/health-register", lang="sv", by="post", on=DAY)
    groups = read_groups(page)
    assert groups["framgår inte"] == sum(
        row["Befattning eller organ"] == "framgår inte" for row in rows
    )
    assert list(groups)[-1] == "framgår inte"
    assert {row["Delegationsregler"] for row in rows} > {"R1", "R8", ""}


@pytest.mark.parametrize("path", LISTS)
def test_tables_hold_all_lines_as_the_page_arranges_them(
    example_service: Service, path: str
) -> None:
    for by in ARRANGEMENTS:
        given = {"lang": "sv", "by": by, **LISTS[path]}
        page = example_service.browse(path, **given)
        rows = read_table(example_service.get(path, format=CSV[path], **given))
        things = [re.sub("<[^>]+>", "", each) for each in LINE.findall(page.text)]
        assert [row["Sak"] for row in rows] == things
        answer = example_service.get(path, format="xlsx", **given)
        sheet, about = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets
        cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
        written = [
            [cell.date().isoformat() if hasattr(cell, "date") else cell for cell in row]
            for row in cells[1:]
        ]
        assert written == [list(row.values()) for row in rows]
        addresses = [row[1] for row in about.iter_rows(values_only=True) if row[0] == "Adress"]
        assert f"by={by}" in str(addresses[0])


@pytest.mark.parametrize("path", LISTS)
def test_a_weight_leaves_out_the_others_and_says_so(example_service: Service, path: str) -> None:
    given = LISTS[path]
    whole = read_lines(example_service.browse(path, **given)).total()
    page = example_service.browse(path, lang="en", severity="warning", **given)
    shown = read_lines(page).total()
    assert f"{shown} of {whole} lines are shown: weight warning." in page.text
    nothing = example_service.browse(path, lang="en", severity="violation", **given)
    assert "Nothing to look at." in nothing.text
    told = json.loads(
        example_service.get(path, "application/json", severity="violation", **given).text
    )
    assert not (told.get("lines") or told.get("results"))


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("asked", [{"by": "colour"}, {"severity": "x" * 10_000}])
def test_what_is_no_arrangement_or_weight_is_told_at_its_field(
    example_service: Service, path: str, asked: dict[str, str]
) -> None:
    page = example_service.browse(path, lang="en", **asked)
    (name, value), *_ = asked.items()
    assert page.status == 400
    assert f'id="error-{name}"' in page.text
    assert f"“{value[:40]}” is no" in page.text
    assert example_service.get(path, format="xlsx", **asked).status == 400
    assert example_service.get(path, "application/json", **asked).status == 400


def test_an_end_to_come_stands_as_a_date(example_service: Service) -> None:
    given = {"on": DAY, "days": "3660", "severity": "info", "lang": "sv", "format": "xlsx"}
    answer = example_service.get("/health-register", **given)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets[0]
    headings, *rows = sheet.iter_rows(values_only=True)
    ends = [row[headings.index("Gäller inte från och med")] for row in rows]
    assert ends
    assert all(end.date() > date.fromisoformat(DAY) for end in ends)
