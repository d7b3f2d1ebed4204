"""How the service is: its health, and whether the graph conforms to the shapes."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, jsonify

import styrgraf
from styrgraf.errors import LimitError
from styrgraf.web.representations import forbid_caching
from styrgraf.web.services import current_reader, current_version

blueprint = Blueprint("operations", __name__)


@blueprint.get("/healthz")
def show_health() -> Response:
    """Tell release and version; a store that cannot be used is a problem with status 503."""
    forbid_caching()
    version = current_version()
    with suppress(LimitError):  # busy is not ill
        current_reader().ask("ASK {}")
    return jsonify(
        status="ok",
        release=styrgraf.__version__,
        version=version.number,
        recorded=version.recorded.isoformat(),
        triples=version.quads,
        dataset=version.dataset,
        base=version.base,
    )
