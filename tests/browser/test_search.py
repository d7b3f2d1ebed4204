"""The field to search by: suggestions by keyboard and mouse, and the way to an answer."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import read_violations
from tests.browser.test_every_page import find_faults


def test_suggestions_are_walked_by_keyboard_and_told(page: Page) -> None:
    page.goto("/")
    for part in (".examples a", "#new", "#soon", "#attention"):
        assert page.locator(part).last.bounding_box()["y"] < 700, part  # type: ignore[index]
    field = page.get_by_role("combobox", name="Fråga eller sök")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("styrgr")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    count = options.count()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search [role=status]")).to_have_text(f"{count} förslag")
    expect(options.nth(0)).to_contain_text("Styrgrupp")
    assert find_faults(page) == []
    field.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute(
        "aria-activedescendant", options.nth(0).get_attribute("id") or ""
    )
    field.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    field.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("styrgr")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("button", name="Sök")).to_be_focused()
    assert read_violations(page) == []


def test_enter_follows_a_suggestion_or_searches_for_what_was_typed(page: Page) -> None:
    page.goto("/decisions")
    field = page.get_by_role("combobox", name="Sök")
    field.press_sequentially("universitetsdirekt")
    expect(page.get_by_role("option").first).to_contain_text("universitetsdirektör")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("h1")).to_have_text("universitetsdirektör")
    field.fill("V 2022 0218")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=V\+2022\+0218$"))
    expect(page.locator("h2").first).to_contain_text("8 träffar")
    page.set_viewport_size({"width": 320, "height": 700})
    page.get_by_role("combobox").fill("styrgruppen för")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_who_may_decide_on_a_day_is_answered_in_two_steps_from_the_start(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Fråga eller sök").fill("vem får besluta om verksamhetsstöd 2023-01-15")
    page.get_by_label("Fråga eller sök").press("Enter")
    page.get_by_role("link", name="Vem får besluta om ”Allt verksamhetsstöd vid KTH” den").click()
    expect(page.locator(".answer-first")).to_contain_text("Den 15 januari 2023 får rektor besluta")


def test_a_suggested_question_is_clicked(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Fråga eller sök").press_sequentially("vem får besluta om verks")
    page.get_by_role("option", name=re.compile("^Vem får besluta om ”Allt")).click()
    page.wait_for_url(re.compile(r"/authority\?matter=matter/verksamhetsstod$"))


def test_without_scripts_the_field_searches(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, locale="sv-SE", java_script_enabled=False)
    page = context.new_page()
    page.goto("/decisions?lang=en")
    page.get_by_role("searchbox", name="Search").fill("rector")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"/search\?lang=en&q=rector$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".hits li").first).to_be_visible()
    context.close()
