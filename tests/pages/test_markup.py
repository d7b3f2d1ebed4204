"""The markup of every page is nested as it is written, so that no browser rearranges it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from tests.browser.addresses import PAGES
from tests.conftest import Service

VOID = {"meta", "link", "input", "br", "wbr", "hr", "img", "path", "circle", "rect"}
TEXT_ONLY = {"p", "span", "h1", "h2", "h3", "h4", "summary", "label"}
BLOCKS = {
    *("article", "aside", "details", "div", "dl", "figure", "form", "h1", "h2", "h3", "h4"),
    *("nav", "ol", "p", "pre", "section", "table", "ul"),
}


class NestingParser(HTMLParser):
    """Notes every end that does not match, and every block within what holds text only."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids.extend(value for name, value in attrs if name == "id" and value)
        holders = TEXT_ONLY & set(self.open)
        if tag in BLOCKS and holders:
            self.faults.append(f"line {self.getpos()[0]}: <{tag}> in {sorted(holders)}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open.pop() != tag:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> does not match")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_the_markup_of_a_page_is_nested_and_its_ids_are_its_own(
    service: Service, path: str
) -> None:
    answer = service.browse(path)
    if "location" in answer.headers:
        answer = service.browse(urlsplit(answer.headers["location"]).path)
    parser = NestingParser()
    parser.feed(answer.text)
    assert parser.faults == []
    assert parser.open == []
    assert sorted(set(parser.ids)) == sorted(parser.ids)
