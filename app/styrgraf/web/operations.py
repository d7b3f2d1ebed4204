"""How the service is: its health, and whether the graph conforms to the shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request, url_for

import styrgraf
from styrgraf.errors import LimitError
from styrgraf.exchange.spreadsheets import Cell
from styrgraf.governance.authority.forms.work_lines import read_result
from styrgraf.governance.worklists import WorkLine
from styrgraf.graph.reports import ValidationReport, ValidationResult, read_report
from styrgraf.model import Literal
from styrgraf.namespaces import compact_iri
from styrgraf.web.addresses import is_iri
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import HTML, JSON, TURTLE
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.paging import page_address
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, forbid_caching, link_representations
from styrgraf.web.services import (
    current_addresses,
    current_reader,
    current_settings,
    current_version,
)
from styrgraf.web.sheets import SHEET_OFFERS, Table, answer_table, list_downloads
from styrgraf.web.terms import ShownTerm, cut_text, show_iri
from styrgraf.web.worklists import (
    LIST_FIELDS,
    SEVERITY_WORDS,
    ListForm,
    list_headings,
    list_rows,
    name_rule,
    open_list,
)

blueprint = Blueprint("operations", __name__)

REPORT_OFFERS = (JSON, TURTLE, *SHEET_OFFERS, HTML)


@dataclass(frozen=True, slots=True)
class ShownResult:
    """The nodes of a result of validation as the page shows them."""

    focus_node: ShownTerm
    path: ShownTerm
    value: ShownTerm


@blueprint.get("/healthz")
def show_health() -> Response:
    """Tell release, version, and what holds the query processes and what does not.

    A store that cannot be used is a problem with status 503; a protection that the system does
    not allow is told, and no problem.
    """
    forbid_caching()
    version = current_version()
    with suppress(LimitError):  # busy is not ill
        current_reader().ask("ASK {}")
    protections = current_reader().protections()
    return jsonify(
        status="ok",
        release=styrgraf.__version__,
        version=version.number,
        recorded=version.recorded.isoformat(),
        triples=version.quads,
        dataset=version.dataset,
        base=version.base,
        memory=current_reader().is_in_memory(),
        protections=dict(protections),
        degraded=sorted(name for name, held in protections.items() if not held),
    )


@blueprint.get("/validation")
def show_validation() -> Response:
    """Show the report that was made when the current version was loaded.

    As Turtle it is whole, as SHACL writes it; else of the severity asked for.
    """
    offer = choose_offer(REPORT_OFFERS)
    form = _read_form()
    report = read_report(current_settings(), current_version())
    if offer is HTML:
        return link_representations(_render(report, form), offer, REPORT_OFFERS)
    if error := form.first_error:
        raise error
    if offer is TURTLE:
        answer = Response(report.turtle, content_type=offer.content_type)
    elif offer is JSON:
        answer = jsonify(_describe_report(report, _keep_results(report, form)))
    else:
        answer = answer_table(_describe_table(report, form), offer)
    return link_representations(answer, offer, REPORT_OFFERS)


def _read_form() -> ListForm:
    typed = {name: request.args.get(name, "").strip() for name in LIST_FIELDS}
    form = ListForm(typed, find_today(), LIST_FIELDS, asked=True)
    form.read_choices()
    return form


def _describe_report(
    report: ValidationReport, results: Iterable[ValidationResult]
) -> dict[str, object]:
    return {
        "conforms": report.conforms,
        "version": current_version().number,
        "results": [
            {
                "severity": result.severity.name.lower(),
                "focusNode": result.focus_node,
                "path": result.path,
                "value": result.value,
                "messages": result.messages,
                "sourceShape": result.source_shape,
                "component": result.component,
            }
            for result in results
        ],
    }


def _render(report: ValidationReport, form: ListForm) -> Response:
    error = form.first_error
    kept = () if error else _keep_results(report, form)
    page = open_list(map(read_result, kept), form.by).cut()
    lines = [line for group in page.items for line in group.lines]
    labels = _load_labels(lines)
    text = render_template(
        "validation.html",
        form=form,
        report=report,
        counts=[(words, report.count(each)) for each, words in SEVERITY_WORDS.items()],
        page=page,
        all_lines=len(report.results),
        frame=Frame(iri.value for iri in collect_iris(page.items)),
        show_result=lambda result: _show_result(result, labels),
        name_rule=name_rule,
        severity_words=SEVERITY_WORDS,
        page_address=page_address,
        offers=list_downloads(REPORT_OFFERS),
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _keep_results(report: ValidationReport, form: ListForm) -> tuple[ValidationResult, ...]:
    """Return what the form asks for, heaviest first, and what one shape found together."""
    kept = [result for result in report.results if form.keeps(result.severity)]
    return tuple(sorted(kept, key=lambda each: (each.severity, each.source_shape)))


def _describe_table(report: ValidationReport, form: ListForm) -> Table:
    lines = open_list(map(read_result, _keep_results(report, form)), form.by).lines
    labels = _load_labels(lines)

    def tell(line: WorkLine[ValidationResult]) -> tuple[str, Sequence[Cell]]:
        shown = _show_result(line.found, labels)
        return line.found.message(current_language()), (shown.path.text, shown.value.text)

    return Table(
        "validation",
        gettext("Validation"),
        list_headings(gettext("Property"), gettext("Value")),
        list_rows(lines, Frame(iri.value for iri in collect_iris(lines)), tell),
        url_for(
            "operations.show_validation",
            by=form.typed["by"] or None,
            severity=form.typed["severity"] or None,
        ),
    )


def _load_labels(lines: Iterable[WorkLine[ValidationResult]]) -> Mapping[str, Literal]:
    found = [line.found for line in lines]
    names = {name for each in found for name in (each.focus_node, each.path, each.value)}
    return load_labels(current_reader(), names, current_language())


def _show_result(result: ValidationResult, labels: Mapping[str, Literal]) -> ShownResult:
    return ShownResult(
        _show_node(result.focus_node, labels),
        _show_node(_shorten_path(result.path), labels),
        _show_node(result.value if result.value != result.focus_node else "", labels),
    )


def _shorten_path(path: str) -> str:
    """Return a property path with prefixed names in place of the IRIs in it."""
    return re.sub(r"<([^<>]*)>", lambda found: compact_iri(found[1]), path)


def _show_node(text: str, labels: Mapping[str, Literal]) -> ShownTerm:
    """Show a node of the report, which is an IRI or the text of a literal or a path."""
    if is_iri(text):
        return show_iri(text, current_addresses(), labels)
    shown, cut = cut_text(text)
    return ShownTerm("literal", shown, cut=cut)
