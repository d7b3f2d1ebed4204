"""Days as numbers (`date.toordinal`): when a window has begun and ended, or that is not stated.

A date known to the month or year is stored as the period's first day; on the days of the period it
is not stated whether it has come (docs/authority.md, "Time").
"""

from __future__ import annotations

from datetime import date

from styrgraf.governance.authority.facts import Precision
from styrgraf.governance.authority.indexing.records import NEVER, UNSTATED
from styrgraf.governance.authority.rules import Rule


def find_certain_day(day: int, precision: int) -> int:
    """Return the first day on which a date of this precision has certainly come."""
    if precision == Precision.DAY or day == UNSTATED:
        return day
    known = date.fromordinal(day)
    year, month = known.year, known.month + 1 if precision == Precision.MONTH else 13
    if month > 12:
        year, month = year + 1, 1
    return date(year, month, 1).toordinal() if year <= date.max.year else NEVER


def judge_start(on: int, start: int, precision: int, not_yet: Rule = Rule.NOT_YET) -> Rule | None:
    """Return the rule that speaks against a start having come, if one does."""
    if start == UNSTATED:
        return Rule.START_NOT_STATED
    if on < start:
        return not_yet
    return Rule.START_NOT_STATED if on < find_certain_day(start, precision) else None


def judge_end(on: int, end: int, precision: int, ended: Rule = Rule.EXPIRED) -> Rule | None:
    """Return the rule that speaks against an end not having come, if one does."""
    if end == UNSTATED or on < end:
        return None
    return ended if on >= find_certain_day(end, precision) else Rule.END_NOT_STATED


def judge_window(
    on: int,
    window: tuple[int, int, int],
    not_yet: Rule = Rule.NOT_YET,
    ended: Rule = Rule.EXPIRED,
) -> tuple[Rule, ...]:
    """Return the rules that speak against a window (start, end, precision) holding on a day."""
    start, end, precision = window
    found = (judge_start(on, start, precision, not_yet), judge_end(on, end, precision, ended))
    return tuple(rule for rule in found if rule is not None)


def list_edges(window: tuple[int, int, int]) -> tuple[int, ...]:
    """Return the days on which what is known of a window changes."""
    start, end, precision = window
    days = (day for day in (start, end) if day != UNSTATED)
    return tuple(edge for day in days for edge in (day, find_certain_day(day, precision)))
