"""What runs, for the administrator: queries of all web processes, and what has been counted.

One's own query may be stopped by anybody: who knows the request's identifier and asks from where
it was sent.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for

from styrgraf.errors import RefusedError, UnknownNameError
from styrgraf.language import N_
from styrgraf.web.negotiation import HTML, JSON
from styrgraf.web.representations import choose_offer, forbid_caching
from styrgraf.web.services import current_settings
from styrgraf.web.serving.clients import current_client, is_administrator
from styrgraf.web.serving.control import current_control
from styrgraf.web.serving.metrics import write_metrics

blueprint = Blueprint("running", __name__)

OFFERS = (JSON, HTML)


@blueprint.get("/queries/running")
def show_running() -> Response | str:
    """List the queries that run, the longest first."""
    _require_administrator()
    offer = choose_offer(OFFERS)
    answers = current_control().ask_all({"ask": "running"})
    queries = [query for answer in answers for query in answer]
    queries.sort(key=lambda query: -query["seconds"])
    if offer is HTML:
        return render_template("running.html", queries=queries)
    return jsonify(queries=queries)


@blueprint.route("/queries/running/<identifier>", methods=["DELETE", "POST"])
def stop_query(identifier: str) -> Response:
    """Stop a query: the administrator any, everyone else his own."""
    forbid_caching()
    client = None if is_administrator() else current_client()
    stopped = current_control().ask_all({"ask": "stop", "id": identifier, "client": client})
    if not any(stopped):
        raise UnknownNameError(
            N_("No query of yours runs under the identifier {identifier}; it may have ended."),
            identifier=identifier[:64],
        )
    if client is None and choose_offer(OFFERS) is HTML:
        return redirect(url_for("running.show_running"), 303)  # type: ignore[return-value]
    return Response(status=204)


@blueprint.get("/metrics")
def show_metrics() -> Response:
    """Show what has been counted."""
    _require_administrator()
    return write_metrics(current_control().ask_all({"ask": "metrics"}))


def _require_administrator() -> None:
    """Refuse everyone else. Raises UnknownNameError where there is no administrator."""
    forbid_caching()
    if not current_settings().admin_token:
        raise UnknownNameError(
            N_("This address is for an administrator, and none is named: set ADMIN_TOKEN.")
        )
    if not is_administrator():
        raise RefusedError(
            N_("Only the administrator may see this: send “Authorization: Bearer” and the token.")
        )
