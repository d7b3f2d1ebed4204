"""What was measured over HTTP, as a Markdown table, and whether the targets were reached."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import exp, log
from statistics import fmean, median

from bench.http_answers import Compared
from bench.http_load import Rates
from bench.http_queries import AGAIN, LOOKUP, QUESTIONS
from bench.http_services import CACHED, FUSEKI, OURS, RDFLIB, VIRTUOSO

CROWD = 32
_MARKED = re.compile(r"(<!-- http-speed:[^>]*-->\n).*?(<!-- /http-speed -->)", re.DOTALL)


@dataclass(frozen=True)
class Measured:
    """All that a run has found."""

    services: Mapping[str, str]
    """Versions by name; ours first."""
    triples: int
    levels: tuple[int, ...]
    """Numbers of clients."""
    rounds: int
    seed: int
    rates: Mapping[tuple[str, str, int], Rates]
    """By query, service and number of clients."""
    compared: tuple[Compared, ...]
    lacking: Mapping[str, str]
    """Why a service is not there."""

    def find_ratio(self, query: str, peer: str, level: int, ours: str = OURS) -> float | None:
        """Return how many times as many answers ours gives, the median of the rounds' ratios.

        A round without an answer counts as half a one; where both have none, there is no ratio.
        """
        first, second = (self.rates.get((query, name, level)) for name in (ours, peer))
        if first is None or second is None:
            return None
        if not first.middle and not second.middle:
            return None
        return median(
            max(mine, first.least) / max(theirs, second.least)
            for mine, theirs in zip(first.rounds, second.rounds, strict=True)
        )

    def find_mean(self, peer: str, level: int) -> float | None:
        """Return the geometric mean of the ratios of all queries."""
        ratios = [self.find_ratio(question.name, peer, level) for question in QUESTIONS]
        known = [ratio for ratio in ratios if ratio is not None]
        complete = all((question.name, peer, level) in self.rates for question in QUESTIONS)
        return exp(fmean(map(log, known))) if complete and known else None


def write_report(measured: Measured) -> str:
    """Return the table, how it was measured, what differs, and the targets."""
    lines = [*_list_rows(measured), "", *_describe(measured), ""]
    lines += [*_judge(measured), "", *_list_differences(measured)]
    return "\n".join(lines).rstrip() + "\n"


def renew(text: str, report: str) -> str:
    """Return README's text with the report between its marks."""
    return _MARKED.sub(lambda found: f"{found[1]}{report}{found[2]}", text)


def _list_rows(measured: Measured) -> Iterator[str]:
    peers = _list_peers(measured)
    names = [OURS, *peers]
    levels = " / ".join(map(str, measured.levels))
    heads = [f"{name} {measured.services[name]}" for name in names]
    heads += [f"{OURS} : {peer}" for peer in peers]
    yield f"| answers a second, {levels} clients | {' | '.join(heads)} |"
    yield "| --- |" + " ---: |" * len(heads)
    for question in QUESTIONS:
        cells = [_write_rates(measured, question.name, name) for name in names]
        cells += [_write_ratios(measured, question.name, peer) for peer in peers]
        yield f"| {question.name} | {' | '.join(cells)} |"
    means = [
        _write_cell(measured, lambda level, peer=peer: measured.find_mean(peer, level))  # type: ignore[misc]
        for peer in peers
    ]
    yield f"| geometric mean | {' | '.join([*([''] * len(names)), *means])} |"
    yield _write_again(measured, names, peers)
    cached = _write_rates(measured, AGAIN, CACHED)
    ratios = _write_cell(measured, lambda level: _find_cached_ratio(measured, level))
    told = f"{AGAIN}, with our cache: {ratios} times without"
    yield f"| {told} | {cached} |" + " |" * (len(heads) - 1)


def _write_again(measured: Measured, names: list[str], peers: list[str]) -> str:
    cells = [_write_rates(measured, AGAIN, name) for name in names]
    cells += [_write_ratios(measured, AGAIN, peer) for peer in peers]
    return f"| {AGAIN} | {' | '.join(cells)} |"


def _list_peers(measured: Measured) -> list[str]:
    return [name for name in (VIRTUOSO, FUSEKI, RDFLIB) if name in measured.services]


def _write_rates(measured: Measured, query: str, name: str) -> str:
    found = [measured.rates.get((query, name, level)) for level in measured.levels]
    return " / ".join(_write_rate(each) for each in found)


def _write_rate(rates: Rates | None) -> str:
    if rates is None:
        return "–"
    mark = "†" if rates.refused + rates.broken else ""
    middle = rates.middle
    return f"{middle:,.0f}{mark}" if middle >= 10 else f"{middle:.2g}{mark}"


