"""How quick pages are: the server's time for each, searches among a million triples, drawings.

Run with `make bench-pages`; each measurement is in a module of its own.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles

from bench import drawings, search
from bench.page_times import PageTimes, measure_pages
from bench.search import SearchTimes

README = Path(__file__).parents[1] / "README.md"
_MARKED = re.compile(r"(<!-- page-speed:[^>]*-->\n).*?(<!-- /page-speed -->)", re.DOTALL)


def main() -> None:
    """Measure; print the report, or write it into README.md."""
    parser = argparse.ArgumentParser(prog="make bench-pages", description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000, help="to search, at least")
    parser.add_argument("--rounds", type=int, default=20, help="of each page and search")
    parser.add_argument("--write", action="store_true", help="renew the tables in README.md")
    options = parser.parse_args()
    report = write_report(
        measure_pages(options.rounds),
        search.measure_search(options.triples, options.rounds),
        drawings.measure(),
        options.triples,
    )
    print(report, end="")
    if options.write:
        marked = _MARKED.sub(lambda found: f"{found[1]}{report}{found[2]}", README.read_text())
        README.write_text(marked)


def write_report(
    pages: Sequence[PageTimes],
    searches: Sequence[SearchTimes],
    drawn: Mapping[str, float],
    triples: int,
) -> str:
    """Return the tables, and whether the targets are met."""
    lines = [*_list_pages(pages), "", *_list_searches(searches, triples), "", *_list_drawn(drawn)]
    slowest = max(median(each.times) for each in searches)
    lines += ["", f"- each search under {search.TARGET:.0f} ms: {_judge(slowest, search.TARGET)}"]
    for number, target in drawings.TREES.items():
        taken = drawn[drawings.name_tree(number)]
        lines.append(f"- a tree of {number:,} posts under {target:.0f} ms: {_judge(taken, target)}")
    return "\n".join(lines) + "\n"


def _judge(taken: float, target: float) -> str:
    return f"{'met' if taken <= target else 'not met'}, {taken:.1f} ms"


def _list_pages(pages: Sequence[PageTimes]) -> Iterator[str]:
    yield "| page of the example university, answers not kept | median, ms | empty page, ms |"
    yield "| --- | ---: | ---: |"
    for page in pages:
        yield f"| {page.name} | {page.own:.1f} | {page.empty:.1f} |"


def _list_searches(searches: Sequence[SearchTimes], triples: int) -> Iterator[str]:
    yield f"| search among {triples:,} triples | median, ms | 95 of 100 below, ms | hits |"
    yield "| --- | ---: | ---: | ---: |"
    for each in searches:
        slow = quantiles(each.times, n=20)[18]
        yield f"| {each.name} | {median(each.times):.1f} | {slow:.1f} | {each.found:,} |"


def _list_drawn(drawn: Mapping[str, float]) -> Iterator[str]:
    yield "| drawing | ms |"
    yield "| --- | ---: |"
    for name, taken in drawn.items():
        yield f"| {name} | {taken:.1f} |"


if __name__ == "__main__":
    main()
