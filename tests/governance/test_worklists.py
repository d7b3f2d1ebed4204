"""Where lines of work lists belong: the units and posts that the graph states."""

from __future__ import annotations

from styrgraf.governance.worklists import Place, read_places
from styrgraf.graph.store import Reader
from styrgraf.model import Iri

ID = "https://w3id.org/styrgraf/example/id/"


def test_a_delegation_within_a_unit_belongs_to_its_delegate_alone(example_reader: Reader) -> None:
    delegation = Iri(f"{ID}delegation/dekan-prefekt-a-inkop-2021")
    assert read_places(example_reader, [delegation]) == {
        delegation: Place(
            units=(Iri(f"{ID}unit/institutionen-a"),), posts=(Iri(f"{ID}post/prefekt-a"),)
        )
    }
