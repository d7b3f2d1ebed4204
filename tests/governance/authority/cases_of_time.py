"""Named cases: windows of delegations, orders and original authorities; recall and status."""

from __future__ import annotations

from datetime import date

from styrgraf.governance.authority.facts import Order, Precision, Recall, Standing, Window
from styrgraf.governance.authority.rules import Rule
from tests.governance.authority.building import (
    ALWAYS,
    DAY,
    FIRST,
    LAST,
    LONG_AGO,
    SOME_DAY_OF_MARCH,
    SPRING_AND_SUMMER,
    UNSTATED,
    UNTIL_SOME_DAY_OF_AUGUST,
    ask,
    build,
    first,
    second,
    statute,
)
from tests.governance.authority.rule_cases import days_round_window, found, instead, kept

LAST_LINK = build(statute(), first(), second(window=SPRING_AND_SUMMER))
UPPER_LINK = build(statute(), first(window=SPRING_AND_SUMMER), second())
OWN_AUTHORITY = build(statute(window=SPRING_AND_SUMMER))
UNDER_ORDER = build(statute(), first(order="order"), second(), Order("order", SPRING_AND_SUMMER))
SUMMER_RECALL = build(statute(), first(), second(), Recall("recall", "first", FIRST))
FROM_MARCH = build(statute(), first(), second(window=SOME_DAY_OF_MARCH))
FROM_2022 = build(statute(), first(window=Window(date(2022, 1, 1), None, Precision.YEAR)), second())
TO_AUGUST = build(statute(), first(), second(window=UNTIL_SOME_DAY_OF_AUGUST))
ORDER_FROM_MARCH = build(
    statute(), first(order="order"), second(), Order("order", SOME_DAY_OF_MARCH)
)
ORDER_TO_AUGUST = build(
    statute(), first(order="order"), second(), Order("order", UNTIL_SOME_DAY_OF_AUGUST)
)
ENDED = build(statute(), first(), second(standing=Standing.ENDED))
ENDS_WITHOUT_START = build(statute(), first(), second(window=Window(None, LAST + DAY)))

CASES = [
    *days_round_window(LAST_LINK, Rule.NOT_YET, Rule.EXPIRED),
    *days_round_window(UPPER_LINK, Rule.NOT_YET, Rule.EXPIRED),
    *days_round_window(OWN_AUTHORITY, Rule.NOT_YET, Rule.EXPIRED, "rektor"),
    *days_round_window(UNDER_ORDER, Rule.ORDER_NOT_YET, Rule.ORDER_REPEALED),
    kept(Rule.RECALLED, "the day before", SUMMER_RECALL, question=ask(on=FIRST - DAY)),
    found(Rule.RECALLED, "its first day", SUMMER_RECALL, question=ask(on=FIRST)),
    found(Rule.RECALLED, "the day after", SUMMER_RECALL, question=ask(on=FIRST + DAY)),
    kept(
        Rule.RECALLED,
        "another delegation's recall",
        build(statute(), first(), second(), Recall("recall", "third", FIRST)),
    ),
    found(Rule.DRAFT, "a draft", build(statute(), first(), second(standing=Standing.DRAFT))),
    found(Rule.DRAFT, "on a draft", build(statute(), first(standing=Standing.DRAFT), second())),
    kept(Rule.DRAFT, "adopted", build(statute(), first(), second())),
    found(Rule.START_NOT_STATED, "no start", build(statute(), first(), second(window=UNSTATED))),
    found(
        Rule.START_NOT_STATED,
        "authority without start",
        build(statute(window=UNSTATED), first(), second()),
    ),
    found(
        Rule.START_NOT_STATED,
        "own authority without start",
        build(statute(window=UNSTATED)),
        "rektor",
    ),
    found(
        Rule.START_NOT_STATED,
        "order without start",
        build(statute(), first(), second(order="order"), Order("order")),
    ),
    instead(
        Rule.START_NOT_STATED,
        "the day before the month",
        Rule.NOT_YET,
        FROM_MARCH,
        question=ask(on=FIRST - DAY),
    ),
    found(Rule.START_NOT_STATED, "first of the month", FROM_MARCH, question=ask(on=FIRST)),
    found(
        Rule.START_NOT_STATED,
        "last of the month",
        FROM_MARCH,
        question=ask(on=date(2022, 3, 31)),
    ),
    kept(
        Rule.START_NOT_STATED,
        "the day after the month",
        FROM_MARCH,
        question=ask(on=date(2022, 4, 1)),
    ),
    instead(
        Rule.START_NOT_STATED,
        "the day before the year",
        Rule.NOT_YET,
        FROM_2022,
        question=ask(on=date(2021, 12, 31)),
    ),
    found(Rule.START_NOT_STATED, "first of the year", FROM_2022, question=ask(on=date(2022, 1, 1))),
    found(
        Rule.START_NOT_STATED, "last of the year", FROM_2022, question=ask(on=date(2022, 12, 31))
    ),
    kept(
        Rule.START_NOT_STATED,
        "the day after the year",
        FROM_2022,
        question=ask(on=date(2023, 1, 1)),
    ),
    found(
        Rule.START_NOT_STATED,
        "an order from some day of the month",
        ORDER_FROM_MARCH,
        question=ask(on=FIRST),
    ),
    kept(
        Rule.END_NOT_STATED,
        "the day before the month",
        TO_AUGUST,
        question=ask(on=date(2022, 7, 31)),
    ),
    found(
        Rule.END_NOT_STATED,
        "first of the month",
        TO_AUGUST,
        question=ask(on=date(2022, 8, 1)),
    ),
    found(Rule.END_NOT_STATED, "last of the month", TO_AUGUST, question=ask(on=LAST)),
    instead(
        Rule.END_NOT_STATED,
        "the day after the month",
        Rule.EXPIRED,
        TO_AUGUST,
        question=ask(on=LAST + DAY),
    ),
    found(
        Rule.END_NOT_STATED,
        "an order to some day of the month",
        ORDER_TO_AUGUST,
        question=ask(on=LAST),
    ),
    instead(
        Rule.END_NOT_STATED,
        "an order to some day of the month before",
        Rule.ORDER_REPEALED,
        ORDER_TO_AUGUST,
        question=ask(on=LAST + DAY),
    ),
    found(Rule.END_NOT_STATED, "ended, nobody says when", ENDED),
    kept(
        Rule.END_NOT_STATED,
        "ended, but later",
        build(statute(), first(), second(standing=Standing.ENDED, window=Window(LONG_AGO, LAST))),
    ),
    found(
        Rule.END_NOT_STATED,
        "authority to some day of the month",
        build(statute(window=UNTIL_SOME_DAY_OF_AUGUST), first(), second()),
        question=ask(on=LAST),
    ),
    instead(
        Rule.EXPIRED,
        "no start, and not ended",
        Rule.START_NOT_STATED,
        ENDS_WITHOUT_START,
        question=ask(on=LAST),
    ),
    found(Rule.EXPIRED, "no start, and ended", ENDS_WITHOUT_START, question=ask(on=LAST + DAY)),
    kept(
        Rule.ORDER_NOT_YET,
        "order open at its end",
        build(statute(), first(), second(order="order"), Order("order", ALWAYS)),
    ),
]
