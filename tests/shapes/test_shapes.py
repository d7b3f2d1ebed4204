"""The shapes as a whole: well formed, told in both languages, and covering the ontology."""

from __future__ import annotations

import re

import pyshacl
import pytest
from pyshacl.entrypoints import meta_validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from styrgraf.assets import find_asset
from styrgraf.namespaces import SG
from tests.shapes.focus import SGSH
from tests.shapes.reports import shipped_shapes

SHAPE_KINDS = (SH.NodeShape, SH.PropertyShape)
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}


def load_ontology() -> Graph:
    ontology = Graph()
    for path in find_asset("ontology").glob("*.ttl"):
        ontology.parse(path)
    return ontology


def all_shapes() -> list[Node]:
    nodes = {node for kind in SHAPE_KINDS for node in shipped_shapes().subjects(RDF.type, kind)}
    return sorted(nodes, key=str)


def texts(node: Node, predicate: URIRef) -> dict[str, str]:
    """Return what a shape says by language, and fail where a language stands twice."""
    values = list(shipped_shapes().objects(node, predicate))
    told = {value.language or "": str(value) for value in values if isinstance(value, Literal)}
    assert len(told) == len(values), node
    return told


def concepts_of(scheme: str) -> set[Node]:
    return set(load_ontology().subjects(SKOS.inScheme, URIRef(SG + scheme)))


def choices_of(name: str) -> set[Node]:
    listed = shipped_shapes().value(SGSH[name], SH["in"])
    assert listed is not None
    return set(Collection(shipped_shapes(), listed))


def test_the_shapes_graph_is_well_formed() -> None:
    conforms, _, text = meta_validate(shipped_shapes())
    assert conforms, text


def test_every_shape_and_constraint_has_an_iri_of_its_own() -> None:
    named = [*all_shapes(), *shipped_shapes().subjects(RDF.type, SH.SPARQLConstraint)]
    assert [node for node in named if not str(node).startswith(SGSH)] == []


def test_every_shape_that_is_named_is_there() -> None:
    shapes = shipped_shapes()
    used = {node for node in shapes.objects() if str(node).startswith(SGSH)}
    assert [node for node in used if (node, None, None) not in shapes] == []


def test_every_part_is_used() -> None:
    shapes = shipped_shapes()
    parts = {node for node in all_shapes() if str(node).startswith(SGSH.Value)}
    assert parts - set(shapes.objects()) == set()


@pytest.mark.parametrize("predicate", [SH.name, SH.message])
def test_every_shape_tells_itself_in_both_languages(predicate: URIRef) -> None:
    silent = [node for node in all_shapes() if set(texts(node, predicate)) != {"sv", "en"}]
    assert silent == []


def test_descriptions_are_in_both_languages() -> None:
    languages = [set(texts(node, SH.description)) for node in all_shapes()]
    assert [found for found in languages if found not in (set(), {"sv", "en"})] == []


def test_every_message_says_what_is_wrong_and_what_to_do() -> None:
    messages = [message for node in all_shapes() for message in texts(node, SH.message).values()]
    assert [text for text in messages if not re.fullmatch(r"[A-ZÅÄÖ].+[.;:] .+\.", text)] == []


def test_every_shape_has_one_severity_group_and_order() -> None:
    shapes = shipped_shapes()
    for node in all_shapes():
        assert set(shapes.objects(node, SH.severity)) <= SEVERITIES
        for predicate in (SH.severity, SH.group, SH.order):
            assert len(list(shapes.objects(node, predicate))) == 1, (node, predicate)


def test_every_group_has_labels_and_a_place() -> None:
    shapes = shipped_shapes()
    groups = set(shapes.objects(None, SH.group))
    assert groups == set(shapes.subjects(RDF.type, SH.PropertyGroup))
    for group in groups:
        assert set(texts(group, RDFS.label)) == {"sv", "en"}
    assert len({shapes.value(group, SH.order) for group in groups}) == len(groups)


