"""Authority in everything that nobody else has: who has it on a day, of itself or by a post.

It has no matters of its own to be listed by, so it stands beside what a party has by matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import Original
from styrgraf.governance.authority.reasoning.checks import judge
from styrgraf.governance.authority.reasoning.holders import (
    check_vacancy,
    judge_row,
    list_substitutions,
)
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.authority.windows import judge_window
from styrgraf.model import Iri


def list_residual(index: Index, party: Iri, on: date) -> tuple[tuple[Iri, Verdict], ...]:
    """Return the residual original authorities of a party, with the better of their verdicts.

    Those that surely do not hold on the day are left out.
    """
    day, found = on.toordinal(), dict[int, Verdict]()
    for bearer, verdict in _list_bearers(index, index.find(party.value), day):
        for original in _list_originals(index, bearer):
            window = (original.start, original.end, original.precision)
            rules = tuple((rule, original.id) for rule in judge_window(day, window))
            level = min(verdict, judge(rules))
            found[original.id] = max(level, found.get(original.id, Verdict.NO))
    return tuple((Iri(index.iri(thing)), level) for thing, level in found.items() if level)


def _list_originals(index: Index, bearer: int) -> Iterator[Original]:
    for holder in (bearer, *sorted(index.roles_of(bearer))):
        yield from (original for original in index.originals_of(holder) if original.residual)


def _list_bearers(index: Index, party: int, day: int) -> Iterator[tuple[int, Verdict]]:
    """Yield the party, the posts that it holds, and those that either steps in for."""
    if party < 0:
        return
    holdings = index.holdings_of(party)
    own = [(party, judge(check_vacancy(index, party, day)))]
    own += [(row.post, judge(judge_row(row, day))) for row in holdings]
    for bearer, verdict in own:
        yield bearer, verdict
        for stood_for in dict.fromkeys(row.post for row in index.substitutions_by(bearer)):
            for row, found in list_substitutions(index, stood_for, day):
                if row.substitute == bearer:
                    yield stood_for, min(verdict, judge(found))
