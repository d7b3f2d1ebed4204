"""What can be found in a version: each thing with its names, numbers and days.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from styrgraf.governance.authority.intake.stated import read_rows
from styrgraf.governance.query_text import write_query
from styrgraf.governance.search.kinds import choose_kind
from styrgraf.graph.search import Entry, Name, Role
from styrgraf.graph.store import Reader
from styrgraf.graph.words import tidy
from styrgraf.model import Iri, Literal
from styrgraf.namespaces import DCTERMS, ELI, FOAF, ONTOLOGY, RDF, RDFS, SCHEMA, SG, SH, SKOS

LONGEST_TEXT = 1_000

_ROLES: Mapping[str, Role] = {
    SKOS + "prefLabel": Role.NAME,
    FOAF + "name": Role.NAME,
    RDFS + "label": Role.NAME,
    DCTERMS + "title": Role.NAME,
    SCHEMA + "name": Role.OTHER_NAME,
    SKOS + "altLabel": Role.OTHER_NAME,
    SCHEMA + "alternateName": Role.OTHER_NAME,
    SG + "asWritten": Role.OTHER_NAME,
    SG + "sourceLabel": Role.OTHER_NAME,
    SG + "expands": Role.OTHER_NAME,
    SKOS + "notation": Role.NUMBER,
    SG + "caseNumber": Role.NUMBER,
    SG + "caseNumberAsWritten": Role.NUMBER,
    SG + "documentNumber": Role.NUMBER,
    DCTERMS + "identifier": Role.NUMBER,
    SG + "ordinal": Role.NUMBER,
    DCTERMS + "description": Role.TEXT,
    SKOS + "definition": Role.TEXT,
    SG + "condition": Role.TEXT,
}
"""What a property is to search; the places in it are the order of names."""

_STARTS = (
    ELI + "date_document",
    SG + "validFrom",
    ELI + "first_date_entry_in_force",
    DCTERMS + "date",
    SCHEMA + "startDate",
    DCTERMS + "issued",
)
"""The day of a thing, the most telling first; only SG.validFrom may have an end."""
_FINISH = SG + "validTo"
_PRECISION = SG + "datePrecision"

_LEFT_OUT = frozenset(
    {
        *(
            SH + name
            for name in ("NodeShape", "PropertyShape", "PropertyGroup", "SPARQLConstraint")
        ),
        *(RDF + "Statement", SG + "Locator", SG + "DerivedAuthority", SCHEMA + "PropertyValue"),
    }
)
"""What describes shapes, single statements and passages; and what is compiled beside this."""

_VALUES = """
SELECT ?thing ?property ?value WHERE { VALUES ?property { $things } ?thing ?property ?value }
"""
_CLASSES = "SELECT ?thing ?class WHERE { ?thing a ?class }"


@dataclass(slots=True)
class _Gathered:
    """What is known of a thing while it is read."""

    names: dict[tuple[str, str, Role], int] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)


def collect_entries(reader: Reader) -> Iterator[Entry]:
    """Yield what has a name or a number, but what describes shapes and single statements."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_rows(reader, _CLASSES):
        classes[row["thing"].value].append(row["class"].value)
    gathered = _gather(reader)
    for iri, found in gathered.items():
        kinds = classes.get(iri, [])
        if found.names and not _LEFT_OUT & set(kinds) and not iri.startswith(f"{ONTOLOGY}/"):
            yield _make_entry(iri, kinds, found)


def _gather(reader: Reader) -> dict[str, _Gathered]:
    gathered: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    places = {name: place for place, name in enumerate(_ROLES)}
    wanted = [Iri(name) for name in (*_ROLES, *_STARTS, _FINISH, _PRECISION)]
    for row in read_rows(reader, write_query(_VALUES, wanted)):
        thing, name, value = row["thing"], row["property"].value, row["value"]
        if not isinstance(thing, Iri):
            continue
        if name not in _ROLES:
            days = gathered[thing.value].days
            days[name] = min(days.get(name, value.value), value.value)
        elif isinstance(value, Literal) and (text := tidy(value.value)[:LONGEST_TEXT]):
            key = text, value.language, _ROLES[name]
            gathered[thing.value].names.setdefault(key, places[name])
    return gathered


def _make_entry(iri: str, classes: list[str], found: _Gathered) -> Entry:
    kind, name = choose_kind(classes)
    start = next((each for each in _STARTS if each in found.days), "")
    names = [
        Name(text, language, role)
        for (text, language, role), _ in sorted(
            found.names.items(), key=lambda item: (item[0][2], item[1], item[0])
        )
    ]
    day = found.days.get(start, "")
    if day:
        names.append(Name(day, role=Role.DAY))
    lasts = start in {SG + "validFrom", ""}
    return Entry(
        iri=iri,
        kind=kind,
        type=name,
        names=tuple(names),
        start=day,
        finish=found.days.get(_FINISH, "") if lasts else "",
        precision=found.days.get(_PRECISION, ""),
        lasts=lasts,
    )
