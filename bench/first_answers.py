"""Time start, load, one lookup and one chain over HTTP, beside rdflib-endpoint on the same data.

Run with `make bench`. Each figure is the median of several runs, taken in turn so that a drift of
the machine's speed meets both alike; the ratio is the median of the ratios run by run.
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

STARTS = 5
REQUESTS = 300
BINARIES = Path(sys.executable).parent
BASE = "https://w3id.org/styrgraf/kth/id/"

LOOKUP = f"""PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?title WHERE {{ <{BASE}decision/2022-03-22-organisation> dct:title ?title }}"""

CHAIN = f"""PREFIX sg: <https://w3id.org/styrgraf/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?delegation ?delegator ?delegate ?first ?last WHERE {{
  ?source sg:delegator <{BASE}post/rektor> .
  ?delegation sg:subDelegationOf* ?source ; sg:delegator ?delegator ; sg:delegate ?delegate .
  ?statement rdf:subject ?delegation ; rdf:predicate sg:delegate ; rdf:object ?delegate .
  ?fact oa:hasBody ?statement ; oa:hasTarget ?lines .
  ?lines sg:firstLine ?first ; sg:lastLine ?last .
}}"""


class Endpoint:
    """A SPARQL endpoint on loopback, asked over one kept connection."""

    def __init__(self, port: int, path: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._path = path

    def ask(self, query: str) -> list[str]:
        """Return the solutions, sorted, as JSON texts."""
        target = f"{self._path}?{urlencode({'query': query})}"
        self._connection.request(
            "GET", target, headers={"Accept": "application/sparql-results+json"}
        )
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise ConnectionError(f"{response.status}: {body[:200]!r}")
        rows = json.loads(body)["results"]["bindings"]
        plain = [{name: term["value"] for name, term in row.items()} for row in rows]
        return sorted(json.dumps(row, sort_keys=True) for row in plain)

    def wait(self, query: str, seconds: float = 120) -> None:
        """Ask until there is an answer."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.ask(query)
                return
            except (OSError, http.client.HTTPException):
                self._connection.close()
                if time.monotonic() > end:
                    raise
                time.sleep(0.005)


def take_free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run_server(command: list[str], port: int, path: str) -> Iterator[Endpoint]:
    """Start a server; yield its endpoint; end it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Endpoint(port, path)
    finally:
        process.terminate()
        process.wait(30)


def name_styrgraf(port: int, data_dir: Path) -> list[str]:
    """Return the command that serves the shipped dataset."""
    data = ["--data-dir", str(data_dir)]
    return [str(BINARIES / "styrgraf"), "serve", "--port", str(port), *data]


def name_peer(port: int, dump: Path) -> list[str]:
    """Return the command that serves the same data with rdflib-endpoint."""
    options = ["--host", "127.0.0.1", "--port", str(port)]
    return [str(BINARIES / "rdflib-endpoint"), "serve", *options, str(dump)]


def time_start(make_command: Callable[[int], list[str]], path: str) -> float:
    """Return seconds from the start of the process to the first answer."""
    port = take_free_port()
    begin = time.perf_counter()
    with run_server(make_command(port), port, path) as endpoint:
        endpoint.wait(LOOKUP)
        return time.perf_counter() - begin


def time_load(data_dir: Path) -> float:
    """Return seconds of `styrgraf load` into an empty data directory."""
    begin = time.perf_counter()
    command = [str(BINARIES / "styrgraf"), "load", "--data-dir", str(data_dir)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def time_request(endpoint: Endpoint, query: str) -> float:
    """Return milliseconds of one request."""
    begin = time.perf_counter()
    endpoint.ask(query)
    return (time.perf_counter() - begin) * 1000


def compare(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> list[float]:
    """Return the medians of both, and of the ratio theirs to ours, taken in turn."""
    pairs = [(ours(), theirs()) for _ in range(runs)]
    return [
        median(pair[0] for pair in pairs),
        median(pair[1] for pair in pairs),
        median(pair[1] / pair[0] for pair in pairs),
    ]


def print_row(name: str, unit: str, figures: list[float]) -> None:
    """Print one line of the table."""
    ours, theirs, ratio = figures
    print(f"| {name} | {ours:.2f} {unit} | {theirs:.2f} {unit} | {ratio:.1f} |", flush=True)


def compare_starts(folder: Path, dump: Path) -> None:
    """Print the figures of load and start."""
    counter = iter(range(1_000_000))
    filled = folder / "filled"

    def start_ours() -> float:
        return time_start(lambda port: name_styrgraf(port, filled), "/sparql")

    def start_theirs() -> float:
        return time_start(lambda port: name_peer(port, dump), "/")

    def load_ours() -> float:
        return time_load(folder / f"load{next(counter)}")

    print_row("cold start to first answer", "s", compare(start_ours, start_theirs, STARTS))
    print_row(
        "load with validation and derivation, beside their start, which parses",
        "s",
        compare(load_ours, start_theirs, STARTS),
    )


def compare_requests(folder: Path, dump: Path) -> None:
    """Print the figures of one lookup and one chain; the answers must be the same.

    Each text is asked once, or our cache would answer.
    """
    counter = iter(range(1_000_000))
    port, peer_port = take_free_port(), take_free_port()
    with (
        run_server(name_styrgraf(port, folder / "filled"), port, "/sparql") as ours,
        run_server(name_peer(peer_port, dump), peer_port, "/") as theirs,
    ):
        ours.wait(LOOKUP)
        theirs.wait(LOOKUP)
        for name, query in (("one lookup", LOOKUP), ("one chain with its lines", CHAIN)):
            answer = ours.ask(query)
            if not answer or answer != theirs.ask(query):
                raise SystemExit(f"{name}: the answers differ, or there is none")
            figures = compare(
                lambda query=query: time_request(ours, f"{query}\n# {next(counter)}"),  # type: ignore[misc]
                lambda query=query: time_request(theirs, f"{query}\n# {next(counter)}"),  # type: ignore[misc]
                REQUESTS,
            )
            print_row(name, "ms", figures)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dump = folder / "dump.trig"
        time_load(folder / "filled")
        command = [str(BINARIES / "styrgraf"), "export", "--data-dir", str(folder / "filled")]
        subprocess.run([*command, "--format", "trig", "-o", str(dump)], check=True)
        print("| what | Styrgraf | rdflib-endpoint | rdflib-endpoint : Styrgraf |")
        print("| --- | ---: | ---: | ---: |")
        compare_starts(folder, dump)
        compare_requests(folder, dump)


if __name__ == "__main__":
    main()
