"""Axes of time on pages: spans as bars, and in words no more exact than they are stated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.timelines import Axis, Bar
from styrgraf.governance.spans import Span
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.pages import Frame, show_day, show_month


def draw_axis(bars: Iterable[Bar], title: str, identifier: str) -> Drawing:
    """Return the drawing of bars, with today among them; empty without bars."""
    rows = tuple(bars)
    quarters = tuple(map(show_month, ("4", "7", "10")))
    axis = Axis(rows, find_today(), gettext("today"), quarters) if rows else None
    description = gettext(
        "A bar goes from the first day to the last, as far as they are stated; a dashed one has an"
        " open side."
    )
    return Drawing(title, description, identifier, current_language(), axis=axis)


def make_bar(span: Span, frame: Frame, words: str = "") -> Bar:
    """Return the bar of a span, under which `words` stand, else the span in words."""
    return Bar(
        frame.label(span.iri),
        frame.address(span.iri),
        frame.language(span.iri),
        span.start,
        span.end,
        words or tell_span(span),
        span.iri.value,
    )


def tell_span(span: Span) -> str:
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
