"""Who is there on a day: vacant posts, and those that step in, for the fast path. No IO here."""

from __future__ import annotations

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.records import HAS_HOLDINGS, KIND, SubstitutionRow
from styrgraf.governance.authority.indexing.timelines import judge_window_on
from styrgraf.governance.authority.rules import Verdict

_NO, _NOT_TOLD, _YES = map(int, Verdict)


class Presence:
    """The holders and substitutes of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._traits = index.traits
        self._occupied = index.columns["occupied"]
        self._occupied_of = index.relations["occupied_of"]

    def is_vacant(self, post: int, day: int) -> bool:
        """Return whether holdings of a post are recorded, and none may cover the day."""
        if self._traits[post] & (HAS_HOLDINGS | KIND) != HAS_HOLDINGS | PartyKind.POST:
            return False
        windows = self._occupied
        for at in self._occupied_of.of(post):
            if windows[3 * at + 1] <= day < windows[3 * at + 2]:
                return False
        return True

    def judge_vacancy(self, party: int, day: int) -> int:
        """Return what is left of a party's right: none if it is vacant and nobody steps in."""
        if not self.is_vacant(party, day):
            return _YES
        rows = self._index.substitutions_for(party)
        return max((_judge_substitution(row, day) for row in rows), default=_NO)

    def judge_step_in(self, row: SubstitutionRow, day: int) -> int:
        """Return whether a substitute steps in: by law only if the post is vacant for certain."""
        absent = not row.by_law or self.is_vacant(row.post, day)
        return min(_judge_substitution(row, day), _YES if absent else _NOT_TOLD)


def _judge_substitution(row: SubstitutionRow, day: int) -> int:
    return judge_window_on(day, (row.start, row.end, row.precision))
