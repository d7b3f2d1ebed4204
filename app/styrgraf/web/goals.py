"""Purposes, goals, principles, initiatives, work, and plans with what stands empty in them."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint

from styrgraf.exchange.timelines import Bar, draw_timeline
from styrgraf.governance.goals import LISTS, Aims, read_aims
from styrgraf.governance.spans import Span
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame, render_page, show_day
from styrgraf.web.paging import read_page_number
from styrgraf.web.services import current_reader

blueprint = Blueprint("goals", __name__)

MOST_BARS = 60
"""Rows on the time axis; the tables have the rest."""


@blueprint.get("/goals")
def show_goals() -> str:
    """Show one page of each list of goals and plans; each list has its own page number."""
    pages = {name: read_page_number(name) for name in LISTS}
    aims = read_aims(current_reader(), pages)
    return render_page(
        "goals.html",
        lambda frame: {"timeline": _draw_spans(aims, frame), "most_bars": MOST_BARS},
        aims=aims,
    )


def _draw_spans(aims: Aims, frame: Frame) -> str:
    """Return the bars of what goes on for a time; empty where no day is stated."""
    bars = [
        Bar(
            frame.label(span.iri),
            frame.address(span.iri),
            frame.language(span.iri),
            span.start,
            span.end,
            _tell_span(span),
        )
        for span in aims.spans[:MOST_BARS]
    ]
    title = gettext("Plans, initiatives and work over time")
    return draw_timeline(bars, title, "spans", find_today(), gettext("today")) if bars else ""


def _tell_span(span: Span) -> str:
    """Return a span in words, no more exact than it is stated."""
    start = show_day(span.start.isoformat(), span.precision) if span.start else ""
    last = span.end - timedelta(days=1) if span.end else None
    end = show_day(last.isoformat(), span.precision) if last else ""
    if start and end:
        both = str(gettext("%(start)s to %(end)s", start=start, end=end))
        return start if start == end else both
    if start:
        return str(gettext("from %(day)s, end not stated", day=start))
    return str(gettext("until %(day)s, start not stated", day=end))