def _write_ratios(measured: Measured, query: str, peer: str) -> str:
    return _write_cell(measured, lambda level: measured.find_ratio(query, peer, level))


def _write_cell(measured: Measured, find: Callable[[int], float | None]) -> str:
    return " / ".join(_write_ratio(find(level)) for level in measured.levels)


def _write_ratio(ratio: float | None) -> str:
    if ratio is None:
        return "–"
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def _find_cached_ratio(measured: Measured, level: int) -> float | None:
    return measured.find_ratio(AGAIN, OURS, level, ours=CACHED)


def _describe(measured: Measured) -> Iterator[str]:
    yield (
        f"{measured.triples:,} triples, seed {measured.seed}; medians of {measured.rounds} rounds,"
        " services in turn; ratios are medians of those of the rounds, numbers in the order of"
        f" the clients. {OURS} with its isolation and without its cache, but in the last row."
    )
    yield (
        "Most texts are asked once; the last rows ask a few again and again, which shows what is"
        f" kept by its text: answers by the cache of {OURS}, compiled queries by {VIRTUOSO}."
    )
    if RDFLIB in measured.services:
        yield (
            f"{RDFLIB} answers one query at a time; beyond the lookup it is asked by one client,"
            " one request a round."
        )
    told = [key for key, each in measured.rates.items() if each.refused + each.broken]
    for name, keys in groupby(sorted(told, key=lambda key: key[1]), key=lambda key: key[1]):
        queries = dict.fromkeys(key[0] for key in keys)
        yield f"† {name} refused a part, which is not counted: {', '.join(queries)}."
    for name, lack in measured.lacking.items():
        yield f"{name} was left out: {lack}."
    yield f"Python {platform.python_version()}, {platform.machine()}."


def _judge(measured: Measured) -> Iterator[str]:
    """Yield a line for each target: the worst figure decides."""
    crowd = CROWD if CROWD in measured.levels else max(measured.levels)
    lookup = [
        (f"{crowd} clients, {name}", measured.find_ratio(LOOKUP, name, crowd), least)
        for name, least in ((VIRTUOSO, 2.5), (RDFLIB, 8.0))
    ]
    one = (f"1 client, {VIRTUOSO}", measured.find_ratio(LOOKUP, VIRTUOSO, 1), 1.0)
    for words, ratio, least in (*lookup, one):
        if ratio is not None:
            yield _write_target(f"{LOOKUP}, {words}: at least {least:g} times", ratio, least)
    means = [measured.find_mean(VIRTUOSO, level) for level in measured.levels]
    if known := [mean for mean in means if mean is not None]:
        words = f"geometric mean of the mix, {VIRTUOSO}: at least 2 times at any number of clients"
        yield _write_target(words, min(known), 2.0)
    kept = [_find_cached_ratio(measured, level) for level in measured.levels]
    if known := [ratio for ratio in kept if ratio is not None]:
        words = f"{LOOKUP} with answers kept: at least 3 times without, at any number of clients"
        yield _write_target(words, min(known), 3.0)
    yield _tell_slower(measured)


def _write_target(words: str, ratio: float, least: float) -> str:
    return f"- {words}: {'reached' if ratio >= least else 'not reached'}, {_write_ratio(ratio)}"


def _tell_slower(measured: Measured) -> str:
    slower = []
    for question in QUESTIONS:
        for peer in _list_peers(measured):
            found = [measured.find_ratio(question.name, peer, level) for level in measured.levels]
            known = [ratio for ratio in found if ratio is not None]
            if known and min(known) < 1:
                slower.append(f"{question.name} ({peer}, {_write_ratio(min(known))})")
    words = "- aim: no query slower than any peer"
    return f"{words}: not reached by {', '.join(slower)}" if slower else f"{words}: reached"


def _list_differences(measured: Measured) -> Iterator[str]:
    rows: dict[str, int] = {}
    for each in measured.compared:
        rows[each.service] = rows.get(each.service, 0) + each.rows
    for name, total in rows.items():
        yield f"{name}: {total:,} rows compared with ours, {_tell_difference(measured, name)}."


def _tell_difference(measured: Measured, name: str) -> str:
    told = []
    for each in measured.compared:
        if each.service != name or not each.written_otherwise + each.different:
            continue
        kinds = []
        if each.different:
            kinds.append(f"{each.different} differ")
        if each.written_otherwise:
            kinds.append(f"{each.written_otherwise} are written otherwise")
        told.append(f"{each.question}: {' and '.join(kinds)} (ours {each.example})")
    return "; ".join(told) if told else "all the same"
