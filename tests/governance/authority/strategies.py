"""Random small facts, and questions on days on which something changes, those before and after.

Biased so that chains hold often: most delegations go on from one that is there already, in a
matter of it, and most windows are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from styrgraf.governance.authority.answers import Amount, Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
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
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri
from tests.governance.authority.oracle import edges

Value = TypeVar("Value")
Draw = st.DrawFn

DAYS = [date(2022, 1, 1), date(2022, 1, 31), date(2022, 2, 1), date(2022, 3, 1), date(2022, 3, 2)]
MONTHS = [date(2022, 1, 1), date(2022, 2, 1), date(2022, 3, 1)]
YEARS = [date(2021, 1, 1), date(2022, 1, 1)]
FIRST_DAYS = {Precision.DAY: DAYS, Precision.MONTH: MONTHS, Precision.YEAR: YEARS}
LONG_AGO = date(2015, 1, 1)
AMOUNTS = [100, 200]
DAY = timedelta(days=1)
MOST_EXAMPLES = 1_000
"""The oracle takes its time: more of these would make the long run last for hours."""
PLAIN: dict[str, Any] = {"window": Window(LONG_AGO), "sub_delegation_allowed": True}

slow = settings(max_examples=min(MOST_EXAMPLES, settings.default.max_examples))
"""For properties over facts; the usual run has fewer examples anyway."""


def mostly(usual: Value, *others: Value, times: int = 6) -> st.SearchStrategy[Value]:
    """Draw the usual value `times` as often as each other."""
    return st.sampled_from([usual] * times + list(others))


def some_of(values: Sequence[Value], most: int = 2) -> st.SearchStrategy[tuple[Value, ...]]:
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


def one_or_none(values: Sequence[Value], *, usual: bool = False) -> st.SearchStrategy[Value | None]:
    """Draw one of the values; `usual`: only seldom none."""
    if not values:
        return st.none()
    times = 8 if usual else 1
    nothing: list[Value | None] = [None] * (1 if usual else 2 * len(values))
    return st.sampled_from(nothing + list(values) * times)


@st.composite
def windows(draw: Draw, times: int = 6) -> Window:
    """Open ones `times` as often as each of the other forms."""
    forms = ["from", "between", "until", "unstated", "unstated"]
    form = draw(mostly("open", *forms, times=times))
    if form == "open":
        return Window(LONG_AGO)
    if form == "unstated":
        return Window()
    precision = draw(mostly(Precision.DAY, Precision.MONTH, Precision.YEAR, times=3))
    days = sorted([draw(st.sampled_from(FIRST_DAYS[precision])) for _ in range(2)])
    if form == "from":
        return Window(days[0], None, precision)
    if form == "until":
        unknown = draw(mostly(False, True, times=3))
        return Window(None if unknown else LONG_AGO, days[1], precision)
    return Window(days[0], days[1], precision)


limits = st.none() | st.builds(
    Limit, st.sampled_from(AMOUNTS), mostly("SEK", "EUR", times=3), st.booleans()
)
maybe = st.sampled_from([None, None, True, False])
certainties = mostly(*Certainty)
recipient_kinds = mostly(
    frozenset[PartyKind](),
    frozenset({PartyKind.POST}),
    frozenset({PartyKind.POST, PartyKind.ROLE}),
    frozenset({PartyKind.BODY, PartyKind.POST}),
    frozenset({PartyKind.BODY}),
    times=12,
)
kinds = mostly(frozenset({Kind.DECIDE}), frozenset({Kind.SIGN}), frozenset(Kind), times=12)


@dataclass
class Organisation:
    """What facts are about: names, and how they lie above each other."""

    party_kinds: dict[str, PartyKind]
    matters: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    roles_of_posts: dict[str, tuple[str, ...]]
    broader_roles: dict[str, tuple[str, ...]]

    @property
    def parties(self) -> list[str]:
        return list(self.party_kinds)

    def of_kind(self, kind: PartyKind) -> list[str]:
        return [name for name, each in self.party_kinds.items() if each == kind]

    def narrower(self, matters: tuple[str, ...]) -> list[str]:
        """Those of the matters, and the ones right below them."""
        below = [name for name, above in self.matters.items() if set(above) & set(matters)]
        return [*matters, *below]


@st.composite
def hierarchies(draw: Draw, letter: str, least: int, most: int) -> dict[str, tuple[str, ...]]:
    """Names, each with up to two above it among those before it."""
    names = [f"{letter}{number}" for number in range(draw(st.integers(least, most)))]
    found: dict[str, tuple[str, ...]] = {}
    for number, name in enumerate(names):
        above = draw(some_of(names[:number])) if draw(mostly(True, False, times=3)) else ()
        found[name] = above or tuple(names[:1] if number else ())
    return found


@st.composite
def organisations(draw: Draw) -> Organisation:
    kinds_of_others = mostly(
        PartyKind.POST, PartyKind.ROLE, PartyKind.ROLE, PartyKind.BODY, PartyKind.OTHER, times=5
    )
    others = draw(st.lists(kinds_of_others, min_size=2, max_size=5))
    party_kinds = {
        "ada" if kind == PartyKind.OTHER else f"p{number}": kind
        for number, kind in enumerate([PartyKind.POST, *others])
    }
    roles = [name for name, kind in party_kinds.items() if kind == PartyKind.ROLE]
    posts = [name for name, kind in party_kinds.items() if kind == PartyKind.POST]
    return Organisation(
        party_kinds,
        draw(hierarchies("m", 4, 7)),
        draw(hierarchies("u", 1, 3)),
        {post: draw(some_of(roles)) for post in posts},
        {role: draw(some_of(roles[:number])) for number, role in enumerate(roles)},
    )


@st.composite
def delegations(
    draw: Draw, organisation: Organisation, earlier: list[Delegation], orders: list[str]
) -> Delegation:
    """One more; mostly from an earlier one's delegate, or from the first party."""
    going_on = [each for each in earlier if each.delegate and each.matters]
    goes_on = going_on and draw(mostly(True, False, times=3))
    source = draw(st.sampled_from(going_on)) if goes_on else None
    if source is not None:
        delegator = source.delegate
        matters: tuple[str, ...] = (draw(st.sampled_from(organisation.narrower(source.matters))),)
    else:
        delegator = draw(mostly("p0", *organisation.parties, None, times=8))
        matters = (draw(mostly("m0", *organisation.matters, times=4)),)
    if draw(mostly(False, True, times=9)):
        matters = draw(some_of(list(organisation.matters)))
    return Delegation(
        iri=f"d{len(earlier)}",
        delegator=delegator,
        delegate=draw(one_or_none(organisation.parties, usual=True)),
        matters=matters,
        sources=draw(stated_sources(source, len(earlier))),
        **(PLAIN if draw(mostly(True, False, times=2)) else draw(terms(organisation, orders))),
    )


