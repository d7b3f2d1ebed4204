"""Trees from purposes to who is responsible: what hangs where, is folded, and is not stated."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from styrgraf.governance.goal_trees import Bond, GoalNode, read_goal_trees
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri
from tests.tiny_graphs import BASE, CountingReader, read_text

Read = Callable[[str], CountingReader]
Shape = tuple[str, str, list["Shape"]]
"""A name, how it hangs under the one before it, and what hangs under it."""

THING = BASE + "id/thing/"


def shape(node: GoalNode) -> Shape:
    name = node.iri.value.rpartition("/")[2] if node.iri else "–"
    return name, node.bond.value if node.bond else "", [shape(part) for part in node.parts]


def grow(text: str, top: str = "", most: int = 60) -> list[Shape]:
    reader = read_text(f"graph:source\\/1 {{ {text} }}")
    trees = read_goal_trees(reader, Iri(THING + top) if top else None, most).trees
    return [shape(root) for root in trees]


def test_a_purpose_leads_over_who_has_it_to_goals_results_and_work(read: Read) -> None:
    aim, unstated = [shape(root) for root in read_goal_trees(read("plan")).trees]
    assert aim == ("aim", "", [("half", "part", []), ("programme", "bearer", [])])
    focus = (
        "focus",
        "focus-area",
        [
            ("goal", "goal", []),
            ("second", "result", [("below", "result", [])]),
            ("tenth", "result", []),
        ],
    )
    other = ("other", "", [("work", "action", [])])
    assert unstated == ("–", "", [other, ("plan", "", [focus])])


def test_what_is_not_stated_is_told_where_it_is_missing() -> None:
    reader = read_text(
        """graph:source\\/1 {
          :plan a sg:Plan ; sg:hasActionItem :done , :left . :done a sg:ActionItem .
          :done sg:responsibleParty :post . :left a sg:ActionItem . }"""
    )
    (root,) = read_goal_trees(reader).trees
    (plan,) = root.parts
    done, left = plan.parts
    assert plan.lacking == (Bond.GOAL,)
    assert done.lacking == ()
    assert [part.bond for part in done.parts] == [Bond.RESPONSIBLE]
    assert left.lacking == (Bond.RESPONSIBLE,)


def test_a_result_that_a_plan_and_its_focus_area_list_hangs_under_the_focus_area_alone() -> None:
    assert grow(
        """:plan a sg:Plan ; sg:hasFocusArea :focus ; sg:hasExpectedResult :it .
        :focus a sg:FocusArea ; sg:hasExpectedResult :it . :it a sg:ExpectedResult ."""
    ) == [("–", "", [("plan", "", [("focus", "focus-area", [("it", "result", [])])])])]


def test_what_hangs_under_itself_is_shown_once_on_each_line() -> None:
    circle = ":a sg:hasActionItem :b . :b sg:hasActionItem :a . :a a sg:ActionItem ."
    assert grow(circle) == [("–", "", [("a", "", [("b", "action", [])])])]


def test_what_hangs_under_a_heading_is_as_certain_as_what_places_it_there() -> None:
    reader = read_text(
        """graph:source\\/1 { :plan a sg:Plan ; sg:hasSection :one . :one a sg:PlanSection .
          :it a sg:ExpectedResult . }
        graph:interpretation { :it dct:isPartOf :one . }"""
    )
    (root,) = read_goal_trees(reader).trees
    stated = root.parts[0].parts[0].stated
    assert stated is not None
    assert stated.certainty is Certainty.INTERPRETED


def test_one_thing_is_asked_for_with_what_hangs_under_it() -> None:
    text = ":one a sg:Plan ; sg:hasGoal :goal . :other a sg:Plan . :goal a sg:Goal ."
    assert grow(text, "one") == [("one", "", [("goal", "goal", [])])]


def test_the_statement_that_places_a_thing_is_told_with_its_certainty() -> None:
    reader = read_text(
        """graph:source\\/1 { :plan a sg:Plan . :goal a sg:Goal . }
        graph:interpretation { :plan sg:hasGoal :goal . }"""
    )
    (root,) = read_goal_trees(reader).trees
    stated = root.parts[0].parts[0].stated
    assert stated is not None
    assert stated.certainty is Certainty.INTERPRETED


def test_of_more_purposes_than_there_is_room_for_the_number_is_told() -> None:
    purposes = " ".join(f":p{number} a sg:Purpose ." for number in range(70))
    reader = read_text(f"graph:source\\/1 {{ {purposes} :plan a sg:Plan . }}")
    forest = read_goal_trees(reader)
    assert (len(forest.trees), forest.hidden) == (60, 11)
    assert forest.trees[-1].iri is None


names = st.sampled_from("abcdef")
LINKS = ("hasGoal", "hasExpectedResult", "hasActionItem", "hasFocusArea", "hasPurpose")
graphs = st.lists(st.tuples(names, st.sampled_from(LINKS), names), min_size=1, max_size=12)


@given(graphs, st.integers(1, 40))
def test_nothing_is_lost_twice_on_a_line_or_beyond_the_room(
    links: list[tuple[str, str, str]], most: int
) -> None:
    text = " ".join(f":{start} sg:{link} :{end} ." for start, link, end in links)
    reader = read_text(f"graph:source\\/1 {{ {text} }}")
    whole = read_goal_trees(reader, None, 100_000).trees
    linked = {name for start, _, end in links if start != end for name in (start, end)}
    shown = {
        node.iri.value.rpartition("/")[2]
        for root in whole
        for node, _, _ in root.walk()
        if node.iri
    }
    assert linked <= shown
    for root in whole:
        assert_no_circle(root, ())
    cut = read_goal_trees(reader, None, most).trees
    nodes = [node for root in cut for node, _, _ in root.walk()]
    assert len(nodes) <= max(most, 2)
    assert all(not node.parts for node in nodes if node.hidden)


def assert_no_circle(node: GoalNode, line: tuple[Iri | None, ...]) -> None:
    assert node.iri not in line
    for part in node.parts:
        assert_no_circle(part, (*line, node.iri))
