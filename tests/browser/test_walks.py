"""What a reader reaches by clicking, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

MENU = {
    "Vem får besluta?": "/authority",
    "Beslut": "/decisions",
    "Organisation": "/organisation",
    "Delegationer": "/delegations",
    "Delegationsordning": "/orders/document",
    "Ändringar": "/changes",
    "Mål och planer": "/goals",
    "Fråga grafen": "/sparql",
}
FOOT = {
    "Det som lämnas öppet": "/gaps",
    "Sparade frågor": "/questions",
    "Vokabulär": "/ns",
    "Namngivna grafer": "/graphs",
    "Validering": "/validation",
}


@pytest.mark.parametrize(("name", "path"), MENU.items(), ids=MENU.keys())
def test_the_menu_leads_to_each_page(page: Page, name: str, path: str) -> None:
    page.goto("/")
    menu = page.get_by_role("navigation", name="Huvudmeny")
    menu.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(re.compile(re.escape(path) + "$"))
    current = page.get_by_role("navigation", name="Huvudmeny").locator("[aria-current=page]")
    expect(current).to_have_text([name])


@pytest.mark.parametrize(("name", "path"), FOOT.items(), ids=FOOT.keys())
def test_the_foot_leads_to_each_page(page: Page, name: str, path: str) -> None:
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name=name).click()
    page.wait_for_url(re.compile(re.escape(path) + "$"))


def test_a_decision_leads_to_the_lines_that_say_it(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Beslut 3: programdirektiv").first.click()
    expect(page.locator("h1")).to_contain_text("Beslut 3")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Vem får besluta")
    line = page.get_by_role("listitem").filter(has_text="14 juni 2022")
    line.get_by_role("link", name=re.compile("000:89$")).first.click()
    page.wait_for_url(re.compile(r"/locator/000-89$"))


def test_what_is_open_about_the_delegation_is_two_clicks_away(page: Page) -> None:
    page.goto("/")
    page.locator(".parts").get_by_role("link", name="Delegationer", exact=True).click()
    page.get_by_role("link", name="Genom vilket beslut rektor delegerar").first.click()
    page.wait_for_url(re.compile("/gap/"))


def test_the_drawing_leads_to_the_pages_of_its_boxes(page: Page) -> None:
    page.goto("/delegations?party=post/universitetsdirektor")
    page.locator("svg.diagram a", has_text="rektor").first.click()
    expect(page.locator("h1")).to_have_text("rektor")


def test_an_axis_of_time_is_one_stop_and_walked_by_arrows(page: Page) -> None:
    page.goto("/doc/post/universitetsdirektor")
    axis = page.get_by_role("region", name="Bild över tid")
    expect(axis).to_have_accessible_description(re.compile("pilarna upp och ned"))
    expect(page.locator("p.drawing-keys").first).to_be_visible()
    spoken = [bar.get_attribute("aria-label") for bar in axis.get_by_role("link").all()]
    assert len(spoken) > 3
    axis.focus()
    page.keyboard.press("Tab")
    walked = []
    for key in ("ArrowUp", "ArrowDown", "ArrowRight", "ArrowLeft", "End", "ArrowDown", "Home"):
        page.keyboard.press(key)
        walked.append(page.locator(":focus").get_attribute("aria-label"))
    places = [0, 1, 2, 1, -1, -1, 0]
    assert walked == [spoken[place] for place in places]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('svg')") is None
    page.keyboard.press("Shift+Tab")
    expect(page.locator(":focus")).to_have_attribute("aria-label", str(spoken[1]))
    target = page.locator(":focus").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + str(target).replace("/id/", "/doc/"))


def test_the_language_can_be_changed_and_is_kept(page: Page) -> None:
    page.goto("/decisions?page=1")
    page.get_by_role("navigation", name="Språk").get_by_role("link", name="English").click()
    page.wait_for_url(re.compile(r"/decisions\?"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Decisions")
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Delegations").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/decisions")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Hoppa till innehållet")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_without_javascript_everything_is_reached_and_read(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, locale="sv-SE", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    for name in MENU:
        menu = page.get_by_role("navigation", name="Huvudmeny")
        menu.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_be_visible()
    page.goto("/delegations")
    expect(page.locator("svg.diagram a.possible")).to_have_count(3)
    page.goto("/decisions")
    folded = page.locator("details.more-sources").first
    folded.locator("summary").click()
    expect(folded.get_by_role("link").first).to_be_visible()
    context.close()


def test_the_print_of_the_delegations_has_the_chain_and_no_menu(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto("/delegations")
    expect(page.locator("svg.diagram")).to_be_visible()
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_hidden()