def test_what_is_not_stated_is_at_most_a_warning() -> None:
    shapes = shipped_shapes()
    stated = [node for node in all_shapes() if str(node).endswith("Stated")]
    violations = [node for node in stated if shapes.value(node, SH.severity) == SH.Violation]
    # An amount without a number is no fact of a source but a broken record of ours.
    assert violations == [SGSH.AmountStated]


def test_sparql_constraints_use_nothing_that_shacl_forbids() -> None:
    for query in shipped_shapes().objects(None, SH.select):
        assert not re.search(r"\b(MINUS|VALUES|SERVICE)\b", str(query)), query
        assert "$this" in str(query)


def test_every_sparql_constraint_belongs_to_one_shape() -> None:
    shapes = shipped_shapes()
    for constraint in shapes.subjects(RDF.type, SH.SPARQLConstraint):
        assert len(list(shapes.subjects(SH.sparql, constraint))) == 1, constraint


def test_every_class_of_the_ontology_is_targeted() -> None:
    ours = {
        node for node in load_ontology().subjects(RDF.type, OWL.Class) if str(node).startswith(SG)
    }
    assert ours - set(shipped_shapes().objects(None, SH.targetClass)) == set()


def test_every_property_of_the_ontology_has_a_shape() -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    ontology = load_ontology()
    ours = {
        node
        for kind in kinds
        for node in ontology.subjects(RDF.type, kind)
        if str(node).startswith(SG)
    }
    assert ours - set(shipped_shapes().objects()) == set()


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("ThingCertainty", "certaintyScheme"),
        ("DatePrecision", "datePrecisionScheme"),
        ("ClassifiedAs", "unitKindScheme"),
        ("UnitKind", "unitKindScheme"),
        ("TaskKind", "taskKindScheme"),
        ("GapKind", "gapKindScheme"),
        ("RightKind", "rightKindScheme"),
        ("RecipientKinds", "recipientKindScheme"),
        ("SubstitutionKind", "substitutionKindScheme"),
        ("Verdict", "verdictScheme"),
        ("FindsRule", "ruleScheme"),
    ],
)
def test_the_choices_of_a_shape_are_the_concepts_of_its_scheme(shape: str, scheme: str) -> None:
    assert choices_of(shape) == concepts_of(scheme)


def test_the_statuses_of_decisions_delegations_bodies_and_work_make_up_the_scheme() -> None:
    shapes = ("DecisionStatus", "DelegationStatus", "BodyStatus", "WorkStatus")
    assert set().union(*map(choices_of, shapes)) == concepts_of("statusScheme")


def test_rules_that_the_engine_applies_draw_warnings() -> None:
    applied = [
        *("SubDelegationPermitted", "SubDelegationDelegator", "SubDelegationRecipient"),
        *("SubDelegationWindow", "SubDelegationAmount", "SubDelegationCurrency"),
        *("SubDelegationMatter", "SubDelegationSourceInForce", "SubDelegationOrderPermits"),
        *("SubDelegationRecipientKind", "OrderRecipientKind", "ReservedAuthority"),
        *("ExclusiveConflict", "OrderOpen", "SubDelegationAcyclicDraft"),
    ]
    severities = {name: shipped_shapes().value(SGSH[name], SH.severity) for name in applied}
    assert severities == dict.fromkeys(applied, SH.Warning)


def test_readings_are_interpreted_or_uncertain() -> None:
    assert choices_of("ReadingCertainty") < concepts_of("certaintyScheme")


def test_the_validator_refuses_a_shapes_graph_that_is_not_well_formed() -> None:
    broken = Graph() + shipped_shapes()
    broken.add((SGSH.ValidFrom, SH.path, URIRef(SG + "validTo")))
    with pytest.raises(pyshacl.errors.ShapeLoadError):
        pyshacl.validate(Graph(), shacl_graph=broken)
