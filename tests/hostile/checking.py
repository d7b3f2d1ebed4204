"""What every answer to a hostile request has to be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree

from tests.hostile.requests import BUSY, Hostile
from tests.hostile.sending import Outcome
from tests.web.test_escaping import Markup

_TRACES = (b"Traceback (most recent call last)", b'File "/', b"site-packages", b"werkzeug")
_SECRETS = (b"root:x:0:0", b"root:/bin")


def find_faults(hostile: Hostile, outcome: Outcome, allowed: frozenset[int | str]) -> Iterator[str]:
    """Yield what is wrong with an outcome, in words."""
    if outcome.status not in allowed:
        start = outcome.body[:200].decode(errors="replace")
        yield f"status {outcome.status} is not among {sorted(map(str, allowed))}: {start}"
    if outcome.seconds > hostile.seconds:
        yield f"took {outcome.seconds:.1f} s, bound {hostile.seconds:g} s"
    if "x-injected" in outcome.headers:
        yield "a header was injected"
    if outcome.status in BUSY and "retry-after" not in outcome.headers and outcome.headers:
        yield f"{outcome.status} without Retry-After"
    yield from _find_faults_of_body(outcome)


def _find_faults_of_body(outcome: Outcome) -> Iterator[str]:
    for trace in (*_TRACES, *_SECRETS):
        if trace in outcome.body:
            yield f"the answer holds {trace.decode()}"
    media_type = outcome.headers.get("content-type", "").partition(";")[0]
    if not outcome.body:
        return
    if media_type == "text/html":
        markup = Markup()
        markup.feed(outcome.body.decode())
        if markup.found:
            yield f"the page holds markup of others: {markup.found[:3]}"
    elif media_type.endswith("json"):
        json.loads(outcome.body)
    elif media_type.endswith("xml"):
        ElementTree.fromstring(outcome.body)
