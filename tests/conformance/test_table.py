"""The document about conformance says what the tests hold."""

from __future__ import annotations

from tests.conformance.exchanges import list_protocol_cases
from tests.conformance.sections import list_cases, read_known
from tests.conformance.shapes import list_shapes_cases
from tests.conformance.table import DOCUMENT, write_tables


def test_the_tables_are_those_that_the_command_writes() -> None:
    assert write_tables() in DOCUMENT.read_text(encoding="utf-8")


def test_what_is_known_is_known_of_cases_that_there_are() -> None:
    sections = ("query evaluation", "CSV and TSV results", "JSON results", "query syntax")
    names = {case.name for part in (*sections, "update syntax") for case in list_cases(part)}
    names |= {case.name for case in list_cases("update evaluation")}
    names |= {case.name for case in list_protocol_cases("protocol")}
    for manifest in ("manifest-direct", "manifest-indirect"):
        names |= {case.name for case in list_protocol_cases("graph-store-protocol", manifest)}
    known = read_known("sparql11")
    assert set(known.failing) | set(known.refused) <= names
    assert set(read_known("shacl").failing) <= {case.name for case in list_shapes_cases()}


def test_the_figures_are_those_of_the_engine() -> None:
    """The engine itself passes 484 of 495."""
    sections = ("query evaluation", "CSV and TSV results", "JSON results", "query syntax")
    updates = ("update evaluation", "update syntax")
    cases = [case for section in (*sections, *updates) for case in list_cases(section)]
    known = read_known("sparql11")
    failing = [case for case in cases if case.name in known.failing]
    refused = [case for case in cases if case.name in known.refused]
    assert (len(cases), len(failing), len(refused)) == (495, 11, 0)
