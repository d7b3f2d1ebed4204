from __future__ import annotations

from collections.abc import Callable
from datetime import date

from styrgraf.governance.organisation import read_organisation
from tests.tiny_graphs import CountingReader, read_text

Read = Callable[[str], CountingReader]


def local(iri: object) -> str:
    return str(getattr(iri, "value", iri)).rpartition("/")[2]


def test_units_tell_their_whole_kind_window_and_tasks(read: Read) -> None:
    units = {
        local(each.iri): each for each in read_organisation(read("organisation"), {}).units.items
    }
    part = units["part"]
    assert [local(each.value) for each in part.parents] == ["whole"]
    assert part.classifications[0].period.valid_from is not None
    assert [local(task.iri) for task in part.tasks] == ["prepare"]
    assert units["group"].is_group
    assert units["group"].count is not None
    assert set(units) == {"whole", "part", "group", "a", "b"}


def test_a_task_that_is_part_of_another_stands_under_it_alone(read: Read) -> None:
    (council,) = read_organisation(read("organisation"), {}).bodies.items
    assert [local(task.iri) for task in council.tasks] == ["support"]
    assert [local(task.iri) for task in council.tasks[0].parts] == ["decide"]


def test_a_body_tells_what_ended_it_and_who_sits_in_it_for_whom(read: Read) -> None:
    (council,) = read_organisation(read("organisation"), {}).bodies.items
    assert [(local(each.decision), local(each.property)) for each in council.events] == [
        ("decision", "ns#ends")
    ]
    assert [local(each.value) for each in council.memberships[0].represents] == ["part"]


def test_an_area_without_a_responsible_has_none(read: Read) -> None:
    areas = {
        local(each.iri): each for each in read_organisation(read("organisation"), {}).areas.items
    }
    assert areas["bare"].responsibilities == ()
    (answer,) = areas["area"].responsibilities
    assert answer.written is not None
    assert answer.written.value.value == "XY"


def test_a_reorganisation_tells_before_after_and_who_comes_along(read: Read) -> None:
    (merger,) = read_organisation(read("organisation"), {}).changes.items
    assert [local(each.value) for each in merger.originals] == ["part"]
    assert [local(each.value) for each in merger.results] == ["whole"]
    assert [local(each.value) for each in merger.companions] == ["staff"]


def test_each_list_has_its_own_page() -> None:
    units = " ".join(f":u{number:03} a org:OrganizationalUnit ." for number in range(250))
    reader = read_text(f"graph:source\\/1 {{ {units} :head a org:Post . }}")
    organisation = read_organisation(reader, {"units": 3})
    assert [local(each.iri) for each in organisation.units.items][:2] == ["u200", "u201"]
    assert len(organisation.units.items) == 50
    assert organisation.posts.number == 1


def test_the_number_of_queries_does_not_grow_with_the_organisation(read: Read) -> None:
    reader = read("organisation")
    read_organisation(reader, {})
    assert reader.asked <= 14
    reader.asked = 0
    read_organisation(reader, {}, date(2023, 1, 1))
    assert reader.asked <= 26
