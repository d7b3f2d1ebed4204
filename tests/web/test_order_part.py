"""One thing's part of the delegation order over HTTP: ways in, words, formats, bad input."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from tests.serving import Service

PATH = "/orders/document"
TURTLE = "text/turtle"


def read_part(service: Service, about: str, **parameters: str) -> dict[str, object]:
    answer = service.get(PATH, "application/json", about=about, **parameters)
    assert answer.status == 200
    found: dict[str, object] = json.loads(answer.body)
    return found


def list_delegations(found: dict[str, object]) -> list[str]:
    delegations = found["delegations"]
    assert isinstance(delegations, list)
    return [each["delegation"]["iri"].rpartition("/")[2] for each in delegations]


def test_a_unit_is_shown_with_what_its_posts_receive_by_a_role_too(
    example_service: Service,
) -> None:
    text = example_service.browse(PATH, on="2024-05-05", about="unit/institutionen-a").text
    assert (
        "Delegationsordning den 5 maj 2024: Institutionen för exempel A – Styrgraf</title>" in text
    )
    assert "Så här såg det ut den 5 maj 2024" in text
    assert "9 delegationer i den här delen gäller den 5 maj 2024." in text
    assert re.findall(r'id="n(\d+)"', text) == [str(number) for number in range(1, 10)]
    entry = text.partition("Rektor till enhetscheferna: ledighet</a>")[2].partition("</article>")[0]
    assert "i den här delen:" in entry
    assert "prefekt för exempel A" in entry
    assert '<option value="unit/institutionen-a" selected>' in text
    assert 'href="/orders/document?on=2024-05-05">Hela delegationsordningen</a>' in text


@pytest.mark.parametrize("by", ["matter", "post", "unit"])
def test_each_arrangement_of_a_part_holds_the_same(example_service: Service, by: str) -> None:
    whole = read_part(example_service, "", on="2024-05-05", by=by)
    part = read_part(example_service, "unit/fakulteten", on="2024-05-05", by=by)
    assert whole["about"] is None
    assert part["total"] == 23
    assert set(list_delegations(part)) < set(list_delegations(whole))
    assert set(list_delegations(part)) == set(
        list_delegations(read_part(example_service, "unit/fakulteten", on="2024-05-05"))
    )


def test_a_matter_begins_its_sections_and_tells_what_covers_it_too(
    example_service: Service,
) -> None:
    found = read_part(example_service, "Inköp", on="2024-05-05")
    delegations = found["delegations"]
    assert isinstance(delegations, list)
    assert {each["section"].partition(".")[0] for each in delegations} == {"1"}
    text = example_service.browse(PATH, on="2024-05-05", about="matter/inkop-it").text
    beside = text.partition('class="beside"')[2].partition("</section>")[0]
    assert "7 delegationer i överordnade ärenden, som även omfattar det här:" in beside
    assert 'href="/orders/document?on=2024-05-05&amp;about=matter/inkop">Inköp</a>' in beside
    assert "1 delegation där det inte framgår vilket ärende den rör." in beside
    assert "/authority?matter=matter/inkop-it&amp;on=2024-05-05" in beside
    assert "Hela delegationsordningen för dagen har 42 delegationer" in beside


def test_the_delegations_of_a_slide_are_in_the_part_of_the_post_and_unit(service: Service) -> None:
    for about in ("post/universitetsdirektor", "unit/kth", "KTH"):
        found = read_part(service, about, on="2023-05-05")
        assert list_delegations(found) == ["rektor-universitetsdirektor"]
    text = service.browse(PATH, on="2023-05-05", about="unit/kth").text
    assert "9 delegationer där det inte framgår till vilken enhet de hör." in text


def test_a_part_within_a_month_is_perhaps_in_force(service: Service) -> None:
    text = service.browse(PATH, on="2023-01-15", about="post/universitetsdirektor").text
    assert "0 delegationer i den här delen gäller den 15 januari 2023." in text
    assert "Om 1 till går det inte att avgöra." in text
    assert "Rektors delegation till universitetsdirektören" in text.partition("Gäller kanske")[2]


def test_an_empty_part_says_why_and_leads_on(example_service: Service, service: Service) -> None:
    text = example_service.browse(PATH, on="2019-05-05", about="post/dekan").text
    assert "Ingen delegation i den här delen gäller den här dagen" in text
    assert "Till exempel den 1 januari 2021 gäller någon." in text
    assert 'href="/orders/document?on=2021-01-01&amp;about=post/dekan">Visa den dagen' in text
    assert 'href="/authority/party?party=post/dekan&amp;on=2019-05-05"' in text
    shown = example_service.browse(PATH, on="2021-01-01", about="post/dekan").text
    assert "Rektor till dekanen: inköp (2021)" in shown
    assert "Pröva en annan dag." in service.browse(PATH, about="post/rektor").text


def test_files_hold_the_part_alone_and_say_which(example_service: Service) -> None:
    asked = {"on": "2024-05-05", "about": "post/dekan"}
    expected = list_delegations(read_part(example_service, "post/dekan", on="2024-05-05"))
    assert len(expected) == 7
    turtle = example_service.get(PATH, TURTLE, **asked).text
    assert {*re.findall(r"^<\S+/delegation/(\S+)> ", turtle, re.MULTILINE)} <= set(expected)
    assert all(f"delegation/{each}" in turtle for each in expected)
    sheet = example_service.get(PATH, "text/csv", **asked)
    rows = list(csv.reader(io.StringIO(sheet.body.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 8)]
    assert "delegationsordning-2024-05-05-dekan.csv" in sheet.headers["content-disposition"]
    workbook = example_service.browse(PATH, format="xlsx", **asked)
    assert "delegationsordning-2024-05-05-dekan.xlsx" in workbook.headers["content-disposition"]


@pytest.mark.parametrize(
    ("about", "status", "sentence"),
    [
        ("dekn", 404, "Närmast: dekan (post/dekan)"),
        ("post/nobody", 404, "Det finns inget ärende, ingen befattning"),
        ("x" * 10_000, 404, "Det finns inget ärende, ingen befattning"),
        ("person/exempla-davidsson", 404, "Det finns inget ärende, ingen befattning"),
    ],
)
def test_an_unknown_name_is_told_at_its_field_with_the_nearest(
    example_service: Service, about: str, status: int, sentence: str
) -> None:
    page = example_service.browse(PATH, about=about, on="2024-05-05", by="unit")
    assert page.status == status
    assert sentence in page.text.partition('id="error-about"')[2].partition("</p>")[0]
    assert 'value="2024-05-05"' in page.text
    program = example_service.get(PATH, "application/json", about=about, lang="sv")
    assert program.status == status
    assert sentence in json.loads(program.body)["detail"]


def test_a_section_leads_to_its_part_and_a_part_to_no_other(example_service: Service) -> None:
    whole = example_service.browse(PATH, on="2024-05-05", by="unit").text
    link = 'class="only-this" href="/orders/document?on=2024-05-05&amp;by=unit&amp;about=unit/'
    assert link + "fakulteten" in whole
    part = example_service.browse(PATH, on="2024-05-05", by="unit", about="unit/fakulteten").text
    led_to = re.findall(r'class="only-this" href="[^"]*about=unit/([a-z-]+)', part)
    assert led_to == ["institutionen-a", "laboratoriet", "institutionen-b", "institutionen-c"]
    assert "only-this" not in example_service.browse(PATH, about="unit/fakulteten").text


def test_the_pages_of_units_posts_bodies_roles_and_matters_lead_to_their_part(
    example_service: Service, service: Service
) -> None:
    for thing in (
        "unit/fakulteten",
        "post/dekan",
        "body/styrelsen",
        "role/prefekt",
        "matter/avtal",
    ):
        text = example_service.browse(f"/doc/{thing}").text
        assert f'href="/orders/document?about={thing}">Dess del av delegationsordningen' in text
    assert "orders/document?about=unit/vs" in service.browse("/doc/unit/vs").text
    person = example_service.browse("/doc/person/exempla-davidsson").text
    assert "Dess del av delegationsordningen" not in person
