from __future__ import annotations

from collections.abc import Callable

from styrgraf.governance.goals import read_aims
from styrgraf.governance.plans import OutlineItem
from tests.tiny_graphs import CountingReader

Read = Callable[[str], CountingReader]


def local(iri: object) -> str:
    return str(getattr(iri, "value", iri)).rpartition("/")[2]


def names(items: tuple[OutlineItem, ...]) -> list[str]:
    return [local(item.iri) for item in items]


def test_a_plan_is_an_outline_by_number_with_empty_headings_in_it(read: Read) -> None:
    (plan,) = read_aims(read("plan"), {}).plans.items
    assert names(plan.outline) == ["empty", "full"]
    empty, full = plan.outline
    assert empty.parts == ()
    assert names(full.parts) == ["focus"]
    assert names(full.parts[0].parts) == ["second", "tenth"]
    assert names(full.parts[0].parts[0].parts) == ["below"]


def test_the_label_is_told_where_it_is_printed_and_only_there(read: Read) -> None:
    (plan,) = read_aims(read("plan"), {}).plans.items
    second, tenth = plan.outline[1].parts[0].parts
    assert [each.value.value for each in second.labels] == ["Resultat"]
    assert tenth.labels == ()


def test_a_part_of_a_purpose_stands_under_it_alone(read: Read) -> None:
    (aim,) = read_aims(read("plan"), {}).purposes.items
    assert [local(each.value) for each in aim.parts] == ["half"]
    assert [local(each.value) for each in aim.bearers] == ["programme"]


def test_what_is_parallel_is_told_from_both_sides(read: Read) -> None:
    initiatives = {local(each.iri): each for each in read_aims(read("plan"), {}).initiatives.items}
    assert [local(each.value) for each in initiatives["other"].parallels] == ["programme"]


def test_principles_have_their_details_under_them(read: Read) -> None:
    (value,) = read_aims(read("plan"), {}).principles
    assert [local(part.iri) for part in value.parts] == ["detail"]
    assert value.stated is not None
    assert local(value.stated.value) == "unit"


def test_work_tells_under_what_it_stands(read: Read) -> None:
    (work,) = read_aims(read("plan"), {}).actions.items
    assert [local(each.value) for each in work.owners] == ["other"]
