"""A data directory with the made-up university and labels that would do harm."""

from __future__ import annotations

import pytest

from styrgraf.settings import Settings
from tests.hostile.running import load_hostile


@pytest.fixture(scope="session")
def hostile_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of that data directory, loaded once."""
    return load_hostile(tmp_path_factory.mktemp("hostile-requests"))
