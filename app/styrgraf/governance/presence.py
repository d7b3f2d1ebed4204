"""Whether something with a window is there on a day, as far as its window is stated. No IO here."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from styrgraf.governance.authority.facts import Precision
from styrgraf.governance.authority.indexing.records import UNSTATED
from styrgraf.governance.authority.rules import Rule
from styrgraf.governance.authority.windows import judge_window
from styrgraf.governance.statements import SourcedIri, SourcedText
from styrgraf.namespaces import SG

Window = tuple[int, int, int]
"""Start, end and precision of both, days as ordinals; UNSTATED where it is not stated."""


class Presence(StrEnum):
    """Whether something is there on a day, as far as its window is stated."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    NOT_TOLD = "not-told"
    ENDED = "ended"


def judge_presence(window: Window, on: date) -> Presence:
    """Return whether what has a window is there on a day."""
    rules = judge_window(on.toordinal(), window)
    if Rule.EXPIRED in rules:
        return Presence.ENDED
    if Rule.NOT_YET in rules:
        return Presence.NOT_YET
    return Presence.NOT_TOLD if rules else Presence.IN_FORCE


def read_window(
    start: SourcedText | None, end: SourcedText | None, precision: SourcedIri | None
) -> Window:
    """Return the window that is stated; what is no date counts as not stated."""
    return number_text(start), number_text(end), read_precision(precision)


def number_text(day: SourcedText | None) -> int:
    """Return a stated day as a number."""
    known = parse_iso(day.value.value) if day else None
    return known.toordinal() if known else UNSTATED


def parse_iso(text: str) -> date | None:
    """Return the date that a literal writes, None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_precision(stated: SourcedIri | None) -> Precision:
    """Return how exactly the dates of a window are known; to the day where it is not said."""
    name = stated.value.value.removeprefix(SG + "precision").upper() if stated else "DAY"
    return Precision[name] if name in Precision.__members__ else Precision.DAY
