"""The health register at `/health-register`: what is odd among delegations, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request

from styrgraf import formats
from styrgraf.exchange.spreadsheets import Cell
from styrgraf.governance.authority.forms.evidence import gather_evidence
from styrgraf.governance.authority.forms.register_forms import (
    explain_line,
    tell_register,
    write_register,
    write_register_csv,
)
from styrgraf.governance.authority.forms.register_triples import list_register_triples
from styrgraf.governance.authority.forms.representation import load_names
from styrgraf.governance.authority.forms.work_lines import read_line
from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.authority.reasoning.register import (
    USUAL_DAYS,
    Register,
    RegisterLine,
    open_register,
    parse_days,
)
from styrgraf.governance.worklists import WorkLine
from styrgraf.graph.serialization import write_triples
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.authority.authority_words import choose_words
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import CSV, HTML, JSON, TURTLE, Offer
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.paging import page_address
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_settings, current_version
from styrgraf.web.sheets import TABLE_CSV, XLSX, Table, answer_table, list_downloads
from styrgraf.web.worklists import (
    LIST_FIELDS,
    SEVERITY_WORDS,
    ListForm,
    list_headings,
    list_rows,
    name_rule,
    open_list,
)

blueprint = Blueprint("health", __name__)

OFFERS = (JSON, TURTLE, CSV, TABLE_CSV, XLSX, HTML)
FIELDS = ("on", "days", *LIST_FIELDS)


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
    register = replace(register, lines=_keep_lines(register, form))
    if offer in {TABLE_CSV, XLSX}:
        answer = answer_table(_describe_table(register, form), offer)
    else:
        answer = _write(register, offer)
    return link_representations(answer, offer, OFFERS)


def _write(register: Register, offer: Offer) -> Response:
    if offer is TURTLE:
        triples = list_register_triples(register, current_version().base)
        return Response(write_triples(triples, formats.TURTLE), content_type=offer.content_type)
    names = load_names(current_reader(), {iri.value for iri in collect_iris(register.lines)})
    if offer is JSON:
        return jsonify(write_register(register, names))
    text = write_register_csv(register, names, current_language())
    return Response(text, content_type=offer.content_type)


def _read_form() -> tuple[ListForm, int]:
    typed = {name: request.args.get(name, "").strip() for name in FIELDS}
    form = ListForm(typed, find_today(), FIELDS, asked=True)
    form.on = form.read("on", parse_day, form.today) if typed["on"] else form.today
    days = form.read("days", parse_days, USUAL_DAYS) if typed["days"] else USUAL_DAYS
    form.read_choices()
    return form, days


def _render(form: ListForm, days: int) -> Response:
    error = form.first_error
    shown = {} if error else _show(form, days)
    text = render_template(
        "health.html",
        form=form,
        days=form.typed["days"] or str(days),
        page_address=page_address,
        offers=list_downloads(OFFERS),
        **shown,
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _show(form: ListForm, days: int) -> dict[str, object]:
    register = open_register(current_reader(), current_settings(), form.on, days)
    kept = _keep_lines(register, form)
    page = open_list(map(read_line, kept), form.by).cut()
    things = [line.thing for group in page.items for line in group.lines]
    evidence = gather_evidence(current_reader(), (), things)
    frame = Frame(iri.value for iri in collect_iris((page.items, dict(evidence))))
    return {
        "register": register,
        "sentences": tell_register(register, choose_words(frame)),
        "page": page,
        "frame": frame,
        "evidence": evidence,
        "all_lines": len(register.lines),
        "explain": explain_line,
        "name_rule": name_rule,
        "severity_words": SEVERITY_WORDS,
    }


def _keep_lines(register: Register, form: ListForm) -> tuple[RegisterLine, ...]:
    return tuple(line for line in register.lines if form.keeps(line.severity))


def _describe_table(register: Register, form: ListForm) -> Table:
    lines = open_list(map(read_line, register.lines), form.by).lines
    frame = Frame(iri.value for iri in collect_iris(lines))

    def tell(line: WorkLine[RegisterLine]) -> tuple[str, Sequence[Cell]]:
        found = line.found
        ways = [gettext("the rules, on this day")] if found.by_engine else []
        ways += [
            f"{gettext('shape, whatever the day:')} {frame.label(each)}" for each in found.shapes
        ]
        other = frame.label(found.other) if found.other else None
        return explain_line(found, current_language()), (other, found.day, "; ".join(ways))

    further = (gettext("Together with"), gettext("No longer from"), gettext("Found by"))
    return Table(
        "health-register",
        gettext("Health register"),
        list_headings(*further),
        list_rows(lines, frame, tell),
        form.address("health.show_register"),
        ((gettext("Day"), register.on), (gettext("Ends within (days)"), register.days)),
    )
