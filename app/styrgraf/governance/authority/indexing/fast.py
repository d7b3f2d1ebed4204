"""The fast path: who may decide, from the effective entries of an index alone.

It knows what the entries fold in, and looks at what hangs on the question: reserved and residual
matters, vacancy, substitution. Of persons, and where a delegation may exclude others, it gives
None: the full engine is to be asked. No IO here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.facts import Kind, PartyKind
from styrgraf.governance.authority.indexing.entries import SURE, TO_BE_CHECKED
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.presence import Presence
from styrgraf.governance.authority.indexing.records import (
    HAS_HOLDINGS,
    HAS_POSTS,
    HAS_ROLES,
    IS_SUBSTITUTED,
    KIND,
    SUBSTITUTES,
)
from styrgraf.governance.authority.indexing.reserved import Reserved
from styrgraf.governance.authority.rules import Verdict

_NO, _NOT_TOLD, _YES = map(int, Verdict)

_VERDICTS = tuple(Verdict)

_DEPENDS_ON_PRESENCE = HAS_HOLDINGS | IS_SUBSTITUTED

_MOST_REMEMBERED = 10_000
"""Of so many matters it is remembered what is above them, of so many parties what they are called:
few are asked about, again and again."""

# A plain tuple, since one is made for each question: the matter with all above it, the day, a bit
# for the kind, the amount (-1: none asked) and its currency, the unit with all above it (None: none
# asked).
_Asked: TypeAlias = tuple[list[int], int, int, int, int, frozenset[int] | None]


class FastPath:
    """Answers from the entries of one index; safe for threads."""

    def __init__(self, index: Index) -> None:
        columns = index.columns
        self._index = index
        self._first_party = columns["entry.first_party"][0]
        self._cuts = columns["entry.cuts"]
        self._party_count = len(self._cuts) - 1
        self._find = index.names.find
        self._traits = index.traits
        self._rows = columns["entry.row"]
        self._roots = columns["entry.root"]
        self._matters = columns["entry.matter"]
        self._starts = columns["entry.start"]
        self._ends = columns["entry.end"]
        self._limits = columns["entry.limits"]
        self._units = columns["entry.units"]
        self._flags = columns["entry.flags"]
        self._limit_cuts = columns["limits.cuts"]
        self._limit_hundredths = columns["limits.hundredths"]
        self._limit_flags = columns["limits.flags"]
        self._unit_cuts = columns["units.cuts"]
        self._unit_values = columns["units.units"]
        self._delegates = columns["delegation.delegate"]
        self._over_everything = columns["entries_over_everything"]
        self._exclusive_everywhere = columns["exclusive_over_everything"]
        names = columns["limits.currencies"].tobytes().decode().split("\n")
        self._currencies = {name: place for place, name in enumerate(names)}
        relations = index.relations
        self._over = relations["entries_over"]
        self._above = relations["all_above"]
        self._remembered: dict[str, list[int]] = {}
        self._names: dict[int, str] = {}
        self._roles = relations["all_roles_of"]
        self._exclusive = relations["exclusive_over"]
        self._has_exclusive = bool(self._exclusive.list_keys() or len(self._exclusive_everywhere))
        self._reserved = Reserved(index)
        self._presence = Presence(index)

    def verdict(
        self,
        party: str,
        matter: str,
        on: date,
        amount: Amount | None = None,
        kind: Kind = Kind.DECIDE,
        unit: str | None = None,
    ) -> Verdict | None:
        """Return whether a post, body or role may decide; None: ask the full engine."""
        bearer, above = self._find(party), self._remembered.get(matter) or self._climb(matter)
        if bearer < 0 or not above:
            return None
        asked = self._ask(above, on, amount, kind, unit)
        level = self._find_best(bearer, asked)
        traits = self._traits[bearer]
        if traits > KIND or self._has_exclusive:
            return self._judge_further(bearer, traits, level, asked)
        return _VERDICTS[level] if level == _YES or traits != PartyKind.OTHER else None

    def _judge_further(self, party: int, traits: int, level: int, asked: _Asked) -> Verdict | None:
        """Return the verdict on a party of which more is known than what it has itself."""
        if traits & HAS_ROLES:
            level = max(level, self._find_by_roles(party, asked))
        if level and self._has_exclusive and self._is_barred(party, asked):
            return None
        if level and traits & HAS_HOLDINGS and self._presence.is_vacant(party, asked[1]):
            level = min(level, self._presence.judge_vacancy(party, asked[1]))
        if level < _YES and traits & SUBSTITUTES:
            substituted = self._find_substituted(party, asked)
            if substituted is None:
                return None
            level = max(level, substituted)
        return _VERDICTS[level] if level == _YES or traits & KIND != PartyKind.OTHER else None

    def holders(
        self,
        matter: str,
        on: date,
        amount: Amount | None = None,
        kind: Kind = Kind.DECIDE,
        unit: str | None = None,
    ) -> tuple[tuple[str, Verdict], ...] | None:
        """Return all that may decide or of which it cannot be told, in order of IRI.

        None: ask the full engine.
        """
        levels = self.levels(matter, on, amount, kind, unit)
        if levels is None:
            return None
        names, name = self._names, self._name
        if len(names) >= _MOST_REMEMBERED:
            names.clear()
        found = [
            (names.get(party) or name(party), _VERDICTS[level]) for party, level in levels.items()
        ]
        found.sort()
        return tuple(found)

    def levels(
        self,
        matter: str,
        on: date,
        amount: Amount | None = None,
        kind: Kind = Kind.DECIDE,
        unit: str | None = None,
    ) -> Mapping[int, int] | None:
        """Return the verdict on each party that may decide, or of which it cannot be told.

        None: ask the full engine.
        """
        above = self._remembered.get(matter) or self._climb(matter)
        if not above:
            return None
        asked = self._ask(above, on, amount, kind, unit)
        if self._has_exclusive and any(True for _ in self._list_barring(asked)):
            return None
        levels = self._gather_bearers(asked)
        self._heed_presence(levels, asked[1])
        return levels

    def _name(self, party: int) -> str:
        name = self._names[party] = self._index.iri(party)
        return name

    def _climb(self, matter: str) -> list[int]:
        """Return a matter and all above it; none if there is none of that name."""
        thing = self._find(matter)
        if thing < 0:
            return []
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        above = self._remembered[matter] = self._above.of(thing).tolist() or [thing]
        return above

    def _ask(
        self, above: list[int], on: date, amount: Amount | None, kind: Kind, unit: str | None
    ) -> _Asked:
        units = None
        if unit is not None:
            found = self._index.find(unit)
            units = self._index.units_above(found) if found >= 0 else frozenset()
        return (
            above,
            on.toordinal(),
            1 << kind,
            -1 if amount is None else amount.hundredths,
            -1 if amount is None else self._currencies.get(amount.currency, -1),
            units,
        )

    def _find_level(self, party: int, asked: _Asked) -> int:
        return max(self._find_best(party, asked), self._find_by_roles(party, asked))

    def _find_by_roles(self, party: int, asked: _Asked) -> int:
        if not self._traits[party] & HAS_ROLES:
            return _NO
        return max((self._find_best(role, asked) for role in self._roles.of(party)), default=_NO)

    def _find_best(self, party: int, asked: _Asked) -> int:
        """Return the best verdict of what a party has itself."""
        at = party - self._first_party
        if not 0 <= at < self._party_count:
            return _NO
        best = _NO
        above, day = asked[0], asked[1]
        matters, starts, ends = self._matters, self._starts, self._ends
        place = self._cuts[at] - 1
        for matter in matters[place + 1 : self._cuts[at + 1]].tolist():
            place += 1
            if (matter in above or matter < 0) and starts[place] <= day < ends[place]:
                level = self._weigh(place, asked)
                if level == _YES:
                    return level
                best = max(best, level)
        return best

    def _weigh(self, place: int, asked: _Asked) -> int:
        """Return the verdict of an entry whose matter and window fit."""
        above, day, kind, hundredths, currency, units = asked
        flags = self._flags[place]
        if not flags & kind:
            return _NO
        level = _YES if flags & SURE else _NOT_TOLD
        if hundredths >= 0 and (limits := self._limits[place]):
            within = self._judge_amount(limits, hundredths, currency)
            if within < level:
                level = within
        if units is not None and (combination := self._units[place]):
            cuts = self._unit_cuts
            if not units.issuperset(self._unit_values[cuts[combination] : cuts[combination + 1]]):
                return _NO
        if flags & TO_BE_CHECKED:
            return min(level, self._reserved.judge(self._roots[place], above, day))
        return level

    def _judge_amount(self, limits: int, hundredths: int, currency: int) -> int:
        level = _YES
        for place in range(self._limit_cuts[limits], self._limit_cuts[limits + 1]):
            flags = self._limit_flags[place]
            if flags >> 1 != currency:
                level = _NOT_TOLD
            elif hundredths + (flags & 1) > self._limit_hundredths[place]:
                return _NO
        return level

    def _is_barred(self, party: int, asked: _Asked) -> bool:
        """Return whether a delegation that the party has not received may exclude it."""
        receivers = self._index.received_as(party)
        return any(self._delegates[row] not in receivers for row in self._list_barring(asked))

    def _list_barring(self, asked: _Asked) -> Iterator[int]:
        """Yield the delegations that may exclude others: rather too many than too few."""
        above, _, _, hundredths, _, units = asked
        exclusive = (row for matter in above for row in self._exclusive.of(matter))
        for row in (*exclusive, *self._exclusive_everywhere):
            delegated = self._index.delegation(row)
            within = delegated.unit < 0 or (units is not None and delegated.unit in units)
            limited = delegated.hundredths >= 0 and hundredths < 0
            if within and not limited and self._does_reach(row, asked):
                yield row

    def _does_reach(self, row: int, asked: _Asked) -> bool:
        """Return whether some chain through an exclusive delegation does not fail."""
        rows = self._rows
        over = self._list_over(asked)
        return any(rows[place] == row and self._weigh(place, asked) for place in over)

    def _find_substituted(self, party: int, asked: _Asked) -> int | None:
        """Return the best verdict as a substitute; None: ask the full engine."""
        if self._presence.is_vacant(party, asked[1]):
            return _NO
        best = _NO
        for row in self._index.substitutions_by(party):
            level = min(
                self._find_level(row.post, asked), self._presence.judge_step_in(row, asked[1])
            )
            if level and self._has_exclusive and self._is_barred(row.post, asked):
                return None
            best = max(best, level)
        return best

    def _heed_presence(self, levels: dict[int, int], day: int) -> None:
        """Make the best verdicts of all hold for whom there is, and for who stands in."""
        traits = self._traits
        stepping: list[tuple[int, int]] = []
        for bearer in [bearer for bearer in levels if traits[bearer] & _DEPENDS_ON_PRESENCE]:
            level = levels[bearer]
            if traits[bearer] & IS_SUBSTITUTED:
                stepping += self._list_stepping_in(bearer, level, day)
            if traits[bearer] & HAS_HOLDINGS and self._presence.is_vacant(bearer, day):
                level = min(level, self._presence.judge_vacancy(bearer, day))
            if level:
                levels[bearer] = level
            else:
                del levels[bearer]
        for party, level in stepping:
            levels[party] = max(level, levels.get(party, _NO))

    def _list_stepping_in(self, post: int, level: int, day: int) -> Iterator[tuple[int, int]]:
        for row in self._index.substitutions_for(post):
            stepping = min(level, self._presence.judge_step_in(row, day))
            if stepping and not self._presence.is_vacant(row.substitute, day):
                yield row.substitute, stepping

    def _gather_bearers(self, asked: _Asked) -> dict[int, int]:
        """Return the best verdict of each post, body, or role without posts."""
        levels: dict[int, int] = {}
        rows, delegates, traits = self._rows, self._delegates, self._traits
        for place, level in self._weigh_all(self._list_over(asked), asked):
            row = rows[place]
            receiver = delegates[row] if row >= 0 else self._reserved.holder(row)
            has_posts = traits[receiver] & HAS_POSTS
            for party in self._list_bearers(receiver) if has_posts else (receiver,):
                if level > levels.get(party, _NO):
                    levels[party] = level
        return levels

    def _weigh_all(self, places: list[int], asked: _Asked) -> list[tuple[int, int]]:
        """Return the entries that do not fail, each with its verdict.

        Most need no more than a look at their flags and limits; equal limits are judged once.
        """
        kind, hundredths, currency = asked[2:5]
        all_flags, all_limits = self._flags, self._limits
        within: dict[int, int] = {}
        found: list[tuple[int, int]] = []
        for place in places:
            flags = all_flags[place]
            if not flags & kind:
                continue
            if flags & TO_BE_CHECKED or asked[5] is not None:
                level = self._weigh(place, asked)
            else:
                level = _YES if flags & SURE else _NOT_TOLD
                if hundredths >= 0 and (limits := all_limits[place]):
                    if limits not in within:
                        within[limits] = self._judge_amount(limits, hundredths, currency)
                    if within[limits] < level:
                        level = within[limits]
            if level:
                found.append((place, level))
        return found

    def _list_bearers(self, role: int) -> Sequence[int]:
        """Return the posts that a role stands for; a role without, itself."""
        return self._index.posts_of(role) or (role,)

    def _list_over(self, asked: _Asked) -> list[int]:
        """Return the entries of the matter and all above it, in their windows."""
        above, day = asked[0], asked[1]
        starts, ends = self._starts, self._ends
        places = [place for matter in above for place in self._over.of(matter).tolist()]
        places += self._over_everything
        return [place for place in places if starts[place] <= day < ends[place]]
