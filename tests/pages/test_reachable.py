"""Every kind of page is reached from the start page by following links."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from tests.browser.addresses import PAGES
from tests.conftest import Service

MOST_CLICKS = 3
BY_TYPING_ONLY = {
    *("nothing there", "nothing known", "answer of a query"),
    *("search: question", "search: nothing"),
    *("orders on a day without a change", "bad day"),
    *("changes: swapped days", "part of the delegation order"),
    *("delegations: bad input", "way between two posts", "overview"),
    *("health register by unit", "decisions: how they hang together"),
    "decisions: timeline and bad input",
    *("question with faults", "question in pages", "question as a graph"),
    *("delegations: bad input", "way between two posts"),
    *("who may decide: past day", "who may decide: bad input", "may one decide"),
}


def list_links(service: Service, path: str) -> set[str]:
    answer = service.browse(path)
    if "location" in answer.headers:
        answer = service.browse(urlsplit(answer.headers["location"]).path)
    links = re.findall(r'href="(/[^"]*)"', answer.text)
    return {html.unescape(link).partition("#")[0] for link in links}


def test_every_kind_of_page_is_at_most_three_clicks_from_the_start(service: Service) -> None:
    wanted = {path for name, path in PAGES.items() if name not in BY_TYPING_ONLY}
    reached, edge = {"/"}, {"/"}
    for _ in range(MOST_CLICKS):
        pages = sorted(path for path in edge if path in wanted)
        edge = {link for path in pages for link in list_links(service, path)} - reached
        reached |= edge
    assert wanted - reached == set()
