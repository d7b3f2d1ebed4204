"""Answers of the embedded engine as bytes: complete within their limits, or an error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO

import pyoxigraph as ox

from styrgraf.errors import AnswerTooLargeError, UsageError
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
from styrgraf.graph.limits import MEBIBYTE, AnswerLimits
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
_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_CSV_STRING = re.compile(rb'"[^"]*"')


class _BoundedBuffer(BytesIO):
    """A buffer that refuses to grow beyond the limit, so that the engine stops writing."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._limit:
            raise AnswerTooLargeError(
                N_("The answer is larger than {limit} MiB; ask for less, for example with LIMIT."),
                limit=self._limit // MEBIBYTE,
            )
        return super().write(data)


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


def serialize_solutions(
    result: ox.QuerySolutions | ox.QueryBoolean, wanted: Format, limits: AnswerLimits
) -> bytes:
    """Return solutions or a boolean in `wanted`. Raises AnswerTooLargeError."""
    buffer = _BoundedBuffer(limits.size)
    result.serialize(buffer, _ENGINE_RESULTS[wanted.name])
    body = buffer.getvalue()
    if isinstance(result, ox.QuerySolutions) and _count_rows(body, wanted) > limits.rows:
        raise _too_many_rows(limits)
    return body


def serialize_triples(triples: Iterable[ox.Triple], wanted: Format, limits: AnswerLimits) -> bytes:
    """Return the set of triples in `wanted`. Raises AnswerTooLargeError."""
    distinct: dict[ox.Triple, None] = {}
    for triple in triples:
        distinct[triple] = None
        if len(distinct) > limits.rows:
            raise _too_many_rows(limits)
    buffer = _BoundedBuffer(limits.size)
    ox.serialize(distinct, buffer, engine_format(wanted), prefixes=PREFIXES)
    return buffer.getvalue()


def write_triples(triples: Iterable[Triple], wanted: Format) -> bytes:
    """Return triples of ours in `wanted`, with the prefixes that all answers have."""
    engine_triples = (
        ox.Triple(to_engine(subject), to_engine(predicate), to_engine(value))  # type: ignore[arg-type]
        for subject, predicate, value in triples
    )
    return ox.serialize(engine_triples, format=engine_format(wanted), prefixes=PREFIXES) or b""


def _too_many_rows(limits: AnswerLimits) -> AnswerTooLargeError:
    return AnswerTooLargeError(
        N_("The answer has more than {limit} rows; ask for less, for example with LIMIT."),
        limit=limits.rows,
    )


def _count_rows(body: bytes, wanted: Format) -> int:
    # The engine tells no count, and counting in its output is far cheaper than iterating.
    if wanted is XML:
        return body.count(b"<result>")
    if wanted is JSON:
        skeleton = _JSON_STRING.sub(b"", body)
        return skeleton.count(b"[{") + skeleton.count(b",{")
    lines = _CSV_STRING.sub(b"", body) if wanted is CSV else body
    return max(lines.count(b"\n") - 1, 0)
