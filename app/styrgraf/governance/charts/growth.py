"""A net of delegations, grown from where a reader stands: one step at first, more where asked.

Boxes are parties by IRI. Those who gave or received and are not stated have a box of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.charts.reach import Reach
from styrgraf.governance.charts.states import State

MOST_BOXES = 60
"""A drawing has at most so many parties; what is left out is told by number."""
MOST_AT_FIRST = 16
"""Of a whole graph so many parties are shown before anything is asked for."""

GIVER_UNSTATED, RECEIVER_UNSTATED = "giver", "receiver"
"""Keys of the boxes of those who are not stated."""


class Bond(StrEnum):
    """What a line stands for."""

    DELEGATION = "delegation"
    PERMISSION = "permission"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Joint:
    """A line between two parties: delegations that stand alike, a permission, or a role."""

    start: str
    end: str
    bond: Bond
    state: State = State.IN_FORCE
    delegations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """So many parties that are not drawn, after `party`, or (`above`) before it.

    `full`: there is no room for them in this drawing. Without `party` they begin chains.
    """

    party: str
    number: int
    above: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: parties in the order of the drawing, lines, and what is folded.

    `depth` is how many steps are shown; `deepest`: nothing lies folded.
    """

    parties: tuple[str, ...]
    joints: tuple[Joint, ...]
    folds: tuple[Fold, ...]
    depth: int

    @property
    def delegations(self) -> tuple[str, ...]:
        """Return the delegations drawn, in the order of the drawing."""
        return tuple(dict.fromkeys(each for joint in self.joints for each in joint.delegations))

    @property
    def deepest(self) -> bool:
        """Return whether no step further could be shown."""
        return all(fold.full or fold.above for fold in self.folds)


