"""From when and until when units, posts and bodies exist: as stated, or by a reorganisation.

What a reorganisation starts from exists before it, and what results from it exists after it. No IO
but through the reader that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from styrgraf.governance.extract import list_by_class, read_things
from styrgraf.governance.presence import parse_iso
from styrgraf.governance.query_text import write_query
from styrgraf.governance.statements import Certainty, Sourced, SourcedText
from styrgraf.governance.surroundings import Period, describe_period
from styrgraf.governance.units import CHANGE_CLASSES, find_day
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import ORG

_Event = tuple[SourcedText, Iri]
"""The day of a reorganisation, and which it is."""

_DATED = """
SELECT DISTINCT ?subject WHERE {
  VALUES ?class { $things }
  ?subject a ?class . ?subject sg:validFrom|sg:validTo ?day
}
"""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """When a thing exists; `event` is the reorganisation that says so, None: it is stated of it."""

    iri: Iri
    period: Period
    began_by: Iri | None = None
    ended_by: Iri | None = None


def read_lifetimes(reader: Reader, classes: Iterable[str]) -> Mapping[Iri, Lifetime]:
    """Return the lifetimes of things of `classes` that have one; what is stated counts first."""
    names = tuple(Iri(name) for name in classes)
    return reader.keep(("lifetimes", names), lambda: _read_lifetimes(reader, names))


def _read_lifetimes(reader: Reader, names: Sequence[Iri]) -> Mapping[Iri, Lifetime]:
    found = _read_by_events(reader)
    rows = reader.select(write_query(_DATED, names)).rows
    dated = tuple(sorted({row["subject"] for row in rows if isinstance(row["subject"], Iri)}))
    for thing in read_things(reader, dated):
        found[thing.iri] = Lifetime(thing.iri, describe_period(thing))
    return found


def _read_by_events(reader: Reader) -> dict[Iri, Lifetime]:
    (events,) = list_by_class(reader, CHANGE_CLASSES)
    began: defaultdict[Iri, list[_Event]] = defaultdict(list)
    ended: defaultdict[Iri, list[_Event]] = defaultdict(list)
    for event in read_things(reader, events):
        stated = find_day(event)
        if stated is None or parse_iso(stated.value.value) is None:
            continue
        # That a unit begins or ends by it follows from it; no source says so of the unit.
        day = Sourced(stated.value, Certainty.INFERRED, stated.sources)
        before = {each.value for each in event.iris(ORG + "originalOrganization")}
        after = {each.value for each in event.iris(ORG + "resultingOrganization")}
        for unit in after - before:
            began[unit].append((day, event.iri))
        for unit in before - after:
            ended[unit].append((day, event.iri))
    units = dict.fromkeys((*began, *ended))
    return {unit: _join(unit, began.get(unit, []), ended.get(unit, [])) for unit in units}


def _join(unit: Iri, began: list[_Event], ended: list[_Event]) -> Lifetime:
    """Return the lifetime from the first beginning to the last end."""
    first = min(began, key=lambda each: each[0].value.value, default=(None, None))
    last = max(ended, key=lambda each: each[0].value.value, default=(None, None))
    return Lifetime(unit, Period(first[0], last[0]), first[1], last[1])
