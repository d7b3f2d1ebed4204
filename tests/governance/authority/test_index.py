"""The index gives back what was compiled into it, and refuses what is no index."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from styrgraf.errors import StoreUnusableError
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
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.indexing.index import (
    UNSTATED,
    DefaultRow,
    HoldingRow,
    Index,
    SubstitutionRow,
)
from styrgraf.governance.statements import Certainty

BASE = "https://example.org/verk/id/"
DAY = date(2024, 1, 1)
LATER = date(2025, 1, 1)

FULL = Delegation(
    iri=BASE + "delegation/full",
    delegator=BASE + "post/rektor",
    delegate=BASE + "role/skolchef",
    matters=(BASE + "matter/avtal", BASE + "matter/antagning"),
    window=Window(DAY, LATER, Precision.MONTH),
    kinds=frozenset({Kind.DECIDE, Kind.SIGN}),
    standing=Standing.ENDED,
    limit=Limit(5_000_000_00, "SEK", excluded=True),
    unit=BASE + "unit/skola",
    conditional=True,
    exclusive=True,
    sub_delegation_allowed=False,
    recipients=(BASE + "post/prefekt",),
    recipient_kinds=frozenset({PartyKind.POST, PartyKind.ROLE}),
    sources=(BASE + "delegation/bare", BASE + "delegation/unknown"),
    order=BASE + "order/ett",
    certainty=Certainty.UNCERTAIN,
)
BARE = Delegation(BASE + "delegation/bare")
FACTS = AuthorityFacts(
    delegations=(FULL, BARE),
    original_authorities=(
        OriginalAuthority(
            BASE + "original/rektor",
            BASE + "post/rektor",
            (BASE + "matter/avtal",),
            window=Window(DAY),
            delegation_allowed=True,
            certainty=Certainty.INTERPRETED,
        ),
        OriginalAuthority(BASE + "original/styrelse", BASE + "body/styrelse", residual=True),
    ),
    recalls=(
        Recall(BASE + "recall/sen", FULL.iri, LATER),
        Recall(BASE + "recall/tidig", FULL.iri, DAY),
        Recall(BASE + "recall/okänd", BASE + "delegation/ingen", DAY),
    ),
    orders=(Order(BASE + "order/ett", Window(DAY, LATER)),),
    defaults=(
        OrderDefault(
            BASE + "default/ett",
            BASE + "order/ett",
            Window(DAY),
            sub_delegation_allowed=True,
            recipient_kinds=frozenset({PartyKind.BODY}),
        ),
    ),
    holdings=(
        Holding(BASE + "holding/ett", BASE + "post/rektor", BASE + "person/a", Window(DAY), True),
    ),
    substitutions=(
        Substitution(
            BASE + "substitution/ett",
            BASE + "post/rektor",
            BASE + "post/prorektor",
            Window(DAY, LATER, Precision.YEAR),
            by_law=True,
        ),
    ),
    broader_matters={
        BASE + "matter/forskningsavtal": (BASE + "matter/avtal",),
        BASE + "matter/avtal": (BASE + "matter/allt",),
        BASE + "matter/allt": (BASE + "matter/forskningsavtal",),
    },
    units_above={BASE + "unit/avdelning": (BASE + "unit/skola",)},
    roles_of_posts={BASE + "post/prefekt": (BASE + "role/prefekt",)},
    broader_roles={BASE + "role/prefekt": (BASE + "role/chef",)},
    party_kinds={BASE + "post/rektor": PartyKind.POST, BASE + "role/skolchef": PartyKind.ROLE},
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.over(compile_index(FACTS))


def number(index: Index, name: str) -> int:
    found = index.find(BASE + name)
    assert found >= 0
    return found


def names(index: Index, things: object) -> set[str]:
    return {index.iri(thing).removeprefix(BASE) for thing in things}  # type: ignore[attr-defined]


def test_every_name_is_found_under_its_number(index: Index) -> None:
    for thing in range(len(index)):
        assert index.find(index.iri(thing)) == thing


@pytest.mark.parametrize(
    "name", ["", "x", BASE, BASE + "post/rekto", BASE + "post/rektorn", "\ud800"]
)
def test_a_name_that_is_not_there_is_not_found(index: Index, name: str) -> None:
    assert index.find(name) == UNSTATED


def test_a_delegation_comes_back_with_all_that_is_stated(index: Index) -> None:
    found = index.delegation(number(index, "delegation/full"))
    assert names(index, [found.delegator, found.delegate, found.unit, found.order]) == {
        "post/rektor",
        "role/skolchef",
        "unit/skola",
        "order/ett",
    }
    assert names(index, found.matters) == {"matter/avtal", "matter/antagning"}
    assert names(index, found.recipients) == {"post/prefekt"}
    assert names(index, found.sources) == {"delegation/bare", "delegation/unknown"}
    assert (found.start, found.end) == (DAY.toordinal(), LATER.toordinal())
    assert (found.precision, found.kinds, found.standing) == (Precision.MONTH, 3, Standing.ENDED)
    assert (found.hundredths, found.currency, found.excluded) == (5_000_000_00, "SEK", True)
    assert (found.conditional, found.exclusive, found.allowed) == (True, 1, 0)
    assert (found.recipient_kinds, found.certainty) == (0b101, 3)
    assert [day for day, _ in found.recalls] == [DAY.toordinal(), LATER.toordinal()]
    assert [index.iri(recall) for _, recall in found.recalls] == [
        BASE + "recall/tidig",
        BASE + "recall/sen",
    ]


def test_what_is_not_stated_of_a_delegation_stays_so(index: Index) -> None:
    found = index.delegation(number(index, "delegation/bare"))
    unstated = [found.delegator, found.delegate, found.unit, found.order, found.start, found.end]
    assert {*unstated, found.exclusive, found.allowed, found.hundredths} == {UNSTATED}
    assert (found.matters, found.recipients, found.sources, found.recalls) == ((), (), (), ())
    assert (found.currency, found.kinds, found.certainty) == ("", 1, 0)


def test_a_source_that_nothing_is_stated_of_is_a_delegation_of_which_nothing_is_known(
    index: Index,
) -> None:
    row = number(index, "delegation/unknown")
    assert row < index.delegation_count == 3
    bare = index.delegation(number(index, "delegation/bare"))
    assert index.delegation(row) == bare._replace(row=row)


def test_delegations_are_found_by_what_they_state(index: Index) -> None:
    row = number(index, "delegation/full")
    assert list(index.received(number(index, "role/skolchef"))) == [row]
    assert list(index.given(number(index, "post/rektor"))) == [row]
    assert list(index.of_matter(number(index, "matter/avtal"))) == [row]
    assert list(index.sub_delegations(number(index, "delegation/bare"))) == [row]
    assert names(index, index.without_matter()) == {"delegation/bare", "delegation/unknown"}
    for party in (UNSTATED, number(index, "person/a"), len(index) + 5):
        assert list(index.received(party)) == list(index.given(party)) == []


def test_hierarchies_lead_upwards_and_downwards_and_may_run_in_a_circle(index: Index) -> None:
    circle = {"matter/forskningsavtal", "matter/avtal", "matter/allt"}
    assert names(index, index.matters_above(number(index, "matter/avtal"))) == circle
    assert names(index, index.matters_below(number(index, "matter/avtal"))) == circle
    section = number(index, "unit/avdelning")
    assert names(index, index.units_above(section)) == {"unit/avdelning", "unit/skola"}
    assert names(index, index.units_above(number(index, "unit/skola"))) == {"unit/skola"}


def test_a_post_has_the_roles_that_are_broader_than_its_own(index: Index) -> None:
    post = number(index, "post/prefekt")
    assert names(index, index.roles_of(post)) == {"role/prefekt", "role/chef"}
    assert list(index.posts_of(number(index, "role/chef"))) == [post]
    assert list(index.posts_of(number(index, "role/prefekt"))) == [post]
    assert index.roles_of(number(index, "post/rektor")) == frozenset()


def test_original_authorities_come_back(index: Index) -> None:
    rektor, styrelse = index.originals()
    assert index.originals_of(number(index, "post/rektor")) == (rektor,)
    assert names(index, rektor.matters) == {"matter/avtal"}
    assert (rektor.residual, rektor.start, rektor.end) == (False, DAY.toordinal(), UNSTATED)
    assert (rektor.allowed, rektor.certainty) == (1, 1)
    assert (styrelse.residual, styrelse.matters, styrelse.allowed) == (True, (), UNSTATED)


def test_orders_holdings_and_substitutions_come_back(index: Index) -> None:
    day, later = DAY.toordinal(), LATER.toordinal()
    order, rektor = number(index, "order/ett"), number(index, "post/rektor")
    assert index.order_window(order) == (day, later, Precision.DAY)
    assert index.order_window(rektor) == (UNSTATED, UNSTATED, Precision.DAY)
    assert index.defaults(order) == (
        DefaultRow(number(index, "default/ett"), day, UNSTATED, Precision.DAY, 1, UNSTATED, 0b010),
    )
    person, deputy = number(index, "person/a"), number(index, "post/prorektor")
    holding = HoldingRow(number(index, "holding/ett"), rektor, person, day, UNSTATED, 0, True)
    assert index.holdings(rektor) == index.holdings_of(person) == (holding,)
    substitution = SubstitutionRow(
        number(index, "substitution/ett"), rektor, deputy, day, later, Precision.YEAR, True
    )
    assert index.substitutions_for(rektor) == index.substitutions_by(deputy) == (substitution,)
    assert index.party_kind(rektor) is PartyKind.POST
    assert index.party_kind(deputy) is PartyKind.OTHER


def test_equal_facts_give_equal_bytes_in_whatever_order_they_come() -> None:
    many = [Delegation(f"{BASE}delegation/{each}", matters=(BASE + "m",)) for each in range(200)]
    facts = replace(FACTS, delegations=(*FACTS.delegations, *many))
    content = compile_index(facts)
    random.Random(3).shuffle(many)
    turned = replace(
        facts,
        delegations=(*many, BARE, FULL),
        original_authorities=facts.original_authorities[::-1],
        recalls=facts.recalls[::-1],
        broader_matters=dict(reversed(facts.broader_matters.items())),
    )
    assert compile_index(turned) == content
    index = Index.over(content)
    assert {index.find(each.iri) for each in many} == {
        index.find(f"{BASE}delegation/{each}") for each in range(200)
    }
    assert len({index.find(each.iri) for each in many} - {UNSTATED}) == 200


def test_no_facts_give_an_index_in_which_nothing_is_found() -> None:
    index = Index.over(compile_index(AuthorityFacts()))
    assert index.delegation_count == 0
    assert index.find("x") == UNSTATED
    assert index.originals() == ()
    assert list(index.received(0)) == []
    assert index.matters_above(7) == {7}


def test_a_file_is_mapped_and_answers_as_its_bytes_do(tmp_path: Path) -> None:
    file = tmp_path / "authority.index"
    file.write_bytes(compile_index(FACTS))
    mapped = Index.open(file)
    assert mapped.delegation(0) == Index.over(file.read_bytes()).delegation(0)
    assert mapped.iri(mapped.find(FULL.iri)) == FULL.iri


def test_what_is_no_index_of_this_version_is_refused_with_advice(tmp_path: Path) -> None:
    content = compile_index(FACTS)
    bad = {
        "empty": b"",
        "foreign": b"x" * 100,
        "newer": content[:8] + b"\xff\0\0\0" + content[12:],
        "cut": content[:-8],
        "short": content[:20],
        "longer": content + b"\0",
    }
    for name, text in bad.items():
        file = tmp_path / name
        file.write_bytes(text)
        with pytest.raises(StoreUnusableError, match=r"styrgraf load"):
            Index.open(file)
    with pytest.raises(StoreUnusableError):
        Index.open(tmp_path / "missing")
