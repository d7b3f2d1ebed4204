"""The kinds of things that are found, in the order in which they are shown. No IO here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from styrgraf.governance.posts import POST_CLASSES
from styrgraf.governance.units import CHANGE_CLASSES, UNIT_CLASSES
from styrgraf.language import N_
from styrgraf.namespaces import ELI, FOAF, OWL, RDF, SG, SKOS
from styrgraf.namespaces import ORG as ORGANISATION

SD_FUNCTION = "http://www.w3.org/ns/sparql-service-description#Function"


@dataclass(frozen=True, slots=True)
class FoundKind:
    """A kind of thing: its name in addresses, what many and one are called, its classes."""

    code: str
    many: str
    one: str
    classes: tuple[str, ...]


def _ours(*names: str) -> tuple[str, ...]:
    return tuple(SG + name for name in names)


KINDS = (
    FoundKind("post", N_("Posts and roles"), N_("post or role"), POST_CLASSES),
    FoundKind("matter", N_("Matters"), N_("matter"), _ours("MatterType")),
    FoundKind("unit", N_("Units"), N_("unit"), UNIT_CLASSES),
    FoundKind("body", N_("Bodies"), N_("body"), _ours("Body")),
    FoundKind(
        "person",
        N_("Persons and holdings"),
        N_("person or holding"),
        (FOAF + "Person", *_ours("Holding", "Substitution"), ORGANISATION + "Membership"),
    ),
    FoundKind("decision", N_("Decisions"), N_("decision"), _ours("Decision", "Case")),
    FoundKind(
        "delegation",
        N_("Delegations"),
        N_("delegation"),
        _ours("DelegationOfAuthority", "OriginalAuthority", "Recall"),
    ),
    FoundKind(
        "order",
        N_("Orders and regulations"),
        N_("order or regulation"),
        (*_ours("DelegationOrder", "OrderDefault", "Provision"), ELI + "LegalResource"),
    ),
    FoundKind(
        "goal",
        N_("Goals and plans"),
        N_("goal or plan"),
        _ours(
            *("Goal", "Plan", "FocusArea", "ExpectedResult"),
            *("ActionItem", "Purpose", "PlanSection"),
        ),
    ),
    FoundKind("principle", N_("Principles"), N_("principle"), _ours("Principle")),
    FoundKind("initiative", N_("Initiatives"), N_("initiative"), _ours("Initiative")),
    FoundKind(
        "area",
        N_("Support areas and tasks"),
        N_("support area or task"),
        _ours("SupportArea", "AreaResponsibility", "Task"),
    ),
    FoundKind(
        "document",
        N_("Documents"),
        N_("document"),
        (SG + "SourceDocument", FOAF + "Document"),
    ),
    FoundKind("gap", N_("What is left open"), N_("gap"), _ours("Gap")),
    FoundKind("other", N_("Other things"), N_("thing"), CHANGE_CLASSES),
    FoundKind(
        "evidence", N_("Facts and readings"), N_("fact or reading"), _ours("Fact", "Reading")
    ),
    FoundKind(
        "term",
        N_("Vocabulary"),
        N_("term of the vocabulary"),
        (
            *(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "Ontology")),
            *(SKOS + name for name in ("Concept", "ConceptScheme")),
            *(RDF + "Property", SD_FUNCTION),
        ),
    ),
)
"""Things of the data before the words of the vocabulary."""

CODES = tuple(kind.code for kind in KINDS)
TERMS = CODES.index("term")
_OTHER = CODES.index("other")
_PLACES = {name: place for place, kind in enumerate(KINDS) for name in kind.classes}
_RANKS = {name: rank for kind in KINDS for rank, name in enumerate(kind.classes)}


def choose_kind(classes: Sequence[str]) -> tuple[int, str]:
    """Return the place of the first kind that a thing of these classes is, and its class there.

    What has a name and no class is a word that the vocabulary refers to.
    """
    if not any(classes):
        return TERMS, ""
    known = [(_PLACES[name], _RANKS[name], name) for name in classes if name in _PLACES]
    if not known:
        return _OTHER, min(classes)
    place, _, name = min(known)
    return place, name


def find_place(code: str) -> int:
    """Return the place of a kind. Raises ValueError for what is none."""
    return CODES.index(code)
