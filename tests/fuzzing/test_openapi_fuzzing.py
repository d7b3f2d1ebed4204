"""Requests made up from the OpenAPI document: none breaks the service, answers are as documented.

Both runs are bounded in time; where that suffices, the usual one is the same each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.serving import Service

pytestmark = pytest.mark.early

SECONDS, SECONDS_OF_SOAK = 50, 600
"""Time for a run, of which each operation has its share and what those before it left."""
EXAMPLES, EXAMPLES_OF_SOAK = 2, 200
LIMITS = {503, 504}
"""What a request is answered with that a limit ends; on a busy machine any may be."""


def has_not_broken(ctx: Any, response: Any, case: Any) -> bool | None:
    """Hold every answer to be none of a fault in the service."""
    return None if response.status_code in LIMITS else not_a_server_error(ctx, response, case)


CHECKS: list[Any] = [
    has_not_broken,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ANYTHING = "*/*"


@pytest.fixture(scope="module")
def operations(service: Service) -> list[Any]:
    """The operations of the document as the service serves it, the stored queries last."""
    schema = schemathesis.openapi.from_url(f"{service.address}/openapi.json?lang=en")
    found = [result.ok() for result in schema.get_all_operations()]
    return sorted(found, key=lambda operation: operation.path.startswith("/questions/"))


def list_media_types(operation: Any) -> list[str]:
    """Return what the operation is documented to answer with, and anything."""
    answers = operation.definition.raw["responses"].values()
    return [ANYTHING, *{media_type for each in answers for media_type in each.get("content", ())}]


def try_operation(operation: Any, examples: int, soak: bool, until: float) -> list[str]:
    """Return what is wrong with the answers to requests that suit the document, or do not."""
    faults: dict[str, str] = {}

    def call(case: Any, accept: str) -> None:
        if time.monotonic() > until:
            return
        response = case.call(headers={"Accept": accept}, timeout=60)
        try:
            case.validate_response(response, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            kind = f"{operation.label} {type(failure).__name__} {response.status_code}"
            faults.setdefault(kind, f"{kind}\n{case.as_curl_command()}\n{failure}")

    strategies = [
        *operation.get_strategies_from_examples()[:1],
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    ]
    for cases in strategies:
        with suppress(Unsatisfiable):  # some operations can be asked in one way only
            run(call, cases, st.sampled_from(list_media_types(operation)), examples, soak)
    return list(faults.values())


def run(
    call: Callable[[Any, str], None],
    cases: st.SearchStrategy[Any],
    accepts: st.SearchStrategy[str],
    examples: int,
    soak: bool,
) -> None:
    """Try examples; the first of them are the same each time in the usual run."""
    tried = given(cases, accepts)(call)
    settings(
        max_examples=examples,
        derandomize=not soak,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(tried)()


@pytest.mark.long
def test_no_request_made_from_the_document_is_answered_otherwise_than_documented(
    operations: list[Any], soak: bool
) -> None:
    start, share = time.monotonic(), (SECONDS_OF_SOAK if soak else SECONDS) / len(operations)
    examples = EXAMPLES_OF_SOAK if soak else EXAMPLES
    faults = [
        fault
        for number, operation in enumerate(operations, 1)
        for fault in try_operation(operation, examples, soak, start + number * share)
    ]
    assert "\n\n".join(faults) == ""
