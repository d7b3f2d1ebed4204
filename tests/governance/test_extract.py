"""What is stated of a thing comes in one order, however the store keeps it."""

from __future__ import annotations

from styrgraf.governance.extract import read_things
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS
from tests.tiny_graphs import BASE, read_text


def test_statements_stand_by_property_and_value_as_sparql_orders_them() -> None:
    reader = read_text(
        """graph:source\\/1 {
          :it dct:title "b"@sv, "a"@sv ; dct:extent 10, 9, 9.5 ; dct:relation :z, "text", :a ;
            dct:identifier "10", "9" . }"""
    )
    (thing,) = read_things(reader, (Iri(BASE + "id/thing/it"),))
    values = {
        name.removeprefix(DCTERMS): [each.value.value.rpartition("/")[2] for each in stated]
        for name, stated in thing.statements.items()
    }
    assert list(values.items()) == [
        ("extent", ["9", "9.5", "10"]),
        ("identifier", ["10", "9"]),
        ("relation", ["a", "z", "text"]),
        ("title", ["a", "b"]),
    ]
    for name in values:
        text = f"SELECT ?v {{ ?s <{DCTERMS}{name}> ?v }} ORDER BY ?v"
        asked = [row["v"].value.rpartition("/")[2] for row in reader.select(text).rows]
        assert values[name] == asked


def test_literals_that_sparql_does_not_compare_stand_by_language_and_datatype() -> None:
    reader = read_text(
        """graph:source\\/1 {
          :it dct:subject "b"@sv, "m", 7, "a"@sv, "n"@en, "l", 10, "k"@en,
          "NaN"^^xsd:double . }"""
    )
    (thing,) = read_things(reader, (Iri(BASE + "id/thing/it"),))
    stated = [each.value.value for each in thing.statements[DCTERMS + "subject"]]
    assert stated == ["7", "10", "k", "n", "NaN", "l", "m", "a", "b"]
