"""What is dated, read from the graph: candidates, spans, turning days, and what has no date.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from styrgraf.governance.authority.facts import Precision
from styrgraf.governance.authority.indexing.records import UNSTATED
from styrgraf.governance.changes.kinds import (
    DAYS_OF_EVENTS,
    DELEGATIONS,
    EVENTS,
    REPLACING,
    WINDOWED,
    Kind,
)
from styrgraf.governance.changes.turns import Dated, Edge, Span, make_edge
from styrgraf.governance.presence import parse_iso
from styrgraf.governance.query_text import write_query
from styrgraf.governance.selecting import select_each
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import SG

_LONGEST_PERIOD = timedelta(days=366)
"""A day that is known to the year only may lie so much later than it is written."""

# The days are those of the service itself, never text of a request.
_CANDIDATES = """
SELECT DISTINCT ?thing ?class WHERE {
  VALUES ?edge { $edges }
  { ?thing ?edge ?day } UNION { ?thing dct:temporal ?period . ?period ?edge ?day }
  FILTER(STR(?day) > "$after" && STR(?day) < "$until~")
  VALUES ?class { $classes }
  ?thing a ?class
} ORDER BY ?thing
"""

# Each branch begins with the things, and tells properties by a filter: else far more is joined.
_STATED = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  { VALUES ?thing { $things } ?thing ?property ?value }
  UNION { VALUES ?thing { $things } ?thing dct:temporal ?period . ?period ?property ?value }
  FILTER(?property IN ($properties))
} ORDER BY ?thing ?property ?value
"""

_UNDATED = """
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?number) WHERE {
  VALUES (?class ?kind) { $kinds }
  ?thing a ?class
  FILTER NOT EXISTS { VALUES ?edge { $edges } ?thing ?edge ?day }
  FILTER NOT EXISTS { VALUES ?edge { $edges } ?thing dct:temporal ?period . ?period ?edge ?day }
} GROUP BY ?kind
"""

_TURNING_DAYS = """
SELECT ?text (COUNT(DISTINCT ?thing) AS ?number) WHERE {
  VALUES ?class { $classes }
  ?thing a ?class
  VALUES ?edge { $edges }
  { ?thing ?edge ?day } UNION { ?thing dct:temporal ?period . ?period ?edge ?day }
  BIND(SUBSTR(STR(?day), 1, 10) AS ?text)
} GROUP BY ?text ORDER BY ?text
"""

_EDGES = (SG + "validFrom", SG + "validTo")
_PRECISIONS = {f"{SG}precision{each.name.capitalize()}": each for each in Precision}
_RECALL = SG + "Recall"

