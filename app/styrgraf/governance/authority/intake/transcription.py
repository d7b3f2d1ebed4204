"""What is stated of a thing, as a record of facts. No IO here.

What stands once and is stated twice, or cannot be read, is never guessed: the thing counts as one
whose start is not stated, so that nothing certain rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from typing import TypeVar

from styrgraf.governance.authority.facts import (
    Delegation,
    Holding,
    Kind,
    Limit,
    Order,
    OrderDefault,
    OriginalAuthority,
    PartyKind,
    Precision,
    Recall,
    Standing,
    Substitution,
    Window,
)
from styrgraf.governance.authority.intake.stated import Stated
from styrgraf.namespaces import SCHEMA, SG, XSD

WINDOW = ("validFrom", "validTo", "datePrecision")
"""The properties of a window; those of each class stand above what reads them."""

_KINDS = {"rightDecide": Kind.DECIDE, "rightSign": Kind.SIGN}
_RECIPIENT_KINDS = {
    "recipientPost": PartyKind.POST,
    "recipientBody": PartyKind.BODY,
    "recipientRole": PartyKind.ROLE,
}
_PRECISIONS = {
    "precisionDay": Precision.DAY,
    "precisionMonth": Precision.MONTH,
    "precisionYear": Precision.YEAR,
}
_STANDINGS = {
    "statusInForce": Standing.ADOPTED,
    "statusTaken": Standing.ADOPTED,
    "statusRecurring": Standing.ADOPTED,
    "statusEnded": Standing.ENDED,
    "statusPossible": Standing.DRAFT,
    "statusDraft": Standing.DRAFT,
}
_WORST_FIRST = (Standing.DRAFT, Standing.ENDED, Standing.ADOPTED)
_BY_LAW = {"substitutionByLaw": True, "substitutionByDecision": False}

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST_HUNDREDTHS = 2**62

Concept = TypeVar("Concept")

Limits = Mapping[str, Limit]

DELEGATION = (
    *("delegator", "delegate", "delegatesMatter", "rightKind", "status", "amountLimit"),
    *("withinUnit", "condition", "exclusive", "subDelegationAllowed", "maySubDelegateTo"),
    *("permitsRecipientKind", "subDelegationOf", "underOrder", *WINDOW),
)


def read_delegation(stated: Stated, limits: Limits, doubtful: frozenset[str]) -> Delegation:
    """Return a delegation; `doubtful` are those recalled on a day that cannot be read."""
    stated.is_odd |= stated.iri in doubtful
    delegation = Delegation(
        iri=stated.iri,
        delegator=stated.iri_of("delegator"),
        delegate=stated.iri_of("delegate"),
        matters=stated.iris("delegatesMatter"),
        kinds=_read_kinds(stated),
        standing=_read_standing(stated),
        limit=_read_limit(stated, limits),
        unit=stated.iri_of("withinUnit"),
        conditional=bool(stated.values.get(SG + "condition")),
        exclusive=stated.answer("exclusive"),
        sub_delegation_allowed=stated.answer("subDelegationAllowed"),
        recipients=stated.iris("maySubDelegateTo"),
        recipient_kinds=frozenset(_concepts(stated, "permitsRecipientKind", _RECIPIENT_KINDS)),
        sources=stated.iris("subDelegationOf"),
        order=stated.iri_of("underOrder"),
        certainty=stated.certainty,
    )
    return replace(delegation, window=_read_window(stated))


def _read_kinds(stated: Stated) -> frozenset[Kind]:
    kinds = frozenset(_concepts(stated, "rightKind", _KINDS))
    return kinds if stated.values.get(SG + "rightKind") else frozenset({Kind.DECIDE})


def _read_standing(stated: Stated) -> Standing:
    found = _concepts(stated, "status", _STANDINGS)
    return next((each for each in _WORST_FIRST if each in found), Standing.ADOPTED)


def _read_limit(stated: Stated, limits: Limits) -> Limit | None:
    amount = stated.iri_of("amountLimit")
    stated.is_odd |= amount is not None and amount not in limits
    return limits.get(amount) if amount else None


ORIGINAL_AUTHORITY = ("authorityHolder", "overMatter", "residual", "delegationAllowed", *WINDOW)


def read_original(stated: Stated) -> Iterator[OriginalAuthority]:
    """Yield an original authority; without a holder it is nobody's."""
    holder, matters = stated.iri_of("authorityHolder"), stated.iris("overMatter")
    residual, allowed = stated.answer("residual"), stated.answer("delegationAllowed")
    if holder is not None:
        window, certainty = _read_window(stated), stated.certainty
        yield OriginalAuthority(
            stated.iri, holder, matters, residual is True, window, allowed, certainty
        )


