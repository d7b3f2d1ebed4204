"""The data uses each property of ours on, and with, what the ontology documents for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, Store

from styrgraf.namespaces import FOAF, ORG, OWL, PROV, RDF, RDFS, SCHEMA, SG, SKOS
from tests.ontology.rules import ONTOLOGY
from tests.ontology.terms import ROOT

TYPE, SUBCLASS = RDF + "type", RDFS + "subClassOf"
ABOVE_ELSEWHERE = {
    ORG + "FormalOrganization": {ORG + "Organization"},
    ORG + "OrganizationalUnit": {ORG + "Organization"},
    ORG + "ChangeEvent": {PROV + "Activity"},
    ORG + "Role": {SKOS + "Concept"},
    PROV + "Plan": {PROV + "Entity"},
    PROV + "Collection": {PROV + "Entity"},
}
DISJOINT_ELSEWHERE = {
    PROV + "Activity": {PROV + "Entity"},
    SKOS + "Concept": {SKOS + "ConceptScheme"},
    ORG + "Role": {ORG + "Organization", ORG + "Membership"},
    FOAF + "Person": {ORG + "Organization", FOAF + "Document"},
}
Index = dict[str, set[str]]


@cache
def parse(folder: Path) -> list[Quad]:
    """Return the quads of all Turtle files in a folder."""
    return [quad for path in folder.rglob("*.ttl") for quad in pyoxigraph.parse(path=str(path))]


def derive(data: list[Quad]) -> list[Quad]:
    """Return what the queries of `queries/derive` make of the data, each run once."""
    store = Store()
    store.bulk_extend(data)
    derived: list[Quad] = []
    for path in sorted((ROOT / "queries/derive").glob("*.rq")):
        made = store.query(path.read_text())
        assert isinstance(made, QueryTriples)
        derived += [Quad(*triple) for triple in made]
    return derived


def index_links(quads: Iterable[Quad], predicate: str) -> Index:
    """Return the IRIs that `predicate` leads to, by subject."""
    links: Index = defaultdict(set)
    for quad in quads:
        if quad.predicate.value == predicate and isinstance(quad.object, NamedNode):
            links[str(quad.subject)[1:-1]].add(quad.object.value)
    return links


def list_with_superclasses(types: set[str], above: Index) -> set[str]:
    """Return the types and all classes above them."""
    wider = types.union(*(above.get(each, set()) for each in types))
    return wider if wider == types else list_with_superclasses(wider, above)


def describe_value(term: object, types: Index, above: Index) -> set[str]:
    """Return what a value counts as: its datatype, or its classes."""
    if isinstance(term, Literal):
        return {term.datatype.value}
    assert isinstance(term, NamedNode)
    return list_with_superclasses(types.get(term.value, set()), above)


def find_undocumented_uses(data: list[Quad], ontology: list[Quad]) -> list[str]:
    """Return the uses of our properties on or with something that is not documented for them."""
    types = index_links([*data, *ontology], TYPE)
    above = index_links(ontology, SUBCLASS) | ABOVE_ELSEWHERE
    domains = index_links(ontology, SCHEMA + "domainIncludes")
    ranges = index_links(ontology, SCHEMA + "rangeIncludes")
    faults: set[str] = set()
    for quad in data:
        name = quad.predicate.value
        for end, allowed in ((quad.subject, domains.get(name)), (quad.object, ranges.get(name))):
            if allowed and not describe_value(end, types, above) & allowed:
                faults.add(f"{name.removeprefix(SG)}: {end}")
    return sorted(faults)


def find_impossible_things(data: list[Quad], ontology: list[Quad]) -> list[str]:
    """Return the things that belong to two classes which share no members."""
    above = index_links(ontology, SUBCLASS) | ABOVE_ELSEWHERE
    disjoint = index_links(ontology, OWL + "disjointWith") | DISJOINT_ELSEWHERE
    return sorted(
        thing
        for thing, types in index_links(data, TYPE).items()
        for classes in [list_with_superclasses(types, above)]
        if any(disjoint.get(each, set()) & classes for each in classes)
    )


def test_nothing_in_the_data_belongs_to_two_disjoint_classes() -> None:
    assert find_impossible_things(parse(ROOT / "data"), parse(ONTOLOGY)) == []


def test_a_decision_that_is_also_a_reorganisation_is_found() -> None:
    data = list(
        pyoxigraph.parse(
            f"<urn:both> a <{SG}Decision>, <{ORG}ChangeEvent> . <urn:one> a <{SG}Decision> .",
            format=pyoxigraph.RdfFormat.TURTLE,
        )
    )
    assert find_impossible_things(data, parse(ONTOLOGY)) == ["urn:both"]


def test_the_data_uses_each_property_as_it_is_documented() -> None:
    assert find_undocumented_uses(parse(ROOT / "data"), parse(ONTOLOGY)) == []


def test_what_is_derived_uses_each_property_as_it_is_documented() -> None:
    data = parse(ROOT / "data")
    derived = derive(data)
    assert derived
    assert find_undocumented_uses([*data, *derived], parse(ONTOLOGY)) == []


def test_a_use_that_is_not_documented_is_found() -> None:
    turtle = f"""
      <urn:board> a <{SG}Body> ; <{SG}validFrom> "2023" ; <{SG}delegator> <urn:board> .
    """
    data = list(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))
    assert find_undocumented_uses(data, parse(ONTOLOGY)) == [
        "delegator: <urn:board>",
        'validFrom: "2023"',
    ]