Values = Mapping[str, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class TurningDay:
    """A day on which so many things begin, end or happen."""

    day: date
    number: int


def read_windowed(reader: Reader, first: date, last: date) -> Iterator[Dated]:
    """Yield what begins or ends, or may, after one day and up to another, but delegations."""
    kinds = [kind for kind in WINDOWED if kind.name != DELEGATIONS]
    yield from _read(reader, kinds, _EDGES, first, last)


def read_events(reader: Reader, first: date, last: date) -> Iterator[Dated]:
    """Yield what happens, or may, after one day and up to another; its span is that day."""
    yield from _read(reader, EVENTS, (*DAYS_OF_EVENTS, SG + "validFrom"), first, last)


def _read(
    reader: Reader, kinds: Sequence[Kind], edges: Sequence[str], first: date, last: date
) -> Iterator[Dated]:
    earliest = first - min(_LONGEST_PERIOD, first - date.min)
    text = _fill(_CANDIDATES, edges, kinds)
    text = text.replace("$after", earliest.isoformat()).replace("$until", last.isoformat())
    found: defaultdict[Iri, set[str]] = defaultdict(set)
    for row in reader.select(write_query(text)).rows:
        if isinstance(row["thing"], Iri):
            found[row["thing"]].add(row["class"].value)
    stated = _read_stated(reader, list(found), edges, kinds)
    for thing, classes in found.items():
        kind = next(kind for kind in kinds if classes & set(kind.classes))
        yield _make_dated(thing, kind, stated.get(thing, {}), edges)


def _read_stated(
    reader: Reader, things: Sequence[Iri], edges: Sequence[str], kinds: Iterable[Kind]
) -> Mapping[Iri, Values]:
    keys = {name for kind in kinds for name in kind.key}
    wanted = sorted({*edges, SG + "datePrecision", *keys, *REPLACING})
    text = _STATED.replace("$properties", ", ".join(f"<{name}>" for name in wanted))
    found: defaultdict[Iri, defaultdict[str, list[Term]]]
    found = defaultdict(lambda: defaultdict(list))
    for row in select_each(reader, text, things):
        found[Iri(row["thing"].value)][row["property"].value].append(row["value"])
    return found


def _make_dated(thing: Iri, kind: Kind, values: Values, edges: Sequence[str]) -> Dated:
    precision = _read_precision(values)
    if kind in EVENTS:
        # The day itself counts before the period that it lies in.
        days = (_read_edge(values, name, 0) for name in edges if name != SG + "validFrom")
        day = next((each for each in days if each), _read_edge(values, _EDGES[0], precision))
        return Dated(thing, kind.name, Span(start=day))
    span = Span(*(_read_edge(values, name, precision) for name in _EDGES))
    replaces = frozenset(
        value for name in REPLACING for value in values.get(name, ()) if isinstance(value, Iri)
    )
    return Dated(thing, kind.name, span, _list_keys(kind, values), replaces)


def _list_keys(kind: Kind, values: Values) -> frozenset[tuple[str, ...]]:
    """Return the one key of a thing; none where a part of it is not stated."""
    parts = [sorted(value.value for value in values.get(name, ())) for name in kind.key]
    if not parts or not all(parts):
        return frozenset()
    return frozenset({(kind.name, *(" ".join(part) for part in parts))})


def _read_edge(values: Values, name: str, precision: int) -> Edge | None:
    """Return the edge that is stated; two different days are as good as none."""
    texts = {value.value[:10] for value in values.get(name, ()) if isinstance(value, Literal)}
    day = parse_iso(texts.pop()) if len(texts) == 1 else None
    return make_edge(day.toordinal() if day else UNSTATED, precision)


def _read_precision(values: Values) -> Precision:
    stated = values.get(SG + "datePrecision", ())
    return max(
        (_PRECISIONS.get(each.value, Precision.DAY) for each in stated), default=Precision.DAY
    )


def count_undated(reader: Reader) -> Mapping[str, int]:
    """Return how many things of each kind have no stated date; kinds without any are absent."""
    counts: dict[str, int] = {}
    for kinds, edges in ((WINDOWED, _EDGES), (EVENTS, (*DAYS_OF_EVENTS, *_EDGES))):
        pairs = " ".join(f'(<{name}> "{kind.name}")' for kind in kinds for name in kind.classes)
        text = _fill(_UNDATED, edges, kinds).replace("$kinds", pairs)
        for row in reader.select(write_query(text)).rows:
            if "kind" in row and (number := int(row["number"].value)):
                counts[row["kind"].value] = number
    return counts


def read_turning_days(reader: Reader) -> tuple[TurningDay, ...]:
    """Return the days on which anything begins, ends or happens, in order."""
    counts: defaultdict[date, int] = defaultdict(int)
    for kinds, edges, more in (
        (WINDOWED, _EDGES, (_RECALL,)),
        (EVENTS, (*DAYS_OF_EVENTS, SG + "validFrom"), ()),
    ):
        text = _fill(_TURNING_DAYS, edges, kinds, more)
        for row in reader.select(write_query(text)).rows:
            if "text" in row and (day := parse_iso(row["text"].value)):
                counts[day] += int(row["number"].value)
    return tuple(TurningDay(day, counts[day]) for day in sorted(counts))


def _fill(text: str, edges: Iterable[str], kinds: Iterable[Kind], more: Iterable[str] = ()) -> str:
    classes = (*(name for kind in kinds for name in kind.classes), *more)
    return text.replace("$edges", " ".join(f"<{each}>" for each in edges)).replace(
        "$classes", " ".join(f"<{each}>" for each in classes)
    )
