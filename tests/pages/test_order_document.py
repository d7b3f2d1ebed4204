"""The delegation order as a document where there are very many delegations: cut, and says so."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient

from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.authority.opening import INDEX_FILE
from styrgraf.web.authority import order_document
from tests.pages.conftest import Open
from tests.tiny_graphs import BASE, CountingReader, read_text

MANY = 320
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> CountingReader:
    """A reader of very many delegations, each of a matter of its own but some."""
    delegations = " ".join(
        f":d{number} a sg:DelegationOfAuthority ; sg:delegator :rektor ; sg:delegate :p{number} ;"
        f" sg:delegatesMatter :m{number % 310} ; sg:validFrom '2022-01-01'^^xsd:date ."
        for number in range(MANY)
    )
    folder = tmp_path_factory.mktemp("index")
    found = read_text(f"graph:source\\/1 {{ {delegations} }}")
    (folder / INDEX_FILE).write_bytes(compile_index(read_facts(found)))
    return CountingReader(found._store, found.version(), folder=folder)


@pytest.fixture
def client(open_pages: Open, reader: CountingReader) -> FlaskClient:
    return open_pages(reader)


def list_numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="n(\d+)"', text)]


def test_a_page_holds_a_hundred_and_says_that_more_exist(client: FlaskClient) -> None:
    text = client.get("/orders/document?on=2022-05-05&lang=en", headers=BROWSER).text
    assert list_numbers(text) == list(range(1, 101))
    assert "This page shows number 1 to 100 of 320 delegations. More follow" in text
    assert "The contents of this page; the whole document has 310 sections." in text
    assert "rows=all" in text
    last = client.get("/orders/document?on=2022-05-05&lang=en&page=4", headers=BROWSER).text
    assert list_numbers(last) == list(range(301, 321))


def test_all_stand_on_one_page_within_a_limit_that_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/orders/document?on=2022-05-05&rows=all&lang=en"
    text = client.get(address, headers=BROWSER).text
    assert list_numbers(text) == list(range(1, MANY + 1))
    assert "More follow" not in text
    monkeypatch.setattr(order_document, "MOST_ON_PAGE", 300)
    text = client.get(address, headers=BROWSER).text
    assert list_numbers(text) == list(range(1, 301))
    assert "At most 300 stand on one page." in text
    assert "page=2" in text


def test_a_file_holds_them_all(client: FlaskClient) -> None:
    found = json.loads(client.get("/orders/document?on=2022-05-05&format=json").data)
    assert len(found["delegations"]) == found["total"] == MANY


def test_a_page_takes_as_many_queries_as_it_would_of_fewer(
    client: FlaskClient, reader: CountingReader
) -> None:
    reader.asked = 0
    client.get("/orders/document?on=2022-05-05&lang=en", headers=BROWSER)
    names = -(-2 * MANY // 300)
    assert reader.asked <= names + 16


def test_what_stands_beside_a_part_is_told_and_of_many_posts_the_first(open_pages: Open) -> None:
    posts = " ".join(f":p{n} a org:Post ; org:postIn :school ; org:role :heads ." for n in range(7))
    given = "a sg:DelegationOfAuthority ; sg:validFrom '2022-01-01'^^xsd:date ; sg:delegate"
    client = open_pages(
        read_text(
            f"graph:source\\/1 {{ :school a org:OrganizationalUnit . :heads a org:Role . {posts}"
            f" :d1 {given} :heads . :d2 {given} :other ; sg:withinUnit :school ."
            f" :d3 a sg:DelegationOfAuthority ; sg:validFrom '2022-01-01'^^xsd:date }}"
        )
    )
    address = f"/orders/document?on=2022-05-05&lang=en&about={BASE}id/thing/school"
    text = " ".join(client.get(address, headers=BROWSER).text.split())
    beside = text.partition('class="beside"')[2].partition("</section>")[0]
    assert "1 delegation to somebody else that holds only within this unit" in beside
    assert re.search(r"one under it: <a [^>]*>[^<]*d2</a>\.</li>", beside)
    assert "2 delegations of which it is not stated to which unit they go." in beside
    assert "The whole delegation order of the day has 3 delegations" in beside
    assert re.search(r"in this part: <a .*p4</a> and 2 more</div>", text)
    post = client.get(address.replace("/school", "/other"), headers=BROWSER).text
    assert "1 delegation of which it is not stated who receives." in post