@st.composite
def stated_sources(draw: Draw, source: Delegation | None, number: int) -> tuple[str, ...]:
    """That which it goes on from, or none stated; sometimes any, itself and later ones included."""
    if draw(mostly(False, True, times=9)):
        return draw(some_of([f"d{each}" for each in range(number + 1)]))
    return (source.iri,) if source is not None and draw(st.booleans()) else ()


@st.composite
def terms(draw: Draw, organisation: Organisation, orders: list[str]) -> dict[str, Any]:
    """What a delegation says beside who, whom, what and whence."""
    return {
        "window": draw(windows(times=14)),
        "kinds": draw(kinds),
        "standing": draw(mostly(Standing.ADOPTED, Standing.DRAFT, Standing.ENDED, times=14)),
        "limit": draw(limits),
        "unit": draw(one_or_none(list(organisation.units))) if draw(st.booleans()) else None,
        "conditional": draw(mostly(False, True, times=7)),
        "exclusive": draw(mostly(None, True, False)),
        "sub_delegation_allowed": draw(st.sampled_from([None, True, True, None, None, False])),
        "recipients": draw(mostly((), draw(some_of(organisation.parties)), times=9)),
        "recipient_kinds": draw(recipient_kinds),
        "order": draw(st.sampled_from([None, *orders])),
        "certainty": draw(certainties),
    }


