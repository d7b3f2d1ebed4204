"""The pages over odd graphs: empty, long, huge, without labels."""

from __future__ import annotations

from html import unescape

import pytest

from styrgraf.language import LANGUAGES
from tests.pages.conftest import Open
from tests.tiny_graphs import read_text

PAGES = ("/", "/decisions", "/organisation", "/delegations", "/goals", "/gaps")
BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_over_an_empty_graph_says_what_is_missing(
    open_pages: Open, path: str, language: str
) -> None:
    answer = open_pages().get(f"{path}?lang={language}", headers=BROWSER)
    assert answer.status_code == 200
    assert 'class="empty"' in answer.text
    assert f'<html lang="{language}">' in answer.text


def test_ten_thousand_decisions_come_in_pages(open_pages: Open) -> None:
    dates = [f"{2000 + number // 500}-01-01" for number in range(10_000)]
    decisions = " ".join(
        f":d{number:05} a sg:Decision ; eli:date_document '{day}'^^xsd:date ."
        for number, day in enumerate(dates)
    )
    reader = read_text(f"graph:source\\/1 {{ {decisions} }}")
    client = open_pages(reader)
    first = client.get("/decisions", headers=BROWSER).text
    assert reader.asked <= 10
    assert first.count('class="main-row"') == 50
    assert "Sida 1 av 200 (10\u00a0000 totalt)" in first
    assert 'rel="prev"' not in first
    last = client.get("/decisions?page=200", headers=BROWSER).text
    assert "d09999" in last
    assert 'rel="next"' not in last
    beyond = client.get("/decisions?page=900", headers=BROWSER).text
    assert "Sida 200 av 200" in beyond


def test_the_links_of_a_list_keep_the_language_and_the_other_lists(open_pages: Open) -> None:
    units = " ".join(f":u{number:03} a org:OrganizationalUnit ." for number in range(250))
    posts = " ".join(f":p{number:03} a org:Post ." for number in range(250))
    client = open_pages(f"graph:source\\/1 {{ {units} {posts} }}")
    text = client.get("/organisation?lang=en&posts=2&units=1", headers=BROWSER).text
    assert "/organisation?lang=en&amp;posts=2&amp;units=2#units" in text


def test_a_page_number_that_is_none_is_answered_400(open_pages: Open) -> None:
    answer = open_pages().get("/decisions?page=first", headers=BROWSER)
    assert answer.status_code == 400
    assert "first" in answer.text


def test_a_label_in_the_other_language_says_so_and_one_that_lacks_is_the_local_name(
    open_pages: Open,
) -> None:
    client = open_pages(
        """graph:source\\/1 {
          :d a sg:Decision ; skos:prefLabel "Beslutet"@sv ; sg:decidedBy :nameless . }"""
    )
    text = client.get("/decisions?lang=en", headers=BROWSER).text
    assert '<a href="/id/thing/d?lang=en" lang="sv">Beslutet</a>' in text
    assert ">id/thing/nameless</a>" in text


def test_markup_in_a_label_is_shown_as_text(open_pages: Open) -> None:
    client = open_pages(
        """graph:source\\/1 { :d a sg:DelegationOfAuthority ; sg:delegator :x ; sg:delegate :y .
          :x skos:prefLabel "<script>alert(1)</script>"@sv . }"""
    )
    text = client.get("/delegations", headers=BROWSER).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_circle_of_delegations_is_shown_and_ends(open_pages: Open) -> None:
    client = open_pages(
        """graph:source\\/1 {
          :one a sg:DelegationOfAuthority ; sg:delegator :a ; sg:delegate :b ;
            sg:subDelegationOf :two .
          :two a sg:DelegationOfAuthority ; sg:delegator :b ; sg:delegate :a ;
            sg:subDelegationOf :one . }"""
    )
    answer = client.get("/delegations", headers=BROWSER)
    assert answer.status_code == 200
    assert answer.text.count("<rect") > 2


