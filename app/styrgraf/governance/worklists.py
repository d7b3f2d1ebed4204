"""Work lists: what is to be looked at, arranged by rule, by unit or by post. No HTTP.

A line stands in one group of each arrangement, so that the counts of all groups make the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Generic, TypeVar

from styrgraf.governance.selecting import select_each
from styrgraf.governance.statements import Page
from styrgraf.governance.units import UNIT_CLASSES
from styrgraf.graph.reports import Severity
from styrgraf.graph.store import Reader
from styrgraf.model import Iri

Found = TypeVar("Found")


_PLACES = f"""
SELECT DISTINCT ?thing ?post ?within ?above WHERE {{
  VALUES ?thing {{ $things }}
  {{
    {{
      ?thing sg:delegate|sg:heldPost|sg:substituteFor|sg:authorityHolder|sg:decidedBy ?post
    }} UNION {{ ?thing sg:recalls/sg:delegate ?post }}
    UNION {{ ?thing a org:Post . BIND(?thing AS ?post) }}
    OPTIONAL {{ ?post org:postIn ?above }}
  }} UNION {{ ?thing sg:withinUnit ?within }}
  UNION {{
    VALUES ?class {{ {" ".join(f"<{name}>" for name in UNIT_CLASSES)} }}
    ?thing a ?class . BIND(?thing AS ?within)
  }}
}} ORDER BY ?thing ?post ?within ?above
"""


class Arrangement(StrEnum):
    """By what the lines of a list are grouped."""

    RULE = "rule"
    UNIT = "unit"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Place:
    """The units and posts (or bodies, roles) that a thing concerns; empty where not stated."""

    units: tuple[Iri, ...] = ()
    posts: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkRule:
    """A rule that something meets with: a heading of ours (English), else the name of its shape.

    `sources` are numbers among the rules of delegation.
    """

    name: str
    heading: str = ""
    shape: Iri | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkLine(Generic[Found]):
    """Something to look at: `found` is what the list itself knows of it."""

    rule: WorkRule
    thing: Iri
    severity: Severity
    found: Found
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class WorkGroup(Generic[Found]):
    """The lines of a rule, or of the units or posts `parties` (none: not stated), on one page.

    `total` counts those on all pages.
    """

    name: str
    rule: WorkRule | None
    parties: tuple[Iri, ...]
    lines: tuple[WorkLine[Found], ...]
    total: int


def place_lines(reader: Reader, lines: Iterable[WorkLine[Found]]) -> tuple[WorkLine[Found], ...]:
    """Return the lines with the units and posts that their things concern."""
    kept = tuple(lines)
    places = read_places(reader, {line.thing for line in kept})
    return tuple(replace(line, place=places.get(line.thing, line.place)) for line in kept)


def read_places(reader: Reader, things: Iterable[Iri]) -> Mapping[Iri, Place]:
    """Return the places of things: the unit stated of a thing itself, else that of its post."""
    named = sorted(each for each in things if ":" in each.value)
    posts: defaultdict[Iri, dict[Iri, None]] = defaultdict(dict)
    within: defaultdict[Iri, dict[Iri, None]] = defaultdict(dict)
    above: defaultdict[Iri, dict[Iri, None]] = defaultdict(dict)
    for row in select_each(reader, _PLACES, named):
        thing = Iri(row["thing"].value)
        for variable, kept in (("post", posts), ("within", within), ("above", above)):
            if isinstance(value := row.get(variable), Iri):
                kept[thing][value] = None
    return {
        thing: Place(tuple(within.get(thing, above.get(thing, ()))), tuple(posts.get(thing, ())))
        for thing in {*posts, *within}
    }


def arrange_lines(
    lines: Iterable[WorkLine[Found]], by: Arrangement, name: Callable[[Iri], str]
) -> tuple[WorkGroup[Found], ...]:
    """Return all groups: rules as they come, units and posts by name, those not stated last."""
    gathered: defaultdict[tuple[WorkRule | None, tuple[Iri, ...]], list[WorkLine[Found]]]
    gathered = defaultdict(list)
    for line in lines:
        if by is Arrangement.RULE:
            gathered[line.rule, ()].append(line)
        else:
            gathered[None, list_parties(line, by)].append(line)
    groups = [
        WorkGroup(_name_group(rule, parties), rule, parties, tuple(found), len(found))
        for (rule, parties), found in gathered.items()
    ]
    if by is not Arrangement.RULE:
        groups.sort(
            key=lambda each: (not each.parties, [name(one).casefold() for one in each.parties])
        )
    return tuple(groups)


def list_parties(line: WorkLine[Found], by: Arrangement) -> tuple[Iri, ...]:
    """Return the units or posts under which a line stands; none by rule."""
    places = {Arrangement.UNIT: line.place.units, Arrangement.POST: line.place.posts}
    return places.get(by, ())


def cut_groups(
    groups: Sequence[WorkGroup[Found]], number: int, size: int
) -> Page[WorkGroup[Found]]:
    """Return the page `number` of the lines, `size` to a page, in their groups."""
    pairs = tuple((place, line) for place, each in enumerate(groups) for line in each.lines)
    page = Page(pairs, size=size, total=len(pairs)).cut(number)
    return page.with_items(
        replace(groups[place], lines=tuple(line for _, line in found))
        for place, found in groupby(page.items, key=itemgetter(0))
    )


def _name_group(rule: WorkRule | None, parties: tuple[Iri, ...]) -> str:
    """Return the name of a group in the page: an anchor."""
    if rule:
        return rule.name
    return "-".join(each.value.rpartition("/")[2] for each in parties) or "not-stated"
