"""The delegation graph in the browser: the slider, keys in drawings, the overview."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import read_violations
from tests.browser.test_every_page import COVERED_LABELS, OVERFLOWING_TEXTS, WIDTH, find_faults

ON = "on=2024-05-05"
PAGES = {
    "whole": f"/delegations?{ON}",
    "all states": f"/delegations?{ON}&party=post/dekan&show=all&depth=3",
    "rehearsal": f"/delegations?{ON}&party=post/dekan&recall=delegation/rektor-dekan-inkop-2023",
    "no way": f"/delegations/path?start=post/laboratoriechef&end=post/prefekt-b&{ON}",
    "overview": f"/delegations/overview?{ON}&at=post/rektor",
}
FOCUSED = "() => document.activeElement.querySelector('.box-name')?.textContent"


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_of_delegations_has_no_fault_and_fits_a_wide_and_a_narrow_screen(
    example: Page, path: str, soak: bool
) -> None:
    example.goto(path)
    assert find_faults(example, whole=soak) == []
    assert read_violations(example) == []
    assert example.evaluate(OVERFLOWING_TEXTS) == []
    assert example.evaluate(COVERED_LABELS) == []
    example.set_viewport_size({"width": 320, "height": 700})
    assert example.evaluate(WIDTH) <= 320


def test_the_slider_moves_the_day_and_the_drawing_the_table_and_the_address_follow(
    example: Page,
) -> None:
    example.goto(f"/delegations?{ON}&party=post/bibliotekschef")
    slider = example.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "5 maj 2024")
    expect(example.locator("#delegation-rektor-bibliotekschef-inkop")).to_be_visible()
    slider.focus()
    example.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuetext", "1 januari 2026")
    expect(example.locator("#field-on")).to_have_value("2026-01-01")
    expect(example.locator("#delegation-rektor-bibliotekschef-inkop")).to_have_count(0)
    expect(example.locator("#delegation-rektor-bibliotekschef-gallring")).to_be_visible()
    expect(example.locator("h2#drawn")).to_contain_text("1 januari 2026")
    example.wait_for_url("**/delegations?*on=2026-01-01*")
    expect(slider).to_be_focused()
    expect(example.locator("svg.diagram [tabindex='0']")).to_have_count(1)


def test_a_drawing_with_several_sources_is_one_stop_and_walked_by_arrows(example: Page) -> None:
    example.goto(f"/delegations?{ON}&party=post/prefekt-b")
    expect(example.locator("svg.diagram path[d*='C']").first).to_be_attached()  # by Graphviz
    stops = example.locator("svg.diagram [tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    assert example.evaluate(FOCUSED) == "prefekt för exempel B"
    walked = []
    for key in ("ArrowLeft", "ArrowRight", "End", "Home", "ArrowLeft", "ArrowLeft"):
        example.keyboard.press(key)
        walked.append(example.evaluate(FOCUSED))
    assert walked[0] in {"dekan", "rektor", "enhetschef"}
    assert walked[3] == "prefekt för exempel B"
    expect(stops).to_have_count(1)
    spoken = example.locator("svg.diagram a", has_text="dekan").first.get_attribute("aria-label")
    assert spoken is not None
    assert "från rektor: " in spoken
    assert "leder vidare till" in spoken
    example.keyboard.press("Tab")
    assert example.evaluate("() => document.activeElement.closest('svg')") is None


def test_the_arrows_up_and_down_go_among_those_of_one_source(example: Page) -> None:
    example.goto("/organisation")
    example.locator("svg.diagram [tabindex='0']").focus()
    example.keyboard.press("ArrowRight")
    first = example.evaluate(FOCUSED)
    example.keyboard.press("ArrowDown")
    assert example.evaluate(FOCUSED) != first
    example.keyboard.press("ArrowUp")
    assert example.evaluate(FOCUSED) == first


def test_the_overview_is_drawn_and_walked_into_by_click_and_by_keys(example: Page) -> None:
    example.goto(f"/delegations/overview?{ON}")
    canvas = example.get_by_role("img", name="Bild av nivån")
    box = canvas.bounding_box()
    assert box is not None
    canvas.click(position={"x": box["width"] * 0.6, "y": box["height"] / 4})
    example.wait_for_url("**at=post%2Frektor*")
    expect(example.locator("h2#level")).to_contain_text("rektor")
    canvas = example.get_by_role("img", name="Bild av nivån")
    canvas.focus()
    example.keyboard.press("ArrowRight")
    expect(example.locator(".overview-told")).to_have_text("dekan: 11")
    example.keyboard.press("Enter")
    example.wait_for_url("**at=post%2Fdekan*")
    example.get_by_role("navigation", name="Var nivån ligger").get_by_role(
        "link", name="Alla"
    ).click()
    expect(example.locator("h2#level")).to_contain_text("Alla")


def test_a_fold_is_opened_in_the_drawing(example: Page) -> None:
    example.goto(f"/delegations?{ON}&party=post/dekan")
    example.get_by_role("link", name="1 till efter prefekt: visa").click()
    expect(example.locator("svg.diagram a", has_text="laboratoriechef")).to_be_visible()
