"""What the documents leave open, by kind."""

from __future__ import annotations

from flask import Blueprint, Response

from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.gaps import GapRecord, read_gaps
from styrgraf.language import N_
from styrgraf.web.cells import join_names, join_texts
from styrgraf.web.negotiation import HTML
from styrgraf.web.pages import Frame, gather_frame, render_page
from styrgraf.web.paging import read_page_number
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import MOST_ROWS, SHEET_OFFERS, Layout, answer_table, lay_out

blueprint = Blueprint("gaps", __name__)

OFFERS = (HTML, *SHEET_OFFERS)


@blueprint.get("/gaps")
def show_gaps() -> Response:
    """Show one page of the gaps, or all as a file."""
    offer = choose_offer(OFFERS)
    if offer is HTML:
        gaps = read_gaps(current_reader(), read_page_number())
        answer = Response(render_page("gaps.html", gaps=gaps), content_type=HTML.content_type)
    else:
        gaps = read_gaps(current_reader(), size=MOST_ROWS)
        frame = gather_frame({"gaps": gaps})
        answer = answer_table(lay_out(_LAYOUT, "gaps", gaps.items, frame, total=gaps.total), offer)
    return link_representations(answer, offer, OFFERS)


def _make_row(gap: GapRecord, frame: Frame) -> Row:
    return (
        join_names(gap.kinds, frame),
        frame.label(gap.iri),
        join_texts(gap.descriptions),
        join_names(gap.concerns, frame),
        join_names(gap.properties, frame),
    )


_LAYOUT = Layout(
    N_("What is left open"),
    (
        *(N_("Kind"), N_("What is open"), N_("Description"), N_("What it concerns")),
        N_("What is not stated"),
    ),
    _make_row,
)
