"""The overview of all at `/delegations/overview`: one level as a table, and as data to draw."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any
from weakref import WeakKeyDictionary

from flask import Response, jsonify, render_template, request, url_for

from styrgraf.errors import ParameterError, UnknownNameError
from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.charts.forests import (
    UNSTATED,
    Forest,
    Grouping,
    find_named,
    grow_by_delegator,
    read_by_unit,
)
from styrgraf.governance.statements import Page
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.authority.authority_forms import Form, find_today
from styrgraf.web.charts.chart_forms import lengthen
from styrgraf.web.languages import gettext
from styrgraf.web.negotiation import HTML, JSON
from styrgraf.web.pages import Frame
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_version

OFFERS = (HTML, JSON)
FIELDS = ("by", "on", "find", "at", "depth")
PAGE_SIZE = 50
USUAL_DEPTH, DEEPEST = 3, 12
MOST_CELLS, MOST_NAMED = 4_000, 1_200
"""So many cells are drawn of a level, and so many of the largest have names."""
LONGEST_TEXT = 200

_forests: WeakKeyDictionary[Authority, dict[tuple[Grouping, date], Forest]] = WeakKeyDictionary()
_growing = threading.Lock()


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


@dataclass(frozen=True, slots=True)
class Cell:
    """A thing of the level: its name, where it leads, and how many lie in it."""

    name: str
    language: str
    iri: str
    size: int
    level: str
    page: str
    graph: str


@dataclass(frozen=True, slots=True)
class OverviewView:
    """What the page shows of a level, or of what was found."""

    total: int
    above: tuple[Cell, ...]
    cells: Page[Cell]
    found: bool


def answer_overview() -> Response:
    """Answer with the page of a level, or with the level and what lies under it as data."""
    offer = choose_offer(OFFERS)
    form, number = read_overview_form(), read_page_number()
    forest, place = None, 0
    if not form.errors:
        forest = open_forest(form)
        place = form.read("at", lambda text: _find_place(forest, text), 0)
    if offer is JSON:
        if form.first_error or forest is None:
            raise form.first_error or AssertionError
        answer = jsonify(describe_level(forest, place, form.depth))
    else:
        shown = lay_out(forest, place, form, number) if forest and not form.errors else None
        answer = _render(form, shown)
    return link_representations(answer, offer, OFFERS)


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


def open_forest(form: OverviewForm) -> Forest:
    """Return the forest that a form asks for, grown once for each version, grouping and day."""
    authority = open_authority(current_reader(), current_version())
    key = (form.by, form.on if form.by is Grouping.DELEGATOR else date.min)
    with _growing:
        known = _forests.setdefault(authority, {})
        if key not in known:
            if len(known) >= 4:
                known.pop(next(iter(known)))
            by_unit = form.by is Grouping.UNIT
            known[key] = (
                read_by_unit(current_reader())
                if by_unit
                else grow_by_delegator(authority.index, form.on)
            )
        return known[key]


def describe_level(forest: Forest, place: int, depth: int | None) -> dict[str, object]:
    """Return a level and what lies under it as arrays, a whole before its parts.

    `wholes` are places in the arrays; things too small to be read have no name.
    """
    whole = depth is None
    places = forest.cut(place, depth, None if whole else MOST_CELLS)
    largest = sorted(places, key=lambda each: -forest.sizes[each])[:MOST_NAMED]
    frame = Frame(forest.names[each] for each in largest)
    named = set(largest)
    numbers = {each: number for number, each in enumerate(places)}
    return {
        "names": [_tell_name(forest, each, frame) if each in named else "" for each in places],
        "ids": [_shorten(forest, each) for each in places],
        "wholes": [numbers.get(forest.wholes[each], -1) for each in places],
        "sizes": [forest.sizes[each] for each in places],
        "deeper": [int(each in forest.parts) for each in places],
    }


def lay_out(forest: Forest, place: int, form: OverviewForm, number: int) -> OverviewView:
    """Return what the page shows."""
    if text := form.typed["find"]:
        listed: Sequence[int] = find_named(current_reader(), forest, text)
    else:
        listed = forest.parts.get(place, ())
    page = Page(tuple(listed), size=PAGE_SIZE, total=len(listed)).cut(number)
    above = forest.list_above(place)
    frame = Frame(forest.names[each] for each in (*above, *page.items))

    def show(each: int) -> Cell:
        name = forest.names[each]
        known = name not in {"", UNSTATED}
        short = _shorten(forest, each)
        level = each if each in forest.parts else forest.wholes[each]
        return Cell(
            _tell_name(forest, each, frame),
            frame.language(Iri(name)) if known else "",
            name,
            forest.sizes[each],
            form.link(at=_shorten(forest, level) or None) if each in forest.parts or text else "",
            frame.address(Iri(name)) if known else "",
            url_for("delegations.show_delegations", party=short, on=form.typed["on"] or None)
            if known
            else "",
        )

    return OverviewView(
        forest.sizes[0],
        tuple(map(show, above)),
        page.with_items(map(show, page.items)),
        bool(text),
    )


def _render(form: OverviewForm, view: OverviewView | None) -> Response:
    error = form.first_error
    text = render_template(
        "delegation_overview.html", form=form, view=view, page_address=page_address
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _tell_name(forest: Forest, place: int, frame: Frame) -> str:
    name = forest.names[place]
    if not name:
        return str(gettext("All"))
    if name == UNSTATED:
        return str(gettext("giver not stated"))
    return frame.label(Iri(name))


def _shorten(forest: Forest, place: int) -> str:
    return shorten(forest.names[place])


def _find_place(forest: Forest | None, text: str) -> int:
    name = text if text in {"", UNSTATED} else lengthen(text)
    if forest is None or name not in forest.places:
        raise UnknownNameError(
            N_("“{name}” is not in the overview on that day, grouped like this."), name=text[:80]
        )
    return forest.places[name]


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
