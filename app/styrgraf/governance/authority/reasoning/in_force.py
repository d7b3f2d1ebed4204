"""Which delegations are in force on a day by themselves: by status, window, recall and order.

Whether a chain bears them up is another question, which `judge_chain` answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import Delegated
from styrgraf.governance.authority.reasoning.asking import ask_matter
from styrgraf.governance.authority.reasoning.checks import Checks, check_time, judge
from styrgraf.governance.authority.reasoning.parties import Parties
from styrgraf.governance.authority.rules import Verdict


class InForce(NamedTuple):
    """Delegations that are in force on a day (`sure`), and of which it cannot be told (`open`)."""

    sure: tuple[int, ...]
    open: tuple[int, ...]


def list_in_force(index: Index, on: date) -> InForce:
    """Return the delegations that are, or may be, in force on a day."""
    day = on.toordinal()
    found: dict[Verdict, list[int]] = {verdict: [] for verdict in Verdict}
    for row in range(index.delegation_count):
        verdict = judge(tuple(check_time(index, index.delegation(row), day)))
        found[verdict].append(row)
    return InForce(tuple(found[Verdict.YES]), tuple(found[Verdict.NOT_TOLD]))


class ChainJudge:
    """Judges on one day whether delegations rest on original authority by chains that hold."""

    def __init__(self, index: Index, on: date) -> None:
        self._index = index
        self._on = on
        self._parties: dict[tuple[int, int], Parties] = {}

    def judge_chain(self, row: int) -> Verdict:
        """Return the worst verdict of the best ways up from a delegation, conditions taken as met.

        For each of its matters and kinds of right; one without a matter cannot be told.
        """
        delegated = self._index.delegation(row)
        kinds = [kind for kind in (0, 1) if delegated.kinds & 1 << kind]
        verdicts = [
            self._judge_matter(delegated, matter, kind)
            for matter in delegated.matters
            for kind in kinds
        ]
        return min(verdicts, default=Verdict.NOT_TOLD)

    def _judge_matter(self, delegated: Delegated, matter: int, kind: int) -> Verdict:
        parties = self._open_parties(matter, kind)
        receiver = delegated.delegate
        barring = parties.describe(receiver, receiver, ()).barring if receiver >= 0 else frozenset()
        return parties.find_best_way((delegated.row,), barring)

    def _open_parties(self, matter: int, kind: int) -> Parties:
        key = matter, kind
        if key not in self._parties:
            asked = replace(ask_matter(self._index, matter, self._on, kind), conditions_met=True)
            self._parties[key] = Parties(Checks(self._index, asked))
        return self._parties[key]
