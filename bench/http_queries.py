"""The twelve queries that are timed: the same text for every service, about things by chance.

As in stored queries, one end of each path is given. Scans are of all decisions of
all organisations.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bench.graphs.governance import (
    DAYS,
    DECISIONS,
    DELEGATIONS,
    FACULTIES,
    FIRST_DAY,
    LEVELS,
    OBJECTS,
    POSTS,
    STATUSES,
    SUBJECTS,
    UNITS,
    name_thing,
)
from styrgraf.namespaces import PREFIXES

JSON_RESULTS = "application/sparql-results+json"
TURTLE = "text/turtle"
LOOKUP = "point lookup"
AGAIN = "point lookup, the same texts again"
"""No part of the mix: what is kept by its text shows here."""

_PLAIN = tuple(word for word in SUBJECTS if word.isascii())
"""Virtuoso's REGEX finds no other letters (measured)."""

Draw = Callable[[random.Random, int], dict[str, object]]


@dataclass(frozen=True)
class Question:
    """One of the twelve: its name, its text with places for what is drawn, its media type."""

    name: str
    text: str
    draw: Draw
    media_type: str = JSON_RESULTS

    def bind(self, number: int, organisations: int, seed: int) -> list[str]:
        """Return so many texts about things drawn among so many organisations."""
        chance = random.Random(f"{seed} {self.name}")
        drawn = (self.draw(chance, organisations) for _ in range(number))
        return [self._write(values) for values in drawn]

    def _write(self, values: dict[str, object]) -> str:
        text = self.text
        for name, value in values.items():
            text = text.replace(f"${name}$", str(value))
        used = (name for name in PREFIXES if f"{name}:" in text)
        return "\n".join([*(f"PREFIX {name}: <{PREFIXES[name]}>" for name in used), text.strip()])


def _draw_thing(
    kind: str, first: int, end: int
) -> Callable[[random.Random, int], dict[str, object]]:
    """Return what draws a thing of a kind, by its number, and a day and a word beside."""

    def draw(chance: random.Random, organisations: int) -> dict[str, object]:
        thing = name_thing(kind, chance.randrange(organisations), chance.randrange(first, end))
        words = f"{chance.choice(_PLAIN)} av {chance.choice(OBJECTS)}, .* {chance.randrange(10)}"
        return {
            "thing": f"<{thing}>",
            "day": f'"{FIRST_DAY + timedelta(days=chance.randrange(DAYS))}"^^xsd:date',
            "status": f"sg:{chance.choice(STATUSES)}",
            "words": words,
        }

    return draw


_DECISION = _draw_thing("decision", 0, DECISIONS)
_UNIT = _draw_thing("unit", 0, UNITS)
_DELEGATION = _draw_thing("delegation", sum(LEVELS[:2]), DELEGATIONS)
_POST = _draw_thing("post", 1, POSTS)

QUESTIONS = (
    Question(
        LOOKUP,
        """
SELECT ?label ?day WHERE { $thing$ skos:prefLabel ?label ; eli:date_document ?day }""",
        _DECISION,
    ),
    Question(
        "unit subtree path",
        """
SELECT ?unit ?label WHERE {
  ?unit org:subOrganizationOf+ $thing$ ; skos:prefLabel ?label FILTER(LANG(?label) = "sv")
}""",
        _draw_thing("unit", 1, 1 + FACULTIES),
    ),
    Question(
        "chain path",
        """
SELECT ?source ?delegator ?delegate WHERE {
  $thing$ sg:subDelegationOf+ ?source . ?source sg:delegator ?delegator ; sg:delegate ?delegate
}""",
        _DELEGATION,
    ),
    Question(
        "as-of filter",
        """
SELECT ?delegation ?matter ?from WHERE {
  ?delegation sg:delegate $thing$ ; sg:delegatesMatter ?matter ; sg:validFrom ?from
  OPTIONAL { ?delegation sg:validTo ?to }
  FILTER(?from <= $day$)
  FILTER(!BOUND(?to) || $day$ < ?to)
}""",
        _POST,
    ),
    Question(
        "holders",
        """
SELECT ?post ?person ?name WHERE {
  ?post org:postIn $thing$ .
  ?holding sg:heldPost ?post ; sg:holder ?person ; sg:validFrom ?from .
  ?person foaf:name ?name
  OPTIONAL { ?holding sg:validTo ?to }
  FILTER(?from <= $day$)
  FILTER(!BOUND(?to) || $day$ < ?to)
}""",
        _UNIT,
    ),
    Question(
        "group by",
        """
SELECT ?matter (COUNT(?decision) AS ?count) WHERE {
  ?decision sg:status $status$ ; sg:decidesMatter ?matter
} GROUP BY ?matter""",
        _DECISION,
    ),
    Question(
        "per year",
        """
SELECT ?year (COUNT(?decision) AS ?count) WHERE {
  ?decision sg:decidesMatter ?matter ; eli:date_document ?day
  FILTER(?day >= $day$)
  BIND(YEAR(?day) AS ?year)
} GROUP BY ?year""",
        _DECISION,
    ),
    Question(
        "regex",
        """
SELECT ?decision ?label WHERE {
  ?decision a sg:Decision ; skos:prefLabel ?label FILTER(REGEX(STR(?label), "$words$"))
}""",
        _DECISION,
    ),
    Question(
        "optional-heavy",
        """
SELECT ?delegation ?to ?amount ?allowed ?source ?label WHERE {
  ?delegation sg:underOrder $thing$
  OPTIONAL { ?delegation sg:validTo ?to }
  OPTIONAL { ?delegation sg:amountLimit ?limit . ?limit schema:maxValue ?amount }
  OPTIONAL { ?delegation sg:subDelegationAllowed ?allowed }
  OPTIONAL { ?delegation sg:subDelegationOf ?source }
  OPTIONAL { ?delegation skos:prefLabel ?label FILTER(LANG(?label) = "sv") }
}""",
        _draw_thing("order", 0, 1),
    ),
    Question(
        "order-by-limit",
        """
SELECT ?decision ?day WHERE {
  ?decision a sg:Decision ; eli:date_document ?day FILTER(?day < $day$)
} ORDER BY DESC(?day) ?decision LIMIT 20""",
        _DECISION,
    ),
    Question(
        "three-way join",
        """
SELECT ?post ?delegation ?decision WHERE {
  ?post org:postIn ?unit . ?unit org:subOrganizationOf $thing$ .
  ?delegation sg:delegate ?post ; sg:grantedBy ?decision .
  ?decision sg:status sg:statusTaken
}""",
        _draw_thing("unit", 1, 1 + FACULTIES),
    ),
    Question(
        "CONSTRUCT neighbourhood",
        """
CONSTRUCT { $thing$ ?out ?value . ?subject ?in $thing$ } WHERE {
  { $thing$ ?out ?value } UNION { ?subject ?in $thing$ }
}""",
        _POST,
        TURTLE,
    ),
)
"""In the order of the table; the first is the cheap lookup of the targets."""
