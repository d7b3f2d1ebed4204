"""A data directory with a tiny dataset: loaded once, copied for each test that changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.graph.loading import load_dataset
from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings
from tests.tiny import copy_data, make_dataset


@pytest.fixture(scope="session")
def tiny_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a loaded data directory that no test changes."""
    folder = tmp_path_factory.mktemp("tiny")
    dataset = make_dataset(folder / "dataset")
    settings = Settings(
        data_dir=folder / "data",
        dataset=str(dataset),
        query_workers=1,
        query_seconds=20.0,
        query_megabytes=300,
        query_rows=1000,
        answer_megabytes=5,
        queue_seconds=5.0,
        lock_seconds=0.2,
    )
    load_dataset(settings)
    return settings


@pytest.fixture(scope="session")
def tiny_reader(tiny_settings: Settings) -> Iterator[PublishedStore]:
    """A reader with two query processes, shared by all tests that only read."""
    with open_reader(replace(tiny_settings, query_workers=2)) as reader:
        yield reader


@pytest.fixture
def own_settings(tiny_settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a loaded data directory that a test may change."""
    return copy_data(tiny_settings, tmp_path)
