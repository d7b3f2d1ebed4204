"""The parameters that addresses share, for the OpenAPI document. No IO here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from styrgraf.governance.decisions import NOT_STATED, Kind
from styrgraf.language import N_

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter: its name, what it is, its schema; `place` is query or path."""

    name: str
    summary: str
    schema: Json = field(default_factory=lambda: {"type": "string"})
    required: bool = False
    place: str = "query"
    example: str = ""


DAY: Json = {"type": "string", "format": "date"}
COUNT: Json = {"type": "integer", "minimum": 1}
LIST: Json = {"type": "array", "items": {"type": "string"}}
ON = Given("on", N_("The day asked about; today where it is left out."), DAY)
PAGE = Given("page", N_("The number of the page, from 1."), COUNT)
LISTED = (
    Given("by", N_("What the lines are grouped by."), {"enum": ["rule", "unit", "post"]}),
    Given(
        "severity",
        N_("The one weight to show; all where it is left out."),
        {"enum": ["violation", "warning", "info"]},
    ),
    PAGE,
)
"""What work lists take."""
PARTY = Given("party", N_("A post, body, role or person: IRI or type/name."), required=True)
QUESTION = (
    Given(
        "matter",
        N_("A matter type: IRI or type/name."),
        required=True,
        example="matter/verksamhetsstod",
    ),
    ON,
    Given("unit", N_("The unit that the matter is in.")),
    Given("amount", N_("An amount of 0 or more.")),
    Given("currency", N_("The currency of the amount (ISO 4217); SEK where it is left out.")),
    Given("kind", N_("Whether to decide or to sign."), {"enum": ["decide", "sign"]}),
    Given("conditions", N_("Whether conditions are met."), {"enum": ["met", "unmet"]}),
)
KIND = Given("kind", N_("The type of the thing."), required=True, place="path", example="post")
SLUG = Given("slug", N_("The name of the thing."), required=True, place="path", example="rektor")
NAME = Given("name", N_("The name."), required=True, place="path")
QUERY = Given(
    "query",
    N_("A SPARQL 1.1 query. Without it the service describes itself."),
    example="SELECT ?type (COUNT(*) AS ?count) { ?thing a ?type } GROUP BY ?type LIMIT 5",
)
LIMITS = (
    Given("default-graph-uri", N_("A graph of the default graph (SPARQL 1.1 Protocol)."), LIST),
    Given("named-graph-uri", N_("A named graph of the dataset (SPARQL 1.1 Protocol)."), LIST),
    Given("timeout", N_("Seconds after which the query is ended; lowers the limit only.")),
    Given("limit", N_("Rows of a preview; Styrgraf-More tells whether there are more."), COUNT),
)
DECISIONS = (
    Given("decider", N_("Who decided: IRI or type/name, or not-stated.")),
    Given("year", N_("A year of four digits, or not-stated.")),
    Given("kind", N_("What it does."), {"enum": [*Kind, NOT_STATED]}),
    Given("case", N_("A case number, or not-stated.")),
    Given("status", N_("A status: IRI or local name, or not-stated.")),
    Given("view", N_("How they are shown."), {"enum": ["table", "timeline", "lineage"]}),
)
