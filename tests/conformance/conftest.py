"""The scratch instance, shared by all cases; without the suites all of them are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.manifests import find_suites
from tests.conformance.scratch import Scratch, run_scratch

NOT_THERE = "STYRGRAF_SUITES does not name the folder of the W3C suites"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the cases of suites that are not there."""
    if find_suites() is None:
        here = Path(__file__).parent
        for item in items:
            if here in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=NOT_THERE))


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    """A running service to put the suite's data into."""
    with run_scratch(tmp_path_factory.mktemp("scratch")) as running:
        yield running
