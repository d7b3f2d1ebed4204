"""The battery: every hostile request, by family."""

from __future__ import annotations

from tests.hostile import drafts, heavy, injected, nested, outgoing, wire
from tests.hostile.requests import Hostile

BATTERY: tuple[Hostile, ...] = (
    *heavy.REQUESTS,
    *nested.REQUESTS,
    *outgoing.REQUESTS,
    *wire.REQUESTS,
    *injected.REQUESTS,
    *drafts.REQUESTS,
)
