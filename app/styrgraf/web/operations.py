"""How the service is: its health, and whether the graph conforms to the shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template

import styrgraf
from styrgraf.errors import LimitError
from styrgraf.graph.reports import Severity, ValidationReport, ValidationResult, read_report
from styrgraf.model import Literal
from styrgraf.namespaces import compact_iri
from styrgraf.web.addresses import is_iri
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, JSON, TURTLE
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.representations import choose_offer, forbid_caching, link_representations
from styrgraf.web.services import (
    current_addresses,
    current_reader,
    current_settings,
    current_version,
)
from styrgraf.web.terms import ShownTerm, cut_text, show_iri

blueprint = Blueprint("operations", __name__)

REPORT_OFFERS = (JSON, TURTLE, HTML)
MOST_RESULTS = 200
"""Results on a page."""


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A result of validation as the page shows it."""

    severity: str
    message: str
    focus_node: ShownTerm
    path: ShownTerm
    value: ShownTerm
    shape: ShownTerm


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
    """Show the report that was made when the current version was loaded."""
    offer = choose_offer(REPORT_OFFERS)
    report = read_report(current_settings(), current_version())
    if offer is TURTLE:
        answer = Response(report.turtle, content_type=offer.content_type)
    elif offer is JSON:
        answer = jsonify(_describe_report(report))
    else:
        answer = Response(_render(report), content_type=offer.content_type)
    return link_representations(answer, offer, REPORT_OFFERS)


def _describe_report(report: ValidationReport) -> dict[str, object]:
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
            for result in report.results
        ],
    }


def _render(report: ValidationReport) -> str:
    page = read_page_number()
    first = (page - 1) * MOST_RESULTS
    shown = report.results[first : first + MOST_RESULTS]
    names = {
        name
        for result in shown
        for name in (result.focus_node, result.path, result.value, result.source_shape)
    }
    labels = load_labels(current_reader(), names, current_language())
    return render_template(
        "validation.html",
        report=report,
        counts={severity.name.lower(): report.count(severity) for severity in Severity},
        results=[_show_result(result, labels) for result in shown],
        page=page,
        more=len(report.results) > first + MOST_RESULTS,
        page_address=page_address,
        offers=[offer for offer in REPORT_OFFERS if offer is not HTML],
    )


def _show_result(result: ValidationResult, labels: Mapping[str, Literal]) -> ShownResult:
    return ShownResult(
        result.severity.name.lower(),
        result.message(current_language()),
        _show_node(result.focus_node, labels),
        _show_node(_shorten_path(result.path), labels),
        _show_node(result.value if result.value != result.focus_node else "", labels),
        _show_node(result.source_shape, labels),
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
