"""When things last, as far as it is stated: of their own, or by the period that they name.

No IO here: things come with their statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from styrgraf.governance.presence import parse_iso
from styrgraf.governance.statements import Thing
from styrgraf.governance.surroundings import describe_period
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, SG


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until `end` (exclusive); None where it is not stated, one of them is."""

    iri: Iri
    start: date | None
    end: date | None
    precision: Iri | None


def describe_spans(things: Iterable[Thing], periods: Mapping[Iri, Thing]) -> tuple[Span, ...]:
    """Return the spans of things of which any day is stated, in order of time.

    `periods` are what dct:temporal leads to.
    """
    found = (_describe_span(thing, periods) for thing in things)
    return tuple(sorted((each for each in found if each), key=_order))


def _describe_span(thing: Thing, periods: Mapping[Iri, Thing]) -> Span | None:
    named = (periods.get(each.value) for each in thing.iris(DCTERMS + "temporal"))
    for told in (thing, *named):
        if told is None:
            continue
        period = describe_period(told)
        start = parse_iso(period.valid_from.value.value) if period.valid_from else None
        end = parse_iso(period.valid_to.value.value) if period.valid_to else None
        if start or end:
            precision = told.iri_of(SG + "datePrecision")
            return Span(thing.iri, start, end, precision.value if precision else None)
    return None


def _order(span: Span) -> tuple[date, date, str]:
    return span.start or span.end or date.min, span.end or date.max, span.iri.value
