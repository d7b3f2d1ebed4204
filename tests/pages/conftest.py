"""Pages over graphs that are empty, huge or odd."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from styrgraf.settings import Settings
from styrgraf.web import create_app
from tests.tiny_graphs import CountingReader, read_text

Open = Callable[..., FlaskClient]


@pytest.fixture
def open_pages() -> Open:
    """Return a client of the pages over a dataset in TriG, or over a reader."""

    def open_client(trig: str | CountingReader = "") -> FlaskClient:
        reader = read_text(trig) if isinstance(trig, str) else trig
        return create_app(Settings(), reader).test_client()

    return open_client
