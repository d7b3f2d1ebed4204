"""Which terms of ours are declared, and which are mentioned or used where."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from styrgraf.namespaces import OWL, RDF, SG, SH, SKOS
from tests.ontology.rules import ONTOLOGY

ROOT = ONTOLOGY.parent
KINDS = {
    OWL + "Class",
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    SKOS + "Concept",
    SKOS + "ConceptScheme",
    "http://www.w3.org/ns/sparql-service-description#Function",
}
MENTION = re.compile(
    r"(?<![\w.:-])sg:([A-Za-z][\w-]*)"  # a prefixed name
    r"|" + re.escape(SG) + r"([A-Za-z][\w-]*)"  # an IRI
    r'|\bSG \+ "([A-Za-z][\w-]*)'  # the same, put together in Python
    r"|\{SG\}([A-Za-z][\w-]*)"
)


def read_triples(path: Path) -> list[tuple[str, str, str]]:
    """Return the triples of a Turtle file as plain texts."""
    return [
        (_text(quad.subject), _text(quad.predicate), _text(quad.object))
        for quad in pyoxigraph.parse(path=str(path))
    ]


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


@cache
def declare_terms(folder: Path = ONTOLOGY) -> dict[str, str]:
    """Return the declared terms of ours: local name to kind (a local name too)."""
    return {
        subject.removeprefix(SG): kind.rpartition("#")[2]
        for path in sorted(folder.glob("*.ttl"))
        for subject, predicate, kind in read_triples(path)
        if subject.startswith(SG) and predicate == RDF + "type" and kind in KINDS
    }


def list_families() -> set[str]:
    """Return what the names of concepts begin with: `precision` of `precisionDay`."""
    concepts = (name for name, kind in declare_terms().items() if kind == "Concept")
    return {re.split("[A-Z]", name)[0] for name in concepts}


def mention_terms(text: str) -> set[str]:
    """Return the local names of all terms of ours that a text mentions."""
    return {next(filter(None, found)) for found in MENTION.findall(text)}


def use_terms_in_turtle(path: Path) -> set[str]:
    """Return the local names that stand in triples of a file, or in the queries it carries."""
    queries = {SH + "select", SH + "ask", SH + "construct", SH + "update"}
    used: set[str] = set()
    for quad in pyoxigraph.parse(path=str(path)):
        iris = [term.value for term in quad.triple if isinstance(term, NamedNode)]
        used |= {iri.removeprefix(SG) for iri in iris if iri.startswith(SG)}
        if quad.predicate.value in queries:
            used |= use_terms_in_query(_text(quad.object))
    return used


def use_terms_in_query(text: str) -> set[str]:
    """Return the local names that a query uses outside its comments."""
    return mention_terms(re.sub(r"(^|\s)#.*$", "", text, flags=re.MULTILINE))