@dataclass(slots=True)
class Growth:
    """A chart in the making, for one question."""

    reach: Reach
    depth: int = 1
    opened: Collection[str] = ()
    chained: bool = False
    """Whether only what rests on what came before is followed, as from one party."""
    apart: Collection[str] = ()
    """Delegations that are drawn by lines of their own."""
    _parties: dict[str, int] = field(default_factory=dict)
    _lines: dict[tuple[str, str, Bond, State, bool], list[str]] = field(default_factory=dict)
    _folds: list[Fold] = field(default_factory=list)
    _closed: list[tuple[int, list[int], list[int]]] = field(default_factory=list)

    @property
    def index(self) -> Index:
        """Return the index that is read."""
        return self.reach.index

    def finish(self) -> Chart:
        """Return what has grown."""
        joints = tuple(
            Joint(start, end, bond, state, tuple(dict.fromkeys(rows)))
            for (start, end, bond, state, _), rows in self._lines.items()
        )
        return Chart(tuple(self._parties), joints, tuple(self._folds), self.depth)

    def place(self, thing: int, unstated: str) -> str | None:
        """Return the box of a party, placed where there is room; None where there is none."""
        key = self.index.iri(thing) if thing >= 0 else unstated
        if key not in self._parties:
            if len(self._parties) >= MOST_BOXES:
                return None
            self._parties[key] = thing
        return key

    def climb(self, rows: Iterable[int], party: int) -> None:
        """Draw the delegations `rows` to a party, and all that they rest on, up to the roots."""
        waiting, seen, missing = [(row, party) for row in rows], set(rows), 0
        while waiting:
            row, receiver = waiting.pop(0)
            if not self.draw(row, receiver):
                missing += 1
                continue
            giver = self.index.delegation(row).delegator
            further = [each for each in self.reach.list_sources(row) if each not in seen]
            seen.update(further)
            waiting += [(each, giver) for each in further]
        if missing:
            self._folds.append(Fold(self.index.iri(party), missing, above=True, full=True))

    def descend(self, starts: Iterable[int]) -> None:
        """Draw what goes on from parties, step by step."""
        waiting: list[tuple[int, int, list[int]]] = []
        unplaced = 0
        for party in starts:
            if self.place(party, GIVER_UNSTATED) is None:
                unplaced += 1
            else:
                waiting.append((party, 0, self.reach.list_received(party) if party >= 0 else []))
        if unplaced:
            self._folds.append(Fold("", unplaced, full=True))
        done: set[int] = set()
        while waiting:
            party, level, held = waiting.pop(0)
            if party in done:
                continue
            done.add(party)
            waiting += self._go_on(party, level, held)
        for party, given, unused in self._closed:
            self._fold(party, given, unused)
        self._closed.clear()

    def _go_on(self, party: int, level: int, held: list[int]) -> list[tuple[int, int, list[int]]]:
        """Draw what goes on from one party; return whom it reaches, a step further out."""
        key = self.index.iri(party) if party >= 0 else GIVER_UNSTATED
        given = self._list_given(party, level, held)
        unused = self._list_unused(party, level, held)
        if level >= self.depth and key not in self.opened:
            self._closed.append((party, given, unused))
            return []
        reached: dict[int, list[int]] = {}
        missing: set[int] = set()
        for row in given:
            receiver = self.index.delegation(row).delegate
            if self.draw(row, receiver, through=party):
                reached.setdefault(receiver, []).append(row)
            else:
                missing.add(receiver)
        for recipient in unused:
            end = self.place(recipient, RECEIVER_UNSTATED)
            if end is None:
                missing.add(recipient)
            else:
                self._lines.setdefault((key, end, Bond.PERMISSION, State.IN_FORCE, False), [])
        if missing:
            self._folds.append(Fold(key, len(missing), full=True))
        return [(each, level + 1, rows) for each, rows in reached.items() if each >= 0]

    def _fold(self, party: int, given: list[int], unused: list[int]) -> None:
        """Draw what goes on from a party to those who are drawn already; fold the others."""
        placed = set(self._parties.values())
        hidden = set(unused) - placed
        for row in given:
            receiver = self.index.ends(row)[1]
            if receiver in placed:
                self.draw(row, receiver, through=party)
            else:
                hidden.add(receiver)
        if hidden:
            key = self.index.iri(party) if party >= 0 else GIVER_UNSTATED
            self._folds.append(Fold(key, len(hidden)))

    def _list_given(self, party: int, level: int, held: list[int]) -> list[int]:
        if party < 0:
            return [row for row in self.reach.list_rows() if self.index.ends(row)[0] < 0]
        if self.chained and level:
            return self.reach.list_resting(party, held)
        return self.reach.list_given(party)

    def _list_unused(self, party: int, level: int, held: list[int]) -> list[int]:
        rows = held if self.chained and level else self.reach.list_received(party)
        found = (each for row in rows for each in self.reach.list_unused(row))
        return list(dict.fromkeys(found)) if party >= 0 else []

    def draw(self, row: int, receiver: int, through: int | None = None) -> bool:
        """Draw a delegation from its giver to its receiver; False where there is no room.

        A line leads to the box of the role by which `receiver` has it, or by which its giver is
        reached `through`, and from there to the post.
        """
        delegated = self.index.delegation(row)
        start = self.place(delegated.delegator, GIVER_UNSTATED)
        end = self.place(delegated.delegate, RECEIVER_UNSTATED) if start is not None else None
        if start is None or end is None:
            return False
        name, state = self.index.iri(row), self.reach.judge(row)
        line = (start, end, Bond.DELEGATION, state, name in self.apart)
        self._lines.setdefault(line, []).append(name)
        self.join_role(delegated.delegate, receiver)
        if through is not None:
            self.join_role(through, delegated.delegator)
        return True

    def join_role(self, role: int, post: int) -> None:
        """Draw that a post has the role which something was given to."""
        if min(role, post) < 0 or role == post or self.place(post, "") is None:
            return
        line = (self.index.iri(role), self.index.iri(post), Bond.ROLE, State.IN_FORCE, False)
        self._lines.setdefault(line, [])
