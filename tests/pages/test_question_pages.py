"""Pages and tables of stored queries over a graph of ten thousand posts."""

from __future__ import annotations

import io

import openpyxl
import pytest
from flask.testing import FlaskClient

from styrgraf.settings import Settings
from styrgraf.web import create_app
from tests.tiny_graphs import CountingReader, read_text

MANY = 10_000
MOST_ASKED = 4
"""Queries for a page or a file of it, however many rows there are."""


@pytest.fixture(scope="module")
def reader() -> CountingReader:
    posts = " ".join(
        f":p{number:05} a org:Post ; skos:prefLabel 'Föreståndare för ärenden {number:05}'@sv ."
        for number in range(MANY)
    )
    return read_text(f"graph:source\\/1 {{ {posts} }}")


@pytest.fixture
def client(reader: CountingReader) -> FlaskClient:
    reader.asked = 0
    return create_app(Settings(), reader).test_client()


def test_ten_thousand_rows_come_in_pages_whose_rows_are_all_there(
    client: FlaskClient, reader: CountingReader
) -> None:
    seen = []
    for page in range(1, 11):
        address = f"/questions/posts?rows=1000&page={page}&format=table-json"
        table = client.get(address).get_json()
        assert (table["total"], len(table["rows"])) == (MANY, 1000)
        seen += [row["post"] for row in table["rows"]]
    assert len(set(seen)) == MANY
    assert seen == sorted(seen)
    assert reader.asked <= 10 * MOST_ASKED


def test_a_page_of_a_thousand_rows_is_shown(client: FlaskClient, reader: CountingReader) -> None:
    address = "/questions/posts?rows=1000&page=10"
    answer = client.get(address, headers={"Accept": "text/html"})
    assert reader.asked <= MOST_ASKED
    assert answer.text.count("<tr>") == 1001
    assert "Föreståndare för ärenden 09999" in answer.text
    assert 'rel="next"' not in answer.text
    for size in (100, 500):
        assert f'<a href="/questions/posts?rows={size}&amp;page=1">{size}</a>' in answer.text
    assert 'rel="prev"' in ", ".join(answer.headers.getlist("Link"))


def test_a_workbook_of_ten_thousand_rows_has_them_all(
    client: FlaskClient, reader: CountingReader
) -> None:
    body = client.get("/questions/posts?format=xlsx").data
    assert reader.asked <= MOST_ASKED
    sheet = openpyxl.load_workbook(io.BytesIO(body), read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) == MANY + 1


def test_more_choices_than_a_list_can_hold_are_suggested(client: FlaskClient) -> None:
    page = client.get("/questions/holdings-of-post?post=post/x", headers={"Accept": "text/html"})
    assert '<datalist id="list-post">' in page.text
    assert page.text.count("<option") == 1000
    assert "<select" not in page.text


def test_too_many_rows_are_not_drawn_and_the_page_says_so() -> None:
    decisions = " ".join(f":d a sg:Decision ; sg:establishes :t{n} ." for n in range(300))
    large = create_app(Settings(), read_text(f"graph:source\\/1 {{ {decisions} }}")).test_client()
    page = large.get("/questions/lineage?lang=en", headers={"Accept": "text/html"})
    assert "too many rows for a drawing" in page.text
    alone = large.get("/questions/lineage?lang=en&format=svg")
    assert (alone.status_code, "300" in alone.text) == (422, True)
