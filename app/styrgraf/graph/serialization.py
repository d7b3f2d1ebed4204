"""Answers of the embedded engine as bytes, within their limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pyoxigraph as ox

from styrgraf.errors import UsageError
from styrgraf.formats import (
    CSV,
    JSON,
    N_TRIPLES,
    TSV,
    XML,
    Content,
    Format,
    find_format,
    offer_formats,
)
from styrgraf.graph.isolation.counting import open_counter
from styrgraf.graph.isolation.outputs import AnswerOutput, PreviewFull, too_many_rows
from styrgraf.graph.limits import AnswerLimits
from styrgraf.graph.terms import to_engine
from styrgraf.language import N_
from styrgraf.model import Triple
from styrgraf.namespaces import PREFIXES

_ENGINE_RESULTS = {
    JSON.name: ox.QueryResultsFormat.JSON,
    XML.name: ox.QueryResultsFormat.XML,
    CSV.name: ox.QueryResultsFormat.CSV,
    TSV.name: ox.QueryResultsFormat.TSV,
}


def choose_format(form: str, media_type: str | None) -> Format:
    """Return the format to answer a query form in. Raises UsageError where it cannot carry it."""
    if media_type is None:
        return JSON if form in {"select", "ask"} else N_TRIPLES
    chosen = find_format(media_type)
    offers = offer_formats(form)
    if chosen not in offers:
        raise UsageError(
            N_("The answer to {form} cannot be written as {media_type}; take one of {offers}."),
            form=form.upper(),
            media_type=media_type,
            offers=", ".join(offer.media_type for offer in offers),
        )
    return chosen


def engine_format(wanted: Format) -> ox.RdfFormat:
    """Return the engine's name of an RDF format."""
    found = ox.RdfFormat.from_media_type(wanted.media_type)
    if found is None or wanted.content is Content.SOLUTIONS:
        raise UsageError(N_("{media_type} carries no RDF."), media_type=wanted.media_type)
    return found


def write_solutions(
    result: ox.QuerySolutions | ox.QueryBoolean, wanted: Format, output: AnswerOutput
) -> None:
    """Write solutions or a boolean in `wanted`. Raises AnswerTooLargeError."""
    with suppress(PreviewFull):
        result.serialize(output, _ENGINE_RESULTS[wanted.name])  # type: ignore[arg-type]


def write_distinct(
    triples: Iterable[ox.Triple], wanted: Format, limits: AnswerLimits, output: AnswerOutput
) -> None:
    """Write the set of triples in `wanted`. Raises AnswerTooLargeError."""
    distinct = _choose_triples(triples, limits, output)
    ox.serialize(distinct, output, engine_format(wanted), prefixes=PREFIXES)  # type: ignore[arg-type]


def open_output(
    result: object, wanted: Format, limits: AnswerLimits, deliver: Callable[[bytes], None] | None
) -> AnswerOutput:
    """Return what an answer of the engine is written to."""
    rows = open_counter(wanted) if isinstance(result, ox.QuerySolutions) else None
    return AnswerOutput(limits, rows, deliver)


def _choose_triples(
    triples: Iterable[ox.Triple], limits: AnswerLimits, output: AnswerOutput
) -> Iterator[ox.Triple]:
    seen: set[ox.Triple] = set()
    for triple in triples:
        if triple in seen:
            continue
        if limits.preview is not None and len(seen) == limits.preview:
            output.more = True
            return
        seen.add(triple)
        if len(seen) > limits.rows:
            raise too_many_rows(limits)
        yield triple


def write_triples(triples: Iterable[Triple], wanted: Format) -> bytes:
    """Return triples of ours in `wanted`, with the prefixes that all answers have."""
    engine_triples = (
        ox.Triple(to_engine(subject), to_engine(predicate), to_engine(value))  # type: ignore[arg-type]
        for subject, predicate, value in triples
    )
    return ox.serialize(engine_triples, format=engine_format(wanted), prefixes=PREFIXES) or b""
