"""How long a search takes in a graph of a million triples, and the making of its file.

The words are made up, and there are few of them: most searches find thousands of things, which
is the hard case for a search that ranks and counts.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import pyoxigraph as ox

from bench.graphs.governance import BASE, make_graph
from styrgraf.governance.search.collecting import collect_entries
from styrgraf.governance.search.finding import find_things
from styrgraf.governance.search.questions import understand
from styrgraf.graph.inference import read_quads
from styrgraf.graph.search import SearchFile
from styrgraf.graph.search_building import build_search

TARGET = 50.0
"""Milliseconds of a search, the median of its kind."""


@dataclass(frozen=True)
class SearchTimes:
    """One kind of search: how many were made, and their times in milliseconds."""

    name: str
    times: tuple[float, ...]
    found: int

    def tell(self) -> str:
        """Return a line: median, 95th percentile, hits of the last."""
        slow = quantiles(self.times, n=20)[18]
        return (
            f"  {self.name:<28} median {median(self.times):6.1f} ms, "
            f"p95 {slow:6.1f} ms, {self.found} hits"
        )


def measure_search(triples: int, rounds: int, seed: int = 1) -> tuple[SearchTimes, ...]:
    """Make a graph and its file, search it, print the figures, and return them."""
    size = 0

    def list_quads() -> Iterator[ox.Quad]:
        nonlocal size
        for lines in make_graph(triples, seed):
            size += len(lines)
            yield from ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)

    reader = read_quads(list_quads(), "bench", BASE)
    begun = time.perf_counter()
    entries = list(collect_entries(reader))
    read = time.perf_counter()
    content = build_search(entries)
    built = time.perf_counter()
    print(
        f"search: {size} triples, {len(entries)} things; read in {read - begun:.1f} s, "
        f"built in {built - read:.1f} s, {len(content) / 1e6:.0f} MB"
    )
    organisations = size // 5000
    del reader, entries
    gc.collect()
    with tempfile.TemporaryDirectory(prefix="styrgraf-bench-") as folder:
        path = Path(folder) / "search.index"
        path.write_bytes(content)
        return _time_searches(SearchFile(path), rounds, organisations, seed)


def _time_searches(
    file: SearchFile, rounds: int, organisations: int, seed: int
) -> tuple[SearchTimes, ...]:
    chance = random.Random(seed)
    found = []
    for name, make_text in _KINDS.items():
        times, hits = [], 0
        for _ in range(rounds):
            text = make_text(chance, organisations)
            begun = time.perf_counter()
            with file.open() as lookup:
                question = understand(lookup, text)
                hits = find_things(lookup, question.about if question else text).total
            times.append(1000 * (time.perf_counter() - begun))
        found.append(SearchTimes(name, tuple(times), hits))
        print(found[-1].tell())
    return tuple(found)


def _misspell_number(chance: random.Random, organisations: int) -> str:
    return f"{_number(chance, organisations)}-{chance.randrange(10)}9{chance.randrange(99):02}"


def _number(chance: random.Random, organisations: int) -> str:
    return f"B{chance.randrange(organisations)}-{chance.randrange(2013, 2025)}"


_KINDS = {
    "a name": lambda chance, most: f"Enhet {chance.randrange(80)} i {chance.randrange(most)}",
    "a person": lambda chance, most: f"exempel {chance.randrange(most)} person",
    "a number": lambda chance, most: f"{_number(chance, most)}-{chance.randrange(200):04}",
    "the beginning of a number": _number,
    "a common word": lambda chance, most: chance.choice(("beslut", "delegation", "exempel")),
    "the beginning of a word": lambda chance, most: chance.choice(("d", "be", "han", "person")),
    "two common words": lambda chance, most: f"{chance.choice(('inkop', 'resor'))} mobler",
    "a misspelling": lambda chance, most: chance.choice(("labratorier", "kurslitteratru")),
    "a number misspelled": _misspell_number,
    "a question": lambda chance, most: f"vem får besluta om inköp {chance.randrange(160)}",
    "nothing there": lambda chance, most: chance.choice(("xyzzyqvx", "qwfpgj kvetch")),
}
