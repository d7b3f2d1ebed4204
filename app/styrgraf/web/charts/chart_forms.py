"""The form of the delegation graph: what is drawn, on which day, how far, and what is tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from styrgraf.errors import ParameterError
from styrgraf.governance.authority.intake.naming import (
    find_delegation,
    find_matter,
    find_party,
    parse_day,
)
from styrgraf.governance.charts.charting import DEEPEST, ChartQuestion
from styrgraf.language import N_
from styrgraf.namespaces import ID_PATH
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.authority.authority_forms import Form, find_today
from styrgraf.web.services import current_version

ENDPOINT = "delegations.show_delegations"
FIELDS = ("party", "matter", "on", "depth", "show", "recall")
MOST_OPENED = 60
PATH_FIELDS = ("start", "end", "matter", "on", "show")
_FINDERS = {
    "party": find_party,
    "start": find_party,
    "end": find_party,
    "matter": find_matter,
    "recall": find_delegation,
}


@dataclass(slots=True)
class ChartForm(Form):
    """What the address says: `opened` are the parties after which one step more is shown."""

    depth: int | None = None
    everything: bool = False
    opened: tuple[str, ...] = ()

    @property
    def chart_question(self) -> ChartQuestion:
        """Return what is to be drawn."""
        return ChartQuestion(
            self.on,
            self.named.get("party"),
            self.named.get("matter"),
            self.depth,
            frozenset(map(lengthen, self.opened)),
            self.everything,
        )

    def value(self, name: str) -> str:
        """Return the text that a field shows."""
        return Form.value(self, name) or ("standing" if name == "show" else "")

    def link(self, **changes: str | list[str] | None) -> str:
        """Return the address of the graph with some of it changed; None takes it away."""
        kept: dict[str, Any] = {name: self.value(name) for name in FIELDS if self.typed.get(name)}
        if self.opened:
            kept["open"] = list(self.opened)
        return url_for(ENDPOINT, **(kept | changes))

    def link_opened(self, party: str) -> str:
        """Return the address with one step more after a party."""
        return self.link(open=[*dict.fromkeys((*self.opened, shorten(party)))])


def read_chart_form(fields: Sequence[str] = FIELDS) -> ChartForm:
    """Read the form of the request; what is wrong is kept at its field."""
    typed = {name: request.args.get(name, "").strip() for name in fields}
    form = ChartForm(typed, find_today(), fields, asked=True)
    form.on = form.read("on", parse_day, form.today) if typed["on"] else form.today
    for name, find in _FINDERS.items():
        if typed.get(name):
            form.find(name, find)
    if typed.get("depth"):
        form.depth = form.read("depth", _parse_depth, 1)
    if typed.get("show"):
        form.everything = form.read("show", _parse_show, False)
    form.opened = tuple(dict.fromkeys(request.args.getlist("open")))[:MOST_OPENED]
    return form


def lengthen(text: str) -> str:
    """Return the IRI that `shorten` made `text` of."""
    return text if ":" in text else current_version().base + ID_PATH + text


def _parse_depth(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1
    if not 0 <= number <= DEEPEST:
        raise ParameterError(
            N_("“{text}” is no number of steps. Write a number from 0 to {most}."),
            text=text[:40],
            most=DEEPEST,
        )
    return number


def _parse_show(text: str) -> bool:
    if text not in {"standing", "all"}:
        raise ParameterError(
            N_("“{text}” does not say what is shown. Write {words}."),
            text=text[:40],
            words="standing / all",
        )
    return text == "all"