RECALL = ("recalls", "validFrom")


def read_recall(stated: Stated) -> Iterator[tuple[str, Recall | None]]:
    """Yield each delegation that is recalled, with the recall; None: from an unknown day on."""
    start = _read_day(stated, "validFrom")
    for delegation in stated.iris("recalls"):
        yield delegation, Recall(stated.iri, delegation, start) if start else None


ORDER = WINDOW


def read_order(stated: Stated) -> Iterator[Order]:
    """Yield an order."""
    yield Order(stated.iri, _read_window(stated))


DEFAULT = ("defaultOf", "subDelegationAllowed", "exclusive", "permitsRecipientKind", *WINDOW)


def read_default(stated: Stated) -> Iterator[OrderDefault]:
    """Yield what an order lets hold, for each order that it is said of."""
    orders, allowed = stated.iris("defaultOf"), stated.answer("subDelegationAllowed")
    exclusive = stated.answer("exclusive")
    kinds = frozenset(_concepts(stated, "permitsRecipientKind", _RECIPIENT_KINDS))
    window = _read_window(stated)
    for order in orders:
        yield OrderDefault(stated.iri, order, window, allowed, exclusive, kinds)


HOLDING = ("heldPost", "holder", "acting", *WINDOW)


def read_holding(stated: Stated) -> Iterator[Holding]:
    """Yield a holding of one post by one person."""
    post, person = stated.iri_of("heldPost"), stated.iri_of("holder")
    acting = stated.answer("acting")
    if post is not None and person is not None:
        yield Holding(stated.iri, post, person, _read_window(stated), acting is True)


SUBSTITUTION = ("substituteFor", "substitute", "substitutionKind", *WINDOW)


def read_substitution(stated: Stated) -> Iterator[Substitution]:
    """Yield a substitution of one post by one; of a kind not stated, it is as weak as by law."""
    post, substitute = stated.iri_of("substituteFor"), stated.iri_of("substitute")
    kinds = set(_concepts(stated, "substitutionKind", _BY_LAW))
    if post is not None and substitute is not None:
        by_law = kinds != {False}
        yield Substitution(stated.iri, post, substitute, _read_window(stated), by_law)


AMOUNT = (SCHEMA + "maxValue", SCHEMA + "currency", SG + "limitExcluded")


def read_amount(stated: Stated) -> Iterator[tuple[str, Limit]]:
    """Yield an amount as a limit; without a currency no other amount is like it."""
    value, currency = stated.literal(SCHEMA + "maxValue"), stated.literal(SCHEMA + "currency")
    excluded = stated.answer("limitExcluded")
    hundredths = _read_hundredths(value.value) if value else None
    if hundredths is not None and not stated.is_odd:
        known = currency is not None and _CURRENCY.fullmatch(currency.value)
        name = currency.value if currency and known else ""
        yield stated.iri, Limit(hundredths, name, excluded is True)


def _read_hundredths(text: str) -> int | None:
    """Return an amount in hundredths, fractions of one left out."""
    try:
        hundredths = (Decimal(text) * 100).to_integral_value(ROUND_FLOOR)
    except InvalidOperation:
        return None
    if not hundredths.is_finite() or hundredths < 0:
        return None
    return int(min(hundredths, Decimal(_MOST_HUNDREDTHS)))


def _read_window(stated: Stated) -> Window:
    """Return the window; read it last, since all that is odd before counts."""
    start, end = _read_day(stated, "validFrom"), _read_day(stated, "validTo")
    precisions = _concepts(stated, "datePrecision", _PRECISIONS)
    return Window(None if stated.is_odd else start, end, max(precisions, default=Precision.DAY))


def _read_day(stated: Stated, name: str) -> date | None:
    literal = stated.literal(SG + name)
    if literal is None:
        return None
    written = _DATE.fullmatch(literal.value) if literal.datatype == XSD + "date" else None
    try:
        day = date.fromisoformat(written[1]) if written else None
    except ValueError:
        day = None
    stated.is_odd |= day is None
    return day


def _concepts(stated: Stated, name: str, known: Mapping[str, Concept]) -> list[Concept]:
    """Return what the concepts of a property stand for; an unknown one is odd."""
    found = [known.get(iri.removeprefix(SG)) for iri in stated.iris(name)]
    stated.is_odd |= None in found
    return [each for each in found if each is not None]
