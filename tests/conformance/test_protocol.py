"""The SPARQL 1.1 Protocol tests: what a request is answered with. Updates are refused."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from styrgraf.formats import RDF_FORMATS, SOLUTION_FORMATS
from tests.conformance.exchanges import Exchange, Protocol, list_protocol_cases
from tests.conformance.manifests import Dataset, load_quads
from tests.conformance.scratch import Scratch
from tests.conformance.sections import read_known
from tests.serving import Answer

CASES = list_protocol_cases("protocol")
TABULAR = {known.media_type for known in SOLUTION_FORMATS}
GRAPHS = {known.media_type for known in RDF_FORMATS}
ALL_GRAPHS = tuple(sorted({graph for case in CASES for graph in case.graphs}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_request_is_answered_as_the_suite_expects(scratch: Scratch, case: Protocol) -> None:
    scratch.hold(load_quads(Dataset(named=ALL_GRAPHS)))
    if case.name in read_known("sparql11").refused:
        assert send(scratch, case.exchanges[0]).status == 403
        return
    for exchange in case.exchanges:
        check(send(scratch, exchange), exchange)


def send(scratch: Scratch, exchange: Exchange) -> Answer:
    path = exchange.path.replace("/sparql/", "/sparql", 1)
    body = exchange.body.encode() or None
    return scratch.service.ask(exchange.method, path, exchange.headers, body)


def check(answer: Answer, exchange: Exchange) -> None:
    assert exchange.expects(answer.status), answer.text
    if exchange.form == "boolean":
        assert answer.media_type in TABULAR
        expected = True if exchange.boolean is None else exchange.boolean
        assert json.loads(answer.body)["boolean"] is expected
    elif exchange.form == "tabular":
        assert answer.media_type in TABULAR
        assert json.loads(answer.body)["results"]["bindings"]
    elif exchange.form == "RDF":
        assert answer.media_type in GRAPHS
        list(ox.parse(answer.body, ox.RdfFormat.from_media_type(answer.media_type)))
