"""What if: the rehearsal of a recall, repeal or vacancy by GET, of a draft by POST.

Nothing is written: what is sent is tried in a query process, and forgotten.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import UnsupportedMediaType

from styrgraf import formats
from styrgraf.errors import DataError, NonConformingError, StyrgrafError, UsageError
from styrgraf.governance.authority.forms.trial_forms import (
    parse_trial,
    write_told_trial,
    write_trial_csv,
)
from styrgraf.governance.authority.forms.trial_triples import list_trial_triples
from styrgraf.governance.authority.reasoning.trials import (
    TASK,
    TIMES_A_QUERY,
    Draft,
    Trial,
    Tried,
    check_draft_text,
    tell_broken_shapes,
    write_arguments,
)
from styrgraf.graph.drafts import RDF_PATCH
from styrgraf.graph.serialization import write_triples
from styrgraf.web.authority.authority_choices import load_options
from styrgraf.web.authority.rehearsal_forms import (
    CLASSES,
    SYNTAXES,
    RehearsalForm,
    read_changes_form,
    read_draft_form,
)
from styrgraf.web.authority.rehearsal_tables import tabulate_trial
from styrgraf.web.authority.rehearsal_views import lay_out_trial
from styrgraf.web.endpoint.endpoint_requests import FORM_TYPE
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import CSV, HTML, JSON, TURTLE, Offer
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_settings, current_version
from styrgraf.web.sheets import TABLE_CSV, XLSX, answer_table, list_downloads

blueprint = Blueprint("rehearsal", __name__)

DRAFT_OFFERS = (JSON, TURTLE, CSV, HTML)
OFFERS = (*DRAFT_OFFERS, TABLE_CSV, XLSX)
DRAFT_TYPES = (formats.TURTLE.media_type, RDF_PATCH)


@blueprint.get("/authority/rehearsal")
def show_form() -> Response:
    """Answer what a recall, a repeal or a vacancy would do; without one, show the forms."""
    offer = choose_offer(OFFERS)
    form = read_changes_form(demanded=offer is not HTML)
    if offer in {TABLE_CSV, XLSX}:
        answer = answer_table(tabulate_trial(_run(form.tried, form)), offer)
        return link_representations(answer, offer, OFFERS)
    if offer is not HTML:
        return link_representations(_write(_run(form.tried, form), offer), offer, OFFERS)
    return link_representations(_show_change(form), offer, OFFERS)


@blueprint.post("/authority/rehearsal")
def try_draft() -> Response:
    """Answer what a draft in the body, or in the field of the form, would do if adopted."""
    offer = choose_offer(DRAFT_OFFERS)
    is_form = request.mimetype == FORM_TYPE
    if not is_form and request.mimetype not in DRAFT_TYPES:
        raise UnsupportedMediaType
    form = read_draft_form(is_form=is_form)
    if offer is HTML and is_form:
        return _show_draft(form)
    if error := form.first_error:
        raise error
    text = form.typed["draft"] if is_form else check_draft_text(request.get_data())
    media_type = SYNTAXES[form.value("syntax")] if is_form else request.mimetype
    trial = _run(Draft(text, media_type), form)
    if offer is HTML:
        return Response(_render(form, trial), content_type=HTML.content_type)
    return _write(trial, offer)


def _run(tried: Tried, form: RehearsalForm) -> Trial:
    seconds = TIMES_A_QUERY * current_settings().query_seconds
    try:
        answer = current_reader().run_task(TASK, write_arguments(tried, form.on), seconds)
    except NonConformingError as error:
        raise tell_broken_shapes(error, current_language()) from error
    return parse_trial(answer)


def _write(trial: Trial, offer: Offer) -> Response:
    if offer is JSON:
        return jsonify(write_told_trial(trial))
    if offer is TURTLE:
        triples = list_trial_triples(trial, current_version().base)
        return Response(write_triples(triples, formats.TURTLE), content_type=offer.content_type)
    text = write_trial_csv(trial, current_language())
    return Response(text, content_type=offer.content_type)


def _show_change(form: RehearsalForm) -> Response:
    error = form.first_error
    trial = _run(form.tried, form) if form.asked and not error else None
    return _answer_page(form, trial, error)


def _show_draft(form: RehearsalForm) -> Response:
    """Return the page; where the draft cannot be taken, the form with it, and what is wrong."""
    error: StyrgrafError | None = form.first_error
    trial = None
    if error is None:
        try:
            text = check_draft_text(form.typed["draft"].encode("utf-8", "replace"))
            trial = _run(Draft(text, SYNTAXES[form.value("syntax")]), form)
        except (UsageError, DataError) as refused:
            form.errors["draft"] = error = refused
    return _answer_page(form, trial, error)


def _answer_page(form: RehearsalForm, trial: Trial | None, error: StyrgrafError | None) -> Response:
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(_render(form, trial), status, content_type=HTML.content_type)


def _render(form: RehearsalForm, trial: Trial | None) -> str:
    shown = lay_out_trial(trial) if trial else None
    return render_template(
        "rehearsal.html",
        form=form,
        trial=trial,
        view=shown,
        frame=shown.frame if shown else None,
        choices={name: load_options((classes,)) for name, classes in CLASSES.items()},
        offers=list_downloads(OFFERS),
    )


@blueprint.after_request
def _name_accepted_types(response: Response) -> Response:
    if response.status_code in {405, 415} or request.method == "OPTIONS":
        response.headers["Accept-Post"] = ", ".join((FORM_TYPE, *DRAFT_TYPES))
    return response
