from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.holders import find_holder
from styrgraf.governance.organisation import read_organisation
from styrgraf.graph.published import PublishedStore
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


def local_all(things: object) -> set[str]:
    return {local(each.iri) for each in things}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("on", "units", "absent"),
    [
        ("2022-12-31", {"old", "stays"}, {"new", "late"}),
        ("2023-01-01", {"new", "stays"}, {"old", "late"}),
        ("2023-05-31", {"new", "stays"}, {"old", "late"}),
        ("2023-06-01", {"new", "stays", "late"}, {"old", "council"}),
    ],
)
def test_a_reorganisation_and_windows_tell_which_units_were_there_on_a_day(
    read: Read, on: str, units: set[str], absent: set[str]
) -> None:
    organisation = read_organisation(read("organisation_in_time"), {}, date.fromisoformat(on))
    assert local_all(organisation.units.items) == units
    assert local_all(organisation.absent) - {"council"} == absent - {"council"}


def test_without_a_day_all_that_is_named_is_there(read: Read) -> None:
    organisation = read_organisation(read("organisation_in_time"), {})
    assert local_all(organisation.units.items) == {"old", "new", "stays", "late"}
    assert organisation.absent == ()
    posts = {local(each.iri): each for each in organisation.posts.items}
    assert local_all(posts["head"].holdings) == {"h1", "h2"}


@pytest.mark.parametrize(
    ("on", "belongs", "called"),
    [("2022-12-31", 1, {"always"}), ("2023-01-01", 0, {"always", "called"})],
)
def test_belonging_and_names_hold_in_their_windows_and_without_one_always(
    read: Read, on: str, belongs: int, called: set[str]
) -> None:
    organisation = read_organisation(read("organisation_in_time"), {}, date.fromisoformat(on))
    (stays,) = (each for each in organisation.units.items if local(each.iri) == "stays")
    assert len(stays.belonged_to) == belongs
    assert local_all(stays.classifications) == called


@pytest.mark.parametrize(
    ("on", "holdings", "vacant"),
    [
        ("2021-12-31", set(), True),
        ("2022-01-01", {"h1"}, False),
        ("2022-12-31", {"h1"}, False),
        ("2023-01-01", set(), True),
        ("2023-01-31", set(), True),
        ("2023-02-01", {"h2"}, False),
    ],
)
def test_a_post_has_its_holder_of_the_day_or_is_vacant(
    read: Read, on: str, holdings: set[str], vacant: bool
) -> None:
    organisation = read_organisation(read("organisation_in_time"), {}, date.fromisoformat(on))
    posts = {local(each.iri): each for each in organisation.posts.items}
    assert (local_all(posts["head"].holdings), posts["head"].vacant) == (holdings, vacant)
    assert not posts["clerk"].vacant
    assert [local(each.value) for each in posts["clerk"].holders] == ["cia"]


@pytest.mark.parametrize(
    ("on", "there", "seats", "answers"),
    [
        ("2022-12-31", {"council", "group"}, 0, 0),
        ("2023-01-01", {"council", "group"}, 1, 1),
        ("2023-04-05", {"council", "group"}, 1, 1),
        ("2023-04-06", {"group"}, 1, 1),
        ("2024-01-01", {"group"}, 0, 1),
    ],
)
def test_bodies_seats_and_responsibilities_hold_in_their_windows(
    read: Read, on: str, there: set[str], seats: int, answers: int
) -> None:
    organisation = read_organisation(read("organisation_in_time"), {}, date.fromisoformat(on))
    bodies = {local(each.iri): each for each in organisation.bodies.items}
    assert set(bodies) == there
    assert len(bodies["group"].memberships) == seats
    assert len(organisation.areas.items[0].responsibilities) == answers


@pytest.mark.parametrize("on", [None, date(2023, 4, 5), date(2023, 4, 6)])
def test_what_followed_a_body_is_what_the_next_lines_say(read: Read, on: date | None) -> None:
    organisation = read_organisation(read("organisation_in_time"), {}, on)
    ((body, (successor,)),) = organisation.successors.items()
    assert (local(body), local(successor.body)) == ("council", "group")
    assert local(successor.matter) == "talk"
    assert [text.value.value for text in successor.words] == ["Går vidare i gruppen."]


@pytest.mark.parametrize("on", ["2023-06-30", "2024-05-05", "2025-08-15", "2025-09-01"])
def test_the_holders_of_a_day_are_those_of_the_engine(
    example_reader: PublishedStore, on: str
) -> None:
    day = date.fromisoformat(on)
    index = open_authority(example_reader).index
    posts = read_organisation(example_reader, {}, day).posts.items
    assert len(posts) > 20
    for post in posts:
        held = find_holder(index, index.find(post.iri.value), day.toordinal())
        if held.is_post:
            persons = {each.value.value for holding in post.holdings for each in holding.persons}
            assert post.vacant == held.vacant, post.iri
            if held.persons:
                assert persons == {index.iri(person) for person in held.persons}
