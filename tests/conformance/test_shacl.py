"""The W3C SHACL suite through our own door: `validate_quads`.

A graph with warnings alone conforms for us, and not for SHACL; so what is compared is whether
there are results, and which.
"""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from styrgraf.graph.validation import validate_quads
from tests.conformance.shapes import ShapesCase, list_shapes_cases, locate, read_report
from tests.conformance.strict import check_known
from tests.tiny import BASE


def load_graph(address: str, name: str) -> list[ox.Quad]:
    graph = ox.NamedNode(f"{BASE}graph/{name}")
    quads = ox.parse(path=locate(address), format=ox.RdfFormat.TURTLE, base_iri=address)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("case", list_shapes_cases(), ids=lambda case: case.name)
def test_a_graph_is_validated_as_the_suite_expects(case: ShapesCase) -> None:
    quads = [*load_graph(case.data, "data"), *load_graph(case.shapes, "shapes")]
    with check_known("shacl", case.name):
        if case.results is None:
            with pytest.raises(Exception):  # noqa: B017 -- any failure will do
                validate_quads(quads, BASE)
            return
        report = validate_quads(quads, BASE)
        assert case.conforms is not bool(report.results)
        assert read_report(report.turtle, case.tells_messages) == Counter(case.results)
