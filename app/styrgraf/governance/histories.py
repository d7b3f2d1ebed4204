"""What happened to a thing: all that is dated of it, of what names it, and of what it names.

What is only derived, and what says where something is said, has no place in it. No IO but through
the reader that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from styrgraf.governance.changes.kinds import BEGINNING, DAYS_OF_EVENTS, ENDING, EVENTS, GRANTING
from styrgraf.governance.extract import list_subjects, read_things
from styrgraf.governance.presence import parse_iso
from styrgraf.governance.query_text import write_query
from styrgraf.governance.spans import Span
from styrgraf.governance.statements import Page, Sourced, SourcedIri, SourcedText, Thing
from styrgraf.governance.surroundings import Period, Surroundings, describe_period
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal
from styrgraf.namespaces import DCTERMS, ELI, OA, RDF, SCHEMA, SG, SKOS, XSD

MOST_DATED = 2_000
"""Dated things that are listed of one thing, the earliest first."""

_DAYS = (
    *DAYS_OF_EVENTS,
    ELI + "first_date_entry_in_force",
    DCTERMS + "issued",
    SCHEMA + "startDate",
)
"""What names one day."""
_WINDOW = (SG + "validFrom", SG + "validTo")
_LEFT_OUT = (
    *(RDF + name for name in ("type", "subject", "predicate", "object")),
    *(SG + "statedIn", SG + "concerns", SKOS + "inScheme", DCTERMS + "source", OA + "hasSource"),
)
"""Properties that say what a thing is, or where something is said."""

# Each branch begins with the thing: else the engine joins all that is dated before it looks at it.
_DATED = """
SELECT ?thing ?link ?way (MIN(?text) AS ?first) WHERE {
  { VALUES ?this { $things } ?thing ?link ?this . ?thing ?edge ?day . BIND("in" AS ?way) }
  UNION { VALUES ?this { $things } ?thing ?link ?this . ?thing dct:temporal ?period .
          ?period ?edge ?day . BIND("in" AS ?way) }
  UNION { VALUES ?this { $things } ?this ?link ?thing . ?thing ?edge ?day . BIND("out" AS ?way) }
  UNION { VALUES ?this { $things } ?this ?link ?thing . ?thing dct:temporal ?period .
          ?period ?edge ?day . BIND("out" AS ?way) }
  UNION { VALUES ?thing { $things } ?thing ?edge ?day . BIND("self" AS ?way) }
  UNION { VALUES ?thing { $things } ?thing dct:temporal ?period . ?period ?edge ?day .
          BIND("self" AS ?way) }
  FILTER(?edge IN (@edges) && (!BOUND(?link) || ?link NOT IN (@left_out)))
  FILTER(?way != "out" || ?link != dct:temporal)
  FILTER NOT EXISTS { ?thing a sg:DerivedAuthority }
  BIND(SUBSTR(STR(?day), 1, 10) AS ?text)
} GROUP BY ?thing ?link ?way ORDER BY ?first ?thing ?way ?link LIMIT @most
"""

_AROUND = """
SELECT DISTINCT ?subject WHERE {
  { VALUES ?thing { $things } ?thing dct:temporal ?subject }
  UNION { VALUES ?thing { $things } ?subject @causing ?thing }
} ORDER BY ?subject
"""

_EVENT_CLASSES = {name for kind in EVENTS for name in kind.classes}
_USUAL = {SG + "statusTaken", SG + "statusInForce"}
_CAUSING = (*BEGINNING, *ENDING, SG + "recalls")


@dataclass(frozen=True, slots=True)
class Link:
    """How a dated thing hangs together with the one whose history it is.

    `incoming`: it names that one by the property, and is not named by it.
    """

    property: Iri
    incoming: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A dated thing: a window, or (`day`, with the property that names it) one day.

    Without links it is the thing itself. `status` is what is stated but that it was taken or holds:
    a draft, say, or what only is announced. `causes` are decisions, orders and the like by which it
    came or went, each with the property that says so; they are not told of what is one.
    """

    iri: Iri
    links: tuple[Link, ...]
    period: Period
    day: SourcedText | None
    day_property: Iri | None
    causes: tuple[tuple[Iri, SourcedIri], ...]
    is_event: bool
    status: Iri | None = None

    @property
    def span(self) -> Span:
        """Return when it was, from the first day until the first after it."""
        precision = self.period.precision.value if self.period.precision else None
        if self.day is None:
            start, end = map(_parse, (self.period.valid_from, self.period.valid_to))
            return Span(self.iri, start, end, precision)
        on = _parse(self.day)
        after = on + timedelta(days=1) if on and on < date.max else None
        return Span(self.iri, on, after, None)


