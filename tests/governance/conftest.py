"""Readers of tiny graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiny_graphs import CountingReader, read_file

GRAPHS = Path(__file__).parent / "graphs"


@pytest.fixture
def read() -> Callable[[str], CountingReader]:
    """Read one of the graphs by its name."""
    return lambda name: read_file(GRAPHS / f"{name}.trig")
