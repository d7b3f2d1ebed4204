"""The pictures of README and docs, taken of the shipped dataset: `make pictures`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from styrgraf.governance.publication import load_dataset, open_reader
from styrgraf.settings import Settings
from tests.browser.conftest import LAUNCH, NO_CHROMIUM
from tests.conftest import run_service

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH = 1280
MOST_HEIGHT = 1300
DECISIONS = """PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX sg: <https://w3id.org/styrgraf/ns#>
SELECT ?decision ?date WHERE {
  ?decision a sg:Decision ; eli:date_document ?date .
} ORDER BY ?date"""


KTH = {
    "start": ("/", ".parts"),
    "search": ("/search?q=vem+får+besluta+om+verksamhetsstöd+2023-01-15", "main li:nth-of-type(4)"),
    "delegation-chain": (
        "/delegations?party=post/universitetsdirektor&on=2023-06-01",
        "figure.drawing",
    ),
    "changes": ("/changes?from=2022-12-31&to=2023-01-01", "main"),
    "decisions": ("/decisions?view=lineage", "figure.drawing"),
    "decision": ("/id/decision/2022-06-14-programdirektiv", ".statements"),
    "organisation": ("/organisation?on=2023-01-01", "figure.drawing"),
    "post": ("/doc/post/universitetsdirektor", "figure.drawing"),
    "about": ("/about", "main"),
    "stored-query": ("/questions/lineage", "figure.drawing"),
}
"""By name: the address, and the first element that is to be seen whole."""

EXAMPLE = {
    "who-may-decide": (
        "/authority?matter=matter/inkop&on=2024-03-01&amount=4000000",
        "[aria-labelledby=overview]",
    ),
    "why-not": (
        "/authority/may?party=post/prefekt-a&matter=matter/inkop&on=2024-03-01&amount=4000000",
        "figure.drawing",
    ),
    "delegations": ("/delegations?on=2024-03-01", "figure.drawing"),
    "overview": ("/delegations/overview?on=2024-03-01", "main table"),
    "delegation-order": ("/orders/document?on=2024-03-01", "main"),
    "goals": ("/goals", "figure.drawing"),
    "health-register": ("/health-register?on=2024-03-01", "main table"),
}
"""Pictures that need more delegations than KTH's documents tell of."""


def take_pictures(page: Page, address: str) -> None:
    """Take each picture: the top of a page, down to the end of what it is about."""
    _take_all(page, address, KTH)
    page.goto(f"{address}/sparql#query={quote(DECISIONS)}")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+Enter")
    page.locator(".yasr_results table").wait_for()
    page.screenshot(path=FOLDER / "editor.png", clip=_clip(page, ".yasr_results"))


def take_pictures_of_example(page: Page, address: str) -> None:
    """Take the pictures of the example university."""
    _take_all(page, address, EXAMPLE)


def _take_all(page: Page, address: str, pictures: Mapping[str, tuple[str, str]]) -> None:
    for name, (path, last) in pictures.items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{name}.png", clip=_clip(page, last))


def _clip(page: Page, last: str) -> dict[str, float]:
    """Return the top of the page, down to the end of the first element that `last` selects."""
    page.set_viewport_size({"width": WIDTH, "height": 900})
    bottom = page.locator(last).first.evaluate(
        "(element) => element.getBoundingClientRect().bottom + window.scrollY"
    )
    height = min(int(bottom) + 24, MOST_HEIGHT)
    page.set_viewport_size({"width": WIDTH, "height": height})
    return {"x": 0, "y": 0, "width": WIDTH, "height": height}


def main() -> None:
    """Load each shipped dataset into a folder of its own, serve it, and take its pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit(NO_CHROMIUM)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for dataset, take in (("kth", take_pictures), ("example", take_pictures_of_example)):
        _visit(dataset, take, chromium)


def _visit(dataset: str, take: Callable[[Page, str], None], chromium: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), dataset=dataset)
        load_dataset(settings)
        with (
            open_reader(settings) as reader,
            run_service(settings, reader) as service,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH))
            page = browser.new_page(locale="sv-SE", color_scheme="light")
            take(page, service.address)
            browser.close()


if __name__ == "__main__":
    main()
