"""The frame that every page stands in: menu, choice of language, foot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import Flask, request, url_for
from flask_babel import format_datetime

import styrgraf
from styrgraf.errors import StyrgrafError
from styrgraf.graph.shipped import Dataset, read_dataset
from styrgraf.language import LANGUAGES, N_
from styrgraf.model import Version
from styrgraf.settings import Settings
from styrgraf.web.languages import address_in_language, current_language, gettext
from styrgraf.web.services import current_settings, current_version

_MENU = (
    ("home.show_home", N_("Start")),
    ("authority.ask_who", N_("Who may decide?")),
    ("decisions.show_decisions", N_("Decisions")),
    ("organisation.show_organisation", N_("Organisation")),
    ("delegations.show_delegations", N_("Delegations")),
    ("order_document.show_document", N_("Delegation order")),
    ("changes.show_changes", N_("What has changed")),
    ("goals.show_goals", N_("Goals and plans")),
    ("sparql.ask_by_get", N_("Query the graph")),
)
_FOOT = (
    ("about.show_about", N_("About the data")),
    ("gaps.show_gaps", N_("What is left open")),
    ("questions.show_questions", N_("Stored questions")),
    ("vocabulary.show", N_("Vocabulary")),
    ("graphs.list_graphs", N_("Named graphs")),
    ("operations.show_validation", N_("Validation")),
    ("openapi.show_api", N_("For programs")),
)
_PARTS = {
    "rehearsal": "authority",
    "competence": "authority",
    "health": "authority",
    "orders": "order_document",
}
"""Pages that belong to an entry of the menu, by the names of their blueprints."""
_LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the frame; `code` is the language of what it is called and leads to, if another.

    `current` is the page that is shown, `within` the entry that it belongs to.
    """

    name: str
    address: str
    current: bool = False
    within: bool = False
    code: str = ""


def install_layout(app: Flask) -> None:
    """Give every template what `base.html` shows."""
    app.context_processor(_describe_frame)


def _describe_frame() -> dict[str, object]:
    version = _find_version()
    return {
        "navigation": _list_entries(_MENU),
        "foot_navigation": _list_entries(_FOOT),
        "language_choices": _list_languages(),
        "release": styrgraf.__version__,
        "version": version,
        "dataset_title": _find_dataset_title(),
        "is_example": read_served_dataset(current_settings()).example,
        "recorded": format_datetime(version.recorded, "d MMMM y HH:mm") if version else "",
    }


def _find_version() -> Version | None:
    try:
        return current_version()
    except StyrgrafError:
        return None  # the page that says that there is no store has a frame too


def _find_dataset_title() -> str:
    titles = read_served_dataset(current_settings()).titles
    return titles.get(current_language()) or next(iter(titles.values()), "")


@cache
def read_served_dataset(settings: Settings) -> Dataset:
    """Return the dataset that the pages are about; its file is read once."""
    return read_dataset(settings)


def _list_entries(entries: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    shown = request.blueprint or ""
    part = _PARTS.get(shown, shown)
    return tuple(
        Entry(
            gettext(name),
            url_for(endpoint),
            request.endpoint == endpoint,
            endpoint.partition(".")[0] == part,
        )
        for endpoint, name in entries
    )


def _list_languages() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            _LANGUAGE_NAMES[code], address_in_language(code), code == current_language(), code=code
        )
        for code in LANGUAGES
    )
