"""Ask several deciders the same questions, in turn, and keep the time that each answer took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

Times = list[list[int]]
"""Nanoseconds: for each round, one for each question."""


@dataclass(frozen=True)
class Decider:
    """Something that is asked; `arguments` are the questions in the form that it takes."""

    name: str
    ask: Callable[..., object]
    arguments: Sequence[tuple[object, ...]]
    yes: object = True
    """The answer that means yes."""

    def answer_all(self) -> list[bool]:
        """Return whether each answer is yes."""
        return [self.ask(*each) == self.yes for each in self.arguments]

    def time_all(self) -> list[int]:
        """Return the nanoseconds that each answer took."""
        ask, clock, times = self.ask, time.perf_counter_ns, []
        for each in self.arguments:
            begin = clock()
            ask(*each)
            times.append(clock() - begin)
        return times


@dataclass(frozen=True)
class Latency:
    """Microseconds for a question: the middle one, and the one that 95 of 100 stay below."""

    middle: float
    p95: float


def check_agreement(deciders: Sequence[Decider]) -> list[bool]:
    """Return the answers. Raises SystemExit where two deciders differ."""
    first, *others = deciders
    answers = first.answer_all()
    for other in others:
        for place, (ours, theirs) in enumerate(zip(answers, other.answer_all(), strict=True)):
            if ours != theirs:
                raise SystemExit(
                    f"{first.name} says {ours}, {other.name} says {theirs}: "
                    f"{first.arguments[place]}"
                )
    return answers


def take_turns(deciders: Sequence[Decider], rounds: int) -> dict[str, Times]:
    """Ask all questions of one after the other, `rounds` times, so that a drift meets all."""
    for decider in deciders:
        decider.time_all()
    times: dict[str, Times] = {decider.name: [] for decider in deciders}
    for number in range(rounds):
        for decider in deciders:
            times[decider.name].append(decider.time_all())
        tell(f"round {number + 1} of {rounds}")
    return times


def sum_up(times: Times) -> Latency:
    """Return the latency over the questions, each by the median of its rounds."""
    by_question = [median(each) / 1000 for each in zip(*times, strict=True)]
    return Latency(median(by_question), quantiles(by_question, n=20)[18])


def compare(times: Mapping[str, Times], slower: str, faster: str) -> float:
    """Return how many times as long one takes: the median of the ratios round by round."""
    pairs = zip(times[slower], times[faster], strict=True)
    return median(median(slow) / median(fast) for slow, fast in pairs)


def measure_resident() -> int:
    """Return the bytes of this process that are in memory, mapped files included."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("the system does not tell how much memory a process has")


def tell(progress: str) -> None:
    """Say how far it has come."""
    print(f"{time.strftime('%H:%M:%S')} {progress}", file=sys.stderr, flush=True)
