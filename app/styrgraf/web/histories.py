"""What happened to a thing, on its page: on an axis of time, as a table, and as a file."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext

from styrgraf.exchange.spreadsheets import Row
from styrgraf.exchange.timelines import Bar
from styrgraf.governance.histories import Chapter, History
from styrgraf.governance.statements import Source
from styrgraf.web.addresses import this_address
from styrgraf.web.change_rows import list_sources
from styrgraf.web.change_words import CAUSE_WORDS
from styrgraf.web.history_words import tell_links
from styrgraf.web.pages import Frame
from styrgraf.web.sheets import Table
from styrgraf.web.time_axes import draw_axis, make_bar, tell_span

PAGE_SIZE = 30
"""Rows on the axis and in the table at a time."""
PAGE_PARAMETER = "history"


def draw_history(history: History, frame: Frame, name: str) -> str:
    """Return the axis of time; empty where nothing is dated."""
    bars = (_draw(chapter, frame) for chapter in history.chapters.items)
    return draw_axis(bars, gettext("%(name)s over time", name=name), "history-axis")


def _draw(chapter: Chapter, frame: Frame) -> Bar:
    words = f"{tell_span(chapter.span)} · {tell_links(chapter, frame)}"
    return make_bar(chapter.span, frame, words)


def tabulate_history(history: History, frame: Frame, name: str) -> Table:
    """Return the table of what happened to the thing called `name`."""
    headings = (
        gettext("What"),
        gettext("How it hangs together"),
        gettext("From"),
        gettext("End (first day after)"),
        gettext("When"),
        gettext("By which decision"),
        gettext("Where it stands"),
        "IRI",
    )
    rows = (_make_row(chapter, frame) for chapter in history.chapters.items)
    title = gettext("%(name)s over time", name=name)
    return Table(gettext("timeline"), title, headings, rows, this_address("time", format="html"))


def _make_row(chapter: Chapter, frame: Frame) -> Row:
    span = chapter.span
    return (
        frame.label(chapter.iri),
        tell_links(chapter, frame),
        span.start,
        span.end,
        tell_span(span),
        "; ".join(
            f"{gettext(CAUSE_WORDS[name.value])} {frame.label(stated.value)}"
            for name, stated in chapter.causes
        ),
        "; ".join(list_sources(tuple(dict.fromkeys(_list_sources(chapter))))),
        chapter.iri.value,
    )


def _list_sources(chapter: Chapter) -> Iterator[Source]:
    period = chapter.period
    for stated in (chapter.day, period.valid_from, period.valid_to):
        yield from stated.sources if stated else ()
