"""Fixtures for all rooms: the shipped dataset, loaded once, and a real server over it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from styrgraf.graph.loading import load_dataset
from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings
from tests.serving import Service, run_service


@pytest.fixture(scope="session")
def shipped_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data directory into which the shipped dataset has been loaded."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("shipped"), query_workers=2)
    load_dataset(settings)
    return settings


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
