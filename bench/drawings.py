"""How long drawings take: tidy trees in Python, and the overview of 50,000 posts in a browser.

`python -m bench.drawings` prints it; `measure` gives it to others. Chromium stands on the path.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar, cast

import pyoxigraph as ox
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from styrgraf.exchange.diagrams import Branch, draw_tree
from styrgraf.exchange.strokes import Box
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    OriginalAuthority,
    PartyKind,
    Window,
)
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.graph.keeping import Kept
from styrgraf.model import Version
from styrgraf.namespaces import ORG, RDF, SKOS
from styrgraf.settings import Settings
from styrgraf.web import create_app

Made = TypeVar("Made")

BASE = "https://w3id.org/styrgraf/bench/"
FANOUT = 12
RUNS = 7
TREES = {500: 10.0, 5_000: 50.0}
"""Boxes of a tree, and in how many milliseconds it is to be drawn."""
POSTS = 50_000
ON = "2024-06-01"
PAINTED = "() => performance.getEntriesByName('overview-painted')[0]?.startTime"


def measure(posts: int = POSTS) -> Mapping[str, float]:
    """Return milliseconds by what was measured; without Chromium the overview is left out."""
    figures = {name_tree(number): time_tree(number) for number in TREES}
    chromium = shutil.which("chromium")
    if chromium:
        with serve_posts(posts) as address:
            server, first, paint = time_overview(address, chromium)
        figures[f"overview of {posts:,} posts: server, first time"] = server
        figures[f"overview of {posts:,} posts: to first paint, first time"] = first
        figures[f"overview of {posts:,} posts: to first paint"] = paint
    return figures


def name_tree(number: int) -> str:
    """Return what the time of a tree is called among the figures."""
    return f"tidy tree of {number:,} posts"


def time_tree(number: int) -> float:
    """Return the fewest milliseconds of processor time in which a tree becomes SVG."""
    root = make_tree(number)
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        draw_tree([root], "title", "description", "tree")
        times.append((time.process_time() - begun) * 1000)
    return min(times)


def make_tree(number: int) -> Branch:
    """Return a tree of `number` boxes, at most FANOUT under each."""
    below: dict[int, list[Branch]] = {}
    for place in range(number - 1, 0, -1):
        branch = Branch(_box(place), tuple(reversed(below.pop(place, []))))
        below.setdefault((place - 1) // FANOUT, []).append(branch)
    return Branch(_box(0), tuple(reversed(below.pop(0, []))))


def _box(place: int) -> Box:
    return Box(f"Avdelningschef {place}", address=f"/id/post/{place}")


def make_posts(posts: int) -> tuple[AuthorityFacts, ox.Store]:
    """Return so many posts, each with a delegation from the one above it, and their names."""
    names = [f"{BASE}id/post/{number}" for number in range(posts)]
    matter = f"{BASE}id/matter/all"
    delegations = tuple(
        Delegation(
            f"{BASE}id/delegation/{number}",
            names[(number - 1) // FANOUT],
            names[number],
            (matter,),
            Window(date(2020, 1, 1)),
            sub_delegation_allowed=True,
        )
        for number in range(1, posts)
    )
    original = OriginalAuthority(f"{BASE}id/original/first", names[0], (matter,))
    facts = AuthorityFacts(
        delegations,
        (original,),
        broader_matters={matter: ()},
        party_kinds=dict.fromkeys(names, PartyKind.POST),
    )
    store = ox.Store()
    kind, label = ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + "prefLabel")
    store.bulk_extend(
        quad
        for number, name in enumerate(names)
        for quad in (
            ox.Quad(ox.NamedNode(name), kind, ox.NamedNode(ORG + "Post")),
            ox.Quad(ox.NamedNode(name), label, ox.Literal(f"Chef {number}", language="sv")),
        )
    )
    return facts, store


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *arguments: object) -> None:
        """Say nothing of requests."""


class _Reader(EmbeddedReader):
    """Reads the names, and has the index of the facts beside them."""

    def __init__(self, facts: AuthorityFacts, store: ox.Store) -> None:
        now = datetime.now(tz=UTC)
        super().__init__(store, Version(1, now, len(store), "", "bench", BASE))
        self._index = compile_index(facts)
        self._opened: object = None
        self._kept = Kept()

    def open_attachment(self, name: str, version: Version, opener: Callable[[Path], Made]) -> Made:
        """Return what is made of the index."""
        if self._opened is None:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                path.write_bytes(self._index)
                self._opened = opener(path)
        return cast(Made, self._opened)

    def keep(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made before, as of a published version."""
        return self._kept.keep(self.version, name, make)


@contextmanager
def serve_posts(posts: int) -> Iterator[str]:
    """Serve the pages over so many posts until the block ends."""
    app = create_app(Settings(), _Reader(*make_posts(posts)))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def time_overview(address: str, chromium: str) -> tuple[float, float, float]:
    """Return milliseconds: the server's first answer, to the first paint after it, and later on."""
    page_address = f"{address}/delegations/overview?on={ON}"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        paints, server = [], 0.0
        for number in range(RUNS):
            page = browser.new_context().new_page()  # nothing is kept from the time before
            page.goto(page_address)
            page.wait_for_function(PAINTED)
            paints.append(float(page.evaluate(PAINTED)))
            if not number:
                timing = "() => performance.getEntriesByType('navigation')[0].responseEnd"
                server = float(page.evaluate(timing))
        browser.close()
    return server, paints[0], statistics.median(paints[1:])


def main() -> None:
    """Print the figures beside what they are to be."""
    for name, figure in measure().items():
        print(f"{name}: {figure:.1f} ms")


if __name__ == "__main__":
    main()
