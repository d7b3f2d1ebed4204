"""The overview of all: posts by unit, or parties by who delegates to them, as one large tree.

Things are places in arrays, a whole before its parts; place 0 stands for all together.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.charts.charting import list_roots
from styrgraf.governance.charts.reach import Reach
from styrgraf.governance.query_text import write_query
from styrgraf.governance.units import UNIT_CLASSES
from styrgraf.graph.queries import bind_terms
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal

UNSTATED = "unstated"
"""Stands for those who delegate and are not stated."""
MOST_THINGS = 100_000
"""So many units and posts are read at most."""
MOST_FOUND = 50

_PLACED = f"""
SELECT ?thing (MIN(?above) AS ?whole) (MAX(?kind) AS ?post) WHERE {{
  {{ ?thing a org:Post . BIND(1 AS ?kind) OPTIONAL {{ ?thing org:postIn ?above }} }}
  UNION {{
    VALUES ?class {{ $things }} ?thing a ?class . BIND(0 AS ?kind)
    OPTIONAL {{ ?thing org:subOrganizationOf|org:unitOf|dct:isPartOf ?above }}
  }}
}} GROUP BY ?thing ORDER BY ?thing LIMIT {MOST_THINGS}
"""

_FOUND = f"""
SELECT DISTINCT ?thing WHERE {{
  ?thing skos:prefLabel|skos:altLabel ?name FILTER(CONTAINS(LCASE(STR(?name)), $text))
}} ORDER BY ?thing LIMIT {20 * MOST_FOUND}
"""


class Grouping(StrEnum):
    """By what the overview is grouped."""

    DELEGATOR = "delegator"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Forest:
    """Names by place, the place of the whole of each (-1 of place 0), and how much is under it.

    `sizes` counts posts, or parties, the thing itself among them.
    """

    names: tuple[str, ...]
    wholes: tuple[int, ...]
    sizes: tuple[int, ...]
    parts: Mapping[int, tuple[int, ...]]
    places: Mapping[str, int]

    def list_above(self, place: int) -> list[int]:
        """Return all that a place lies in, from place 0 to itself."""
        line = []
        while place >= 0:
            line.append(place)
            place = self.wholes[place]
        return line[::-1]

    def cut(self, top: int, depth: int | None, most: int | None) -> list[int]:
        """Return a place and what lies in it, so many steps down, the largest first."""
        found, level = [top], [top]
        while level and depth != 0:
            level = [part for place in level for part in self.parts.get(place, ())]
            if most is not None and len(found) + len(level) > most:
                level = sorted(level, key=lambda each: -self.sizes[each])[: most - len(found)]
            found += level
            depth = None if depth is None else depth - 1
        return found


def grow_by_delegator(index: Index, on: date) -> Forest:
    """Return the parties, each under the first that delegates to it on a day."""
    reach = Reach(index, on, None, everything=False)
    rows = reach.list_rows()
    below: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        delegator, delegate = index.ends(row)
        if delegate >= 0:
            below[delegator].append(delegate)
    for giver in [each for each in below if each >= 0]:
        for role in index.roles_of(giver):
            below[role].append(giver)
    links: list[tuple[str, str]] = []
    reached: set[int] = set()
    for root in list_roots(index, rows):
        reached.add(root)
        links.append((_name(index, root), ""))
        waiting = deque([root])
        while waiting:
            whole = waiting.popleft()
            for part in below.get(whole, ()):
                if part not in reached:
                    reached.add(part)
                    links.append((_name(index, part), _name(index, whole)))
                    waiting.append(part)
    return _plant(links, frozenset())


def read_by_unit(reader: Reader) -> Forest:
    """Return units in units, and posts in units."""
    rows = reader.select(write_query(_PLACED, map(Iri, UNIT_CLASSES))).rows
    known = {row["thing"].value for row in rows}
    links, units = [], set()
    for row in rows:
        thing = row["thing"].value
        whole = row["whole"].value if "whole" in row else ""
        links.append((thing, whole if whole in known and whole != thing else ""))
        if row["post"].value == "0":
            units.add(thing)
    return _plant(links, frozenset(units))


def find_named(reader: Reader, forest: Forest, text: str) -> list[int]:
    """Return the places whose names hold `text`, in capitals or not."""
    query = bind_terms(write_query(_FOUND), {"text": Literal(text.lower())})
    names = (row["thing"].value for row in reader.select(query).rows)
    return [forest.places[name] for name in names if name in forest.places][:MOST_FOUND]


def _name(index: Index, thing: int) -> str:
    return index.iri(thing) if thing >= 0 else UNSTATED


def _plant(links: Iterable[tuple[str, str]], uncounted: frozenset[str]) -> Forest:
    """Return the forest of (thing, whole); what lies in a circle begins at its first thing."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    wholes = dict(links)
    for thing, whole in wholes.items():
        below[whole].append(thing)
    names, above = [""], [-1]
    places = {"": 0}
    waiting = deque([""])
    circles = iter(wholes)
    while len(names) <= len(wholes):
        if not waiting:  # all that is left lies in circles
            first = next(each for each in circles if each not in places)
            places[first] = len(names)
            names.append(first)
            above.append(0)
            waiting.append(first)
        whole = waiting.popleft()
        for part in below.get(whole, ()):
            if part not in places:
                places[part] = len(names)
                names.append(part)
                above.append(places[whole])
                waiting.append(part)
        if not waiting and len(names) > len(wholes):
            break
    return _measure(names, above, places, uncounted)


def _measure(
    names: list[str], above: list[int], places: Mapping[str, int], uncounted: frozenset[str]
) -> Forest:
    sizes = [0 if not name or name in uncounted else 1 for name in names]
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for place in range(len(names) - 1, 0, -1):
        sizes[above[place]] += sizes[place]
        parts[above[place]].append(place)
    ordered = {
        whole: tuple(sorted(found, key=lambda each: (-sizes[each], each)))
        for whole, found in parts.items()
    }
    return Forest(tuple(names), tuple(above), tuple(sizes), ordered, places)
