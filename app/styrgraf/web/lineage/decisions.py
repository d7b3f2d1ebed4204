"""The decisions at `/decisions`: a list narrowed by facets, as table, timeline or drawing."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, render_template

from styrgraf.governance.decisions import ListedDecision, list_decisions, read_decisions
from styrgraf.governance.lineage import read_lineage, read_successions
from styrgraf.governance.statements import Page
from styrgraf.model import Iri
from styrgraf.web.drawings import answer_drawing
from styrgraf.web.lineage.decision_forms import (
    FACETS,
    VIEWS,
    DecisionForm,
    list_named,
    read_decision_form,
    show_value,
)
from styrgraf.web.lineage.decision_tables import tabulate_decisions, tabulate_ties
from styrgraf.web.lineage.lineage_drawings import draw_lineage
from styrgraf.web.negotiation import DRAWING_OFFERS, HTML
from styrgraf.web.pages import gather_frame
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import SHEET_OFFERS, answer_table, choose_table

blueprint = Blueprint("decisions", __name__)

OFFERS = (HTML, *SHEET_OFFERS, *DRAWING_OFFERS)
TABLES = ("decisions", "ties")
PAGE_SIZE = 50


@blueprint.get("/decisions")
def show_decisions() -> Response:
    """Show the decisions that the facets leave, a page of them at a time, or all as a file."""
    offer = choose_offer(OFFERS)
    form, number, reader = read_decision_form(), read_page_number(), current_reader()
    if form.first_error and offer is not HTML:
        raise form.first_error
    known = list_decisions(reader)
    found = () if form.errors else tuple(each for each in known if each.matches(form.chosen))
    page = Page(tuple(each.iri for each in found), size=PAGE_SIZE, total=len(found)).cut(number)
    if offer is HTML:
        answer = _render(form, known, page)
    elif offer in DRAWING_OFFERS:
        lineage = read_lineage(reader, page.items)
        answer = answer_drawing(offer, [draw_lineage(lineage, gather_frame({"all": lineage}))])
    elif choose_table(TABLES) == "ties":
        answer = answer_table(
            tabulate_ties(read_lineage(reader, [each.iri for each in found])), offer
        )
    else:
        answer = answer_table(tabulate_decisions([each.iri for each in found], form), offer)
    return link_representations(answer, offer, OFFERS)


def _render(form: DecisionForm, known: tuple[ListedDecision, ...], page: Page[Iri]) -> Response:
    reader = current_reader()
    records = tuple(read_decisions(reader, page.items))
    lineage = read_lineage(reader, page.items) if form.view == "lineage" else None
    successions = read_successions(reader)
    named = list_named(known, form)
    frame = gather_frame({"all": (records, lineage, successions, named)})
    text = render_template(
        "decisions.html",
        form=form,
        frame=frame,
        facets=tuple(form.offer(known, frame)),
        chosen=[(FACETS[name], show_value(name, form.chosen[name], frame)) for name in form.chosen],
        views=VIEWS,
        known=len(known),
        decisions=page.with_items(records),
        lineage=lineage,
        drawing=draw_lineage(lineage, frame) if lineage else None,
        successions=successions,
        page_address=page_address,
    )
    status = find_status(type(form.first_error)) if form.first_error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)
