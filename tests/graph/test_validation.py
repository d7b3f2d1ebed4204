"""Validation: a graph that breaks shapes is a result with places, messages and severities."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from styrgraf.graph.bridge import open_rdflib_dataset
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.reports import (
    Severity,
    ValidationReport,
    parse_report,
    serialize_report,
)
from styrgraf.graph.validation import validate_quads, validate_reader
from tests.tiny import BASE

SHAPES = '''
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/tiny/ns#> .

:Thing a sh:NodeShape ; sh:targetClass :Thing ;
  sh:property :Name, :Kind, :Reach ;
  sh:sparql :Loop ; sh:message "Kringel."@sv, "Loop."@en .
:Loop a sh:SPARQLConstraint ; sh:message "{?value} är sig själv."@sv, "{?value} is itself."@en ;
  sh:select """
    SELECT $this ?value
    WHERE { $this <https://example.org/tiny/ns#is> ?value FILTER($this = ?value) }""" .
:Name a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:message "Namn saknas."@sv, "The name is missing."@en .
:Kind a sh:PropertyShape ; sh:path :kind ; sh:in ( "a" "b" ) ;
  sh:message "Sorten är okänd."@sv, "The kind is unknown."@en .
:Reach a sh:PropertyShape ; sh:path ( [ sh:inversePath :of ] [ sh:zeroOrMorePath :next ] ) ;
  sh:maxCount 0 ; sh:severity sh:Info .
'''


def validate(turtle: str) -> ValidationReport:
    """Validate Turtle against the shapes above, both skolemised as in the store."""
    quads = []
    for name, text in (
        ("shapes", SHAPES),
        ("data", "@prefix : <https://example.org/tiny/ns#> .\n" + turtle),
    ):
        graph = ox.NamedNode(f"{BASE}graph/{name}")
        names: dict[object, ox.NamedNode] = {}
        for quad in ox.parse(text, ox.RdfFormat.TURTLE):
            nodes = [
                names.setdefault(node, ox.NamedNode(f"{BASE}.well-known/genid/{name}-{len(names)}"))
                if isinstance(node, ox.BlankNode)
                else node
                for node in (quad.subject, quad.object)
            ]
            quads.append(ox.Quad(nodes[0], quad.predicate, nodes[1], graph))  # type: ignore[arg-type]
    return validate_quads(quads, BASE)


def test_what_keeps_the_shapes_conforms() -> None:
    report = validate(':a a :Thing ; :name "A" ; :kind "a" .')
    assert report.conforms
    assert report.results == ()
    assert "sh:conforms true" in report.turtle


def test_plain_strings_are_equal_to_those_in_the_shapes() -> None:
    """Data and shapes that take different ways in differ in xsd:string."""
    report = validate(
        ':a a :Thing ; :name "A" ; :kind "a"^^<http://www.w3.org/2001/XMLSchema#string> .'
    )
    assert report.results == ()


def test_a_warning_does_not_break_conformance() -> None:
    report = validate(':a a :Thing ; :kind "b" .')
    assert report.conforms
    assert [result.severity for result in report.results] == [Severity.WARNING]
    assert report.results[0].messages == {"sv": "Namn saknas.", "en": "The name is missing."}
    assert report.results[0].message("sv") == "Namn saknas."
    assert report.results[0].message("fi")


def test_a_violation_tells_its_place_and_comes_first() -> None:
    report = validate(':b :of :a . :a a :Thing ; :kind "c" .')
    assert not report.conforms
    assert [result.severity for result in report.results] == sorted(
        result.severity for result in report.results
    )
    first = report.results[0]
    assert first.focus_node == "https://example.org/tiny/ns#a"
    assert first.path == "https://example.org/tiny/ns#kind"
    assert first.value == "c"
    assert first.source_shape == "https://example.org/tiny/ns#Kind"
    assert first.component.endswith("#InConstraintComponent")
    assert report.count(Severity.VIOLATION) == 1


def test_a_path_is_told_as_sparql_writes_it() -> None:
    report = validate(':b :of :a . :a a :Thing ; :name "A" .')
    ns = "https://example.org/tiny/ns#"
    assert [result.path for result in report.results] == [f"^<{ns}of>/(<{ns}next>)*"]


def test_a_rule_in_sparql_has_its_messages_in_both_languages() -> None:
    report = validate(':a a :Thing ; :name "A" ; :is :a .')
    assert report.results[0].messages == {
        "sv": "https://example.org/tiny/ns#a är sig själv.",
        "en": "https://example.org/tiny/ns#a is itself.",
    }


def test_a_report_survives_its_file() -> None:
    report = validate(":a a :Thing .")
    assert parse_report(serialize_report(report)) == report


def test_a_published_version_is_validated_through_the_store_protocol(
    tiny_reader: PublishedStore,
) -> None:
    assert validate_reader(tiny_reader).conforms


def test_rdflib_reads_the_same_data(tiny_reader: PublishedStore) -> None:
    dataset = open_rdflib_dataset(tiny_reader)
    rows = dataset.query(
        f"SELECT ?name {{ <{BASE}id/post/chair> skos:prefLabel ?name }} ORDER BY ?name"
    )
    assert [str(row[0]) for row in rows] == ["chair", "ordförande"]  # type: ignore[index]
    assert sum(len(graph) for graph in dataset.graphs()) == tiny_reader.version().quads


@pytest.mark.parametrize("severity", list(Severity))
def test_severities_are_ordered_by_weight(severity: Severity) -> None:
    assert Severity.VIOLATION <= severity <= Severity.INFO
