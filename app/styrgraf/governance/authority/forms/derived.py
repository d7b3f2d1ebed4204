"""Derived authority as RDF: one node per delegation, root, reach and unbroken window.

The nodes stand in the inferred graph, so that plain SPARQL can ask on any engine. Their IRIs
follow from what they say. No IO here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.indexing.effective import Derived
from styrgraf.governance.authority.rules import Verdict
from styrgraf.model import Iri, Literal, Term, Triple
from styrgraf.namespaces import ID_PATH, PROV, RDF, SCHEMA, SG, SKOS, XSD

Names = Mapping[str, Mapping[str, str]]
"""Names of things by language and IRI."""

_WORDS = {
    "sv": ("Härledd beslutanderätt", "alla ärenden"),
    "en": ("Derived authority", "all matters"),
}
_VERDICTS = {Verdict.YES: SG + "verdictYes", Verdict.NOT_TOLD: SG + "verdictNotTold"}
_KINDS = {Kind.DECIDE: SG + "rightDecide", Kind.SIGN: SG + "rightSign"}


def list_names(entries: Iterable[Derived]) -> set[str]:
    """Return the things whose names the labels of entries are made of."""
    return {iri for each in entries for iri in (each.party, each.matter) if iri}


def describe_entries(entries: Iterable[Derived], names: Names, base: str) -> Iterator[Triple]:
    """Yield the triples of entries; those with limits in several currencies have several nodes."""
    for entry in entries:
        for limit in entry.limits or (None,):
            told = tuple(_describe(entry, limit))
            text = "\n".join(f"{name} {value.value}" for name, value in told)
            digest = hashlib.sha256(text.encode()).hexdigest()[:16]
            node = Iri(f"{base}{ID_PATH}derived-authority/{digest}")
            for name, value in (*told, *_name(entry, names)):
                yield Triple(node, Iri(name), value)


def _describe(entry: Derived, limit: Limit | None) -> Iterator[tuple[str, Term]]:
    yield RDF + "type", Iri(SG + "DerivedAuthority")
    yield PROV + "wasDerivedFrom", Iri(entry.delegation)
    yield SG + "rootAuthority", Iri(entry.root)
    yield SG + "delegate", Iri(entry.party)
    if entry.matter:
        yield SG + "overMatter", Iri(entry.matter)
    for kind in sorted(entry.kinds):
        yield SG + "rightKind", Iri(_KINDS[kind])
    for unit in entry.units:
        yield SG + "withinUnit", Iri(unit)
    if limit:
        yield SCHEMA + "maxValue", _write_amount(limit)
        yield SCHEMA + "currency", Literal(limit.currency)
        yield SG + "limitExcluded", _write_boolean(limit.excluded)
    yield SG + "conditional", _write_boolean(entry.conditional)
    yield SG + "chainDepth", Literal(str(entry.depth), XSD + "integer")
    for name, day in (("validFrom", entry.start), ("validTo", entry.end)):
        if day:
            yield SG + name, Literal(day.isoformat(), XSD + "date")
    yield SG + "verdict", Iri(_VERDICTS[entry.verdict])
    yield SG + "certainty", Iri(f"{SG}certainty{entry.certainty.capitalize()}")


def _name(entry: Derived, names: Names) -> Iterator[tuple[str, Term]]:
    window = "–".join(_write_day(day) for day in (entry.start, entry.end))
    for language, (word, everything) in _WORDS.items():
        known = names.get(language, {})
        party, matter = (known.get(iri or "", "") for iri in (entry.party, entry.matter))
        shown = (party or _cut_name(entry.party), matter or _cut_name(entry.matter or everything))
        text = f"{word}: {', '.join((*shown, window))}"
        yield SKOS + "prefLabel", Literal.in_language(text, language)


def _cut_name(iri: str) -> str:
    """Return the last part of an IRI, for what has no name."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _write_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _write_amount(limit: Limit) -> Literal:
    amount = Decimal(limit.hundredths).scaleb(-2).normalize()
    return Literal(f"{amount:f}", XSD + "decimal")


def _write_boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", XSD + "boolean")
