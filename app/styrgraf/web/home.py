"""The start page: what is here, each part one click away."""

from __future__ import annotations

from flask import Blueprint

from styrgraf.governance.overview import read_overview
from styrgraf.web.pages import render_page
from styrgraf.web.services import current_reader

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show_home() -> str:
    """Show what is here."""
    return render_page("home.html", overview=read_overview(current_reader()))
