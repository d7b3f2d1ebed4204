"""Answers of different services to one query: the same row by row, the same by value, or not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from bench.http_queries import TURTLE, Question
from bench.http_servers import Service, ask
from styrgraf.namespaces import XSD

_NUMBERS = {
    XSD + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
}
_STRING = XSD + "string"
_BOOLEAN = XSD + "boolean"
_TRUTHS = {"1": "true", "0": "false"}

Term = tuple[str, str, str]
"""Kind, text, and language or datatype."""

Row = tuple[tuple[str, Term], ...]


@dataclass(frozen=True)
class Compared:
    """What came of comparing one service with ours on one query."""

    question: str
    service: str
    rows: int
    written_otherwise: int = 0
    different: int = 0
    example: str = ""


def compare_answers(
    question: Question, ours: Service, peers: Sequence[Service], texts: Sequence[str]
) -> list[Compared]:
    """Ask all the same; return what came of it for each peer."""
    expected = [read_rows(*_ask(ours, question, text)) for text in texts]
    return [
        _compare(
            question,
            peer,
            expected,
            [read_rows(*_ask(peer, question, text)) for text in texts],
        )
        for peer in peers
    ]


def _ask(service: Service, question: Question, text: str) -> tuple[str, bytes]:
    status, body = ask(service, text, question.media_type, 300)
    if status != 200:
        raise SystemExit(f"{service.name}, {question.name}: {status} {body[:300]!r}")
    return question.media_type, body


def read_rows(media_type: str, body: bytes) -> Counter[Row]:
    """Return the solutions of an answer, or its triples, each with how often it is there."""
    if media_type == TURTLE:
        triples = {quad.triple for quad in ox.parse(body, ox.RdfFormat.TURTLE)}
        return Counter(
            tuple((str(place), _read_engine_term(term)) for place, term in enumerate(triple))
            for triple in triples
        )
    rows = json.loads(body)["results"]["bindings"]
    return Counter(
        tuple(sorted((name, _read_json_term(term)) for name, term in row.items())) for row in rows
    )


def _read_json_term(term: dict[str, str]) -> Term:
    if term["type"] in {"uri", "bnode"}:
        return "iri", term["value"], ""
    kind = term.get("xml:lang", "").lower() or term.get("datatype", _STRING)
    return "literal", term["value"], kind


def _read_engine_term(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return "literal", term.value, (term.language or "").lower() or term.datatype.value
    assert isinstance(term, ox.NamedNode)
    return "iri", term.value, ""


def weigh(row: Row) -> Row:
    """Return a row by value: numbers of any datatype in one form, and booleans."""
    return tuple((name, _weigh_term(term)) for name, term in row)


def _weigh_term(term: Term) -> Term:
    kind, text, further = term
    if further == _BOOLEAN:
        return kind, _TRUTHS.get(text, text), further
    if further not in _NUMBERS:
        return term
    try:
        return kind, f"{Decimal(text).normalize():f}", "number"
    except InvalidOperation:
        return term


def _compare(
    question: Question,
    peer: Service,
    expected: Sequence[Counter[Row]],
    given: Sequence[Counter[Row]],
) -> Compared:
    rows = otherwise = different = 0
    example = ""
    for ours, theirs in zip(expected, given, strict=True):
        rows += ours.total()
        lacking, odd = ours - theirs, theirs - ours
        by_value = Counter(map(weigh, lacking.elements()))
        unexplained = by_value - Counter(map(weigh, odd.elements()))
        surplus = Counter(map(weigh, odd.elements())) - by_value
        differing = max(unexplained.total(), surplus.total())
        different += differing
        otherwise += lacking.total() - unexplained.total()
        if not example and (lacking or odd):
            example = f"{_write(lacking)}; {peer.name}: {_write(odd)}"
    return Compared(question.name, peer.name, rows, otherwise, different, example)


def _write(rows: Counter[Row]) -> str:
    """Return the first of some rows, shortly."""
    for row in sorted(rows):
        return ", ".join(f"{name} {term[1][-40:]} {term[2][-20:]}".strip() for name, term in row)
    return "nothing"
