"""Which orders are in force on a day, what ended and began, and what cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from styrgraf.governance.orders import OrderRecord, OrdersOnDay, read_orders
from styrgraf.governance.presence import Presence
from tests.tiny_graphs import BASE, CountingReader

Ask = Callable[[str], OrdersOnDay]


@pytest.fixture
def ask(read: Callable[[str], CountingReader]) -> Ask:
    return lambda on: read_orders(read("orders"), date.fromisoformat(on))


def show(orders: Iterable[OrderRecord]) -> set[str]:
    return {order.iri.value.removeprefix(f"{BASE}id/thing/") for order in orders}


def find(orders: OrdersOnDay, name: str) -> OrderRecord:
    return next(order for order in orders.orders if show([order]) == {name})


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        ("2019-12-31", set()),
        ("2020-01-01", {"first"}),
        ("2022-06-30", {"first"}),
        ("2022-07-01", {"second"}),
        ("2022-07-31", {"second"}),
        ("2022-08-01", {"second", "monthly"}),
    ],
)
def test_an_order_is_in_force_from_its_first_day_to_the_day_before_its_end(
    ask: Ask, on: str, in_force: set[str]
) -> None:
    assert show(ask(on).standing(Presence.IN_FORCE)) == in_force


def test_the_day_of_a_change_tells_what_ended_and_what_began(ask: Ask) -> None:
    orders = ask("2022-07-01")
    assert orders.before == date(2022, 6, 30)
    assert show(orders.ended) == {"first", "repealed"}
    assert show(orders.began) == {"second"}


def test_nothing_ends_or_begins_on_the_day_after_a_change(ask: Ask) -> None:
    orders = ask("2022-07-02")
    assert orders.ended == orders.began == ()


def test_an_order_known_to_the_month_begins_when_the_month_is_over(ask: Ask) -> None:
    assert find(ask("2022-07-15"), "monthly").presence(date(2022, 7, 15)) is Presence.NOT_TOLD
    assert show(ask("2022-08-01").began) == {"monthly"}


def test_what_has_no_start_cannot_be_told_until_it_has_ended(ask: Ask) -> None:
    assert show(ask("2022-06-30").standing(Presence.NOT_TOLD)) == {"repealed", "undated"}
    assert "repealed" in show(ask("2022-07-01").standing(Presence.ENDED))


def test_a_changed_order_leads_to_its_next_version_and_a_repealed_one_to_what_repeals_it(
    ask: Ask,
) -> None:
    orders = ask("2022-07-01")
    first, repealed = find(orders, "first"), find(orders, "repealed")
    assert [iri.value for iri in orders.successors_of(first)] == [f"{BASE}id/thing/second"]
    assert [iri.value for iri in repealed.repealed_by] == [f"{BASE}id/thing/second"]
    assert orders.successors_of(repealed) == ()
    assert first.repealed_by == ()


def test_an_order_lists_the_delegations_and_clauses_that_stand_in_it(ask: Ask) -> None:
    orders = ask("2022-07-01")
    second = find(orders, "second")
    assert [each.iri.value[-2:] for each in second.delegations] == ["d1", "d2"]
    assert second.delegation_count == 2
    assert [iri.value for iri in second.provisions] == [f"{BASE}id/thing/clause"]
    assert find(orders, "first").delegations == ()


def test_rules_of_procedure_are_no_delegation_order(ask: Ask) -> None:
    orders = ask("2022-07-01")
    assert show(orders.standing(Presence.IN_FORCE, delegates=False)) == {"procedure"}


def test_the_days_of_change_are_told_in_order(ask: Ask) -> None:
    assert [day.isoformat() for day in ask("2022-07-01").turning_days] == [
        "2020-01-01",
        "2022-01-01",
        "2022-07-01",
    ]


def test_the_first_day_of_the_calendar_has_no_day_before(ask: Ask) -> None:
    orders = ask("0001-01-01")
    assert orders.before is None
    assert orders.began == orders.ended == ()


def test_the_number_of_queries_does_not_grow_with_the_orders(
    read: Callable[[str], CountingReader],
) -> None:
    reader = read("orders")
    read_orders(reader, date(2022, 7, 1))
    assert reader.asked <= 16
