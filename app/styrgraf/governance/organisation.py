"""The organisation: units and how they hang together, posts, bodies, support areas, changes.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from styrgraf.governance.bodies import BODY_CLASSES, BodyRecord, describe_body
from styrgraf.governance.extract import cut_list, list_by_class, list_subjects, read_things
from styrgraf.governance.lifetimes import Lifetime, read_lifetimes
from styrgraf.governance.posts import POST_CLASSES, PostRecord, describe_post
from styrgraf.governance.statements import Page, Thing
from styrgraf.governance.succession import Successor, find_successors
from styrgraf.governance.support_areas import AREA_CLASSES, AreaRecord, describe_area
from styrgraf.governance.surroundings import Surroundings
from styrgraf.governance.units import (
    CHANGE_CLASSES,
    UNIT_CLASSES,
    ChangeRecord,
    UnitRecord,
    describe_change,
    describe_unit,
)
from styrgraf.graph.store import Reader
from styrgraf.model import Iri

PAGE_SIZE = 100

LISTS = {
    "units": UNIT_CLASSES,
    "posts": POST_CLASSES,
    "bodies": BODY_CLASSES,
    "areas": AREA_CLASSES,
    "changes": CHANGE_CLASSES,
}
"""The lists of the page, and the classes whose things stand in each."""

_DATED_CLASSES = (*UNIT_CLASSES, *POST_CLASSES, *BODY_CLASSES, *AREA_CLASSES)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One page of each list of the organisation; with `on`, as it stood on that day.

    `absent` are the things that were not there on the day, with what says so; `lifetimes` are of
    those there. `successors` are what followed bodies that have ended.
    """

    units: Page[UnitRecord]
    posts: Page[PostRecord]
    bodies: Page[BodyRecord]
    areas: Page[AreaRecord]
    changes: Page[ChangeRecord]
    on: date | None = None
    absent: tuple[Lifetime, ...] = ()
    lifetimes: Mapping[Iri, Lifetime] = field(default_factory=dict)
    successors: Mapping[Iri, tuple[Successor, ...]] = field(default_factory=dict)


_ABOUT = """
SELECT DISTINCT ?subject WHERE {
  VALUES ?about { $things }
  {
    ?subject sg:classifies|org:organization|org:member|sg:forArea|sg:comesAlongIn ?about
  } UNION {
    ?subject sg:heldPost ?about
  } UNION {
    ?subject sg:establishes|sg:ends ?about . ?about a sg:Body
  } UNION {
    ?about sg:hasTask/^dct:isPartOf* ?subject . ?subject a sg:Task
  }
} ORDER BY ?subject
"""

_HOLDINGS = "SELECT DISTINCT ?subject WHERE { VALUES ?post { $things } ?subject sg:heldPost ?post }"


def read_organisation(
    reader: Reader,
    pages: Mapping[str, int],
    on: date | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Organisation:
    """Return one page of each list; `pages` gives its number by the name of the list.

    With `sizes`, which gives the size of the page as well, lists that it does not name stay empty.
    """
    lifetimes = read_lifetimes(reader, _DATED_CLASSES) if on else {}
    absent = {iri: each for iri, each in lifetimes.items() if not each.period.may_hold(on)}
    found = list_by_class(reader, *LISTS.values())
    lists = {
        name: cut_list(
            [iri for iri in iris if iri not in absent],
            pages.get(name, 1),
            sizes.get(name, 0) if sizes else PAGE_SIZE,
        )
        for name, iris in zip(LISTS, found, strict=True)
    }
    subjects = tuple(dict.fromkeys(iri for page in lists.values() for iri in page.items))
    around = _read_around(reader, subjects, lists["posts"].items if on else ())

    def shown(name: str) -> list[Thing]:
        return [around.things[iri] for iri in lists[name].items if iri in around.things]

    bodies = [describe_body(each, around, on) for each in shown("bodies")]
    ended = [body.iri for body in bodies if body.has_ended]
    return Organisation(
        lists["units"].with_items(describe_unit(each, around, on) for each in shown("units")),
        lists["posts"].with_items(describe_post(each, around, on) for each in shown("posts")),
        lists["bodies"].with_items(bodies),
        lists["areas"].with_items(describe_area(each, around, on) for each in shown("areas")),
        lists["changes"].with_items(describe_change(each, around) for each in shown("changes")),
        on,
        tuple(absent[iri] for iri in sorted(absent) if any(iri in iris for iris in found)),
        lifetimes,
        find_successors(reader, (*ended, *(iri for iri in absent if iri in found[2]))),
    )


def _read_around(reader: Reader, subjects: Sequence[Iri], posts: Sequence[Iri]) -> Surroundings:
    """Return the subjects and what is about them; holders of `posts` also from public pages."""
    about = list_subjects(reader, _ABOUT, subjects)
    things = read_things(reader, tuple(dict.fromkeys((*subjects, *about))))
    holdings = list_subjects(reader, _HOLDINGS, posts) if posts else ()
    return Surroundings((*things, *read_things(reader, holdings, with_external=True)))
