"""What changed between two days: at the edges of windows, in pairs, and against a slow oracle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.governance.authority.facts import Precision
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.changes.describing import DescribedChange, describe_changes
from styrgraf.governance.changes.difference import Difference, compare_days
from styrgraf.governance.changes.reading import read_turning_days, read_windowed
from styrgraf.governance.changes.turns import Sort, Told, find_turn, list_changes
from tests.tiny_graphs import CountingReader, read_text

Read = Callable[[str], CountingReader]


def compare(reader: CountingReader, first: str, last: str) -> Difference:
    index = Authority.of(read_facts(reader)).index
    return compare_days(reader, index, date.fromisoformat(first), date.fromisoformat(last))


def show(difference: Difference, kind: str) -> set[tuple[str, ...]]:
    """Return each change as its sort and the names of what it is about."""
    return {
        (
            each.sort.value,
            *dict.fromkeys(turn.dated.iri.value.rpartition("/")[2] for turn in each.turns),
        )
        for each in difference.changes.get(kind, ())
    }


def describe(reader: CountingReader, difference: Difference, name: str) -> DescribedChange:
    changes = [each for found in difference.changes.values() for each in found]
    return next(
        each
        for each in describe_changes(reader, changes)
        if name in {side.iri.value.rpartition("/")[2] for side in each.sides}
    )


@pytest.mark.parametrize(
    ("first", "last", "bodies"),
    [
        ("2022-02-27", "2022-02-28", set()),
        ("2022-02-28", "2022-03-01", {("came", "summer"), ("came", "open")}),
        ("2022-03-01", "2022-03-02", set()),
        ("2022-08-30", "2022-08-31", set()),
        ("2022-08-31", "2022-09-01", {("went", "summer"), ("went", "until")}),
        ("2022-09-01", "2022-09-02", set()),
        ("2022-03-01", "2022-04-30", set()),
    ],
)
def test_a_window_counts_from_its_first_day_to_the_day_before_its_end(
    read: Read, first: str, last: str, bodies: set[tuple[str, ...]]
) -> None:
    assert show(compare(read("changes"), first, last), "bodies") == bodies


def test_what_came_and_ended_in_between_is_told_apart(read: Read) -> None:
    found = show(compare(read("changes"), "2022-02-01", "2022-12-31"), "bodies")
    assert ("passed", "summer") in found
    assert not any("empty" in each for each in found)


@pytest.mark.parametrize(
    ("first", "last", "sort"),
    [
        ("2022-04-29", "2022-04-30", None),
        ("2022-04-30", "2022-05-01", "perhaps"),
        ("2022-05-10", "2022-05-20", "perhaps"),
        ("2022-04-30", "2022-05-30", "perhaps"),
        ("2022-04-30", "2022-05-31", "came"),
        ("2022-05-30", "2022-05-31", "perhaps"),
        ("2022-05-31", "2022-06-01", None),
    ],
)
def test_a_date_known_to_the_month_may_be_any_day_of_it(
    read: Read, first: str, last: str, sort: str | None
) -> None:
    found = show(compare(read("changes"), first, last), "bodies")
    assert {each for each in found if "monthly" in each} == ({(sort, "monthly")} if sort else set())


def test_a_holder_takes_the_place_of_another_also_after_a_time_without_one(read: Read) -> None:
    reader = read("changes")
    assert show(compare(reader, "2022-08-31", "2022-10-01"), "holdings") == {
        ("changed", "held1", "held2")
    }
    assert show(compare(reader, "2022-08-31", "2022-09-30"), "holdings") == {("went", "held1")}


def test_a_stated_replacement_is_a_change_and_a_period_counts_as_a_window(read: Read) -> None:
    reader = read("changes")
    difference = compare(reader, "2022-05-31", "2022-06-01")
    assert show(difference, "plans") == {("changed", "plan1", "plan2")}
    assert describe(reader, difference, "plan2").replaced


def test_a_delegation_ends_with_its_order_and_the_next_takes_its_place_with_another_limit(
    read: Read,
) -> None:
    reader = read("changes")
    difference = compare(reader, "2022-08-31", "2022-09-01")
    assert show(difference, "delegations") == {("changed", "under", "after")}
    change = describe(reader, difference, "after")
    assert [name.value.rpartition("#")[2] for name in change.differing] == ["amountLimit"]
    causes = {each.stated.value.value.rpartition("/")[2] for each in change.causes}
    assert causes == {"next"}


def test_a_recall_ends_a_delegation_and_is_told_as_the_cause(read: Read) -> None:
    reader = read("changes")
    assert show(compare(reader, "2022-05-13", "2022-05-14"), "delegations") == set()
    difference = compare(reader, "2022-05-14", "2022-05-15")
    assert show(difference, "delegations") == {("went", "recalled")}
    (cause,) = describe(reader, difference, "recalled").causes
    assert cause.property.value.endswith("#recalls")


def test_what_ended_by_itself_did_not_end_by_a_later_recall_or_by_the_end_of_its_order(
    read: Read,
) -> None:
    reader = read("changes")
    difference = compare(reader, "2022-07-31", "2022-08-01")
    assert show(difference, "delegations") == {("went", "early")}
    change = describe(reader, difference, "early")
    assert change.causes == ()
    assert change.before is not None
    assert change.before.stated_end is not None


def test_a_start_that_comes_from_the_order_is_not_proved_by_the_delegation_itself(
    read: Read,
) -> None:
    reader = read("changes")
    difference = compare(reader, "2021-12-31", "2022-01-01")
    assert ("came", "early") in show(difference, "delegations")
    change = describe(reader, difference, "early")
    assert change.after is not None
    assert change.after.stated_start is None


def test_a_draft_takes_no_part(read: Read) -> None:
    found = show(compare(read("changes"), "2022-02-28", "2022-03-01"), "delegations")
    assert found == {("came", "under")}


def test_a_decision_that_ends_a_body_is_its_cause_with_its_number(read: Read) -> None:
    reader = read("changes")
    difference = compare(reader, "2022-08-31", "2022-09-01")
    (cause,) = describe(reader, difference, "summer").causes
    assert (cause.stated.value.value.rpartition("/")[2], cause.numbers) == (
        "decision",
        ("V-2022-7",),
    )
    assert describe(reader, difference, "until").causes == ()
    assert show(difference, "decisions") == {("came", "decision")}
    assert difference.count_events("decisions") == 1


def test_events_count_apart_from_what_came(read: Read) -> None:
    difference = compare(read("changes"), "2022-02-28", "2022-03-01")
    assert difference.count_events("reorganisations") == 1
    assert difference.count(Sort.CAME) == sum(
        len(difference.changes[name]) for name in ("bodies", "delegations", "plans")
    )


def test_what_has_no_date_or_two_is_no_change_and_the_former_is_counted(read: Read) -> None:
    difference = compare(read("changes"), "2000-01-01", "2030-01-01")
    named = {
        name for kind in difference.changes for each in show(difference, kind) for name in each
    }
    assert not {"undated", "twice", "undecided", "draft"} & named
    assert difference.undated == {"bodies": 1, "decisions": 1}


def test_the_turning_days_are_those_on_which_anything_begins_ends_or_happens(read: Read) -> None:
    days = {each.day.isoformat(): each.number for each in read_turning_days(read("changes"))}
    assert {"2022-03-01", "2022-05-15", "2022-09-01", "2022-10-01"} <= set(days)
    assert "2022-08-31" not in days
    assert days["2022-05-15"] == 1


def test_the_number_of_queries_does_not_grow_with_what_changed(read: Read) -> None:
    reader = read("changes")
    index = Authority.of(read_facts(reader)).index
    reader.asked = 0
    compare_days(reader, index, date(2000, 1, 1), date(2030, 1, 1))
    assert reader.asked <= 6


# The oracle: every real day that a date may stand for, one by one, and the states of two days.

FIRST_DAY = date(2021, 11, 1)
DAYS = st.integers(0, 500).map(lambda number: FIRST_DAY + timedelta(days=number))
THINGS = st.lists(
    st.tuples(
        st.none() | DAYS,
        st.none() | DAYS,
        st.sampled_from(Precision),
    ),
    min_size=1,
    max_size=5,
)


def list_real_days(day: date | None, precision: Precision) -> list[date]:
    """Return every day that a date may stand for, by counting on until the period is over."""
    if day is None:
        return []
    days = [day]
    while precision != Precision.DAY:
        following = days[-1] + timedelta(days=1)
        same_year = following.year == day.year
        if not same_year or (precision == Precision.MONTH and following.month != day.month):
            break
        days.append(following)
    return days


def tell(days: list[date], first: date, last: date) -> Told:
    inside = [first < day <= last for day in days]
    return Told.SURE if inside and all(inside) else Told.PERHAPS if any(inside) else Told.NO


def write_thing(number: int, start: date | None, end: date | None, precision: Precision) -> str:
    stated = [f"sg:datePrecision sg:precision{precision.name.capitalize()}"]
    stated += [f'sg:validFrom "{start}"^^xsd:date'] if start else []
    stated += [f'sg:validTo "{end}"^^xsd:date'] if end else []
    return f":t{number} a sg:Body ; {' ; '.join(stated)} ."


@given(THINGS, DAYS, DAYS)
def test_the_difference_is_what_comparing_every_possible_day_finds(
    things: list[tuple[date | None, date | None, Precision]], one: date, other: date
) -> None:
    first, last = sorted((one, other))
    text = " ".join(write_thing(number, *thing) for number, thing in enumerate(things))
    reader = read_text(f"graph:source\\/1 {{ {text} }}")
    after, until = first.toordinal(), last.toordinal()
    found = {
        each.iri.value.rpartition("/")[2]: turn
        for each in read_windowed(reader, first, last)
        if (turn := find_turn(each, after, until))
    }
    expected = {}
    for number, (start, end, precision) in enumerate(things):
        starts, ends = list_real_days(start, precision), list_real_days(end, precision)
        never = bool(starts and ends) and all(e <= s for s in starts for e in ends)
        told = tell(starts, first, last), tell(ends, first, last)
        if not never and any(told):
            expected[f"t{number}"] = told
    assert {name: (turn.began, turn.ended) for name, turn in found.items()} == expected


@given(THINGS, DAYS, DAYS)
def test_the_sorts_of_exact_windows_are_those_of_the_states_of_the_two_days(
    things: list[tuple[date | None, date | None, Precision]], one: date, other: date
) -> None:
    first, last = sorted((one, other))
    exact = [(start, end) for start, end, _ in things if start and (end is None or end > start)]
    text = " ".join(
        write_thing(number, start, end, Precision.DAY) for number, (start, end) in enumerate(exact)
    )
    reader = read_text(f"graph:source\\/1 {{ {text} }}")
    dated = list(read_windowed(reader, first, last))
    changes = list_changes(dated, first.toordinal(), last.toordinal())
    sorts = {each.turns[0].dated.iri.value.rpartition("/")[2]: each.sort for each in changes}
    expected = {}
    for number, (start, end) in enumerate(exact):
        before, after = (start <= day and (end is None or day < end) for day in (first, last))
        if before != after:
            expected[f"t{number}"] = Sort.CAME if after else Sort.WENT
        elif not before and first < start and end and end <= last:
            expected[f"t{number}"] = Sort.PASSED
    assert sorts == expected
