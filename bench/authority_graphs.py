"""Organisations made by chance, always the same from the same seed: what authority is measured on.

Each has about a thousand delegations in five levels below its rektor, a tree of matters of its own,
orders whose defaults let authority go on, limits, windows, recalls, conditions, posts that become
vacant, substitutes, and for every fifth delegation below the first levels a second source.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Holding,
    Limit,
    Order,
    OrderDefault,
    OriginalAuthority,
    PartyKind,
    Recall,
    Substitution,
    Window,
)

BASE = "https://w3id.org/styrgraf/bench/id/"
SIZE = 1000
"""Delegations in one organisation."""

LEVELS = (80, 160, 280, 300, 180)
POSTS = (1, 8, 40, 80, 120, 60)
"""Posts on each level; the first is the rektor."""

FIRST_DAY = date(2015, 1, 1)
LIMITS = tuple(amount * 100 for amount in (10_000_000, 5_000_000, 1_000_000, 250_000, 50_000))


@dataclass(frozen=True)
class AskedOf:
    """May `party` decide `matter`, on a day, up to an amount?"""

    party: str
    matter: str
    on: date
    amount: Amount | None


@dataclass
class Making:
    """One organisation while it is made."""

    name: str
    chance: random.Random
    delegations: list[Delegation] = field(default_factory=list)
    matters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    narrower: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, tuple[str, ...]] = field(default_factory=dict)
    received: dict[str, list[Delegation]] = field(default_factory=dict)

    def iri(self, kind: str, number: object) -> str:
        """Return a name of about sixty characters."""
        return f"{BASE}{kind}/{self.name}-{number}"

    def post(self, level: int, number: int) -> str:
        """Return a post of a level."""
        return self.iri("post", f"{level}-{number:03}")


def make_facts(delegations: int, seed: int = 1) -> AuthorityFacts:
    """Return the facts of as many organisations as hold about so many delegations."""
    parts = [make_organisation(number, seed) for number in range(max(1, delegations // SIZE))]
    return AuthorityFacts(
        delegations=tuple(each for part in parts for each in part.delegations),
        original_authorities=tuple(each for part in parts for each in part.original_authorities),
        recalls=tuple(each for part in parts for each in part.recalls),
        orders=tuple(each for part in parts for each in part.orders),
        defaults=tuple(each for part in parts for each in part.defaults),
        holdings=tuple(each for part in parts for each in part.holdings),
        substitutions=tuple(each for part in parts for each in part.substitutions),
        broader_matters={key: each for part in parts for key, each in part.broader_matters.items()},
        units_above={key: each for part in parts for key, each in part.units_above.items()},
        party_kinds={key: each for part in parts for key, each in part.party_kinds.items()},
    )


def make_organisation(number: int, seed: int = 1) -> AuthorityFacts:
    """Return the facts of one organisation."""
    making = Making(f"o{number:05}", random.Random(f"{seed}-{number}"))
    _make_matters(making)
    _make_units(making)
    for level in range(1, len(LEVELS) + 1):
        above = [each for each in making.delegations if _level_of(each) == level - 1]
        for place in range(LEVELS[level - 1]):
            _delegate(making, level, place, above)
    posts = [making.post(level, each) for level, count in enumerate(POSTS) for each in range(count)]
    orders = [making.iri("order", each) for each in range(2)]
    return AuthorityFacts(
        delegations=tuple(making.delegations),
        original_authorities=(
            OriginalAuthority(
                making.iri("original", 0),
                posts[0],
                (making.iri("matter", 0),),
                window=Window(FIRST_DAY),
                delegation_allowed=True,
            ),
        ),
        recalls=tuple(_recall(making)),
        orders=tuple(Order(each, Window(FIRST_DAY)) for each in orders),
        defaults=tuple(
            OrderDefault(f"{each}-default", each, Window(FIRST_DAY), sub_delegation_allowed=True)
            for each in orders
        ),
        holdings=tuple(_hold(making, posts)),
        substitutions=tuple(_substitute(making, posts)),
        broader_matters=making.matters,
        units_above=making.units,
        party_kinds=dict.fromkeys(posts, PartyKind.POST),
    )


def _level_of(delegation: Delegation) -> int:
    return int(delegation.iri.rpartition("-")[2][0])


def _make_matters(making: Making) -> None:
    """A tree of 1 + 8 + 40 + 120 matters."""
    widths, level = (8, 5, 3), [making.iri("matter", 0)]
    making.matters[level[0]] = ()
    for width in widths:
        below = []
        for broader in level:
            for _ in range(width):
                matter = making.iri("matter", len(making.matters))
                making.matters[matter] = (broader,)
                making.narrower.setdefault(broader, []).append(matter)
                below.append(matter)
        level = below


def _make_units(making: Making) -> None:
    whole = making.iri("unit", 0)
    for number in range(1, 49):
        above = whole if number <= 8 else making.iri("unit", (number - 9) // 5 + 1)
        making.units[making.iri("unit", number)] = (above,)


def _delegate(making: Making, level: int, place: int, above: list[Delegation]) -> None:
    """Add a delegation: by the rektor, or from one of the level above."""
    chance = making.chance
    sources = _choose_sources(making, above)
    source = sources[0] if sources else None
    matter = sources[-1].matters[0] if sources else making.iri("matter", 0)
    for _ in range(2 if not sources else chance.random() < 0.3):
        matter = chance.choice(making.narrower.get(matter, [matter]))
    delegation = Delegation(
        iri=making.iri("delegation", f"{level}{place:04}"),
        delegator=source.delegate if source else making.post(0, 0),
        delegate=making.post(level, chance.randrange(POSTS[level])),
        matters=(matter,),
        window=_choose_window(making, source),
        limit=_choose_limit(making, source),
        unit=chance.choice(list(making.units)) if level == 3 and chance.random() < 0.3 else None,
        conditional=chance.random() < 0.02,
        sub_delegation_allowed=chance.choice((None, None, None, True)) if level < 5 else None,
        sources=tuple(each.iri for each in sources),
        order=making.iri("order", chance.randrange(2)),
    )
    making.delegations.append(delegation)
    making.received.setdefault(delegation.delegate or "", []).append(delegation)


def _choose_sources(making: Making, above: list[Delegation]) -> tuple[Delegation, ...]:
    """Return one of the level above, or two of the same giver, the narrower last."""
    if not above:
        return ()
    source = making.chance.choice(above)
    for _ in range(making.chance.choice((0, 6))):
        for other in making.received[source.delegate or ""]:
            if other is not source and other.matters[0] in _climb(making, source.matters[0]):
                return other, source
        source = making.chance.choice(above)
    return (source,)


def _climb(making: Making, matter: str) -> list[str]:
    """Return a matter and all above it."""
    found = [matter]
    while broader := making.matters[found[-1]]:
        found.extend(broader)
    return found


def _choose_window(making: Making, source: Delegation | None) -> Window:
    chance = making.chance
    start = source.window.start if source and source.window.start else FIRST_DAY
    begun = start + timedelta(days=chance.randrange(700))
    end = source.window.end if source else None
    if chance.random() < 0.15:
        ended = begun + timedelta(days=chance.randrange(200, 3000))
        end = min(ended, end) if end else ended
    return Window(begun, max(end, begun + timedelta(days=1)) if end else None)


def _choose_limit(making: Making, source: Delegation | None) -> Limit | None:
    if making.chance.random() < 0.5:
        return source.limit if source else None
    highest = source.limit.hundredths if source and source.limit else LIMITS[0]
    return Limit(making.chance.choice([each for each in LIMITS if each <= highest]), "SEK")


def _recall(making: Making) -> Iterator[Recall]:
    for number, delegation in enumerate(making.chance.sample(making.delegations, 10)):
        day = (delegation.window.start or FIRST_DAY) + timedelta(days=making.chance.randrange(900))
        yield Recall(making.iri("recall", number), delegation.iri, day)


def _hold(making: Making, posts: list[str]) -> Iterator[Holding]:
    for number, post in enumerate(posts[: sum(POSTS[:3])]):
        person = making.iri("person", number)
        left = FIRST_DAY + timedelta(days=making.chance.randrange(1500, 4000))
        window = Window(FIRST_DAY, left if making.chance.random() < 0.1 else None)
        yield Holding(making.iri("holding", number), post, person, window)


def _substitute(making: Making, posts: list[str]) -> Iterator[Substitution]:
    for number in range(5):
        post, deputy = making.chance.sample(posts[1 : sum(POSTS[:3])], 2)
        iri = making.iri("substitution", number)
        yield Substitution(iri, post, deputy, Window(FIRST_DAY), by_law=number > 0)


def draw_questions(facts: AuthorityFacts, number: int, seed: int = 1) -> list[AskedOf]:
    """Return questions of parties on what they have received, or on what is under another."""
    chance = random.Random(seed)
    found = []
    for _ in range(number):
        first, second = chance.choice(facts.delegations), chance.choice(facts.delegations)
        matter = (first if chance.random() < 0.7 else second).matters[0]
        day = date(2022, 1, 1) + timedelta(days=chance.randrange(1000))
        amount = Amount(chance.choice(LIMITS)) if chance.random() < 0.5 else None
        found.append(AskedOf(first.delegate or "", matter, day, amount))
    return found
