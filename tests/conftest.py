"""Fixtures for all rooms: the shipped dataset, loaded once, and a real server over it."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest

from styrgraf.governance.publication import open_reader
from styrgraf.graph.published import PublishedStore
from styrgraf.settings import Settings
from tests.loaded import load_once
from tests.serving import Service, run_service

# Examples are not timed. The usual run is the same each time; the long one is not.
hypothesis.settings.register_profile(
    "usual", deadline=None, derandomize=True, database=None, max_examples=60
)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=5000, database=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take `--soak`."""
    parser.addoption("--soak", action="store_true", help="run the long forms of the tests")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples the property-based tests try."""
    hypothesis.settings.load_profile("soak" if config.getoption("--soak") else "usual")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that are marked `early`."""
    items.sort(key=lambda item: item.get_closest_marker("early") is None)


@pytest.fixture(scope="session")
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether the long forms are asked for."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture(scope="session")
def shipped_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data directory into which the shipped dataset has been loaded."""
    return load_once(tmp_path_factory, Settings(dataset="kth", query_workers=2))


@pytest.fixture(scope="session")
def shipped_reader(shipped_settings: Settings) -> Iterator[PublishedStore]:
    """A reader of the shipped dataset."""
    with open_reader(shipped_settings) as reader:
        yield reader


@pytest.fixture(scope="session")
def service(shipped_settings: Settings, shipped_reader: PublishedStore) -> Iterator[Service]:
    """A server over the shipped dataset."""
    with run_service(shipped_settings, shipped_reader) as running:
        yield running


@pytest.fixture(scope="session")
def example_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data directory into which the made-up university has been loaded."""
    return load_once(tmp_path_factory, Settings(dataset="example", query_workers=2))


@pytest.fixture(scope="session")
def example_reader(example_settings: Settings) -> Iterator[PublishedStore]:
    """A reader of the made-up university."""
    with open_reader(example_settings) as reader:
        yield reader


@pytest.fixture(scope="session")
def example_service(
    example_settings: Settings, example_reader: PublishedStore
) -> Iterator[Service]:
    """A server over the made-up university."""
    with run_service(example_settings, example_reader) as running:
        yield running
