"""The Graph Store Protocol tests: what is read over HTTP, after what is written by the writer.

A request that writes is sent as well, and must be refused.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.conformance.exchanges import Exchange, Protocol, list_protocol_cases
from tests.conformance.manifests import Quads
from tests.conformance.results import are_equal, parse_graph
from tests.conformance.scratch import Scratch
from tests.conformance.sections import read_known
from tests.serving import Answer
from tests.tiny import BASE

CASES = [
    *list_protocol_cases("graph-store-protocol", "manifest-direct"),
    *list_protocol_cases("graph-store-protocol", "manifest-indirect"),
]
DIRECT = "/gsp/"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_graph_is_read_as_the_suite_expects(scratch: Scratch, case: Protocol) -> None:
    held: Quads = frozenset()
    scratch.hold(held)
    for exchange in case.exchanges:
        answer = send(scratch, exchange)
        if exchange.method not in {"GET", "HEAD"}:
            assert answer.status == 405
            if case.name in read_known("sparql11").refused:
                return
            held = write(held, exchange)
            scratch.hold(held)
        else:
            check(answer, exchange)


def send(scratch: Scratch, exchange: Exchange) -> Answer:
    ours = "/graph/" if exchange.path.startswith(DIRECT) else "/graph-store"
    path = ours + exchange.path.removeprefix(DIRECT).removeprefix("/gsp")
    return scratch.service.ask(exchange.method, path, exchange.headers, exchange.body or None)


def name_graph(exchange: Exchange) -> ox.NamedNode | ox.DefaultGraph:
    """Return the graph that a request is about."""
    if exchange.path.startswith(DIRECT):
        return ox.NamedNode(f"{BASE}graph/{exchange.path.removeprefix(DIRECT)}")
    return ox.NamedNode(exchange.graph) if exchange.graph else ox.DefaultGraph()


def write(held: Quads, exchange: Exchange) -> Quads:
    """Return what is held after a PUT, POST or DELETE."""
    graph = name_graph(exchange)
    kept = {quad for quad in held if exchange.method == "POST" or quad.graph_name != graph}
    for document in exchange.documents() if exchange.body else ():
        quads = ox.parse(document, ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        kept |= {ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads}
    return frozenset(kept)


def check(answer: Answer, exchange: Exchange) -> None:
    assert exchange.expects(answer.status), answer.text
    if answer.status == 200:
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    if exchange.content and exchange.method == "GET":
        found = parse_graph(answer.body, "text/turtle", BASE)
        assert are_equal(found, parse_graph(exchange.content.encode(), "text/turtle", BASE))
