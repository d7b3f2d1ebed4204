"""The sections of a delegation order: by matter, by who receives, or by unit. No IO here.

Each delegation stands in one section, the first that it is about; the others refer to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from styrgraf.governance.authority.facts import PartyKind
from styrgraf.model import Iri


class Arrangement(StrEnum):
    """What the sections of a document are about."""

    MATTER = "matter"
    POST = "post"
    UNIT = "unit"


class Part(StrEnum):
    """What a section is about that is about no thing."""

    POSTS = "posts"
    BODIES = "bodies"
    ROLES = "roles"
    OTHERS = "others"
    NOT_STATED = "not-stated"
    OPEN = "open"
    """Delegations of which it cannot be told whether they are in force."""


PARTS_OF_KINDS = {
    PartyKind.POST: Part.POSTS,
    PartyKind.BODY: Part.BODIES,
    PartyKind.ROLE: Part.ROLES,
    PartyKind.OTHER: Part.OTHERS,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; `rows` stand in it, `elsewhere` are about it too and stand before.

    `place` is the number of delegations before its first, over the whole document; `continued`
    tells that some of the section's stand on an earlier page.
    """

    about: Iri | Part
    depth: int
    number: str = ""
    rows: tuple[int, ...] = ()
    elsewhere: tuple[int, ...] = ()
    place: int = 0
    continued: bool = False

    @property
    def thing(self) -> Iri | None:
        """Return the thing that it is about, None where it is a part of the document."""
        return self.about if isinstance(self.about, Iri) else None

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        return "s" + self.number.replace(".", "-")


Rows = Mapping[Iri, Sequence[int]]
"""The delegations of each thing."""
Wholes = Mapping[Iri, Sequence[Iri]]
"""Each thing, with those right above it."""


def order_name(name: str) -> str:
    """Return what orders names as Swedish does: å, ä, ö after z, whatever the case."""
    return name.lower().translate({0xE5: "{", 0xE4: "|", 0xF6: "}"})


def grow_tree(
    rows: Rows, parents: Callable[[Iri], Sequence[Iri]], names: Mapping[Iri, str]
) -> tuple[Section, ...]:
    """Return a section for each thing that has rows or that one lies under, wholes before parts.

    Of several wholes the first by name counts; things in a circle stand at the top.
    """

    def order(thing: Iri) -> tuple[str, Iri]:
        return order_name(names.get(thing, thing.value)), thing

    above: dict[Iri, Iri | None] = {}
    waiting = list(rows)
    while waiting:
        thing = waiting.pop()
        if thing not in above:
            above[thing] = min(parents(thing), key=order, default=None)
            waiting.extend(each for each in (above[thing],) if each is not None)
    below: defaultdict[Iri | None, list[Iri]] = defaultdict(list)
    for thing in sorted(above, key=order):
        below[_leave_circle(thing, above)].append(thing)
    return tuple(_walk(below, None, rows))


def cut_out(rows: Rows, parents: Wholes, about: Iri) -> tuple[Rows, Wholes]:
    """Return the rows and the tree below one thing, which stands at the top.

    A row that is about none of what lies there stays where it is.
    """
    below: defaultdict[Iri, list[Iri]] = defaultdict(list)
    for thing, wholes in parents.items():
        for whole in wholes:
            below[whole].append(thing)
    inside: set[Iri] = set()
    waiting = [about]
    while waiting:
        thing = waiting.pop()
        if thing not in inside:
            inside.add(thing)
            waiting.extend(below[thing])
    placed = {row for thing in inside for row in rows.get(thing, ())}
    kept = {
        thing: [row for row in own if thing in inside or row not in placed]
        for thing, own in rows.items()
    }
    cut = {
        thing: tuple(each for each in wholes if each in inside) if thing in inside else wholes
        for thing, wholes in parents.items()
    }
    return {thing: own for thing, own in kept.items() if own}, cut | {about: ()}


def _leave_circle(thing: Iri, above: Mapping[Iri, Iri | None]) -> Iri | None:
    """Return what a thing lies under, None where following that leads back to it."""
    passed, current = {thing}, above[thing]
    while current is not None and current not in passed:
        passed.add(current)
        current = above[current]
    return above[thing] if current != thing else None


def _walk(
    below: Mapping[Iri | None, Sequence[Iri]], top: Iri | None, rows: Rows
) -> Iterator[Section]:
    waiting = [(thing, 1) for thing in reversed(below.get(top, ()))]
    while waiting:
        thing, depth = waiting.pop()
        yield Section(thing, depth, rows=tuple(rows.get(thing, ())))
        waiting.extend((part, depth + 1) for part in reversed(below.get(thing, ())))


def arrange_parties(
    rows: Rows, kinds: Callable[[Iri], PartyKind], names: Mapping[Iri, str]
) -> tuple[Section, ...]:
    """Return posts, bodies, roles and others, each kind a part of its own."""
    by_part: defaultdict[Part, list[Iri]] = defaultdict(list)
    for thing in rows:
        by_part[PARTS_OF_KINDS[kinds(thing)]].append(thing)
    sections: list[Section] = []
    for part in PARTS_OF_KINDS.values():
        if things := by_part[part]:
            sections.append(Section(part, 1))
            things.sort(key=lambda each: (order_name(names.get(each, each.value)), each))
            sections += [Section(each, 2, rows=tuple(rows[each])) for each in things]
    return tuple(sections)


def number_sections(
    sections: Sequence[Section], orders: Callable[[int], tuple[str, ...]]
) -> tuple[Section, ...]:
    """Return the sections with numbers and places; each row stays in the first that has it."""
    counts: list[int] = []
    placed: set[int] = set()
    numbered: list[Section] = []
    for section in sections:
        counts = [*counts[: section.depth], *[0] * (section.depth - len(counts))]
        counts[section.depth - 1] += 1
        own = sorted((row for row in section.rows if row not in placed), key=orders)
        elsewhere = sorted((row for row in section.rows if row in placed), key=orders)
        numbered.append(
            replace(
                section,
                number=".".join(map(str, counts)),
                rows=tuple(own),
                elsewhere=tuple(elsewhere),
                place=len(placed),
            )
        )
        placed.update(own)
    return tuple(numbered)


def cut_sections(sections: Sequence[Section], first: int, last: int) -> tuple[Section, ...]:
    """Return the sections that hold the delegations `first` (from 0) to before `last`.

    Each with those alone; a section without any stands before the next that has some.
    """
    found = []
    total = sections[-1].place + len(sections[-1].rows) if sections else 0
    for section in sections:
        start, end = max(section.place, first), min(section.place + len(section.rows), last)
        is_heading = not section.rows and first <= section.place < last
        is_last = not section.rows and section.place == total <= last
        if start < end:
            own = section.rows[start - section.place : end - section.place]
            is_later = start > section.place
            found.append(replace(section, rows=own, place=start, continued=is_later))
        elif is_heading or is_last:
            found.append(section)
    return tuple(found)
