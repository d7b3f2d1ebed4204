"""Each page is accessible, keeps to the policy, and fits, for two quite different readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product, starmap
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.addresses import PAGES
from tests.browser.conftest import Watch, read_violations, watch_context

pytestmark = pytest.mark.early

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""The tags of the rules that every reader's page keeps."""
ALL_RULES = (*WCAG, "best-practice")

OVERFLOWING_TEXTS = """
() => [...document.querySelectorAll("svg.diagram .node")].flatMap((node) => {
  const box = node.querySelector("rect").getBBox();
  return [...node.querySelectorAll("text")]
    .filter((text) => {
      const line = text.getBBox();
      return line.x < box.x || line.x + line.width > box.x + box.width
        || line.y < box.y || line.y + line.height > box.y + box.height;
    })
    .map((text) => text.textContent);
})
"""

COVERED_LABELS = """
() => [...document.querySelectorAll("svg.diagram")].flatMap((drawing) => {
  const boxes = [...drawing.querySelectorAll(".node rect")].map((box) => box.getBBox());
  return [...drawing.querySelectorAll(".edge-label")].filter((label) => {
    const line = label.getBBox();
    return boxes.some((box) => line.x < box.x + box.width && line.x + line.width > box.x
      && line.y < box.y + box.height && line.y + line.height > box.y);
  }).map((label) => label.textContent);
})
"""


WIDTH = "() => document.documentElement.scrollWidth"

# The check takes seconds where there are thousands of elements, most of them alike. An editor
# notices what is done to it, and is left alone.
TAKE_OUT_THE_REST = """
(most) => {
  most ??= Infinity;
  window.takenOut = [];
  for (const parent of document.querySelectorAll(":not(.CodeMirror *)")) {
    const seen = {};
    for (const child of [...parent.children]) {
      const kind = `${child.localName} ${child.getAttribute("class")}`;
      seen[kind] = (seen[kind] ?? 0) + 1;
      if (seen[kind] > most) {
        window.takenOut.push([parent, child, child.nextSibling]);
        child.remove();
      }
    }
  }
}
"""
PUT_BACK = """
() => window.takenOut.reverse().forEach(([parent, child, next]) => parent.insertBefore(child, next))
"""
MOST_ALIKE = 5


def find_faults(page: Page, *, whole: bool = False, tags: Sequence[str] = ALL_RULES) -> list[str]:
    """Return what is inaccessible; of elements alike in one place the first are enough.

    With `whole` all are looked at; `tags` are those of the rules.
    """
    rules = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    page.evaluate(TAKE_OUT_THE_REST, None if whole else MOST_ALIKE)
    violations = Axe().run(page, options=rules).response["violations"]
    page.evaluate(PUT_BACK)
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_in_swedish_has_no_fault_and_fits_a_wide_and_a_narrow_screen(
    page: Page, path: str, soak: bool
) -> None:
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.locator("h1").count() == 1
    assert find_faults(page, whole=soak) == []
    assert read_violations(page) == []
    assert page.evaluate(OVERFLOWING_TEXTS) == []
    assert page.evaluate(COVERED_LABELS) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(WIDTH) <= 320


@dataclass(frozen=True)
class Reader:
    """Who reads: in which language, how wide, on which ground, with scripts of the page or not."""

    locale: str
    width: int
    scheme: Literal["light", "dark"]
    scripts: bool

    def __str__(self) -> str:
        return f"{self.locale} {self.width} {self.scheme} {'with' if self.scripts else 'no'} script"


USUAL = Reader("en-GB", 375, "dark", scripts=False)
READERS = tuple(
    starmap(Reader, product(("sv-SE", "en-GB"), (1400, 375), ("light", "dark"), (True, False)))
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have the page read by one other reader, and by all kinds of readers under --soak."""
    if "reading" in metafunc.fixturenames:
        readers = READERS if metafunc.config.getoption("--soak") else (USUAL,)
        metafunc.parametrize("reading", readers, indirect=True, ids=str)


@pytest.fixture(scope="module")
def reading(
    browser: Browser, base_url: str, request: pytest.FixtureRequest
) -> Iterator[tuple[Page, Watch, Reader]]:
    """A reader's page, in a context of its own."""
    reader: Reader = request.param
    context = browser.new_context(
        base_url=base_url,
        locale=reader.locale,
        viewport={"width": reader.width, "height": 700},
        color_scheme=reader.scheme,
    )
    watch = watch_context(context, base_url, scripts=reader.scripts)
    yield context.new_page(), watch, reader
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_no_fault_for_another_reader(
    reading: tuple[Page, Watch, Reader], path: str, soak: bool
) -> None:
    page, watch, reader = reading
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == reader.locale[:2]
    assert find_faults(page, whole=soak, tags=WCAG) == []
    assert page.evaluate(WIDTH) <= reader.width
    assert watch.outside == []
    assert watch.console == []


def test_the_accessibility_check_finds_a_known_fault(page: Page) -> None:
    page.goto("/")
    page.evaluate(
        """() => {
          const button = document.createElement("button");
          button.innerHTML = '<a href="/">in a button</a>';
          document.querySelector("main").append(button);
        }"""
    )
    assert any(fault.startswith("nested-interactive") for fault in find_faults(page))


def test_the_accessibility_check_leaves_the_page_as_it_was(page: Page) -> None:
    page.goto("/gaps")
    before = page.locator("body").inner_html()
    assert find_faults(page) == []
    assert page.locator("body").inner_html() == before


def test_the_policy_check_finds_a_known_fault(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.evaluate(
        """() => new Promise((resolve) => {
          document.addEventListener("securitypolicyviolation", resolve);
          document.body.setAttribute("style", "color: red");
        })"""
    )
    assert read_violations(page) != []
    assert "Content Security Policy" in watch.console.pop()


def test_the_overflow_check_finds_a_known_fault(page: Page) -> None:
    page.goto("/delegations")
    page.evaluate("() => { document.querySelector('.box-name').textContent = 'lång '.repeat(30); }")
    assert page.evaluate(OVERFLOWING_TEXTS) != []
