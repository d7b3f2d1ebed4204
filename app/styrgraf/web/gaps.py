"""What the documents leave open, by kind."""

from __future__ import annotations

from flask import Blueprint

from styrgraf.governance.gaps import read_gaps
from styrgraf.web.pages import render_page
from styrgraf.web.paging import read_page_number
from styrgraf.web.services import current_reader

blueprint = Blueprint("gaps", __name__)


@blueprint.get("/gaps")
def show_gaps() -> str:
    """Show one page of the gaps."""
    return render_page("gaps.html", gaps=read_gaps(current_reader(), read_page_number()))
