"""Terms of others exist, and those that the data uses have names in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import namespace as known

from styrgraf.namespaces import ELI, M8G, OA, RDF, RDFS, SCHEMA, SG, XSD
from tests.ontology.rules import ONTOLOGY
from tests.ontology.terms import ROOT, read_triples

VOCABULARIES = {
    str(each): each
    for each in (
        *(known.RDF, known.RDFS, known.OWL, known.XSD, known.SKOS, known.DCTERMS, known.DCAT),
        *(known.FOAF, known.ORG, known.PROV, known.ODRL2, known.TIME, known.VANN, known.SH),
    )
}
SEEN_IN_THEIR_FILES = {
    ELI: "LegalResource related_to passed_by responsibility_of_agent id_local number in_force "
    "date_document first_date_entry_in_force date_no_longer_in_force based_on repeals",
    OA: "Annotation SpecificResource hasBody hasTarget hasSource",
    M8G: "PublicOrganisation",
    "http://www.w3.org/ns/sparql-service-description#": "Function",
    "http://data.vlaanderen.be/ns/besluit#": "Besluit Bestuursorgaan",
    "http://data.vlaanderen.be/ns/mandaat#": "Mandaat",
    "http://www.omg.org/spec/BMM#": "Goal DesiredResult",
    "https://spec.edmcouncil.org/fibo/ontology/FND/GoalsAndObjectives/Objectives/": "Goal",
}
DATATYPES = (XSD, RDF + "langString", str(known.VANN))
NOT_TERMS = (
    SG.rstrip("#"),
    "https://w3id.org/styrgraf/kth/",
    "https://creativecommons.org/",
)


def exists(iri: str) -> bool:
    """Tell whether the vocabulary that `iri` belongs to has that term."""
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    namespace, name = iri[:end], iri[end:]
    if namespace == SCHEMA:
        return name in known.SDO
    if namespace in VOCABULARIES:
        return name in VOCABULARIES[namespace]
    return name in SEEN_IN_THEIR_FILES.get(namespace, "").split()


def list_outside_terms(paths: list[Path], near: bool = True) -> set[str]:
    """Return the predicates, and the classes and properties pointed at, that are not ours.

    Without `near`, terms that ours only point to with rdfs:seeAlso are left out.
    """
    pointers = {"type", "subClassOf", "subPropertyOf", "domainIncludes", "rangeIncludes"}
    pointers |= {"disjointWith", "predicate", "concernsProperty"}
    terms: set[str] = set()
    for path in paths:
        for subject, predicate, value in read_triples(path):
            terms.add(predicate)
            name = predicate.rpartition("#")[2].rpartition("/")[2]
            if name in pointers or (near and name == "seeAlso" and subject.startswith(SG)):
                terms.add(value)
    return {term for term in terms if not term.startswith(NOT_TERMS)}


def list_data() -> list[Path]:
    return sorted((ROOT / "data").rglob("*.ttl"))


def test_every_term_of_others_exists_in_its_vocabulary() -> None:
    terms = list_outside_terms([*ONTOLOGY.glob("*.ttl"), *list_data()])
    subjects = {triple[0] for triple in read_triples(ONTOLOGY / "reused.ttl")}
    assert sorted(term for term in terms | subjects if not exists(term)) == []


@pytest.mark.parametrize(
    "iri",
    [
        "http://www.w3.org/ns/org#Vessel",
        "http://data.europa.eu/eli/ontology#sails",
        "http://schema.org/floatsUpon",
        "http://example.org/ns#Ship",
    ],
)
def test_a_term_that_no_vocabulary_has_is_found(iri: str) -> None:
    assert not exists(iri)


def test_every_term_of_others_in_data_and_axioms_is_named_in_both_languages() -> None:
    named = {
        subject
        for subject, predicate, _ in read_triples(ONTOLOGY / "reused.ttl")
        if predicate == RDFS + "label"
    }
    used = list_outside_terms([*ONTOLOGY.glob("*.ttl"), *list_data()], near=False)
    assert sorted(term for term in used - named if not term.startswith(DATATYPES)) == []
