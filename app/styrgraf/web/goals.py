"""Purposes, goals, principles, initiatives, work, and plans with what stands empty in them."""

from __future__ import annotations

from flask import Blueprint, Response

from styrgraf.exchange.drawings import Drawing
from styrgraf.governance.goals import LISTS, Aims, read_aims
from styrgraf.model import Iri
from styrgraf.web.drawings import DRAWN_PAGE, answer_drawing
from styrgraf.web.goal_tables import LAYOUTS, OUTLINE, tabulate_aims
from styrgraf.web.goal_trees import (
    BOND_WORDS,
    TREE,
    draw_trees,
    place_nodes,
    read_top,
    read_trees,
    tabulate_trees,
    tell_lacking,
)
from styrgraf.web.languages import gettext
from styrgraf.web.negotiation import DRAWING_OFFERS, HTML
from styrgraf.web.pages import Frame, gather_frame, render_page
from styrgraf.web.paging import read_page_number
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import MOST_ROWS, SHEET_OFFERS, Table, answer_table, choose_table
from styrgraf.web.time_axes import draw_axis, make_bar

blueprint = Blueprint("goals", __name__)

MOST_BARS = 60
"""Rows on the time axis; the tables have the rest."""

OFFERS = (*DRAWN_PAGE, *SHEET_OFFERS)
TABLES = (*LAYOUTS, TREE)


@blueprint.get("/goals")
def show_goals() -> Response:
    """Show one page of each list of goals and plans, or the whole of one as a file."""
    offer = choose_offer(OFFERS)
    top = read_top()
    if offer is HTML:
        answer = Response(_render(top), content_type=HTML.content_type)
    elif offer in DRAWING_OFFERS:
        answer = answer_drawing(offer, _draw_all(top))
    else:
        answer = answer_table(_tabulate(choose_table(TABLES), top), offer)
    return link_representations(answer, offer, OFFERS)


def _tabulate(name: str, top: Iri | None) -> Table:
    if name == TREE:
        return tabulate_trees(top)
    listed = "plans" if name == OUTLINE else name
    return tabulate_aims(read_aims(current_reader(), {}, {listed: MOST_ROWS}), name)


def _read_page() -> Aims:
    """Return what the page shows; each list has its own page number."""
    return read_aims(current_reader(), {name: read_page_number(name) for name in LISTS})


def _draw_all(top: Iri | None) -> list[Drawing]:
    aims, trees = _read_page(), read_trees(top)
    frame = gather_frame({"aims": aims, "nodes": place_nodes(trees)})
    return [draw_trees(trees, frame), _draw_spans(aims, frame)]


def _render(top: Iri | None) -> str:
    aims, trees = _read_page(), read_trees(top)
    return render_page(
        "goals.html",
        lambda frame: {
            "timeline": _draw_spans(aims, frame),
            "most_bars": MOST_BARS,
            "tree": draw_trees(trees, frame),
            "bond_words": BOND_WORDS,
            "tell_lacking": tell_lacking,
        },
        aims=aims,
        nodes=place_nodes(trees),
        top=top,
    )


def _draw_spans(aims: Aims, frame: Frame) -> Drawing:
    """Return the bars of what goes on for a time; empty where no day is stated."""
    bars = [make_bar(span, frame) for span in aims.spans[:MOST_BARS]]
    return draw_axis(bars, gettext("Plans, initiatives and work over time"), "spans")
