"""Whether a delegation is in force on a day, by its own window, its order and its recall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import NEVER, UNSTATED
from styrgraf.governance.authority.reasoning.asking import ask_matter
from styrgraf.governance.authority.reasoning.checks import Checks, check_time
from styrgraf.governance.authority.reasoning.parties import Parties
from styrgraf.governance.authority.rules import Rule, Verdict


class State(StrEnum):
    """How a delegation stands on a day; the order is that in which they are told."""

    IN_FORCE = "in-force"
    UNDATED = "undated"
    """By no source stated whether it has begun, or ended."""
    NOT_TOLD = "not-told"
    """In force by itself; whether what it rests on holds cannot be told."""
    UNSUPPORTED = "unsupported"
    """In force by itself; what it rests on does not hold."""
    NOT_YET = "not-yet"
    ENDED = "ended"
    RECALLED = "recalled"
    DRAFT = "draft"


STANDING = (State.IN_FORCE, State.UNDATED)
"""The states by itself of what holds, or may hold."""

# The first that is found tells the state: a draft has no force whatever its window says.
_STATES: Mapping[Rule, State] = {
    Rule.DRAFT: State.DRAFT,
    Rule.RECALLED: State.RECALLED,
    Rule.EXPIRED: State.ENDED,
    Rule.ORDER_REPEALED: State.ENDED,
    Rule.NOT_YET: State.NOT_YET,
    Rule.ORDER_NOT_YET: State.NOT_YET,
}


def judge_state(index: Index, row: int, on: date) -> State:
    """Return how a delegation stands on a day by itself, whatever it rests on."""
    if index.is_plainly_in_force(row, on.toordinal()):  # most are, and it is asked of all
        return State.IN_FORCE
    rules = list_time_rules(index, row, on)
    found = next((state for rule, state in _STATES.items() if rule in rules), None)
    return found or (State.UNDATED if rules else State.IN_FORCE)


def list_time_rules(index: Index, row: int, on: date) -> tuple[Rule, ...]:
    """Return what speaks against a delegation being in force by itself."""
    return tuple(rule for rule, _ in check_time(index, index.delegation(row), on.toordinal()))


class Supports:
    """Whether what delegations rest on holds on a day, as the engine answers."""

    def __init__(self, index: Index, on: date) -> None:
        self._index = index
        self._on = on
        self._parties: dict[tuple[int, int], Parties] = {}

    def judge(self, row: int) -> State:
        """Return how a delegation stands that is in force, or may be, by itself."""
        delegated = self._index.delegation(row)
        if not delegated.matters:
            return State.NOT_TOLD
        kind = Kind.DECIDE if delegated.kinds & 1 << Kind.DECIDE else Kind.SIGN
        level = max(
            self._ask(matter, kind).ways.find_level(row, frozenset())
            for matter in delegated.matters
        )
        return _STATES_BY_LEVEL[level]

    def _ask(self, matter: int, kind: int) -> Parties:
        if (matter, kind) not in self._parties:
            asked = ask_matter(self._index, matter, self._on, kind)
            self._parties[matter, kind] = Parties(Checks(self._index, asked))
        return self._parties[matter, kind]


_STATES_BY_LEVEL = {
    Verdict.YES: State.IN_FORCE,
    Verdict.NOT_TOLD: State.NOT_TOLD,
    Verdict.NO: State.UNSUPPORTED,
}


def find_span(index: Index) -> tuple[date, date] | None:
    """Return the first and the last day on which a delegation begins, ends or is recalled."""
    columns = index.columns
    days = {*columns["delegation.start"], *columns["delegation.end"], *index.recall_days()}
    known = [day for day in days if UNSTATED < day < NEVER]
    if not known:
        return None
    return date.fromordinal(min(known)), date.fromordinal(max(known))
