"""Known failures are strict: what is listed must fail, what is not listed must pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.conformance.sections import read_known


@contextmanager
def check_known(suite: str, name: str) -> Iterator[None]:
    """Hold a case to what is known of it."""
    known = read_known(suite)
    reason = known.failing.get(name) or known.refused.get(name)
    if reason is None:
        yield
        return
    try:
        yield
    except Exception:
        pytest.xfail(reason)
    pytest.fail(f"{name} passes now; take it out of known.toml")
