"""Who may decide: questions by GET, answered as page, as data, or as a table.

`/authority` asks who may, `/authority/may` whether one party may, `/authority/party` what it may.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from styrgraf import formats
from styrgraf.assets import find_schema
from styrgraf.governance.authority.forms.json_form import write_json
from styrgraf.governance.authority.forms.representation import (
    Answer,
    HeldDelegations,
    list_held,
    represent,
)
from styrgraf.governance.authority.forms.rows_form import write_csv
from styrgraf.governance.authority.forms.triples_form import list_triples
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.graph.serialization import write_triples
from styrgraf.language import N_
from styrgraf.web.authority.authority_choices import MATTERS, PARTIES, UNITS, load_options
from styrgraf.web.authority.authority_examples import list_examples
from styrgraf.web.authority.authority_forms import Form, read_form
from styrgraf.web.authority.authority_tables import tabulate_answer
from styrgraf.web.authority.authority_views import (
    lay_out_held,
    lay_out_may,
    lay_out_who,
    place_among_breaks,
)
from styrgraf.web.drawings import answer_drawing
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import CSV, DRAWING_OFFERS, HTML, JSON, TURTLE, Offer
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_version
from styrgraf.web.sheets import TABLE_CSV, XLSX, answer_table, list_downloads

blueprint = Blueprint("authority", __name__)

OFFERS = (JSON, TURTLE, CSV, TABLE_CSV, XLSX, HTML)
DRAWN_OFFERS = (*OFFERS, *DRAWING_OFFERS)

_SCHEMA_TYPE = "application/schema+json"

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Topic:
    """A kind of question: its page, its needed fields, its answer, what the page shows of it.

    `title` is the question in short; `offers` is what it can be had as.
    """

    template: str
    title: str
    needed: tuple[str, ...]
    find: Callable[[Form, Authority], Answer]
    show: Callable[[Form, Authority], Shown]
    offers: tuple[Offer, ...] = DRAWN_OFFERS


@blueprint.get("/authority")
def ask_who() -> Response:
    """Answer who may decide on a matter."""
    return _respond(_WHO)


@blueprint.get("/authority/may")
def ask_may() -> Response:
    """Answer whether a post, body, role or person may decide on a matter."""
    return _respond(_MAY)


@blueprint.get("/authority/party")
def show_party() -> Response:
    """Answer what a post, body, role or person may decide."""
    return _respond(_PARTY)


@blueprint.get("/authority/schema")
def show_schema() -> Response:
    """Give the JSON Schema of the answers."""
    return Response(find_schema("authority").read_bytes(), content_type=_SCHEMA_TYPE)


def _respond(topic: _Topic) -> Response:
    offer = choose_offer(topic.offers)
    form = read_form(topic.needed, demanded=offer is not HTML)
    answer = _render(topic, form) if offer is HTML else _write(topic, form, offer)
    return link_representations(answer, offer, topic.offers)


def _write(topic: _Topic, form: Form, offer: Offer) -> Response:
    authority = open_authority(current_reader(), current_version())
    if offer in DRAWING_OFFERS:
        return answer_drawing(offer, topic.show(form, authority)["view"].drawings)
    breaks = authority.break_dates(form.question) if topic is _WHO else None
    shown = represent(current_reader(), topic.find(form, authority), breaks)
    if offer in {TABLE_CSV, XLSX}:
        return answer_table(tabulate_answer(shown, gettext(topic.title), form.on), offer)
    if offer is JSON:
        return jsonify(write_json(shown))
    if offer is TURTLE:
        body = write_triples(list_triples(shown), formats.TURTLE)
    else:
        body = write_csv(shown, current_language()).encode()
    return Response(body, content_type=offer.content_type)


def _render(topic: _Topic, form: Form) -> Response:
    """Return the page; where a field is wrong, the form as it was sent, with what is wrong."""
    authority = open_authority(current_reader(), current_version())
    error = form.first_error
    shown = topic.show(form, authority) if form.asked and not error else {}
    text = render_template(
        topic.template,
        form=form,
        needed=topic.needed,
        page_address=page_address,
        offers=list_downloads(OFFERS),
        examples=() if shown or error else list_examples(form.today),
        **_load_choices(topic),
        **shown,
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _load_choices(topic: _Topic) -> Shown:
    choices: Shown = {}
    if "matter" in topic.needed:
        choices = {"matters": load_options(MATTERS), "units": load_options(UNITS)}
    return choices | ({"parties": load_options(PARTIES)} if "party" in topic.needed else {})


def _show_who(form: Form, authority: Authority) -> Shown:
    answer = authority.who(form.question)
    view = lay_out_who(answer, read_page_number())
    breaks = place_among_breaks(form.on, authority.break_dates(form.question))
    return {"answer": answer, "view": view, "frame": view.frame, "breaks": breaks}


def _show_may(form: Form, authority: Authority) -> Shown:
    answer = authority.may(form.party, form.question)
    view = lay_out_may(answer)
    return {"answer": answer, "view": view, "frame": view.frame}


def _find_held(form: Form, authority: Authority) -> HeldDelegations:
    return list_held(authority, form.party, form.on)


def _show_held(form: Form, authority: Authority) -> Shown:
    answer = _find_held(form, authority)
    view = lay_out_held(answer, read_page_number())
    return {"answer": answer, "view": view, "frame": view.frame}


_WHO = _Topic(
    "authority.html",
    N_("Who may decide?"),
    ("matter",),
    lambda form, authority: authority.who(form.question),
    _show_who,
)
_MAY = _Topic(
    "authority_may.html",
    N_("May a certain one decide?"),
    ("party", "matter"),
    lambda form, authority: authority.may(form.party, form.question),
    _show_may,
)
_PARTY = _Topic(
    "authority_party.html",
    N_("What may a certain one decide?"),
    ("party",),
    _find_held,
    _show_held,
    OFFERS,
)
