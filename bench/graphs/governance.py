"""Governance graphs made by chance, always the same from the same seed: what queries are timed on.

Each organisation has a tree of units, posts and who held them, an order of delegations in chains
with windows, decisions of twelve years, and plans with goals: about five thousand triples in five
named graphs that all organisations share. The words are made up; no organisation is real.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from styrgraf.namespaces import DCTERMS, ELI, FOAF, GRAPH_PATH, ORG, RDF, SCHEMA, SG, SKOS, XSD

BASE = "https://w3id.org/styrgraf/bench/"
GRAPHS = ("organisation", "people", "authority", "decisions", "goals")
FACULTIES, DEPARTMENTS, GROUPS = 4, 5, 2
UNITS = 1 + FACULTIES * (1 + DEPARTMENTS * (1 + GROUPS))
POSTS = 2 * UNITS
LEVELS = (8, 24, 40, 48)
"""Delegations on each level below the rektor's."""

DELEGATIONS = sum(LEVELS)
DECISIONS = 200
MATTERS = 160
FIRST_DAY = date(2013, 1, 1)
DAYS = 12 * 365
AMOUNTS = (50_000, 250_000, 1_000_000, 5_000_000, 10_000_000)
STATUSES = ("statusTaken", "statusInForce", "statusEnded", "statusAnnounced")
SUBJECTS = ("inköp", "avtal", "anställning", "resor", "lokaler", "utbildning", "forskning", "arkiv")
OBJECTS = (
    "mikroskop",
    "servrar",
    "kurslitteratur",
    "laboratorier",
    "fordon",
    "möbler",
    "stipendier",
)


@dataclass
class Making:
    """One organisation while it is made."""

    number: int
    chance: random.Random
    lines: list[str] = field(default_factory=list)

    def state(self, graph: str, subject: str, *values: tuple[str, str]) -> None:
        """Add a quad for each property and value of a subject."""
        name = f"<{BASE}{GRAPH_PATH}source/{graph}> ."
        self.lines += [f"{subject} <{each}> {value} {name}" for each, value in values]

    def name(self, kind: str, number: int) -> str:
        """Return the IRI of one of this organisation's things."""
        return write_iri(name_thing(kind, self.number, number))


def name_thing(kind: str, organisation: int, number: int) -> str:
    """Return the IRI of a thing of an organisation."""
    return f"{BASE}id/{kind}/o{organisation:05}-{number:04}"


def name_matter(number: int) -> str:
    """Return the IRI of a matter; all organisations have the same."""
    return f"{BASE}id/matter/m{number:04}"


