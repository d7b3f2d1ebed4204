"""The organisation: units and how they hang together, posts, bodies, support areas, changes.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.governance.bodies import BODY_CLASSES, BodyRecord, describe_body
from styrgraf.governance.extract import list_by_class, list_subjects, read_things
from styrgraf.governance.posts import POST_CLASSES, PostRecord, describe_post
from styrgraf.governance.statements import Page, Thing
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

PAGE_SIZE = 100

LISTS = {
    "units": UNIT_CLASSES,
    "posts": POST_CLASSES,
    "bodies": BODY_CLASSES,
    "areas": AREA_CLASSES,
    "changes": CHANGE_CLASSES,
}
"""The lists of the page, and the classes whose things stand in each."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One page of each list of the organisation."""

    units: Page[UnitRecord]
    posts: Page[PostRecord]
    bodies: Page[BodyRecord]
    areas: Page[AreaRecord]
    changes: Page[ChangeRecord]


_ABOUT = """
SELECT DISTINCT ?subject WHERE {
  VALUES ?about { $things }
  {
    ?subject sg:classifies|org:organization|org:member|sg:forArea|sg:comesAlongIn ?about
  } UNION {
    ?subject sg:establishes|sg:ends ?about . ?about a sg:Body
  } UNION {
    ?about sg:hasTask/^dct:isPartOf* ?subject . ?subject a sg:Task
  }
} ORDER BY ?subject
"""


def read_organisation(reader: Reader, pages: Mapping[str, int]) -> Organisation:
    """Return one page of each list; `pages` gives its number by the name of the list."""
    found = list_by_class(reader, *LISTS.values())
    lists = {
        name: Page(iris, size=PAGE_SIZE, total=len(iris)).cut(pages.get(name, 1))
        for name, iris in zip(LISTS, found, strict=True)
    }
    subjects = tuple(dict.fromkeys(iri for page in lists.values() for iri in page.items))
    about = list_subjects(reader, _ABOUT, subjects)
    around = Surroundings(read_things(reader, tuple(dict.fromkeys((*subjects, *about)))))

    def shown(name: str) -> list[Thing]:
        return [around.things[iri] for iri in lists[name].items if iri in around.things]

    return Organisation(
        lists["units"].with_items(describe_unit(each, around) for each in shown("units")),
        lists["posts"].with_items(describe_post(each) for each in shown("posts")),
        lists["bodies"].with_items(describe_body(each, around) for each in shown("bodies")),
        lists["areas"].with_items(describe_area(each, around) for each in shown("areas")),
        lists["changes"].with_items(describe_change(each, around) for each in shown("changes")),
    )
