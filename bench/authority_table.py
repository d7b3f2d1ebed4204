"""What was measured of authority, as a Markdown table, and whether the targets were met."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.authority_measures import Latency

OURS = "Styrgraf"
POSTGRES = "PostgreSQL"
TARGETS = {"ratio": 30.0, "holders": 20.0, "growth": 2.0, "bytes": 200.0}
_MARKED = re.compile(r"(<!-- authority-speed:[^>]*-->\n).*?(<!-- /authority-speed -->)", re.DOTALL)


@dataclass(frozen=True)
class Twice:
    """A figure of questions asked for the first time, and again."""

    first: float
    again: float

    @property
    def highest(self) -> float:
        """Return the worse of two that should be low."""
        return max(self.first, self.again)


@dataclass(frozen=True)
class Decided:
    """How long one decider takes, how many times as long as ours, and what is to be said of it."""

    name: str
    first: Latency
    again: Latency
    ratio: Twice
    note: str


@dataclass(frozen=True)
class Measured:
    """All that was measured with so many delegations."""

    delegations: int
    questions: int
    deciders: tuple[Decided, ...]
    holders: Twice
    """All holders, in decisions."""
    growth: Twice
    """Latency, in that of the least number of delegations."""
    build_seconds: float
    file_bytes: int
    resident_bytes: int

    def find(self, name: str) -> Decided | None:
        """Return what was measured of a decider whose name begins so."""
        return next((each for each in self.deciders if each.name.startswith(name)), None)


def write_report(measured: Sequence[Measured], lacking: str | None, seed: int) -> str:
    """Return the table, how it was measured, and the targets."""
    lines = list(_list_rows(measured))
    lines += ["", *_describe(measured, lacking, seed), "", *_judge(measured)]
    return "\n".join(lines) + "\n"


def renew(text: str, report: str) -> str:
    """Return README's text with the report between its marks."""
    return _MARKED.sub(lambda found: f"{found[1]}{report}{found[2]}", text)


def _list_rows(measured: Sequence[Measured]) -> Iterator[str]:
    yield _write_row("delegations", measured, lambda each: f"{each.delegations:,}")
    yield "| --- |" + " ---: |" * len(measured)
    for place, decider in enumerate(measured[0].deciders):
        rows = [each.deciders[place] for each in measured]
        first = [_write_latency(each.first, each.note) for each in rows]
        again = [_write_latency(each.again, each.note) for each in rows]
        yield f"| {decider.name}, first asked | {' | '.join(first)} |"
        yield f"| {decider.name}, asked again | {' | '.join(again)} |"
    if measured[0].find(POSTGRES):
        yield _write_row(
            "PostgreSQL : Styrgraf, first asked / again",
            measured,
            lambda each: _write_twice(each.deciders[-1].ratio),
        )
    yield _write_row(
        "all holders : one decision", measured, lambda each: _write_twice(each.holders)
    )
    yield _write_row(
        f"one decision : the same with {measured[0].delegations:,}",
        measured,
        lambda each: _write_twice(each.growth),
    )
    yield _write_row("index compiled in", measured, lambda each: f"{each.build_seconds:.1f} s")
    yield _write_row(
        "index, bytes a delegation: file / in memory",
        measured,
        lambda each: (
            f"{each.file_bytes / each.delegations:.0f} / "
            f"{each.resident_bytes / each.delegations:.0f}"
        ),
    )


def _write_row(name: str, measured: Sequence[Measured], write: Callable[[Measured], str]) -> str:
    return f"| {name} | " + " | ".join(map(write, measured)) + " |"


def _write_latency(latency: Latency, note: str) -> str:
    return f"{latency.middle:,.1f} µs ({latency.p95:,.0f}) {note}".rstrip()


def _write_twice(twice: Twice) -> str:
    return f"{twice.first:.1f} / {twice.again:.1f}"


def _describe(measured: Sequence[Measured], lacking: str | None, seed: int) -> Iterator[str]:
    questions = measured[0].questions
    yield (
        f"Medians for a question, in brackets what 95 of 100 stay below; {questions:,} random"
        f" questions, half of them yes, to which all give the same answer; seed {seed}."
    )
    yield f"Python {platform.python_version()}, {platform.machine()}."
    if lacking:
        yield f"PostgreSQL was left out: {lacking}."


def _judge(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield a line for each target: the worst figure decides."""
    asked = [found.ratio for each in measured if (found := each.find(POSTGRES))]
    if asked:
        least = min(min(each.first, each.again) for each in asked)
        yield _write_target(
            f"at least {TARGETS['ratio']:.0f} times as fast as PostgreSQL",
            least >= TARGETS["ratio"],
            f"{least:.1f}",
        )
    highest = (
        ("holders", "all holders within {} decisions", max(x.holders.highest for x in measured)),
        ("growth", "latency grows at most {} times", max(x.growth.highest for x in measured)),
        (
            "bytes",
            "under {} bytes a delegation",
            max(max(x.file_bytes, x.resident_bytes) / x.delegations for x in measured),
        ),
    )
    for name, words, worst in highest:
        met = worst < TARGETS[name] if name == "bytes" else worst <= TARGETS[name]
        yield _write_target(words.format(f"{TARGETS[name]:.0f}"), met, f"{worst:.1f}")


def _write_target(words: str, met: bool, worst: str) -> str:
    return f"- {words}: {'met' if met else 'not met'}, at worst {worst}"
