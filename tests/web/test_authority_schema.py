"""The schema of answers on authority is to be had where the answers are, and they conform to it."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from tests.serving import Service


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/authority?matter=matter/inkop&on=2024-05-20", "who"),
        ("/authority/may?party=post/dekan&matter=matter/inkop&on=2024-05-20", "may"),
        ("/authority/party?party=post/rektor&on=2024-05-20", "delegations"),
        (
            "/authority/rehearsal?recall=delegation/rektor-dekan-inkop-2021&on=2022-01-01",
            "rehearsal",
        ),
        ("/authority/rehearsal?repeal=order/delegationsordning-2023&on=2023-07-01", "rehearsal"),
        ("/health-register?on=2024-06-01", "health"),
        ("/authority/decisions", "competence"),
    ],
)
def test_answers_conform_to_the_schema_that_is_served(
    example_service: Service, path: str, kind: str
) -> None:
    schema = example_service.get("/authority/schema")
    assert (schema.status, schema.media_type) == (200, "application/schema+json")
    answer = json.loads(example_service.get(path, format="json").body)
    assert answer["answers"] == kind
    Draft202012Validator(json.loads(schema.body)).validate(answer)
