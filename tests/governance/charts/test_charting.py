"""Charts of delegations: what stands in them, what is folded, and how much they hold."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    OriginalAuthority,
    PartyKind,
    Recall,
    Standing,
    Window,
)
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.charts.charting import ChartQuestion, draw_chart
from styrgraf.governance.charts.forests import grow_by_delegator
from styrgraf.governance.charts.growth import GIVER_UNSTATED, MOST_BOXES, Bond, Chart
from styrgraf.governance.charts.paths import PathQuestion, find_path
from styrgraf.governance.charts.states import State, find_span
from styrgraf.model import Iri

ON = date(2024, 6, 1)
WINDOW = Window(date(2024, 1, 1))


def give(giver: str | None, receiver: str, *sources: str, **stated: object) -> Delegation:
    values: dict[str, object] = {
        "matters": ("m:all",),
        "window": WINDOW,
        "sub_delegation_allowed": True,
        "sources": sources,
        **stated,
    }
    return Delegation(f"{giver}>{receiver}", giver, receiver, **values)  # type: ignore[arg-type]


def index_of(*delegations: Delegation, **facts: object) -> Index:
    values: dict[str, object] = {
        "original_authorities": (
            OriginalAuthority("o:top", "top", ("m:all",), window=WINDOW, delegation_allowed=True),
        ),
        "broader_matters": {"m:all": (), "m:part": ("m:all",), "m:other": ()},
        **facts,
    }
    return Index.over(compile_index(AuthorityFacts(delegations, **values)))  # type: ignore[arg-type]


def chart(index: Index, party: str = "", matter: str = "", **asked: object) -> Chart:
    question = ChartQuestion(
        ON,
        Iri(party) if party else None,
        Iri(matter) if matter else None,
        **asked,  # type: ignore[arg-type]
    )
    return draw_chart(index, question)


def list_lines(found: Chart) -> set[tuple[str, str, str]]:
    return {(each.start, each.end, each.state.value) for each in found.joints}


LINE = (give("top", "a"), give("a", "b", "top>a"), give("b", "c", "a>b"), give("c", "d", "b>c"))


def test_from_a_party_all_that_leads_to_it_is_drawn_and_one_step_further() -> None:
    found = chart(index_of(*LINE), "b")
    assert [(each.start, each.end) for each in found.joints] == [
        ("a", "b"),
        ("top", "a"),
        ("b", "c"),
    ]
    (fold,) = found.folds
    assert (fold.party, fold.number, fold.full) == ("c", 1, False)


def test_a_fold_is_opened_by_its_party_or_by_depth() -> None:
    opened = chart(index_of(*LINE), "b", opened={"c"})
    assert "d" in opened.parties
    assert opened.folds == ()
    assert chart(index_of(*LINE), "b", depth=2).parties == opened.parties


def test_the_whole_is_drawn_from_its_roots_as_deep_as_one_takes_in() -> None:
    found = chart(index_of(*LINE, give(None, "e")))
    assert found.parties[0] == "top"
    assert (GIVER_UNSTATED, "e", "not-told") in list_lines(found)
    assert found.deepest


def test_two_sources_lead_to_one_box() -> None:
    found = chart(
        index_of(
            give("top", "a"), give("top", "b"), give("a", "c", "top>a"), give("b", "c", "top>b")
        ),
        "c",
    )
    assert {(each.start, each.end) for each in found.joints} == {
        ("a", "c"),
        ("b", "c"),
        ("top", "a"),
        ("top", "b"),
    }


def test_a_circle_is_drawn_once_and_ends() -> None:
    index = index_of(give("a", "b", "b>a"), give("b", "a", "a>b"))
    for found in (chart(index), chart(index, "a", depth=9)):
        assert list_lines(found) == {("a", "b", "unsupported"), ("b", "a", "unsupported")}
        assert found.folds == ()


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        ({}, State.IN_FORCE),
        ({"window": Window()}, State.UNDATED),
        ({"window": Window(date(2025, 1, 1))}, State.NOT_YET),
        ({"window": Window(date(2020, 1, 1), ON)}, State.ENDED),
        ({"standing": Standing.DRAFT}, State.DRAFT),
        ({"sources": ("lost",)}, State.UNSUPPORTED),
        ({"matters": ()}, State.NOT_TOLD),
    ],
)
def test_a_line_says_how_its_delegation_stands(stated: dict[str, object], state: State) -> None:
    lost = give("top", "x", window=Window(date(2020, 1, 1), date(2021, 1, 1)))
    lost = Delegation("lost", lost.delegator, "top", lost.matters, lost.window)
    found = chart(index_of(give("top", "a", **stated), lost), "a", everything=True)
    assert ("top", "a", state.value) in list_lines(found)


def test_what_does_not_hold_by_itself_is_drawn_only_where_all_is_asked_for() -> None:
    recalled = index_of(give("top", "a"), recalls=(Recall("r", "top>a", date(2024, 2, 1)),))
    assert chart(recalled).joints == ()
    assert list_lines(chart(recalled, everything=True)) == {("top", "a", "recalled")}
    assert find_span(recalled) == (date(2024, 1, 1), date(2024, 2, 1))


def test_a_matter_keeps_what_covers_it_and_what_is_narrower() -> None:
    index = index_of(
        give("top", "a"),
        give("a", "b", "top>a", matters=("m:part",)),
        give("top", "c", matters=("m:other",)),
    )
    assert set(chart(index, matter="m:part").parties) == {"top", "a", "b"}


def test_a_right_to_go_on_is_a_permission_until_it_is_used() -> None:
    first = give("top", "a", recipients=("b", "c"))
    found = chart(index_of(first, give("a", "b", "top>a")))
    bonds = {(each.end, each.bond) for each in found.joints}
    assert ("c", Bond.PERMISSION) in bonds
    assert ("b", Bond.PERMISSION) not in bonds


def test_a_post_that_has_it_by_its_role_is_led_to_through_the_role() -> None:
    index = index_of(
        give("top", "role"),
        give("post", "c", "top>role"),
        roles_of_posts={"post": ("role",)},
        broader_roles={"role": ()},
        party_kinds={"role": PartyKind.ROLE, "post": PartyKind.POST},
    )
    for found in (chart(index), chart(index, "c")):
        lines = {(each.start, each.end, each.bond) for each in found.joints}
        assert ("role", "post", Bond.ROLE) in lines
        assert ("post", "c", Bond.DELEGATION) in lines
    path = find_path(index, PathQuestion(Iri("top"), Iri("c"), ON))
    assert path.chains == (("top>role", "post>c"),)


def test_five_thousand_delegations_are_folded_and_each_is_read_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [give("top", f"p{number:04}") for number in range(5_000)]
    index = index_of(*many)
    read: Counter[int] = Counter()
    fetch = Index.delegation
    monkeypatch.setattr(
        Index, "delegation", lambda self, row: (read.update([row]), fetch(self, row))[1]
    )
    for found in (chart(index), chart(index, "top")):
        assert len(found.parties) == MOST_BOXES
        (fold,) = found.folds
        assert (fold.number, fold.full) == (5_001 - MOST_BOXES, True)
    assert read.total() < 10 * len(many)
    assert grow_by_delegator(index, ON).sizes[0] == 5_001


def test_a_way_is_told_by_each_of_its_chains_and_where_there_is_none_by_what_is_nearest() -> None:
    index = index_of(
        *(give("top", "a"), give("top", "b"), give("a", "c", "top>a")),
        *(give("b", "c", "top>b"), give("a", "e", "top>a")),
    )
    found = find_path(index, PathQuestion(Iri("top"), Iri("c"), ON))
    assert sorted(found.chains) == [("top>a", "a>c"), ("top>b", "b>c")]
    assert set(found.chart.parties) == {"top", "a", "b", "c"}
    none = find_path(index, PathQuestion(Iri("c"), Iri("e"), ON))
    assert (none.chains, none.turned, none.shared) == ((), False, "a")
    turned = find_path(index, PathQuestion(Iri("c"), Iri("top"), ON))
    assert turned.turned


def test_an_overview_holds_each_party_once_and_counts_what_lies_under_it() -> None:
    forest = grow_by_delegator(index_of(*LINE, give("top", "c"), give(None, "f")), ON)
    counted = dict(zip(forest.names, forest.sizes, strict=True))
    assert counted == {"": 7, "top": 5, "a": 2, "b": 1, "c": 2, "d": 1, "unstated": 2, "f": 1}
    assert [forest.names[each] for each in forest.list_above(forest.places["d"])] == [
        *("", "top", "c", "d")
    ]
    circle = grow_by_delegator(index_of(give("a", "b", "b>a"), give("b", "a", "a>b")), ON)
    assert sorted(circle.names) == ["", "a", "b"]
