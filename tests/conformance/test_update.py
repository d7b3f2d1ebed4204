"""SPARQL 1.1 updates by the store's writer; what they lead to is read over HTTP.

Updates are not taken over HTTP. LOAD is refused, SILENT or not: it changes nothing.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from styrgraf.errors import OutgoingRequestError, QuerySyntaxError
from styrgraf.graph.embedded import EmbeddedWriter
from styrgraf.model import Version
from tests.conformance.manifests import Case, load_quads, read_text
from tests.conformance.results import are_equal, parse_graph
from tests.conformance.scratch import Scratch
from tests.conformance.sections import list_cases
from tests.conformance.strict import check_known
from tests.tiny import BASE

DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
NAMES = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize("case", list_cases("update evaluation"), ids=lambda case: case.name)
def test_an_update_leads_to_what_the_suite_expects(scratch: Scratch, case: Case) -> None:
    with check_known("sparql11", case.name):
        update(scratch, case)
        assert are_equal(read_all(scratch), ox.Dataset(load_quads(case.expected)))


def update(scratch: Scratch, case: Case) -> None:
    """Carry out the update on the data of the case."""
    text = f"BASE <{case.text}>\n{read_text(case.text)}"
    with scratch.write() as writer:
        writer.clear_all()
        writer.load_engine_quads(load_quads(case.data))
        if "LOAD" in text:
            with pytest.raises(OutgoingRequestError):
                writer.update(text)
        else:
            writer.update(text)


def read_all(scratch: Scratch) -> ox.Dataset:
    """Return what the service answers from: one graph after the other."""
    service = scratch.service
    found = parse_graph(
        service.get("/graph-store?default", "text/turtle").body, "text/turtle", BASE
    )
    for name in service.get("/sparql", "text/csv", query=NAMES).text.split()[1:]:
        answer = service.get("/graph-store", "application/n-triples", graph=name)
        for quad in parse_graph(answer.body, answer.media_type, BASE):
            found.add(ox.Quad(*quad.triple, ox.NamedNode(name)))
    return found


@pytest.fixture(scope="module")
def writer() -> EmbeddedWriter:
    """A writer of a store of its own: whether a text parses does not depend on what it holds."""
    version = Version(0, datetime.fromtimestamp(0, UTC), 0, "", "suite", BASE)
    return EmbeddedWriter(ox.Store(), version, merges=False)


@pytest.mark.parametrize("case", list_cases("update syntax"), ids=lambda case: case.name)
def test_an_update_is_taken_or_refused_as_the_suite_expects(
    writer: EmbeddedWriter, case: Case
) -> None:
    text = f"BASE <{case.text}>\n{read_text(case.text)}"
    if case.kind.startswith("Negative"):
        with pytest.raises(QuerySyntaxError):
            writer.update(text)
    else:
        # Told only of what parses: a graph to be dropped is not there, LOAD is refused.
        with suppress(RuntimeError, OutgoingRequestError):
            writer.update(text)
