"""The effective entries, and what else the fast path reads, as sections of the index. No IO here.

Entries stand by the party that has them: those of its delegations, and those of its original
authority, whose `row` is below zero.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import accumulate

from styrgraf.governance.authority.facts import Standing
from styrgraf.governance.authority.indexing.effects import Effects, Reached
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.layout import Section, write_relation, write_table
from styrgraf.governance.authority.indexing.reach import EVERYTHING, Root, Scope
from styrgraf.governance.authority.indexing.records import UNSTATED, unpack_flags
from styrgraf.governance.authority.indexing.stretches import Stretch, join
from styrgraf.governance.authority.indexing.timelines import trace_window
from styrgraf.governance.authority.rules import Verdict

SURE = 1 << 2
"""Without a condition, and told: the entry may be all of a yes."""

TOLD = 1 << 3
CONDITIONAL = 1 << 4
CERTAINTY_SHIFT = 5
TO_BE_CHECKED = 1 << 7
"""Whether others reserve the matter, or the giver may not delegate it, hangs on the question."""

DEPTH_SHIFT = 8

_COLUMNS = ("row", "root", "matter", "start", "end", "limits", "units")


def write_entries(index: Index) -> dict[str, Section]:
    """Return the sections."""
    return {
        **_Entries(index).write(),
        **_write_exclusive(index),
        **_write_occupied(index),
        **_write_closures(index),
    }


class _Entries:
    """The entries of an index, gathered as they come, written in order of party."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._effects = Effects(index)
        self._forbidding: dict[int, bool] = {}
        self._parties = array("i")
        self._columns = {name: array("i") for name in _COLUMNS} | {"flags": array("I")}

    def write(self) -> dict[str, Section]:
        delegates = self._index.columns["delegation.delegate"]
        for row, reached in self._effects.list_all():
            if delegates[row] >= 0:
                self._add(delegates[row], row, reached)
        for place, (original, reached) in enumerate(self._effects.list_own()):
            self._add(original.holder, UNSTATED - place, reached)
        return {**self._sort(), **self._effects.reach.write()}

    def _add(self, party: int, row: int, reached: Reached) -> None:
        columns = self._columns
        for scope, stretches in reached:
            for stretch in join(stretches):
                self._parties.append(party)
                columns["row"].append(row)
                columns["root"].append(scope.root)
                columns["matter"].append(scope.matter)
                columns["start"].append(stretch.start)
                columns["end"].append(stretch.end)
                columns["limits"].append(scope.limits)
                columns["units"].append(scope.units)
                columns["flags"].append(self._flag(scope, stretch))

    def _flag(self, scope: Scope, stretch: Stretch) -> int:
        told = stretch.verdict == Verdict.YES
        return (
            scope.kinds
            | (SURE if told and not scope.conditional else 0)
            | (TOLD if told else 0)
            | (CONDITIONAL if scope.conditional else 0)
            | stretch.certainty << CERTAINTY_SHIFT
            | (TO_BE_CHECKED if self._hangs_on_matter(scope) else 0)
            | stretch.depth << DEPTH_SHIFT
        )

    def _hangs_on_matter(self, scope: Scope) -> bool:
        root = self._effects.reach.root(scope.root)
        return root.residual or (root.giver >= 0 and self._is_forbidding(root))

    def _is_forbidding(self, root: Root) -> bool:
        """Return whether the giver has an original authority that may not be delegated."""
        if root.giver not in self._forbidding:
            self._forbidding[root.giver] = any(
                original.allowed == 0
                for holder in self._index.received_as(root.giver)
                for original in self._index.originals_of(holder)
            )
        return self._forbidding[root.giver]

    def _sort(self) -> dict[str, Section]:
        """Return the columns in order of party, and which matter leads to which entries."""
        rows, parties = self._columns["row"], self._parties
        order = sorted(range(len(rows)), key=lambda each: (parties[each], rows[each]))
        columns = {
            name: array(column.typecode, map(column.__getitem__, order))
            for name, column in self._columns.items()
        }
        matters = columns["matter"]
        over = ((matter, place) for place, matter in enumerate(matters) if matter != EVERYTHING)
        everything = (place for place, matter in enumerate(matters) if matter == EVERYTHING)
        return {
            **{f"entry.{name}": column for name, column in columns.items()},
            **_cut_by_party(array("i", map(parties.__getitem__, order))),
            **write_relation("entries_over", over),
            "entries_over_everything": array("i", everything),
        }


def _cut_by_party(parties: Section) -> dict[str, Section]:
    """Return the first party, and where the entries of each from there on begin; and the end."""
    first = parties[0] if parties else 0
    sizes = array("i", bytes(4 * (parties[-1] - first + 1))) if parties else array("i")
    for party in parties:
        sizes[party - first] += 1
    return {
        "entry.first_party": array("i", [first]),
        "entry.cuts": array("i", accumulate(sizes, initial=0)),
    }


def _write_exclusive(index: Index) -> dict[str, Section]:
    """Return the delegations that may be exclusive on some day, by matter."""
    delegated = [index.delegation(row) for row in _list_exclusive(index)]
    stated = ((matter, each.row) for each in delegated for matter in each.matters)
    return {
        **write_relation("exclusive_over", stated),
        "exclusive_over_everything": array("i", (x.row for x in delegated if not x.matters)),
    }


def _list_exclusive(index: Index) -> Iterator[int]:
    orders = set(index.relations["defaults_of"].list_keys())
    exclusive = {x for x in orders if any(each.exclusive == 1 for each in index.defaults(x))}
    under, flags = index.columns["delegation.order"], index.columns["delegation.flags"]
    for row, packed in enumerate(flags):
        known = unpack_flags(packed)
        by_order = known.exclusive == UNSTATED and under[row] in exclusive
        if (known.exclusive == 1 or by_order) and known.standing != Standing.DRAFT:
            yield row


def _write_occupied(index: Index) -> dict[str, Section]:
    """Return the days on which posts are not vacant for certain, where holdings are recorded."""
    windows = [
        (row.post, start, end)
        for row in index.all_holdings()
        for start, end, _ in trace_window((row.start, row.end, row.precision)) or ((0, 0, 0),)
    ]
    return {
        "occupied": write_table(windows),
        **write_relation("occupied_of", ((each[0], place) for place, each in enumerate(windows))),
    }


def _write_closures(index: Index) -> dict[str, Section]:
    """Return all that is above each matter that is under another, and all roles of each post."""
    matters = index.relations["broader_matters"].list_keys()
    above = ((matter, each) for matter in matters for each in index.matters_above(matter))
    posts = index.relations["roles_of"].list_keys()
    roles = ((post, role) for post in posts for role in index.roles_of(post))
    return {**write_relation("all_above", above), **write_relation("all_roles_of", roles)}
