"""The overview of all at `/delegations/overview`: one level at a time, as page, data and files."""

from __future__ import annotations

import threading
from datetime import date
from http import HTTPStatus
from weakref import WeakKeyDictionary

from flask import Response, jsonify, render_template

from styrgraf.errors import DataError, UnknownNameError, UsageError
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.charts.forests import (
    UNSTATED,
    Forest,
    Grouping,
    grow_by_delegator,
    read_by_unit,
)
from styrgraf.language import N_
from styrgraf.web.charts.chart_forms import lengthen
from styrgraf.web.charts.overview_forms import OverviewForm, read_overview_form
from styrgraf.web.charts.overview_levels import (
    HEADINGS,
    OverviewView,
    describe_level,
    draw_level,
    lay_out,
    tabulate_level,
)
from styrgraf.web.drawings import answer_drawing
from styrgraf.web.negotiation import DRAWING_OFFERS, HTML, JSON, Offer
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_version
from styrgraf.web.sheets import SHEET_OFFERS, answer_table

OFFERS = (HTML, JSON, *SHEET_OFFERS, *DRAWING_OFFERS)

_forests: WeakKeyDictionary[Authority, dict[tuple[Grouping, date], Forest]] = WeakKeyDictionary()
_growing = threading.Lock()


def answer_overview() -> Response:
    """Answer with the page of a level, or with the level and what lies under it in another form."""
    offer = choose_offer(OFFERS)
    form, number = read_overview_form(), read_page_number()
    try:
        forest, place = _open_level(form)
    except (UsageError, DataError):
        if offer is not HTML:
            raise
        answer = _render(form, None)
    else:
        if offer is HTML:
            answer = _render(form, lay_out(forest, place, form, number))
        else:
            answer = _write(forest, place, form, offer)
    return link_representations(answer, offer, OFFERS)


def _open_level(form: OverviewForm) -> tuple[Forest, int]:
    """Return the forest and the place in it that a form asks for. Raises what is wrong with it."""
    if error := form.first_error:
        raise error
    forest = open_forest(form)
    place = form.read("at", lambda text: _find_place(forest, text), 0)
    if error := form.first_error:
        raise error
    return forest, place


def _write(forest: Forest, place: int, form: OverviewForm, offer: Offer) -> Response:
    if offer is JSON:
        return jsonify(describe_level(forest, place, form.depth))
    if offer in SHEET_OFFERS:
        return answer_table(tabulate_level(forest, place, form), offer)
    return answer_drawing(offer, [draw_level(forest, place, form)])


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


def _render(form: OverviewForm, view: OverviewView | None) -> Response:
    error = form.first_error
    text = render_template(
        "delegation_overview.html",
        form=form,
        view=view,
        heading=HEADINGS[form.by],
        page_address=page_address,
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _find_place(forest: Forest, text: str) -> int:
    """Return the place of the thing that is named. Raises UnknownNameError."""
    name = text if text in {"", UNSTATED} else lengthen(text)
    if name not in forest.places:
        raise UnknownNameError(
            N_("“{name}” is not in the overview on that day, grouped like this."), name=text[:80]
        )
    return forest.places[name]
