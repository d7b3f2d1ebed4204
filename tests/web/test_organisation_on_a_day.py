"""The organisation as it stood on a day over HTTP, beside all that is named whatever the time."""

from __future__ import annotations

import pytest

from tests.serving import Service


def test_before_and_after_the_reorganisation_differ(service: Service) -> None:
    before = service.browse("/organisation", on="2022-12-31").text
    after = service.browse("/organisation", on="2023-01-01").text
    assert "Så här såg det ut den 31 december 2022; detta gäller inte säkert i dag." in before
    there, _, absent = before.partition('id="absent"')
    assert 'id="unit-gvs"' in there
    assert 'id="unit-vs"' not in there
    assert "Verksamhetsstödet</a>: fanns inte ännu" in absent
    there, _, absent = after.partition('id="absent"')
    assert 'id="unit-gvs"' not in there
    assert 'id="unit-vs"' in there
    assert "Gemensamma verksamhetsstödet</a>: fanns inte längre" in absent
    assert "härledd" in absent


def test_without_a_day_all_is_named_and_the_page_says_so(service: Service) -> None:
    text = service.browse("/organisation").text
    assert "Ingen dag är vald" in text
    assert "tid inte angiven" not in text
    assert 'id="unit-gvs"' in text
    assert 'id="unit-vs"' in text
    assert 'href="/organisation?on=2022-12-31"' in text
    assert 'href="/organisation?on=2023-01-01"' in text
    assert 'href="/changes?from=2022-12-31&amp;to=2023-01-01"' in text


def test_what_has_no_time_is_there_and_marked(service: Service) -> None:
    text = service.browse("/organisation", on="2022-12-31").text
    row = text.partition('id="unit-kth"')[2].partition("</tr>")[0]
    assert "tid inte angiven" in row


def test_a_holder_that_public_pages_name_is_that_of_the_day(service: Service) -> None:
    for on, there, gone in (
        ("2022-11-30", "Sigbritt Karlsson", "Anders Söderholm"),
        ("2022-12-01", "Anders Söderholm", "Sigbritt Karlsson"),
    ):
        text = service.browse("/organisation", on=on).text
        row = text.partition('id="post-rektor"')[2].partition("</tr>")[0]
        assert there in row
        assert gone not in row


def test_a_vacant_post_is_told_apart_from_one_of_which_nothing_is_stated(
    example_service: Service,
) -> None:
    text = example_service.browse("/organisation", on="2025-08-15").text
    rektor = text.partition('id="post-rektor"')[2].partition("</tr>")[0]
    assert "<strong>vakant</strong>" in rektor
    registrar = text.partition('id="post-registrator"')[2].partition("</tr>")[0]
    assert "vakant" not in registrar


def test_what_followed_the_steering_group_is_told_with_the_body_and_after_its_end(
    service: Service,
) -> None:
    for on in ("2023-04-05", "2023-04-06"):
        text = service.browse("/organisation", on=on).text
        assert "Hanteras fortsatt inom KTH:s ledningsgrupp" in text
    assert (
        "Styrgruppen för programmet (avslutad med handlingsplanen)</a>: fanns inte längre" in text
    )


@pytest.mark.parametrize("on", ["2023-02-30", "x" * 10_000])
def test_a_bad_day_is_told_at_the_field(service: Service, on: str) -> None:
    answer = service.browse("/organisation", on=on)
    assert answer.status == 400
    assert 'aria-describedby="error-on"' in answer.text


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_answered(example_service: Service, on: str) -> None:
    assert example_service.browse("/organisation", on=on).status == 200
