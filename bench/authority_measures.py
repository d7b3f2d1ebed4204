"""Ask several deciders the same questions, in turn, and keep the time that each answer took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

PASSES = 3
"""So many times each question is asked: the first time, and again."""


@dataclass(frozen=True)
class Decider:
    """Something that is asked; `arguments` are the questions in the form that it takes."""

    name: str
    ask: Callable[..., object]
    arguments: Sequence[tuple[object, ...]]
    yes: object = True
    """The answer that means yes."""
    note: str = ""

    def answer_all(self) -> list[bool]:
        """Return whether each answer is yes."""
        return [self.ask(*each) == self.yes for each in self.arguments]

    def time_some(self, start: int, end: int) -> list[int]:
        """Return the nanoseconds that each answer of some questions took."""
        ask, clock, times = self.ask, time.perf_counter_ns, []
        for each in self.arguments[start:end]:
            begin = clock()
            ask(*each)
            times.append(clock() - begin)
        return times


@dataclass(frozen=True)
class Latency:
    """Microseconds for a question: the middle one, and the one that 95 of 100 stay below."""

    middle: float
    p95: float


@dataclass
class Times:
    """Nanoseconds by round: of the questions when first asked, and when asked again."""

    first: list[list[int]] = field(default_factory=list)
    again: list[list[int]] = field(default_factory=list)


def check_agreement(deciders: Sequence[Decider]) -> list[bool]:
    """Return the answers. Raises SystemExit where two deciders differ."""
    first, *others = deciders
    answers = first.answer_all()
    for other in others:
        for place, (ours, theirs) in enumerate(zip(answers, other.answer_all(), strict=True)):
            if ours != theirs:
                told = f"{first.name} says {ours}, {other.name} says {theirs}"
                raise SystemExit(f"{told}: {first.arguments[place]}")
    return answers


def take_turns(deciders: Sequence[Decider], rounds: int) -> dict[str, Times]:
    """Ask all, one decider after the other in each round, so that a drift meets them alike.

    Each round has questions of its own.
    """
    times = {decider.name: Times() for decider in deciders}
    for number in range(rounds):
        for decider in deciders:
            size = len(decider.arguments) // rounds
            span = number * size, (number + 1) * size
            passes = [decider.time_some(*span) for _ in range(PASSES)]
            times[decider.name].first.append(passes[0])
            times[decider.name].again.append([each for one in passes[1:] for each in one])
        tell(f"round {number + 1} of {rounds}")
    return times


def sum_up(rounds: Sequence[Sequence[int]]) -> Latency:
    """Return the latency over all rounds."""
    found = [each / 1000 for one in rounds for each in one]
    return Latency(median(found), quantiles(found, n=20)[18])


def compare(slower: Sequence[Sequence[int]], faster: Sequence[Sequence[int]]) -> float:
    """Return how many times as long one takes: the median of the ratios round by round."""
    return median(median(a) / median(b) for a, b in zip(slower, faster, strict=True))


def tell(progress: str) -> None:
    """Say how far it has come."""
    print(f"{time.strftime('%H:%M:%S')} {progress}", file=sys.stderr, flush=True)
