"""What happened to a thing, on its page: on an axis of time, as a table, and as a file."""

from __future__ import annotations

from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.spreadsheets import Row
from styrgraf.exchange.timelines import Bar
from styrgraf.governance.histories import Chapter, History
from styrgraf.language import N_
from styrgraf.web.cells import list_days, read_stated
from styrgraf.web.change_words import CAUSE_WORDS
from styrgraf.web.history_words import tell_links
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.sheets import Layout, Table, lay_out
from styrgraf.web.time_axes import draw_axis, make_bar, tell_span

PAGE_SIZE = 30
"""Rows on the axis and in the table at a time."""
PAGE_PARAMETER = "history"


def draw_history(history: History, frame: Frame, name: str) -> Drawing:
    """Return the axis of time; empty where nothing is dated."""
    bars = (_draw(chapter, frame) for chapter in history.chapters.items)
    return draw_axis(bars, gettext("%(name)s over time", name=name), "history")


def _draw(chapter: Chapter, frame: Frame) -> Bar:
    words = f"{tell_span(chapter.span)} · {tell_links(chapter, frame)}"
    return make_bar(chapter.span, frame, words)


def tabulate_history(history: History, frame: Frame, name: str) -> Table:
    """Return the table of what happened to the thing called `name`."""
    facts = [(gettext("About"), name)]
    return lay_out(_LAYOUT, gettext("timeline"), history.chapters.items, frame, facts)


def _make_row(chapter: Chapter, frame: Frame) -> Row:
    first, last = list_days(chapter.period)
    day = read_stated(chapter.day)
    return (
        frame.label(chapter.iri),
        tell_links(chapter, frame),
        day or first,
        day or last,
        tell_span(chapter.span),
        "; ".join(
            f"{gettext(CAUSE_WORDS[name.value])} {frame.label(stated.value)}"
            for name, stated in chapter.causes
        ),
    )


_LAYOUT = Layout(
    N_("What happened over time"),
    (
        *(N_("What"), N_("How it hangs together"), N_("First day"), N_("Last day"), N_("When")),
        N_("By which decision"),
    ),
    _make_row,
)
