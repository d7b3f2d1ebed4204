"""Purposes, goals, principles, initiatives, work, and plans with what stands empty in them."""

from __future__ import annotations

from flask import Blueprint

from styrgraf.governance.goals import LISTS, read_aims
from styrgraf.web.pages import render_page
from styrgraf.web.paging import read_page_number
from styrgraf.web.services import current_reader

blueprint = Blueprint("goals", __name__)


@blueprint.get("/goals")
def show_goals() -> str:
    """Show one page of each list of goals and plans; each list has its own page number."""
    pages = {name: read_page_number(name) for name in LISTS}
    return render_page("goals.html", aims=read_aims(current_reader(), pages))
