"""The health register at `/health-register`: what is odd among delegations, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request

from styrgraf import formats
from styrgraf.governance.authority.forms.evidence import gather_evidence
from styrgraf.governance.authority.forms.health_texts import HEALTH_TEXTS, OTHER, HealthText
from styrgraf.governance.authority.forms.register_forms import (
    tell_register,
    write_register,
    write_register_csv,
)
from styrgraf.governance.authority.forms.register_triples import list_register_triples
from styrgraf.governance.authority.forms.representation import load_names
from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.authority.reasoning.register import (
    USUAL_DAYS,
    Register,
    RegisterLine,
    group_lines,
    open_register,
    parse_days,
)
from styrgraf.governance.statements import Page
from styrgraf.graph.serialization import write_triples
from styrgraf.web.authority.authority_forms import Form, find_today
from styrgraf.web.authority.authority_words import choose_words
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import CSV, HTML, JSON, TURTLE, Offer
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_settings, current_version

blueprint = Blueprint("health", __name__)

OFFERS = (JSON, TURTLE, CSV, HTML)
PAGE_SIZE = 50
FIELDS = ("on", "days")


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one code, or of one shape, on this page; `total` counts those on all pages."""

    name: str
    text: HealthText
    lines: tuple[RegisterLine, ...]
    total: int


@blueprint.get("/health-register")
def show_register() -> Response:
    """Show what the engine and the shapes find odd on a day, and what ends soon after it."""
    offer = choose_offer(OFFERS)
    form, days = _read_form()
    if offer is HTML:
        return link_representations(_render(form, days), offer, OFFERS)
    if error := form.first_error:
        raise error
    register = open_register(current_reader(), current_settings(), form.on, days)
    return link_representations(_write(register, offer), offer, OFFERS)


def _write(register: Register, offer: Offer) -> Response:
    if offer is TURTLE:
        triples = list_register_triples(register, current_version().base)
        return Response(write_triples(triples, formats.TURTLE), content_type=offer.content_type)
    names = load_names(current_reader(), {iri.value for iri in collect_iris(register.lines)})
    if offer is JSON:
        return jsonify(write_register(register, names))
    text = write_register_csv(register, names, current_language())
    return Response(text, content_type=offer.content_type)


def _read_form() -> tuple[Form, int]:
    typed = {name: request.args.get(name, "").strip() for name in FIELDS}
    form = Form(typed, find_today(), FIELDS, asked=True)
    form.on = form.read("on", parse_day, form.today) if typed["on"] else form.today
    days = form.read("days", parse_days, USUAL_DAYS) if typed["days"] else USUAL_DAYS
    return form, days


def _render(form: Form, days: int) -> Response:
    error = form.first_error
    shown = {} if error else _show(form, days)
    text = render_template(
        "health.html",
        form=form,
        days=form.typed["days"] or str(days),
        page_address=page_address,
        offers=[offer for offer in OFFERS if offer is not HTML],
        **shown,
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _show(form: Form, days: int) -> dict[str, object]:
    register = open_register(current_reader(), current_settings(), form.on, days)
    lines = register.lines
    page = Page(lines, size=PAGE_SIZE, total=len(lines)).cut(read_page_number())
    evidence = gather_evidence(current_reader(), (), [line.subject for line in page.items])
    frame = Frame(iri.value for iri in collect_iris((page.items, dict(evidence))))
    totals = {name: len(found) for name, found in group_lines(lines)}
    groups = [
        Group(name, _find_text(found[0]), found, totals[name])
        for name, found in group_lines(page.items)
    ]
    return {
        "register": register,
        "sentences": tell_register(register, choose_words(frame)),
        "groups": groups,
        "page": page,
        "frame": frame,
        "evidence": evidence,
    }


def _find_text(line: RegisterLine) -> HealthText:
    return HEALTH_TEXTS[line.code] if line.code else OTHER
