"""The decisions: a table of them all, and how programmes turn into one another."""

from __future__ import annotations

from flask import Blueprint

from styrgraf.governance.lineage import read_decisions, read_successions
from styrgraf.web.pages import render_page
from styrgraf.web.paging import read_page_number
from styrgraf.web.services import current_reader

blueprint = Blueprint("decisions", __name__)


@blueprint.get("/decisions")
def show_decisions() -> str:
    """Show one page of the decisions."""
    reader = current_reader()
    return render_page(
        "decisions.html",
        decisions=read_decisions(reader, read_page_number()),
        successions=read_successions(reader),
    )
