"""The records of an index: things are numbers, days are ordinals. No IO here."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.governance.statements import Certainty

UNSTATED = -1
"""Stands for what is not stated: a thing, a day, an answer to yes or no."""

NEVER = date.max.toordinal() + 1
"""The day after all days, where an end is open."""

CERTAINTIES = tuple(Certainty)
"""Certainty by number, the lowest last."""


KIND = 0b11
"""The bits of a party's traits that are its kind; the others say where more is to be looked up."""

HAS_ROLES = 1 << 2
HAS_POSTS = 1 << 3
HAS_HOLDINGS = 1 << 4
SUBSTITUTES = 1 << 5
IS_SUBSTITUTED = 1 << 6


class Delegated(NamedTuple):
    """A delegation; kinds and recipient kinds are masks of `1 << kind`.

    `exclusive` and `allowed` (to be sub-delegated) are 0, 1 or UNSTATED; `hundredths` is -1 and
    `currency` '' without a limit; `recalls` are (day, recall), by day.
    """

    row: int
    delegator: int
    delegate: int
    matters: tuple[int, ...]
    start: int
    end: int
    precision: int
    kinds: int
    standing: int
    hundredths: int
    currency: str
    excluded: bool
    unit: int
    conditional: bool
    exclusive: int
    allowed: int
    recipients: tuple[int, ...]
    recipient_kinds: int
    sources: tuple[int, ...]
    order: int
    certainty: int
    recalls: tuple[tuple[int, int], ...]


class Original(NamedTuple):
    """An original authority."""

    id: int
    holder: int
    matters: tuple[int, ...]
    residual: bool
    start: int
    end: int
    precision: int
    allowed: int
    certainty: int


class DefaultRow(NamedTuple):
    """What an order lets hold in a window where a delegation under it says nothing."""

    id: int
    start: int
    end: int
    precision: int
    allowed: int
    exclusive: int
    recipient_kinds: int


class HoldingRow(NamedTuple):
    """A person holds a post in a window."""

    id: int
    post: int
    person: int
    start: int
    end: int
    precision: int
    acting: bool


class SubstitutionRow(NamedTuple):
    """A post steps in for another in a window."""

    id: int
    post: int
    substitute: int
    start: int
    end: int
    precision: int
    by_law: bool


class Flags(NamedTuple):
    """The small values of a delegation, which share one number; `currency` is a place in a list."""

    precision: int
    kinds: int
    standing: int
    conditional: int
    exclusive: int
    allowed: int
    recipient_kinds: int
    certainty: int
    excluded: int
    currency: int


def pack_flags(flags: Flags) -> int:
    """Return one number of 32 bits."""
    return (
        flags.precision
        | flags.kinds << 2
        | flags.standing << 4
        | flags.conditional << 6
        | flags.exclusive + 1 << 7
        | flags.allowed + 1 << 9
        | flags.recipient_kinds << 11
        | flags.certainty << 15
        | flags.excluded << 17
        | flags.currency << 18
    )


def unpack_flags(packed: int) -> Flags:
    """Return what `pack_flags` was given."""
    return Flags(
        packed & 3,
        packed >> 2 & 3,
        packed >> 4 & 3,
        packed >> 6 & 1,
        (packed >> 7 & 3) - 1,
        (packed >> 9 & 3) - 1,
        packed >> 11 & 15,
        packed >> 15 & 3,
        packed >> 17 & 1,
        packed >> 18,
    )


def mask_kinds(kinds: frozenset[PartyKind] | frozenset[int]) -> int:
    """Return kinds (of rights or of parties) as a mask."""
    return sum(1 << kind for kind in kinds)


def number_day(day: date | None) -> int:
    """Return a day as a number."""
    return day.toordinal() if day else UNSTATED


def number_answer(answer: bool | None) -> int:
    """Return a yes or no as a number."""
    return UNSTATED if answer is None else int(answer)
