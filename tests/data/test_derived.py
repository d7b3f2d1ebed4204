"""What is derived is made at load, is marked, and says what the six derived facts say."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf.graph.shipped import INFERRED_GRAPH, list_derivations
from styrgraf.namespaces import RDF, SG
from tests.data.reading import (
    DATA,
    PREF_LABEL,
    find_dataset,
    index_values,
    list_values,
    read_graphs,
)

COUNTS = {
    "F311": [("unit-group/sakavdelningar", "unitCount", 12)],
    "F312": [("body/prefektrad", "seatCount", 10)],
    "F313": [
        ("unit-group/sakavdelningar-namngivna", "unitCount", 10),
        ("unit-group/sakavdelningar-onamngivna", "unitCount", 2),
    ],
    "F314": [
        ("unit-group/skolor-namngivna", "unitCount", 5),
        ("unit/sci", "areaCount", 1),
        ("unit/itm", "areaCount", 1),
        ("unit/abe", "areaCount", 1),
        ("unit/eecs", "areaCount", 1),
        ("unit/cbh", "areaCount", 1),
        ("unit-group/skolor", "areaCount", 1),
        ("support-area/forskning-och-innovation", "schoolCount", 0),
    ],
    "F315": [
        ("plan/it-plan", "itemCount", 14),
        ("plan/it-plan", "labelledItemCount", 8),
        ("plan/it-plan", "subItemCount", 4),
        ("focus-area/leveransformaga", "itemCount", 3),
        ("focus-area/leveransformaga", "subItemCount", 4),
        ("focus-area/ekonomi", "itemCount", 5),
        ("focus-area/behov-och-krav", "itemCount", 2),
        ("focus-area/behov-och-krav", "labelledItemCount", 0),
        ("focus-area/kultur", "itemCount", 4),
        ("focus-area/kultur", "labelledItemCount", 0),
    ],
    "F316": [
        ("post/rektor", "decisionCount", 3),
        ("post/universitetsdirektor", "decisionCount", 1),
        ("period/daterade-beslut", "decisionCount", 4),
    ],
}


def read_derived(thing: str, name: str) -> tuple[str, ...]:
    return list_values(INFERRED_GRAPH, SG + name, f"{find_dataset().base}id/{thing}")


@pytest.mark.parametrize("number", COUNTS)
def test_the_counts_of_a_derived_fact_are_right(number: str) -> None:
    for thing, name, count in COUNTS[number]:
        assert read_derived(thing, name) == (str(count),), f"{thing} {name}"


def test_the_four_decisions_span_two_years() -> None:
    assert read_derived("period/daterade-beslut", "validFrom") == ("2021-04-13",)
    assert read_derived("period/daterade-beslut", "validTo") == ("2023-04-06",)


def test_the_five_schools_printed_are_listed() -> None:
    parts = index_values(INFERRED_GRAPH, "http://purl.org/dc/terms/isPartOf")
    group = f"{find_dataset().base}id/unit-group/skolor-namngivna"
    found = {unit.rpartition("/")[2] for unit, wholes in parts.items() if is_among(group, wholes)}
    assert found == {"sci", "itm", "abe", "eecs", "cbh"}


def is_among(iri: str, terms: tuple[ox.NamedNode | ox.Literal, ...]) -> bool:
    return ox.NamedNode(iri) in terms


def test_a_thing_that_is_derived_is_marked_as_inferred() -> None:
    marked = {
        subject
        for subject, values in index_values(INFERRED_GRAPH, SG + "certainty").items()
        if values == (ox.NamedNode(SG + "certaintyInferred"),)
    }
    assert set(index_values(INFERRED_GRAPH, RDF + "type")) == marked
    assert set(index_values(INFERRED_GRAPH, PREF_LABEL)) == marked


def test_nothing_is_derived_that_is_stated_already() -> None:
    stated = {
        quad.triple
        for name, quads in read_graphs().items()
        if name != INFERRED_GRAPH
        for quad in quads
    }
    repeated = [quad for quad in read_graphs()[INFERRED_GRAPH] if quad.triple in stated]
    assert [str(quad) for quad in repeated] == []


@pytest.mark.parametrize("path", list_derivations(), ids=lambda path: path.stem)
def test_a_derivation_is_a_construct_query_with_its_header(path: Path) -> None:
    text = path.read_text()
    keys = [line[3:].partition(":")[0] for line in text.splitlines() if line.startswith("#+ ")]
    assert keys == ["summary", "summary-sv", "question", "params", "returns", "tags"]
    assert "CONSTRUCT {" in text
    assert "#+ tags: derive" in text


def test_derived_facts_are_not_shipped() -> None:
    assert not list(DATA.rglob("inferred"))