@dataclass(frozen=True, slots=True)
class History:
    """One page of what happened; `is_cut` tells that there is more than is listed."""

    chapters: Page[Chapter]
    is_cut: bool


def read_history(reader: Reader, thing: Iri, number: int = 1, size: int = MOST_DATED) -> History:
    """Return page `number` of what is dated of a thing, in order of time."""
    links: defaultdict[Iri, list[Link]] = defaultdict(list)
    rows = reader.select(write_query(_fill(_DATED), (thing,))).rows
    for row in rows:
        if isinstance(row.get("thing"), Iri):
            found = links[Iri(row["thing"].value)]
            if "link" in row and row["thing"] != thing:
                found.append(Link(Iri(row["link"].value), row["way"].value == "in"))
    page = Page(tuple(links), size=size, total=len(links)).cut(number)
    chapters = sorted(_describe_all(reader, page.items, links, thing), key=_order)
    return History(page.with_items(chapters), len(rows) == MOST_DATED)


def _fill(text: str) -> str:
    def write(names: Sequence[str], between: str = ", ") -> str:
        return between.join(f"<{name}>" for name in names)

    text = text.replace("@edges", write((*_WINDOW, *_DAYS))).replace("@most", str(MOST_DATED))
    return text.replace("@left_out", write(_LEFT_OUT)).replace("@causing", write(_CAUSING, "|"))


def _describe_all(
    reader: Reader, things: Sequence[Iri], links: Mapping[Iri, list[Link]], itself: Iri
) -> Iterator[Chapter]:
    further = list_subjects(reader, _fill(_AROUND), things) if things else ()
    wanted = tuple(dict.fromkeys((*things, *further)))
    around = Surroundings(read_things(reader, wanted, with_external=True))
    for iri in things:
        thing = around.things.get(iri, Thing(iri))
        days = list(_list_days(thing))
        window = _find_window(thing, around)
        is_event = bool(thing.types & _EVENT_CLASSES)
        times = [*days, window] if is_event or window is None else [window, *days]
        told = [each for each in times if each]
        for period, day, name in told if iri == itself else told[:1]:
            causes = () if is_event else tuple(_list_causes(thing, around))
            status = _find_status(thing)
            yield Chapter(iri, tuple(links[iri]), period, day, name, causes, is_event, status)


_Time = tuple[Period, SourcedText | None, Iri | None]


def _list_days(thing: Thing) -> Iterator[_Time]:
    for name in _DAYS:
        if (stated := thing.text_of(name)) and parse_iso(stated.value.value[:10]):
            day = Literal(stated.value.value[:10], XSD + "date")
            told = Sourced(day, stated.certainty, stated.sources)
            yield Period(None, None), told, Iri(name)


def _find_window(thing: Thing, around: Surroundings) -> _Time | None:
    """Return the window of a thing: its own, else that of the period that it names."""
    named = (around.things.get(each.value) for each in thing.iris(DCTERMS + "temporal"))
    for told in (thing, *named):
        period = describe_period(told) if told else None
        if period and (_parse(period.valid_from) or _parse(period.valid_to)):
            return period, None, None
    return None


def _find_status(thing: Thing) -> Iri | None:
    stated = (each.value for each in thing.iris(SG + "status"))
    return next((each for each in stated if each.value not in _USUAL), None)


def _list_causes(thing: Thing, around: Surroundings) -> Iterator[tuple[Iri, SourcedIri]]:
    for name in GRANTING:
        for stated in thing.iris(name):
            yield Iri(name), stated
    for name in _CAUSING:
        for stated in around.subjects_of(thing.iri, name):
            yield Iri(name), stated


def _parse(stated: SourcedText | None) -> date | None:
    return parse_iso(stated.value.value) if stated else None


def _order(chapter: Chapter) -> tuple[date, date, bool, str]:
    start, end = chapter.span.start, chapter.span.end
    return start or end or date.min, end or date.max, bool(chapter.links), chapter.iri.value
