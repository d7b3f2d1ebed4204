"""The start page: one field for a question, what is new, what ends soon, what needs attention."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from styrgraf.governance.attention import count_attention
from styrgraf.governance.overview import SOON_DAYS, Overview, read_overview
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame, render_page
from styrgraf.web.services import current_reader, current_settings

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class Example:
    """What may be typed into the field, and where that leads."""

    words: str
    address: str


@blueprint.get("/")
def show_home() -> str:
    """Show where to begin."""
    today = find_today()
    overview = read_overview(current_reader(), today)
    return render_page(
        "home.html",
        lambda frame: {"examples": _list_examples(overview, frame)},
        overview=overview,
        attention=count_attention(current_reader(), current_settings(), today),
        today=today,
        soon_days=SOON_DAYS,
    )


def _list_examples(overview: Overview, frame: Frame) -> tuple[Example, ...]:
    """Return what may be typed, of what the graph holds."""
    words = []
    if overview.matter:
        name = frame.label(overview.matter)
        words.append(gettext("who may decide on %(matter)s", matter=_begin_small(name)))
    if overview.party:
        name = frame.label(overview.party)
        words.append(gettext("what may %(party)s decide", party=_begin_small(name)))
    if overview.number:
        words.append(overview.number)
    return tuple(Example(each, url_for("search.search", q=each)) for each in words)


def _begin_small(name: str) -> str:
    """Return a name as it stands within a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