def make_graph(triples: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield lines of N-Quads: shared matters, then whole organisations until there are enough."""
    lines = _make_shared()
    number, made = 0, 0
    while True:
        made += len(lines)
        yield lines
        if made >= triples:
            return
        lines = make_organisation(number, seed)
        number += 1


def make_organisation(number: int, seed: int = 1) -> list[str]:
    """Return the lines of one organisation."""
    making = Making(number, random.Random(f"{seed}-{number}"))
    _make_units(making)
    _make_posts(making)
    _make_delegations(making)
    _make_decisions(making)
    _make_goals(making)
    return making.lines


def _make_shared() -> list[str]:
    """Return a tree of matters, and amounts."""
    making = Making(0, random.Random(0))
    for number in range(MATTERS):
        words = f"{SUBJECTS[number % len(SUBJECTS)]} {number}"
        making.state(
            "authority",
            write_iri(name_matter(number)),
            _type(SG + "MatterType"),
            *_label(words.capitalize(), f"Matter {number}"),
            *([(SKOS + "broader", write_iri(name_matter((number - 1) // 4)))] if number else []),
        )
    for amount in AMOUNTS:
        making.state(
            "authority",
            _name_amount(amount),
            _type(SCHEMA + "MonetaryAmount"),
            (SCHEMA + "maxValue", write_literal(str(amount), "integer")),
            (SCHEMA + "currency", '"SEK"'),
        )
    return making.lines


def _make_units(making: Making) -> None:
    for number in range(UNITS):
        above = find_unit_above(number)
        kind = "FormalOrganization" if above is None else "OrganizationalUnit"
        part = [] if above is None else [(ORG + "subOrganizationOf", making.name("unit", above))]
        making.state(
            "organisation",
            making.name("unit", number),
            _type(ORG + kind),
            *_label(f"Enhet {number} i {making.number}", f"Unit {number} of {making.number}"),
            (SKOS + "notation", f'"E{making.number}-{number}"'),
            *part,
        )


def find_unit_above(number: int) -> int | None:
    """Return the unit that a unit belongs to: the whole, a faculty or a department."""
    departments = 1 + FACULTIES
    groups = departments + FACULTIES * DEPARTMENTS
    if number == 0:
        return None
    if number < departments:
        return 0
    if number < groups:
        return 1 + (number - departments) // DEPARTMENTS
    return departments + (number - groups) // GROUPS


def _make_posts(making: Making) -> None:
    """Two posts in each unit, and for each the one or two who have held it."""
    persons = holdings = 0
    for number in range(POSTS):
        words = "chef" if number % 2 == 0 else "handläggare"
        making.state(
            "organisation",
            making.name("post", number),
            _type(ORG + "Post"),
            *_label(f"{words} {number}", f"Post {number}"),
            (ORG + "postIn", making.name("unit", number // 2)),
        )
        left = FIRST_DAY + timedelta(days=making.chance.randrange(400, DAYS))
        windows: list[tuple[date, date | None]] = [(FIRST_DAY, None)]
        if making.chance.random() < 0.5:
            windows = [(FIRST_DAY, left), (left, None)]
        for start, end in windows:
            making.state(
                "people",
                making.name("person", persons),
                _type(FOAF + "Person"),
                (FOAF + "name", f'"Exempel {making.number} Person {persons}"'),
            )
            making.state(
                "people",
                making.name("holding", holdings),
                _type(SG + "Holding"),
                (SG + "heldPost", making.name("post", number)),
                (SG + "holder", making.name("person", persons)),
                *_window(start, end),
            )
            persons, holdings = persons + 1, holdings + 1


def _make_delegations(making: Making) -> None:
    order = making.name("order", 0)
    making.state(
        "authority",
        order,
        _type(SG + "DelegationOrder"),
        *_label(f"Delegationsordning {making.number}", f"Delegation order {making.number}"),
        *_window(FIRST_DAY, None),
    )
    number, above = 0, [(0, 0, FIRST_DAY, 0)]  # delegation, delegate, start, matter
    for level, count in enumerate(LEVELS):
        made = []
        for _ in range(count):
            source = making.chance.choice(above)
            made.append(_delegate(making, number, source, first=level == 0))
            number += 1
        above = made


def _delegate(
    making: Making, number: int, source: tuple[int, int, date, int], first: bool
) -> tuple[int, int, date, int]:
    chance = making.chance
    start = source[2] + timedelta(days=chance.randrange(600))
    end = start + timedelta(days=chance.randrange(300, 3000)) if chance.random() < 0.3 else None
    matter = min(4 * source[3] + 1 + chance.randrange(4), MATTERS - 1)
    delegate = chance.randrange(1, POSTS)
    further = [(SG + "subDelegationOf", making.name("delegation", source[0]))]
    if chance.random() < 0.5:
        amount = chance.choice(AMOUNTS)
        further = [*further, (SG + "amountLimit", _name_amount(amount))]
    if chance.random() < 0.4:
        allowed = write_literal("true" if chance.random() < 0.7 else "false", "boolean")
        further = [*further, (SG + "subDelegationAllowed", allowed)]
    making.state(
        "authority",
        making.name("delegation", number),
        _type(SG + "DelegationOfAuthority"),
        *_label(f"Delegation {number} i {making.number}", f"Delegation {number}"),
        (SG + "delegator", making.name("post", source[1])),
        (SG + "delegate", making.name("post", delegate)),
        (SG + "delegatesMatter", write_iri(name_matter(matter))),
        (SG + "underOrder", making.name("order", 0)),
        (SG + "grantedBy", making.name("decision", chance.randrange(DECISIONS))),
        *further[1 if first else 0 :],
        *_window(start, end),
    )
    return number, delegate, start, matter


def _make_decisions(making: Making) -> None:
    chance = making.chance
    for number in range(DECISIONS):
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        words = f"{chance.choice(SUBJECTS)} av {chance.choice(OBJECTS)}, ärende {number}"
        making.state(
            "decisions",
            making.name("decision", number),
            _type(SG + "Decision"),
            (SKOS + "prefLabel", f'"Beslut om {words}"@sv'),
            (ELI + "date_document", write_date(day)),
            (SG + "status", write_iri(SG + chance.choice(STATUSES))),
            (SG + "decidedBy", making.name("post", chance.randrange(POSTS))),
            (SG + "caseNumber", f'"B{making.number}-{day.year}-{number:04}"'),
            (SG + "decidesMatter", write_iri(name_matter(chance.randrange(MATTERS)))),
            *([(SG + "decidedAmount", _name_amount(chance.choice(AMOUNTS)))] * (number % 2)),
        )


def _make_goals(making: Making) -> None:
    for number in range(6):
        start = date(2013 + 2 * number, 1, 1)
        goals = range(8 * number, 8 * number + 8)
        making.state(
            "goals",
            making.name("plan", number),
            _type(SG + "Plan"),
            *_label(f"Verksamhetsplan {start.year}", f"Operational plan {start.year}"),
            (DCTERMS + "isPartOf", making.name("unit", 0)),
            *_window(start, date(start.year + 2, 1, 1)),
            *((SG + "hasGoal", making.name("goal", goal)) for goal in goals),
        )
        for goal in goals:
            words = making.chance.choice(SUBJECTS)
            making.state(
                "goals",
                making.name("goal", goal),
                _type(SG + "Goal"),
                *_label(f"Mål {goal}: bättre {words}", f"Goal {goal}"),
            )


def write_iri(iri: str) -> str:
    """Return an IRI as N-Quads writes it."""
    return f"<{iri}>"


def write_literal(text: str, datatype: str) -> str:
    """Return a typed literal as N-Quads writes it."""
    return f'"{text}"^^<{XSD}{datatype}>'


def write_date(day: date) -> str:
    """Return a day as N-Quads writes it."""
    return write_literal(day.isoformat(), "date")


def _type(name: str) -> tuple[str, str]:
    return RDF + "type", write_iri(name)


def _label(swedish: str, english: str) -> tuple[tuple[str, str], ...]:
    return (SKOS + "prefLabel", f'"{swedish}"@sv'), (SKOS + "prefLabel", f'"{english}"@en')


def _window(start: date, end: date | None) -> tuple[tuple[str, str], ...]:
    started = (SG + "validFrom", write_date(start))
    return (started,) if end is None else (started, (SG + "validTo", write_date(end)))


def _name_amount(amount: int) -> str:
    return write_iri(f"{BASE}id/amount/{amount}-sek")
