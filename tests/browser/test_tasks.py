"""What governance staff come for, each in at most four clicks or fields from the start page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.serving import Service

MOST_STEPS = 4


@dataclass(slots=True)
class Hand:
    """Clicks and fills, and counts both."""

    page: Page
    steps: int = 0

    def click(self, target: Locator) -> None:
        self.steps += 1
        assert self.steps <= MOST_STEPS
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        self.steps += 1
        assert self.steps <= MOST_STEPS
        target.fill(text)

    def choose(self, target: Locator, value: str) -> None:
        self.steps += 1
        assert self.steps <= MOST_STEPS
        target.select_option(value)

    def go(self, name: str) -> None:
        """Click an entry of the main menu."""
        menu = self.page.get_by_role("navigation", name="Huvudmeny")
        self.click(menu.get_by_role("link", name=name, exact=True))


@pytest.fixture
def hand(page: Page) -> Hand:
    """A hand at the start page of KTH."""
    page.goto("/")
    return Hand(page)


@pytest.fixture
def example_hand(browser: Browser, example_service: Service) -> Iterator[Hand]:
    """A hand at the start page of the made-up university."""
    context = browser.new_context(base_url=example_service.address, locale="sv-SE")
    page = context.new_page()
    page.goto("/")
    yield Hand(page)
    context.close()


def test_what_changed_between_the_last_day_of_2022_and_the_first_of_2023(hand: Hand) -> None:
    hand.go("Ändringar")
    hand.fill(hand.page.get_by_label("Läget den"), "2022-12-31")
    hand.fill(hand.page.get_by_label("Jämfört med"), "2023-01-01")
    hand.click(hand.page.get_by_role("button", name="Jämför"))
    expect(hand.page.locator(".answer-first")).to_contain_text("2 tillkom, 1 upphörde")
    rows = hand.page.locator("table.changes tbody tr")
    expect(rows.filter(has_text="Samgåendet mellan skolornas")).to_contain_text("skedde")
    expect(rows.filter(has_text="Avdelningarnas tillhörighet till GVS")).to_contain_text(
        "till och med 31 december 2022"
    )


def test_the_day_of_the_reorganisation_is_offered_as_a_link(hand: Hand) -> None:
    hand.go("Ändringar")
    hand.click(hand.page.get_by_role("link", name="2023-01-01"))
    expect(hand.page.locator("h1")).to_contain_text("31 december 2022 och den 1 januari 2023")


def test_which_decision_ended_the_steering_group_and_what_took_its_place(hand: Hand) -> None:
    hand.go("Organisation")
    hand.click(hand.page.get_by_role("link", name="Organ", exact=True))
    group = hand.page.get_by_role("article").filter(
        has=hand.page.get_by_role("heading", name="Styrgruppen för programmet")
    )
    expect(group).to_contain_text("Beslut 4: handlingsplan för utveckling av verksamhetsstödet")
    expect(group).to_contain_text("000:228")
    expect(group).to_contain_text("KTH:s ledningsgrupp")
    expect(group).to_contain_text("Hanteras fortsatt inom KTH:s ledningsgrupp")


def test_the_delegation_order_of_the_example_is_printed_as_of_a_day(example_hand: Hand) -> None:
    hand, page = example_hand, example_hand.page
    hand.go("Delegationsordning")
    hand.fill(page.get_by_label("Dag"), "2024-05-05")
    hand.click(page.get_by_role("button", name="Visa"))
    expect(page.locator("h1")).to_have_text("Delegationsordning den 5 maj 2024")
    page.emulate_media(media="print")
    for hidden in ("nav.navigation", "nav.languages", "form", "footer", "nav.onpage"):
        expect(page.locator(hidden).first).to_be_hidden()
    printed = page.locator("main").inner_text()
    assert "Så här såg det ut den 5 maj 2024" in printed
    assert "Ingen officiell publicering" in printed
    names = page.locator(".grant-name").all_inner_texts()
    assert len(names) == 42
    assert [name.split()[:2] for name in names] == [["Nr", str(at)] for at in range(1, 43)]
    assert all(name in printed for name in names)
    expect(page.locator("nav.contents")).to_be_visible()
    assert (
        page.locator(".grant").first.evaluate("it => getComputedStyle(it).breakInside") == "avoid"
    )
    document = page.pdf(prefer_css_page_size=True)
    assert document.startswith(b"%PDF")
    assert 8 <= document.count(b"/Type /Page\n") + document.count(b"/Type /Page/") <= 20


def test_the_part_of_a_department_is_printed_as_of_a_day(example_hand: Hand) -> None:
    hand, page = example_hand, example_hand.page
    hand.go("Delegationsordning")
    hand.fill(page.get_by_label("Dag"), "2024-05-05")
    hand.choose(page.get_by_label("Vilken del"), "unit/institutionen-a")
    hand.click(page.get_by_role("button", name="Visa"))
    expect(page.locator("h1")).to_have_text(
        "Delegationsordning den 5 maj 2024: Institutionen för exempel A"
    )
    page.emulate_media(media="print")
    for hidden in ("form", "nav.onpage", ".beside .why", ".permalink"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_role("heading", name="Det som inte står i den här delen")).to_be_visible()
    names = page.locator(".grant-name").all_inner_texts()
    assert [name.split()[:2] for name in names] == [["Nr", str(at)] for at in range(1, 10)]
    document = page.pdf(prefer_css_page_size=True)
    assert 3 <= document.count(b"/Type /Page\n") + document.count(b"/Type /Page/") <= 4


def test_who_may_decide_on_a_day_and_on_whose_authority(example_hand: Hand) -> None:
    hand, page = example_hand, example_hand.page
    hand.go("Vem får besluta?")
    hand.choose(page.get_by_label("Ärende"), "matter/inkop")
    hand.fill(page.get_by_label("Dag"), "2024-05-05")
    hand.click(page.get_by_role("button", name="Fråga"))
    expect(page.locator(".answer-first")).to_contain_text("Den 5 maj 2024 får")
    chain = page.get_by_role("article").filter(
        has=page.get_by_role("heading", name="dekan", exact=True)
    )
    expect(chain).to_contain_text("rektor")
    expect(chain).to_contain_text("EX-2023-0150")


def test_what_falls_if_the_delegation_of_the_rektor_is_recalled(hand: Hand) -> None:
    hand.go("Vem får besluta?")
    hand.click(hand.page.get_by_role("link", name="Vad händer om?"))
    hand.choose(
        hand.page.get_by_label("Återkalla den här delegationen"),
        "delegation/rektor-universitetsdirektor",
    )
    hand.click(hand.page.get_by_role("button", name="Pröva", exact=True))
    expect(hand.page.locator(".answer-first")).to_contain_text("universitetsdirektör")
