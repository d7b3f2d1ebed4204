"""The shipped data conforms, and each of its warnings is one that is meant to stand."""

from __future__ import annotations

from collections import Counter

import pytest

from styrgraf.graph.loading import validate_files
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.reports import Severity, read_report
from styrgraf.settings import Settings
from tests.shapes.focus import EXAMPLES, SGSH
from tests.shapes.reports import read_names

WARNINGS = {
    # Beslut 4 is printed V-2022-2018 1.2 and read into the case V-2022-0218.
    "CaseNumberReading": 1,
    # The decision already taken on centralisation is told without decider, date and number.
    "DecisionDeciderStated": 1,
    "DecisionDateStated": 1,
    "DecisionNumberStated": 1,
    # The slide on the rektor's delegation names no decision behind it, nor do public pages for
    # the ten that they tell of; of six they do not say either who gave them.
    "DelegationDecisionStated": 1 + 10,
    "DelegationDelegatorStated": 6,
    # Public pages give six orders no start and ten no number, and the former rektor no start.
    "OrderStartStated": 6,
    "OrderRegistered": 10,
    "HoldingStartStated": 1,
    # What the order of 2018 says in its opening has no number.
    "ProvisionNumberStated": 5,
    # Beslut 3 lays down principles and values without saying which.
    "SchemeConcepts": 1,
}


def test_the_shipped_data_has_no_violation(
    shipped_settings: Settings, shipped_reader: PublishedStore
) -> None:
    report = read_report(shipped_settings, shipped_reader.version())
    broken = [result for result in report.results if result.severity is Severity.VIOLATION]
    assert report.conforms
    assert broken == []


def test_the_shipped_data_has_these_warnings_and_no_others(
    shipped_settings: Settings, shipped_reader: PublishedStore
) -> None:
    report = read_report(shipped_settings, shipped_reader.version())
    found = Counter(result.source_shape.removeprefix(SGSH) for result in report.results)
    assert found == WARNINGS


@pytest.mark.parametrize("name", ["sub_delegation_in_circle", "decision_ends_before_start"])
def test_an_invalid_example_fails_in_the_product_as_in_the_tests(name: str) -> None:
    path = EXAMPLES / "invalid" / f"{name}.ttl"
    report = validate_files(Settings(), [path])
    shapes = {result.source_shape.removeprefix(SGSH) for result in report.results}
    assert shapes == set(read_names(path, "fails"))
    assert all(set(result.messages) == {"sv", "en"} for result in report.results)
