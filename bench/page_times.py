"""How long the server takes for each page, beside an empty page of the same server.

A page is asked over one kept connection, without the cache of answers, as browsers ask for it. The
empty page is the one that says that there is no such page: the frame, and no query of its own.
"""

from __future__ import annotations

import http.client
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.http_servers import Service, await_idleness, run_service
from styrgraf import __version__

EMPTY = "/no-such-page"
PAGES = {
    "start": "/",
    "search": "/search?q=beslut",
    "who may decide": "/authority?matter=matter/inkop&on=2024-03-01",
    "delegations": "/delegations?on=2024-03-01",
    "overview of posts": "/delegations/overview?on=2024-03-01",
    "delegation order": "/orders/document?on=2024-03-01",
    "changes": "/changes?from=2023-06-30&to=2023-07-01",
    "decisions": "/decisions",
    "organisation": "/organisation?on=2024-03-01",
    "goals": "/goals",
    "health register": "/health-register?on=2024-03-01",
    "a thing": "/doc/post/rektor",
}
HEADERS = {"Accept": "text/html", "Accept-Language": "sv"}


@dataclass(frozen=True)
class PageTimes:
    """The median milliseconds of a page, and of the empty page asked in turn with it."""

    name: str
    own: float
    empty: float


def measure_pages(rounds: int, dataset: str = "example") -> tuple[PageTimes, ...]:
    """Serve the dataset and time each page; rounds are the requests for each."""
    with tempfile.TemporaryDirectory(prefix="styrgraf-bench-") as folder:

        def command(port: int) -> list[str]:
            data = ["--data-dir", str(Path(folder)), "--dataset", dataset]
            return [sys.executable, "-m", "styrgraf", "serve", "--port", str(port), *data]

        settings = {"CACHE_MEGABYTES": "0", "SLOW_LOG": ""}
        with run_service("Styrgraf", __version__, "/sparql", command, settings) as service:
            await_idleness(service.process, calm=2.0, most=120)
            return tuple(_time_page(service, name, rounds) for name in PAGES)


def _time_page(service: Service, name: str, rounds: int) -> PageTimes:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    own, empty = [], []
    for _ in range(rounds + 1):  # the first is not counted
        own.append(_time_request(connection, PAGES[name], 200))
        empty.append(_time_request(connection, EMPTY, 404))
    connection.close()
    return PageTimes(name, median(own[1:]), median(empty[1:]))


def _time_request(connection: http.client.HTTPConnection, path: str, status: int) -> float:
    begun = time.perf_counter()
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    answer.read()
    if answer.status != status:
        raise SystemExit(f"{path} answers {answer.status}")
    return 1000 * (time.perf_counter() - begun)
