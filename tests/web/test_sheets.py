"""Tables of pages as files: the same rows as CSV and as workbooks, each with its IRI."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import openpyxl
import pytest

from styrgraf.graph.published import PublishedStore
from styrgraf.settings import Settings
from styrgraf.web import organisation, sheets
from styrgraf.web.authority import order_document
from tests.serving import Service, run_service

TOTAL = "styrgraf-total-rows"
PAGES = (
    "/gaps?",
    *(f"/organisation?table={name}" for name in ("units", "posts", "bodies", "areas", "changes")),
    *(f"/goals?table={name}" for name in ("purposes", "goals", "principles", "initiatives")),
    *(f"/goals?table={name}" for name in ("actions", "plans", "outline", "tree")),
    *("/orders?on=2022-07-01", "/delegations?show=all", "/search?q=rektor"),
    "/delegations/path?start=post/rektor&end=post/universitetsdirektor",
    "/decisions?table=ties",
    "/doc/post/rektor?",
    *("/about?table=documents", "/about?table=graphs", "/graphs?"),
    "/delegations/overview?on=2023-05-05&at=post/rektor",
)


def read(service: Service, path: str) -> list[dict[str, str]]:
    answer = service.get(f"{path}&format=csv&lang=en")
    assert answer.status == 200, (path, answer.text)
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))


def test_every_table_of_a_page_comes_as_csv_and_as_a_workbook(service: Service) -> None:
    for path in PAGES:
        rows = read(service, path)
        assert rows, path
        key = "IRI" if "IRI" in rows[0] else "IRI it goes from"
        assert all(row[key].startswith("https://w3id.org/styrgraf/") for row in rows), path
        workbook = service.get(f"{path}&format=xlsx&lang=en")
        assert "attachment" in workbook.headers["content-disposition"], path
        with zipfile.ZipFile(io.BytesIO(workbook.body)) as archive:
            assert b"<row" in archive.read("xl/worksheets/sheet1.xml")


def test_a_plan_without_a_named_period_has_the_days_that_are_stated(
    example_service: Service,
) -> None:
    plans = {row["Plan"]: row["Period"] for row in read(example_service, "/goals?table=plans")}
    assert sorted(plans.values()) == ["2024-01-01 – 2024-12-31", "2025-01-01 –"]
    page = example_service.browse("/goals", lang="sv").text
    assert re.search(
        r"<dt>Period</dt><dd>\s*<div class=\"window\">från och med 1 januari 2024", page
    )


def test_days_are_written_as_exactly_as_they_are_stated_and_the_last_is_included(
    service: Service,
) -> None:
    rows = read(service, "/delegations?show=all")
    found = {row["IRI"].rpartition("/")[2]: row for row in rows}
    assert found["rektor-universitetsdirektor"]["First day"] == "2023-01"
    assert found["forskningsavtal-chef-rso"]["First day"] == "2022-07-01"
    assert found["forskningsavtal-vicerektor-forskning-till-2022"]["Last day"] == "2022-06-30"


def test_what_is_asked_of_the_page_is_asked_of_the_file(service: Service) -> None:
    def names(path: str) -> set[str]:
        return {row["IRI"].rpartition("/")[2] for row in read(service, path)}

    before = names("/organisation?table=units&on=2022-12-31")
    after = names("/organisation?table=units&on=2023-01-01")
    assert "vs" in after - before
    assert "gvs" in before - after
    held = {
        row["IRI"]: row["Held by"]
        for row in read(service, "/organisation?table=posts&on=2022-12-31")
    }
    assert "Anders Söderholm" in held["https://w3id.org/styrgraf/kth/id/post/rektor"]
    orders = {row["Order"]: row for row in read(service, "/orders?on=2022-07-01")}
    assert any(row["On the day"] == "not yet in force" for row in orders.values())


def test_a_gap_tells_what_it_concerns_and_where_it_shows(service: Service) -> None:
    rows = {row["IRI"].rpartition("/")[2]: row for row in read(service, "/gaps?")}
    assert "000:66" in rows["ansvaret-for-ledningsstod"]["Where it stands"]
    assert len(rows) == 93


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/organisation?table=none", 404),
        ("/goals?table=none", 404),
        ("/decisions?table=none", 404),
        ("/organisation?on=2022-02-30", 400),
        ("/delegations?on=2022-02-30", 400),
    ],
)
def test_a_table_that_is_none_and_a_bad_day_are_refused(
    service: Service, path: str, status: int
) -> None:
    answer = service.get(path, format="csv", lang="en")
    assert answer.status == status
    if status == 404:
        assert "its tables:" in answer.text


def test_a_file_that_holds_fewer_rows_than_there_are_says_so_in_it_and_beside_its_link(
    example_settings: Settings, example_reader: PublishedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sheets, organisation, order_document):
        monkeypatch.setattr(module, "MOST_ROWS", 3)
    with run_service(example_settings, example_reader) as cut:
        document = {"on": "2024-05-05", "lang": "en"}
        page = cut.browse("/orders/document", **document, page="2").text
        total = int(cut.get("/orders/document", format="csv", **document).headers[TOTAL])
        assert total > 6
        assert f"holds 3 of the {total} rows" in page
        assert "format=xlsx&amp;page=1" in page or "page=1&amp;format=xlsx" in page
        assert ">4–6</a>" in page
        second = cut.get("/orders/document", format="xlsx", page="2", **document)
        rows, about = openpyxl.load_workbook(io.BytesIO(second.body)).worksheets
        assert [row[0] for row in rows.iter_rows(values_only=True, min_row=2)] == [4, 5, 6]
        told = [row[0] for row in about.iter_rows(values_only=True)]
        assert f"The file holds 3 of {total} rows." in told
        posts = int(cut.get("/organisation", table="posts", format="csv").headers[TOTAL])
        page = cut.browse("/organisation", lang="en").text
        assert f"Download the first 3 of {posts} rows" in page
        assert len(read(cut, "/organisation?table=posts")) == 3 < posts


def test_each_page_leads_to_its_files(service: Service) -> None:
    for path in PAGES:
        address = path.partition("?")[0]
        page = service.browse(path.rstrip("?"), lang="en").text
        assert "format=csv" in page, address
        assert "format=xlsx" in page, address
