"""Who holds a post on a day, and which posts step in for it (docs/authority.md, "Holder")."""

from __future__ import annotations

from typing import NamedTuple

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import HoldingRow, SubstitutionRow
from styrgraf.governance.authority.reasoning.checks import Found, judge
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.authority.windows import judge_window


class Held(NamedTuple):
    """What is known of who holds a party: persons for certain, perhaps, or nobody (`vacant`)."""

    is_post: bool
    persons: tuple[int, ...] = ()
    acting: bool = False
    vacant: bool = False

    @property
    def is_stated(self) -> bool:
        """Return whether it is known who holds the post, or that nobody does."""
        return bool(self.persons) or self.vacant


def judge_row(row: HoldingRow | SubstitutionRow, on: int) -> Found:
    """Return what speaks against the window of a holding or substitution on a day."""
    return tuple((rule, row.id) for rule in judge_window(on, (row.start, row.end, row.precision)))


def find_holder(index: Index, party: int, on: int) -> Held:
    """Return who holds a party on a day. Bodies and roles have no holder."""
    if party < 0 or index.party_kind(party) != PartyKind.POST:
        return Held(is_post=False)
    judged = [(row, judge(judge_row(row, on))) for row in index.holdings(party)]
    certain = [row for row, verdict in judged if verdict is Verdict.YES]
    persons = tuple(dict.fromkeys(row.person for row in certain))
    vacant = bool(judged) and not any(verdict for _, verdict in judged)
    return Held(True, persons, any(row.acting for row in certain), vacant)


def list_substitutions(
    index: Index, post: int, on: int
) -> tuple[tuple[SubstitutionRow, Found], ...]:
    """Return the substitutions for a post that are not out of force on a day.

    Each with what weakens it: its window, or (by law) an absence that is not stated.
    """
    vacant = find_holder(index, post, on).vacant
    return tuple(
        (row, (*found, *_judge_absence(row, vacant)))
        for row in index.substitutions_for(post)
        if judge(found := judge_row(row, on))
    )


def _judge_absence(row: SubstitutionRow, vacant: bool) -> Found:
    return ((Rule.ABSENCE_NOT_STATED, row.post),) if row.by_law and not vacant else ()


def check_vacancy(index: Index, party: int, on: int) -> Found:
    """Return what speaks against a party itself: that it is vacant, and nobody steps in."""
    if not find_holder(index, party, on).vacant:
        return ()
    steps_in = [found for _, found in list_substitutions(index, party, on)]
    return min(steps_in, key=len, default=((Rule.VACANT, party),))
