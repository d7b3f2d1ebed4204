"""Purposes, goals, principles, initiatives, work, and plans with what stands empty in them."""

from __future__ import annotations

from flask import Blueprint, Response

from styrgraf.exchange.drawings import Drawing
from styrgraf.governance.goals import LISTS, Aims, read_aims
from styrgraf.web.drawings import DRAWN_PAGE, answer_drawing
from styrgraf.web.goal_tables import LAYOUTS, OUTLINE, tabulate_aims
from styrgraf.web.languages import gettext
from styrgraf.web.negotiation import DRAWING_OFFERS, HTML
from styrgraf.web.pages import Frame, gather_frame, render_page
from styrgraf.web.paging import read_page_number
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import MOST_ROWS, SHEET_OFFERS, answer_table, choose_table
from styrgraf.web.time_axes import draw_axis, make_bar

blueprint = Blueprint("goals", __name__)

MOST_BARS = 60
"""Rows on the time axis; the tables have the rest."""


OFFERS = (*DRAWN_PAGE, *SHEET_OFFERS)


@blueprint.get("/goals")
def show_goals() -> Response:
    """Show one page of each list of goals and plans, or the whole of one as a file."""
    offer = choose_offer(OFFERS)
    if offer is HTML:
        answer = Response(_render(), content_type=HTML.content_type)
    elif offer in DRAWING_OFFERS:
        aims = _read_page()
        answer = answer_drawing(offer, [_draw_spans(aims, gather_frame({"aims": aims}))])
    else:
        name = choose_table(LAYOUTS)
        listed = "plans" if name == OUTLINE else name
        answer = answer_table(
            tabulate_aims(read_aims(current_reader(), {}, {listed: MOST_ROWS}), name), offer
        )
    return link_representations(answer, offer, OFFERS)


def _read_page() -> Aims:
    """Return what the page shows; each list has its own page number."""
    return read_aims(current_reader(), {name: read_page_number(name) for name in LISTS})


def _render() -> str:
    aims = _read_page()
    return render_page(
        "goals.html",
        lambda frame: {"timeline": _draw_spans(aims, frame), "most_bars": MOST_BARS},
        aims=aims,
    )


def _draw_spans(aims: Aims, frame: Frame) -> Drawing:
    """Return the bars of what goes on for a time; empty where no day is stated."""
    bars = [make_bar(span, frame) for span in aims.spans[:MOST_BARS]]
    return draw_axis(bars, gettext("Plans, initiatives and work over time"), "spans")
