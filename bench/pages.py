"""How quick pages are: `make bench-pages`; each measurement is in a module of its own."""

from __future__ import annotations

import argparse
from statistics import median

from bench.search import TARGET, measure_search


def main() -> None:
    """Measure, print, and fail where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000, help="of the graph, at least")
    parser.add_argument("--rounds", type=int, default=20, help="of each kind, at least 2")
    options = parser.parse_args()
    slow = [
        each.name
        for each in measure_search(options.triples, options.rounds)
        if median(each.times) > TARGET
    ]
    if slow:
        raise SystemExit(f"slower than {TARGET:.0f} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
