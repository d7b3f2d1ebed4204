"""Rows that say what leads to what become a forest that can be drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from styrgraf.exchange.diagrams import Branch, draw_tree
from styrgraf.exchange.edges import Edge, list_branches
from styrgraf.exchange.strokes import Box


def grow(*edges: tuple[str, str] | tuple[str, str, str]) -> tuple[Branch, ...]:
    return list_branches([Edge(*edge) for edge in edges], Box, "again")


def read(branch: Branch) -> str:
    """Return a branch as text: a(b c(d))."""
    name = branch.box.name + "*" * len(branch.box.details)
    inside = " ".join(read(each) for each in branch.branches)
    return f"{name}({inside})" if inside else name


def test_what_nothing_leads_to_stands_at_the_left() -> None:
    assert [read(each) for each in grow(("b", "c"), ("a", "b"), ("x", "y"))] == ["a(b(c))", "x(y)"]


def test_a_thing_with_two_sources_is_drawn_in_full_once() -> None:
    (forest, other) = grow(("a", "c"), ("b", "c"), ("c", "d"))
    assert (read(forest), read(other)) == ("a(c(d))", "b(c*)")


def test_a_circle_is_drawn_and_ends() -> None:
    assert [read(each) for each in grow(("a", "b"), ("b", "a"))] == ["a(b(a*))"]
    assert [read(each) for each in grow(("a", "a"))] == ["a(a*)"]


def test_what_is_said_between_two_things_stands_on_one_line() -> None:
    (root,) = grow(("a", "b", "gives"), ("a", "b", "takes"), ("a", "b", "gives"))
    assert [each.label for each in root.branches] == ["gives; takes"]


def test_a_chain_of_any_length_ends_in_a_drawing() -> None:
    edges = [(str(number), str(number + 1)) for number in range(3000)]
    assert draw_tree(grow(*edges), "t", "d", "i").startswith("<svg")


NAMES = st.sampled_from("abcdef")


@given(st.lists(st.tuples(NAMES, NAMES), max_size=20))
def test_every_thing_and_every_line_is_in_the_drawing(pairs: list[tuple[str, str]]) -> None:
    def walk(branch: Branch) -> set[tuple[str, str]]:
        here = {(branch.box.name, each.box.name) for each in branch.branches}
        return here.union(*(walk(each) for each in branch.branches))

    drawn = set().union(*(walk(each) for each in grow(*pairs)))
    assert drawn == set(pairs)