@st.composite
def originals(draw: Draw, organisation: Organisation) -> tuple[OriginalAuthority, ...]:
    """Mostly the first party's, residual; seldom none."""
    found = []
    for number in range(draw(mostly(1, 0, 2, 3, times=8))):
        first = number == 0 and draw(mostly(True, False, times=9))
        found.append(
            OriginalAuthority(
                f"a{number}",
                "p0" if first else draw(st.sampled_from(organisation.parties)),
                draw(some_of(list(organisation.matters))),
                first or draw(st.booleans()),
                draw(windows(times=20)),
                draw(mostly(True, None, None, False, times=12)),
                draw(certainties),
            )
        )
    return tuple(found)


@st.composite
def defaults(draw: Draw, orders: list[str]) -> tuple[OrderDefault, ...]:
    if not orders:
        return ()
    return tuple(
        OrderDefault(
            f"e{number}",
            draw(st.sampled_from(orders)),
            draw(windows(times=3)),
            draw(maybe),
            draw(mostly(None, True, False, times=4)),
            draw(recipient_kinds),
        )
        for number in range(draw(st.sampled_from([0, 1, 2, 2, 3])))
    )


@st.composite
def holdings(draw: Draw, posts: list[str]) -> tuple[Holding, ...]:
    return tuple(
        Holding(
            f"h{number}",
            draw(st.sampled_from(posts)),
            draw(st.sampled_from(["ada", "bo", "cia"])),
            draw(windows(times=3)),
            draw(mostly(False, True, times=3)),
        )
        for number in range(draw(st.integers(0, 4)))
    )


@st.composite
def substitutions(draw: Draw, posts: list[str]) -> tuple[Substitution, ...]:
    if len(posts) < 2:
        return ()
    found = []
    for number in range(draw(mostly(0, 1, 2, 3, times=3))):
        post, substitute = draw(st.permutations(posts))[:2]
        window = draw(windows())
        found.append(Substitution(f"s{number}", post, substitute, window, draw(st.booleans())))
    return tuple(found)


@st.composite
def facts(draw: Draw, most: int = 9) -> AuthorityFacts:
    """Facts with at most so many delegations."""
    organisation = draw(organisations())
    orders = draw(mostly(("o0",), ("o0", "o1"), (), times=2))
    known: list[Delegation] = []
    for _ in range(draw(st.sampled_from([3, *range(most + 1), *range(3, most + 1)]))):
        known.append(draw(delegations(organisation, known, list(orders))))
    recalled = draw(mostly((), draw(some_of(known)), times=3))
    posts = organisation.of_kind(PartyKind.POST)
    return AuthorityFacts(
        delegations=tuple(known),
        original_authorities=draw(originals(organisation)),
        recalls=tuple(
            Recall(f"r{number}", each.iri, draw(st.sampled_from(DAYS)))
            for number, each in enumerate(recalled)
        ),
        orders=tuple(Order(each, draw(windows(times=12))) for each in orders),
        defaults=draw(defaults(list(orders))),
        holdings=draw(holdings(posts)),
        substitutions=draw(substitutions(posts)),
        broader_matters=organisation.matters,
        units_above=organisation.units,
        roles_of_posts=organisation.roles_of_posts,
        broader_roles=organisation.broader_roles,
        party_kinds=organisation.party_kinds,
    )


@st.composite
def questions(draw: Draw, about: AuthorityFacts) -> Question:
    """On a day on which something changes, the day before or after, or any other."""
    stated = [matter for each in about.delegations for matter in each.matters]
    days = [day + shift * DAY for day in edges(about) for shift in (-1, 0, 1)]
    amount = draw(st.none() | st.builds(Amount, amounts, mostly("SEK", "EUR", times=4)))
    unit = draw(one_or_none(list(about.units_above)))
    return Question(
        Iri(draw(st.sampled_from([*about.broader_matters, *stated, *stated]))),
        draw(st.sampled_from([date(2022, 2, 15)] * 8 + days)),
        None if unit is None else Iri(unit),
        amount,
        draw(mostly(Kind.DECIDE, Kind.SIGN, times=9)),
        draw(mostly(None, True, False, times=4)),
    )


amounts = st.sampled_from([each + shift for each in AMOUNTS for shift in (-1, 0, 1)])


@st.composite
def asked(draw: Draw, most: int = 9) -> tuple[AuthorityFacts, Question]:
    known = draw(facts(most))
    return known, draw(questions(known))
