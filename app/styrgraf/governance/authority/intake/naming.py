"""What a question names, found in the graph: matters, parties and units by what people call them.

A name is an IRI, `type/slug`, or a label or notation in any language, in capitals or not.
No IO but through the reader that is passed in.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from styrgraf.errors import ParameterError, UnknownNameError
from styrgraf.governance.authority.intake.parsing import (
    parse_amount,
    parse_conditions,
    parse_day,
    parse_kind,
)
from styrgraf.governance.query_text import write_query
from styrgraf.governance.units import UNIT_CLASSES
from styrgraf.graph.queries import bind_terms
from styrgraf.graph.store import Reader
from styrgraf.language import N_
from styrgraf.model import Iri, Literal
from styrgraf.namespaces import FOAF, ID_PATH, ORG, SG

__all__ = [
    "find_delegation",
    "find_matter",
    "find_order",
    "find_party",
    "find_post",
    "find_subject",
    "find_unit",
    "parse_amount",
    "parse_conditions",
    "parse_day",
    "parse_kind",
]

LONGEST_NAME = 300
"""No name is longer, and no longer text is looked for."""
MOST_COMPARED = 5_000
"""So many names are compared with one that is unknown."""
MOST_TOLD = 3
"""So many near names are told."""
_FARTHEST = 0.3
"""Names less alike than this are not near (difflib's ratio)."""

_BY_IRI = """
SELECT DISTINCT ?thing WHERE {
  { VALUES ?thing { $things } VALUES ?class { @classes } ?thing a ?class }
  UNION { VALUES ?thing { $things } ?other @properties ?thing }
}
"""

_NAMED = """
  VALUES ?class { @classes }
  ?thing a ?class .
  VALUES (?property ?rank) {
    (skos:prefLabel 1) (foaf:name 1) (skos:notation 1) (rdfs:label 2) (skos:altLabel 2)
  }
  ?thing ?property ?name .
"""

_BY_NAME = f"""
SELECT DISTINCT ?thing ?rank WHERE {{
  {_NAMED}
  FILTER(LCASE(STR(?name)) = $text)
}} ORDER BY ?rank ?thing LIMIT 50
"""

_NAMES = f"""
SELECT ?thing ?name ?rank WHERE {{ {_NAMED} }} ORDER BY ?rank ?thing ?name LIMIT {MOST_COMPARED}
"""


@dataclass(frozen=True, slots=True)
class _Sort:
    """What is looked for, and the sentences where it is not found.

    It is of one of the classes, or (whatever it is) the object of one of the properties.
    """

    classes: tuple[str, ...]
    properties: tuple[str, ...]
    absent: str
    unknown: str
    alone: str


_MATTER = _Sort(
    (SG + "MatterType",),
    (SG + "delegatesMatter",),
    N_("Say which matter is asked about: its name, or type/slug, or its IRI."),
    N_("There is no matter “{name}”. The nearest: {nearest}."),
    N_("There is no matter “{name}”, and none with a name like it."),
)
_PARTY = _Sort(
    (ORG + "Post", SG + "Body", ORG + "Role", FOAF + "Person"),
    (SG + "delegate",),
    N_("Say which post, body, role or person is asked about: by name, type/slug or IRI."),
    N_("There is no post, body, role or person “{name}”. The nearest: {nearest}."),
    N_("There is no post, body, role or person “{name}”, and none with a name like it."),
)
_UNIT = _Sort(
    UNIT_CLASSES,
    (SG + "withinUnit",),
    N_("Say which unit is asked about: its name, or type/slug, or its IRI."),
    N_("There is no unit “{name}”. The nearest: {nearest}."),
    N_("There is no unit “{name}”, and none with a name like it."),
)

_DELEGATION = _Sort(
    (SG + "DelegationOfAuthority",),
    (SG + "recalls",),
    N_("Say which delegation is meant: its name, or type/slug, or its IRI."),
    N_("There is no delegation “{name}”. The nearest: {nearest}."),
    N_("There is no delegation “{name}”, and none with a name like it."),
)
_ORDER = _Sort(
    (SG + "DelegationOrder",),
    (SG + "underOrder",),
    N_("Say which order is meant: its name, or type/slug, or its IRI."),
    N_("There is no delegation order “{name}”. The nearest: {nearest}."),
    N_("There is no delegation order “{name}”, and none with a name like it."),
)
_POST = _Sort(
    (ORG + "Post",),
    (SG + "heldPost",),
    N_("Say which post is meant: its name, or type/slug, or its IRI."),
    N_("There is no post “{name}”. The nearest: {nearest}."),
    N_("There is no post “{name}”, and none with a name like it."),
)
_SUBJECT = _Sort(
    (*_MATTER.classes, ORG + "Post", SG + "Body", ORG + "Role", *UNIT_CLASSES),
    (SG + "delegatesMatter", SG + "delegate", ORG + "postIn", ORG + "unitOf"),
    N_("Say what the part is about: a matter, post, body, role or unit, by name or type/slug."),
    N_("There is no matter, post, body, role or unit “{name}”. The nearest: {nearest}."),
    N_("There is no matter, post, body, role or unit “{name}”, and none with a name like it."),
)


def find_matter(reader: Reader, text: str, language: str) -> Iri:
    """Return the matter type that `text` names; `language` is that of names in errors.

    Raises UnknownNameError (with the nearest names) and ParameterError (none, or several).
    """
    return _find(reader, text, language, _MATTER)


def find_party(reader: Reader, text: str, language: str) -> Iri:
    """Return the post, body, role or person that `text` names; else as `find_matter`."""
    return _find(reader, text, language, _PARTY)


def find_unit(reader: Reader, text: str, language: str) -> Iri:
    """Return the unit that `text` names; else as `find_matter`."""
    return _find(reader, text, language, _UNIT)


def find_delegation(reader: Reader, text: str, language: str) -> Iri:
    """Return the delegation that `text` names; else as `find_matter`."""
    return _find(reader, text, language, _DELEGATION)


def find_order(reader: Reader, text: str, language: str) -> Iri:
    """Return the delegation order that `text` names; else as `find_matter`."""
    return _find(reader, text, language, _ORDER)


def find_post(reader: Reader, text: str, language: str) -> Iri:
    """Return the post that `text` names; else as `find_matter`."""
    return _find(reader, text, language, _POST)


def find_subject(reader: Reader, text: str, language: str) -> Iri:
    """Return the matter, post, body, role or unit that `text` names; else as `find_matter`."""
    return _find(reader, text, language, _SUBJECT)


def _find(reader: Reader, text: str, language: str, sort: _Sort) -> Iri:
    name = _normalise(text)
    if not name:
        raise ParameterError(sort.absent)
    found = _find_exactly(reader, name, sort) if len(name) <= LONGEST_NAME else ()
    if not found:
        raise _tell_unknown(reader, name, language, sort)
    if len(found) > 1:
        raise ParameterError(
            N_("“{name}” may be any of several: {found}. Write one of them as type/slug."),
            name=name,
            found=", ".join(_shorten(reader, iri) for iri in found),
        )
    return found[0]


def _normalise(text: str) -> str:
    """Return `text` with single spaces, composed letters, and nothing that is no character."""
    written = text.replace("\0", "").encode("utf-8", "replace").decode()
    return " ".join(unicodedata.normalize("NFC", written).split())


def _find_exactly(reader: Reader, name: str, sort: _Sort) -> tuple[Iri, ...]:
    base = reader.version().base
    iris = [Iri(name), Iri(base + ID_PATH + name.lower())]
    pattern = _BY_IRI.replace("@classes", _write_iris(sort.classes))
    pattern = pattern.replace("@properties", "|".join(f"<{each}>" for each in sort.properties))
    rows = reader.select(write_query(pattern, iris)).rows
    if rows:
        return tuple(row["thing"] for row in rows if isinstance(row["thing"], Iri))
    return _find_by_name(reader, name, sort)


def _find_by_name(reader: Reader, name: str, sort: _Sort) -> tuple[Iri, ...]:
    """Return what has this name: a name of the first rank goes before one of the second."""
    pattern = write_query(_BY_NAME.replace("@classes", _write_iris(sort.classes)))
    rows = reader.select(bind_terms(pattern, {"text": Literal(name.lower())})).rows
    best = [row["thing"] for row in rows if row["rank"] == rows[0]["rank"]]
    return tuple(dict.fromkeys(iri for iri in best if isinstance(iri, Iri)))


def _write_iris(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _tell_unknown(reader: Reader, name: str, language: str, sort: _Sort) -> UnknownNameError:
    shown = name if len(name) <= 80 else name[:79] + "…"
    nearest = _find_nearest(reader, shown, language, sort)
    if not nearest:
        return UnknownNameError(sort.alone, name=shown)
    return UnknownNameError(sort.unknown, name=shown, nearest=", ".join(nearest))


def _find_nearest(reader: Reader, name: str, language: str, sort: _Sort) -> Sequence[str]:
    """Return the nearest names, each with `type/slug`, which can be written instead."""
    rows = reader.select(write_query(_NAMES.replace("@classes", _write_iris(sort.classes)))).rows
    labels: dict[Iri, Literal] = {}
    known: dict[str, Iri] = {}
    for row in rows:
        thing, label = row["thing"], row["name"]
        if isinstance(thing, Iri) and isinstance(label, Literal):
            known.setdefault(label.value.lower(), thing)
            known.setdefault(thing.value.rpartition("/")[2], thing)
            if thing not in labels or labels[thing].language != language == label.language:
                labels[thing] = label
    # A name has at most a few spellings: so many near ones are of enough different things.
    close = difflib.get_close_matches(name.lower(), known, 5 * MOST_TOLD, _FARTHEST)
    things = list(dict.fromkeys(known[each] for each in close))[:MOST_TOLD]
    return [f"{labels[thing].value} ({_shorten(reader, thing)})" for thing in things]


def _shorten(reader: Reader, iri: Iri) -> str:
    """Return an IRI as it may be written instead: `type/slug`, or whole."""
    return iri.value.removeprefix(reader.version().base + ID_PATH)
