"""Asking who may decide in the browser, of the made-up university: forms, walks, print, axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import read_violations
from tests.browser.test_every_page import (
    COVERED_LABELS,
    OVERFLOWING_TEXTS,
    WCAG,
    WIDTH,
    find_faults,
)
from tests.serving import Service

ASKED = "matter=matter/inkop&on=2024-05-05"
PAGES = {
    "form": "/authority",
    "three answers": "/authority?matter=matter/forskningsavtal&on=2024-05-05",
    "amount": f"/authority?{ASKED}&amount=750000",
    "nobody": "/authority?matter=matter/arkiv&on=1999-01-01",
    "bad input": "/authority?matter=ink%C3%B6b&on=2024-02-30&amount=-1&currency=QQ",
    "yes": f"/authority/may?{ASKED}&party=post/dekan",
    "no": f"/authority/may?{ASKED}&party=post/inkopare-1&amount=750000",
    "cannot be told": f"/authority/may?{ASKED}&party=post/prorektor",
    "person": f"/authority/may?{ASKED}&party=person/exempla-davidsson",
    "party": "/authority/party?party=post/rektor&on=2024-05-05",
    "party with delegations": "/authority/party?party=post/dekan&on=2024-05-05",
}


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_an_answer_has_no_fault_and_fits_a_wide_and_a_narrow_screen(
    example: Page, path: str, soak: bool
) -> None:
    example.goto(path)
    example.evaluate("() => document.querySelectorAll('details').forEach((it) => it.open = true)")
    assert example.locator("h1").count() == 1
    assert find_faults(example, whole=soak) == []
    assert read_violations(example) == []
    assert example.evaluate(OVERFLOWING_TEXTS) == []
    assert example.evaluate(COVERED_LABELS) == []
    example.set_viewport_size({"width": 320, "height": 700})
    assert example.evaluate(WIDTH) <= 320
    example.emulate_media(color_scheme="dark")
    assert find_faults(example, whole=soak, tags=WCAG) == []


def test_a_question_is_asked_by_the_form_and_changed(example: Page) -> None:
    example.goto("/")
    menu = example.get_by_role("navigation", name="Huvudmeny")
    menu.get_by_role("link", name="Vem får besluta?").click()
    example.get_by_label("Ärende").select_option(value="matter/inkop")
    example.get_by_label("Dag").fill("2024-05-05")
    example.get_by_role("button", name="Fråga").click()
    first = example.locator(".answer-first")
    expect(first).to_contain_text("Den 5 maj 2024 får")
    expect(first).to_contain_text("dekan")
    before = first.inner_text()
    example.get_by_text("Ändra frågan").click()
    example.get_by_label("Belopp").fill("50 000 000")
    example.get_by_role("button", name="Fråga").click()
    expect(first).to_contain_text("50 000 000 kr")
    assert first.inner_text() != before
    expect(first).not_to_contain_text("dekan")


def test_what_was_typed_wrong_is_corrected_at_its_field(example: Page) -> None:
    example.goto("/authority?matter=matter/inkop&on=2024-02-30&amount=75")
    summary = example.get_by_role("alert")
    summary.get_by_role("link", name="Det finns ingen dag 2024-02-30").click()
    field = example.get_by_label("Dag")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("2024-02-29")
    field.press("Enter")
    expect(example.locator(".answer-first")).to_contain_text("Den 29 februari 2024")
    expect(example.get_by_role("alert")).to_have_count(0)


def test_from_the_nearest_that_may_not_one_comes_to_the_link_that_fails(example: Page) -> None:
    example.goto(f"/authority?{ASKED}&amount=750000")
    near = example.locator("section[aria-labelledby=group-no]")
    buyer = near.get_by_role("article").filter(
        has=example.get_by_role("heading", name="inköpare 1")
    )
    expect(buyer).to_contain_text("Beloppet är högre än delegationens gräns.")
    expect(buyer.locator("tr.link-no")).to_be_hidden()
    buyer.get_by_text("Visa kedjorna, och var de brister").click()
    expect(buyer.locator("tr.link-no").first).to_be_visible()
    buyer.get_by_role("link", name="Allt om det här svaret").click()
    expect(example.locator(".answer-first .verdict")).to_have_text("Nej")


def test_the_days_of_change_lead_through_time(example: Page) -> None:
    example.goto(f"/authority?{ASKED}")
    example.get_by_role("link", name="Nästa ändring").click()
    expect(example.locator(".break-days [aria-current=date]")).to_have_count(1)
    example.get_by_role("link", name="Föregående ändring").click()
    expect(example.locator(".as-of")).to_contain_text("Sidan visar vad som gällde den")


def test_a_box_of_a_chain_leads_to_its_post_and_back_to_what_it_may(example: Page) -> None:
    example.goto(f"/authority/may?{ASKED}&party=post/dekan")
    example.locator("svg.diagram a").filter(has_text="dekan").first.click()
    expect(example.locator("h1")).to_have_text("dekan")
    example.get_by_role("link", name="Vad får den besluta").click()
    expect(example.locator("h1")).to_have_text("Vad får en viss befattning besluta?")
    expect(example.locator(".answer-first")).to_contain_text("dekan")


def test_without_javascript_a_question_is_asked_and_answered(
    browser: Browser, example_service: Service
) -> None:
    context = browser.new_context(
        base_url=example_service.address, locale="sv-SE", java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/authority/may")
    page.get_by_label("Befattning, organ, roll eller person").select_option("post/prorektor")
    page.get_by_label("Ärende").select_option("matter/inkop")
    page.get_by_role("button", name="Fråga").click()
    expect(page.locator(".answer-first .verdict")).to_have_text("Går inte att avgöra")
    context.close()


def test_the_print_has_answer_day_version_and_sources_and_no_form(example: Page) -> None:
    example.goto("/authority?matter=matter/forskningsavtal&on=2024-05-05")
    example.emulate_media(media="print")
    expect(example.get_by_role("navigation", name="Huvudmeny")).to_be_hidden()
    for form in example.locator("form").all():
        expect(form).to_be_hidden()
    expect(example.get_by_text("Ändra frågan")).to_be_hidden()
    expect(example.locator(".answer")).to_contain_text("Den 5 maj 2024")
    expect(example.locator(".answer")).to_contain_text("Ur version 1 av grafen")
    expect(example.locator(".answer")).to_contain_text("Ingen officiell publicering")
    folded = example.locator("details.chain .links-table").first
    expect(folded).to_be_visible()
    expect(folded.get_by_text("diarienummer:").first).to_be_visible()
    example.emulate_media(media="screen")
