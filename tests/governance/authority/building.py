"""Small facts to ask of: rektor by statute, then the dean, then the head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from styrgraf.governance.authority.answers import Amount, Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Holding,
    Limit,
    Order,
    OrderDefault,
    OriginalAuthority,
    PartyKind,
    Precision,
    Recall,
    Substitution,
    Window,
)
from styrgraf.model import Iri

LONG_AGO = date(2000, 1, 1)
FIRST, LAST = date(2022, 3, 1), date(2022, 8, 31)
DAY = timedelta(days=1)
ALWAYS = Window(LONG_AGO)
SPRING_AND_SUMMER = Window(FIRST, LAST + DAY)
UNSTATED = Window()
SOME_DAY_OF_MARCH = Window(FIRST, None, Precision.MONTH)
UNTIL_SOME_DAY_OF_AUGUST = Window(LONG_AGO, date(2022, 8, 1), Precision.MONTH)

MATTERS = {
    "economy": (),
    "purchases": ("economy",),
    "equipment": ("purchases",),
    "travel": ("economy",),
}
UNITS: Mapping[str, tuple[str, ...]] = {
    "university": (),
    "school": ("university",),
    "department": ("school",),
    "library": ("university",),
}
PARTY_KINDS = {
    "rektor": PartyKind.POST,
    "dean": PartyKind.POST,
    "head": PartyKind.POST,
    "deputy": PartyKind.POST,
    "other": PartyKind.POST,
    "board": PartyKind.BODY,
    "managers": PartyKind.ROLE,
    "heads": PartyKind.ROLE,
}
BROADER_ROLES = {"heads": ("managers",)}

FIELDS = {
    Delegation: "delegations",
    OriginalAuthority: "original_authorities",
    Recall: "recalls",
    Order: "orders",
    OrderDefault: "defaults",
    Holding: "holdings",
    Substitution: "substitutions",
}


def build(*things: object, roles: Mapping[str, tuple[str, ...]] | None = None) -> AuthorityFacts:
    """Return facts of these records in a fixed little organisation; `roles` of its posts."""
    records: dict[str, list[Any]] = {name: [] for name in FIELDS.values()}
    for each in things:
        records[FIELDS[type(each)]].append(each)
    return AuthorityFacts(
        **{name: tuple(found) for name, found in records.items()},
        broader_matters=MATTERS,
        units_above=UNITS,
        roles_of_posts=roles or {},
        broader_roles=BROADER_ROLES,
        party_kinds=PARTY_KINDS,
    )


def statute(**stated: Any) -> OriginalAuthority:
    """The rektor's: everything that nobody else's reserves, and it may be delegated."""
    known = {"holder": "rektor", "residual": True, "window": ALWAYS, "delegation_allowed": True}
    return OriginalAuthority(**{"iri": "statute", **known, **stated})


def delegation(iri: str, giver: str | None, receiver: str | None, **stated: Any) -> Delegation:
    known = {"matters": ("purchases",), "window": ALWAYS, "sub_delegation_allowed": True}
    return Delegation(**{"iri": iri, "delegator": giver, "delegate": receiver, **known, **stated})


def first(**stated: Any) -> Delegation:
    """From the rektor to the dean."""
    return delegation("first", "rektor", "dean", **stated)


def second(**stated: Any) -> Delegation:
    """From the dean to the head, on the ground of the first."""
    return delegation("second", "dean", "head", **{"sources": ("first",), **stated})


def limit(kronor: int, currency: str = "SEK", *, excluded: bool = False) -> Limit:
    return Limit(kronor * 100, currency, excluded)


def ask(matter: str = "purchases", on: date = date(2022, 6, 1), **asked: Any) -> Question:
    """A question; `unit` by its name, `kronor` for an amount."""
    kronor, unit = asked.pop("kronor", None), asked.pop("unit", None)
    amount = None if kronor is None else Amount(kronor * 100, asked.pop("currency", "SEK"))
    return Question(Iri(matter), on, Iri(unit) if unit else None, amount, **asked)
