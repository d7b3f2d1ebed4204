"""The delegation graph at `/delegations`: who delegates to whom on a day, drawn and as a table."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, render_template

from styrgraf.model import Iri
from styrgraf.web.authority.authority_choices import MATTERS, PARTIES, load_options
from styrgraf.web.charts.chart_forms import PATH_FIELDS, ChartForm, read_chart_form
from styrgraf.web.charts.chart_tables import tabulate_chart
from styrgraf.web.charts.chart_views import PAGE_SIZE, ChartView, lay_out_chart
from styrgraf.web.charts.chart_words import write_state
from styrgraf.web.charts.overview import answer_overview
from styrgraf.web.charts.path_views import PathView, lay_out_path
from styrgraf.web.drawings import DRAWN_PAGE, answer_drawing
from styrgraf.web.negotiation import HTML
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.sheets import MOST_ROWS, SHEET_OFFERS, answer_table

blueprint = Blueprint("delegations", __name__)

OFFERS = (*DRAWN_PAGE, *SHEET_OFFERS)


@blueprint.get("/delegations")
def show_delegations() -> Response:
    """Show who delegates to whom: from a party, in a matter, or in the whole organisation."""
    offer = choose_offer(OFFERS)
    form, number = read_chart_form(), read_page_number()
    if offer is HTML:
        answer = _answer_page(form, number)
    elif form.first_error:
        raise form.first_error
    elif offer in SHEET_OFFERS:
        answer = answer_table(tabulate_chart(lay_out_chart(form, 1, MOST_ROWS), form), offer)
    else:
        answer = answer_drawing(offer, [lay_out_chart(form, number).drawing])
    return link_representations(answer, offer, OFFERS)


def _answer_page(form: ChartForm, number: int) -> Response:
    """Return the page; where a field is wrong, the form as it was sent, with what is wrong."""
    error = form.first_error
    view = None if error else lay_out_chart(form, number)
    return _render("delegations.html", form, view)


@blueprint.get("/delegations/path")
def show_path() -> Response:
    """Show the chains of delegations from one party to another."""
    offer = choose_offer(OFFERS)
    form, number = read_chart_form(PATH_FIELDS), read_page_number()
    both = "start" in form.named and "end" in form.named
    size = MOST_ROWS if offer in SHEET_OFFERS else PAGE_SIZE
    view = lay_out_path(form, number, size) if both and not form.first_error else None
    if offer is HTML:
        answer = _render("delegation_path.html", form, view)
    elif form.first_error:
        raise form.first_error
    elif offer in SHEET_OFFERS:
        answer = answer_table(tabulate_chart(view, form), offer)
    else:
        answer = answer_drawing(offer, [view.drawing] if view else [])
    return link_representations(answer, offer, OFFERS)


def _render(template: str, form: ChartForm, view: ChartView | PathView | None) -> Response:
    error = form.first_error
    text = render_template(
        template,
        form=form,
        view=view,
        frame=view.frame if view else None,
        parties=load_options(PARTIES[:3]),
        matters=load_options(MATTERS),
        page_address=page_address,
        state_words=write_state,
        iri_of=Iri,
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


@blueprint.get("/delegations/overview")
def show_overview() -> Response:
    """Show all posts, by unit or by who delegates to them, one level at a time."""
    return answer_overview()