def test_units_in_a_circle_are_in_the_table(open_pages: Open) -> None:
    client = open_pages(
        """graph:source\\/1 {
          :a a org:OrganizationalUnit ; dct:isPartOf :b .
          :b a org:OrganizationalUnit ; dct:isPartOf :a . }"""
    )
    text = client.get("/organisation", headers=BROWSER).text
    assert 'id="thing-a"' in text
    assert 'id="thing-b"' in text


def test_many_units_under_one_are_folded_in_the_drawing(open_pages: Open) -> None:
    units = " ".join(
        f":u{number:03} a org:OrganizationalUnit ; org:unitOf :whole ." for number in range(60)
    )
    client = open_pages(f"graph:source\\/1 {{ :whole a org:FormalOrganization . {units} }}")
    assert "+36 till" in client.get("/organisation", headers=BROWSER).text


def test_an_end_is_shown_as_the_last_day_that_counts(open_pages: Open) -> None:
    client = open_pages(
        """graph:source\\/1 {
          :d a sg:DelegationOfAuthority ; sg:delegator :a ; sg:delegate :b ;
            sg:validFrom "2023-01-01"^^xsd:date ; sg:datePrecision sg:precisionMonth ;
            sg:validTo "2024-01-01"^^xsd:date . }"""
    )
    text = client.get("/delegations?on=2023-06-01", headers=BROWSER).text
    assert "till och med 31 december 2023" in text
    assert ">januari 2023</time>" in text


def test_a_date_that_is_none_is_shown_as_it_stands(open_pages: Open) -> None:
    client = open_pages(
        """graph:source\\/1 { :d a sg:Decision ; eli:date_document "våren 2023" .
          :e a sg:DelegationOfAuthority ; sg:validTo "0001-01-01"^^xsd:date . }"""
    )
    assert "våren 2023" in client.get("/decisions", headers=BROWSER).text
    assert client.get("/delegations", headers=BROWSER).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_a_handful_of_queries(open_pages: Open, path: str) -> None:
    reader = read_text("graph:source\\/1 { :d a sg:Decision ; sg:decidedBy :x . }")
    open_pages(reader).get(path, headers=BROWSER)
    assert reader.asked <= 10


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_answered_304(open_pages: Open, path: str) -> None:
    client = open_pages("")
    tag = client.get(path, headers=BROWSER).headers["ETag"]
    assert client.get(path, headers=BROWSER | {"If-None-Match": tag}).status_code == 304


def test_a_word_without_end_may_break_where_a_table_would_become_wide(open_pages: Open) -> None:
    word = "Åtgärds" * 12 + "<uppföljning>"
    client = open_pages(
        f"""graph:source\\/1 {{ :d a sg:Decision ; skos:prefLabel "Om {word} nu"@sv . }}"""
    )
    text = client.get("/decisions", headers=BROWSER).text
    shown = text[text.index(">Om ") + 1 :]
    shown = shown[: shown.index(" nu</a>")]
    assert shown.count("<wbr>") == len(word) // 20
    assert max(len(part) for part in shown.replace("&lt;", "<").split("<wbr>")) <= 24
    assert unescape(shown.replace("<wbr>", "")) == f"Om {word}"


def test_units_that_are_part_of_each_other_in_a_ring_are_drawn_once_each(open_pages: Open) -> None:
    client = open_pages(
        """graph:source\\/1 {
          :a a org:OrganizationalUnit ; org:subOrganizationOf :c .
          :b a org:OrganizationalUnit ; org:subOrganizationOf :a .
          :c a org:OrganizationalUnit ; org:subOrganizationOf :b .
          :part a org:OrganizationalUnit ; org:subOrganizationOf :whole .
          :whole a org:OrganizationalUnit . }"""
    )
    text = client.get("/organisation", headers=BROWSER).text
    drawn = text[text.index('<svg class="diagram"') : text.index("</svg>", text.index("<figure"))]
    assert {name: drawn.count(f'href="/id/thing/{name}"') for name in "abc"} == dict.fromkeys(
        "abc", 1
    )
    assert 'href="/id/thing/whole"' in drawn
