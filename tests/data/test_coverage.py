"""Every statement has its source; what is read into a source is marked as a reading."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from styrgraf.namespaces import DCTERMS, OA, RDF, SG, SKOS
from tests.data.reading import (
    DESCRIPTION,
    EVIDENCE,
    INTERPRETATION,
    PREF_LABEL,
    SOURCE_GRAPHS,
    Triple,
    find_graph,
    index_statements,
    index_values,
    list_bodies,
    list_instances,
    list_values,
    read_triples,
)

OURS = {
    # Kinds, names and our own words; that a source speaks of the thing is checked apart.
    RDF + "type",
    PREF_LABEL,
    DESCRIPTION,
    SKOS + "inScheme",
    SKOS + "topConceptOf",
}
CERTAINTIES = {SG + "certaintyInterpreted", SG + "certaintyUncertain"}
READINGS = list_instances(EVIDENCE, "Reading")


def list_said(bodies: frozenset[str], graph: str) -> set[Triple]:
    """Return the triples of a named graph that the bodies state."""
    statements = [index_statements()[body] for body in bodies if body in index_statements()]
    return {triple for triple, name in statements if name == find_graph(graph)}


def show(triples: set[Triple]) -> list[str]:
    return sorted(" ".join(str(term) for term in triple) for triple in triples)


def list_schemes(graph: str) -> set[str]:
    types = index_values(graph, RDF + "type")
    scheme = SKOS + "ConceptScheme"
    return {subject for subject, kinds in types.items() if scheme in {k.value for k in kinds}}


@pytest.mark.parametrize("graph", SOURCE_GRAPHS)
def test_every_triple_of_a_source_is_covered_by_a_fact(graph: str) -> None:
    said = list_said(list_bodies("Fact"), graph)
    told = {triple for triple in read_triples(graph) if triple[1].value not in OURS}
    assert show(told - said) == []


@pytest.mark.parametrize("graph", SOURCE_GRAPHS)
def test_everything_in_a_source_has_a_fact_that_speaks_of_it(graph: str) -> None:
    said = list_said(list_bodies("Fact"), graph)
    spoken_of = {subject.value for subject, _, _ in said}
    things = set(index_values(graph, PREF_LABEL)) - list_schemes(graph)
    assert sorted(things - spoken_of) == []


def test_every_triple_of_the_interpretation_is_covered_by_a_reading() -> None:
    said = list_said(list_bodies("Reading"), INTERPRETATION)
    named = set(index_values(INTERPRETATION, PREF_LABEL))
    told = {
        (subject, verb, value)
        for subject, verb, value in read_triples(INTERPRETATION)
        if not (verb.value in OURS and subject.value in named)
    }
    assert show(told - said) == []


@pytest.mark.parametrize("reading", READINGS)
def test_a_reading_says_how_certain_it_is_and_why(reading: str) -> None:
    (certainty,) = list_values(EVIDENCE, SG + "certainty", reading)
    assert certainty in CERTAINTIES
    languages = [
        term.language
        for term in index_values(EVIDENCE, DESCRIPTION)[reading]
        if isinstance(term, Literal)
    ]
    assert sorted(str(language) for language in languages) == ["en", "sv"]
    assert list_values(EVIDENCE, OA + "hasTarget", reading)
    assert len(list_values(EVIDENCE, DCTERMS + "identifier", reading)) == 1


@pytest.mark.parametrize("reading", READINGS)
def test_a_reading_reaches_into_the_interpretation_and_into_no_other_graph(reading: str) -> None:
    graphs = {
        index_statements()[body][1] for body in list_values(EVIDENCE, OA + "hasBody", reading)
    }
    assert graphs == {find_graph(INTERPRETATION)}
