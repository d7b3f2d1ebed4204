"""When something began and ended, and whether that lies between two days. No IO here.

A date that is known to the month or year may be any day of it: what happened then happened between
two days surely, perhaps, or surely not. *Between* two days is after the first and up to the second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from styrgraf.governance.authority.indexing.records import UNSTATED
from styrgraf.governance.authority.windows import find_certain_day
from styrgraf.model import Iri


class Told(IntEnum):
    """Whether something happened between two days."""

    NO = 0
    PERHAPS = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Edge:
    """The first and the last day, as ordinals, on which something may have begun or ended."""

    first: int
    last: int

    def judge(self, after: int, until: int) -> Told:
        """Return whether it lies after one day and not after another."""
        if until <= after or self.first > until or self.last <= after:
            return Told.NO
        return Told.SURE if self.first > after and self.last <= until else Told.PERHAPS


def make_edge(day: int, precision: int) -> Edge | None:
    """Return the edge of a date known as exactly as `precision`; None where it is not stated."""
    return None if day == UNSTATED else Edge(day, max(day, find_certain_day(day, precision) - 1))


@dataclass(frozen=True, slots=True)
class Span:
    """From when (inclusive) and until when (exclusive); None where it is not stated."""

    start: Edge | None = None
    end: Edge | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether it ends before it can begin."""
        return bool(self.start and self.end and self.end.last <= self.start.first)


@dataclass(frozen=True, slots=True)
class Dated:
    """A thing with its span; `keys` are what it has in common with what takes its place.

    `replaces` are the things that it is stated to take the place of.
    """

    iri: Iri
    kind: str
    span: Span
    keys: frozenset[tuple[str, ...]] = frozenset()
    replaces: frozenset[Iri] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened with a thing between two days: whether it began, and whether it ended."""

    dated: Dated
    began: Told
    ended: Told


class Sort(StrEnum):
    """How something changed; the last two are counted apart."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"
    PASSED = "passed"
    """Came and went in between."""
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one thing, or of one that took the place of another; `stated`: it is said so."""

    before: Turn | None = None
    after: Turn | None = None
    stated: bool = False

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return what it consists of."""
        return tuple(turn for turn in (self.before, self.after) if turn)

    @property
    def kind(self) -> str:
        """Return the kind of thing that it is about."""
        return self.turns[0].dated.kind

    @property
    def sort(self) -> Sort:
        """Return how it changed."""
        if self.before and self.after:
            return Sort.PASSED if self.before is self.after else Sort.CHANGED
        (turn,) = self.turns
        if Told.SURE not in (turn.began, turn.ended):
            return Sort.PERHAPS
        return Sort.CAME if self.after else Sort.WENT


def find_turn(dated: Dated, after: int, until: int) -> Turn | None:
    """Return what happened with a thing between two days, None where nothing may have."""
    span = dated.span
    if span.is_empty:
        return None
    began = span.start.judge(after, until) if span.start else Told.NO
    ended = span.end.judge(after, until) if span.end else Told.NO
    return Turn(dated, began, ended) if began or ended else None


def list_changes(things: Iterable[Dated], after: int, until: int) -> tuple[Change, ...]:
    """Return what changed, each thing that ended paired with what took its place, if anything did.

    Stated replacements go before those of the same keys; each thing stands in one change.
    """
    turns = [turn for each in things if (turn := find_turn(each, after, until))]
    came = [turn for turn in turns if turn.began is Told.SURE and not turn.ended]
    went = [turn for turn in turns if turn.ended is Told.SURE and not turn.began]
    pairs = _pair(went, came)
    paired = {id(turn) for pair in pairs for turn in pair.turns}
    alone = (_describe_alone(turn) for turn in turns if id(turn) not in paired)
    return tuple(sorted((*pairs, *alone), key=_order_change))


def _describe_alone(turn: Turn) -> Change:
    if turn.began is turn.ended is Told.SURE:
        return Change(turn, turn)
    # What surely began and perhaps ended has come; only where nothing is sure is all perhaps.
    return Change(after=turn) if turn.began >= turn.ended else Change(before=turn)


def _pair(went: Sequence[Turn], came: Sequence[Turn]) -> list[Change]:
    """Return the replacements: the stated first, then by the same keys, the nearest in time."""
    free = {id(turn): turn for turn in (*went, *came)}
    by_iri = {turn.dated.iri: turn for turn in went}
    by_key: defaultdict[tuple[str, ...], list[Turn]] = defaultdict(list)
    for turn in sorted(went, key=lambda each: -_end(each)):
        for key in sorted(turn.dated.keys):
            by_key[key].append(turn)
    pairs = []
    for stated in (True, False):
        for turn in sorted(came, key=lambda each: (_start(each), each.dated.iri)):
            if id(turn) not in free:
                continue
            found = (
                [by_iri[iri] for iri in sorted(turn.dated.replaces) if iri in by_iri]
                if stated
                else [each for key in sorted(turn.dated.keys) for each in by_key[key]]
            )
            for other in found:
                if id(other) in free and (stated or _end(other) <= _start(turn)):
                    del free[id(other)], free[id(turn)]
                    pairs.append(Change(other, turn, stated))
                    break
    return pairs


def _start(turn: Turn) -> int:
    return turn.dated.span.start.first if turn.dated.span.start else UNSTATED


def _end(turn: Turn) -> int:
    return turn.dated.span.end.first if turn.dated.span.end else UNSTATED


def _order_change(change: Change) -> tuple[int, int, Iri]:
    """Order by sort, then by day, then by name."""
    turn = change.turns[-1]
    day = _start(turn) if turn.began else _end(turn)
    return list(Sort).index(change.sort), day, turn.dated.iri
