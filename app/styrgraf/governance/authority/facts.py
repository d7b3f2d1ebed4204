"""What authority is computed from: plain records with IRIs as strings. No IO here.

None, and empty tuples, stand for what is not stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from styrgraf.governance.statements import Certainty


class Precision(IntEnum):
    """How exactly the dates of a record are known (`sg:datePrecision`)."""

    DAY = 0
    MONTH = 1
    YEAR = 2


class Kind(IntEnum):
    """A kind of right (`sg:rightKind`)."""

    DECIDE = 0
    SIGN = 1


class Standing(IntEnum):
    """What the status of a delegation means for it: adopted or not stated, not adopted, ended."""

    ADOPTED = 0
    DRAFT = 1
    ENDED = 2


class PartyKind(IntEnum):
    """What a party is; recipients are limited by it (`sg:permitsRecipientKind`)."""

    POST = 0
    BODY = 1
    ROLE = 2
    OTHER = 3


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, half-open; `start` and `end` are first days of periods of `precision`."""

    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.DAY


@dataclass(frozen=True, slots=True)
class Limit:
    """The highest amount, in hundredths of `currency` (ISO 4217); `excluded`: only below it."""

    hundredths: int
    currency: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation of authority, with the lowest certainty of what is stated of it."""

    iri: str
    delegator: str | None = None
    delegate: str | None = None
    matters: tuple[str, ...] = ()
    window: Window = Window()
    kinds: frozenset[Kind] = frozenset({Kind.DECIDE})
    standing: Standing = Standing.ADOPTED
    limit: Limit | None = None
    unit: str | None = None
    conditional: bool = False
    exclusive: bool | None = None
    sub_delegation_allowed: bool | None = None
    recipients: tuple[str, ...] = ()
    recipient_kinds: frozenset[PartyKind] = frozenset()
    sources: tuple[str, ...] = ()
    order: str | None = None
    certainty: Certainty = Certainty.ASSERTED


@dataclass(frozen=True, slots=True)
class OriginalAuthority:
    """What `holder` may decide by statute: its matters, or all that no other reserves."""

    iri: str
    holder: str
    matters: tuple[str, ...] = ()
    residual: bool = False
    window: Window = Window()
    delegation_allowed: bool | None = None
    certainty: Certainty = Certainty.ASSERTED


@dataclass(frozen=True, slots=True)
class Recall:
    """A delegation is recalled from `start` on."""

    iri: str
    delegation: str
    start: date


@dataclass(frozen=True, slots=True)
class Order:
    """A delegation order and its window."""

    iri: str
    window: Window = Window()


@dataclass(frozen=True, slots=True)
class OrderDefault:
    """What an order lets hold, in a window, where a delegation under it says nothing."""

    iri: str
    order: str
    window: Window = Window()
    sub_delegation_allowed: bool | None = None
    exclusive: bool | None = None
    recipient_kinds: frozenset[PartyKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Holding:
    """A person holds a post in a window; `acting` where not substantively."""

    iri: str
    post: str
    person: str
    window: Window = Window()
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Substitution:
    """A post steps in for another in a window: by law (in absence), or by decision."""

    iri: str
    post: str
    substitute: str
    window: Window = Window()
    by_law: bool = False


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """All of it. The mappings lead from a thing to those right above it."""

    delegations: tuple[Delegation, ...] = ()
    original_authorities: tuple[OriginalAuthority, ...] = ()
    recalls: tuple[Recall, ...] = ()
    orders: tuple[Order, ...] = ()
    defaults: tuple[OrderDefault, ...] = ()
    holdings: tuple[Holding, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    broader_matters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Every matter type, with the matters right above it."""
    units_above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles_of_posts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader_roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    party_kinds: Mapping[str, PartyKind] = field(default_factory=dict)
