"""The form of the overview: what its address says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from styrgraf.errors import ParameterError
from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.charts.forests import Grouping
from styrgraf.language import N_
from styrgraf.web.authority.authority_forms import Form, find_today

FIELDS = ("by", "on", "find", "at", "depth")
USUAL_DEPTH, DEEPEST = 3, 12
LONGEST_TEXT = 200


@dataclass(slots=True)
class OverviewForm(Form):
    """What the address says: how it is grouped, the day, the level `at`, and what is looked for."""

    by: Grouping = Grouping.DELEGATOR
    depth: int | None = USUAL_DEPTH

    def value(self, name: str) -> str:
        """Return the text that a field shows."""
        return Form.value(self, name) or (self.by.value if name == "by" else "")

    def link(self, **changes: str | None) -> str:
        """Return the address of the overview with some of it changed."""
        kept: dict[str, Any] = {
            name: self.value(name) for name in ("by", "on", "at") if self.typed[name]
        }
        return url_for("delegations.show_overview", **(kept | changes))


def read_overview_form() -> OverviewForm:
    """Read the form of the request; what is wrong is kept at its field."""
    typed = {name: request.args.get(name, "").strip() for name in FIELDS}
    form = OverviewForm(typed, find_today(), FIELDS, asked=True)
    form.on = form.read("on", parse_day, form.today) if typed["on"] else form.today
    if typed["by"]:
        form.by = form.read("by", _parse_grouping, form.by)
    if typed["depth"]:
        usual: int | None = USUAL_DEPTH
        form.depth = form.read("depth", _parse_depth, usual)
    form.read("find", _check_length, None)
    return form


def _parse_grouping(text: str) -> Grouping:
    try:
        return Grouping(text)
    except ValueError:
        raise ParameterError(
            N_("“{text}” is no grouping. Write {words}."),
            text=text[:40],
            words=" / ".join(Grouping),
        ) from None


def _parse_depth(text: str) -> int | None:
    if text == "all":
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    if not 1 <= number <= DEEPEST:
        raise ParameterError(
            N_("“{text}” is no number of levels. Write a number from 1 to {most}, or all."),
            text=text[:40],
            most=DEEPEST,
        )
    return number


def _check_length(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ParameterError(
            N_("The text to look for is too long; write at most {most} letters."),
            most=LONGEST_TEXT,
        )
