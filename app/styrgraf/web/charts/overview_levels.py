"""A level of the overview: as a page shows it, as data to draw, as a drawing and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from styrgraf.exchange import icicles
from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.charts.forests import UNSTATED, Forest, Grouping, find_named
from styrgraf.governance.statements import Page
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.addresses import this_address
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.charts.overview_forms import OverviewForm
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import MOST_ROWS, Table

PAGE_SIZE = 50
MOST_CELLS, MOST_NAMED = 4_000, 1_200
"""So many cells are drawn of a level, and so many of the largest have names in the browser."""
HEADINGS = {
    Grouping.DELEGATOR: N_("Posts, bodies and roles, itself counted"),
    Grouping.UNIT: N_("Posts"),
}
"""What the cells count."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A thing of the level: its name, where it leads, and how many lie in it."""

    name: str
    language: str
    iri: str
    size: int
    level: str
    page: str
    graph: str


@dataclass(frozen=True, slots=True)
class OverviewView:
    """What the page shows of a level, or of what was found."""

    total: int
    above: tuple[Cell, ...]
    cells: Page[Cell]
    found: bool


def describe_level(forest: Forest, place: int, depth: int | None) -> dict[str, object]:
    """Return a level and what lies under it as arrays, a whole before its parts.

    `wholes` are places in the arrays; things too small to be read have no name.
    """
    places = _cut(forest, place, depth)
    largest = sorted(places, key=lambda each: -forest.sizes[each])[:MOST_NAMED]
    frame = Frame(forest.names[each] for each in largest)
    named = set(largest)
    numbers = {each: number for number, each in enumerate(places)}
    return {
        "names": [_tell_name(forest, each, frame) if each in named else "" for each in places],
        "ids": [_shorten(forest, each) for each in places],
        "wholes": [numbers.get(forest.wholes[each], -1) for each in places],
        "sizes": [forest.sizes[each] for each in places],
        "deeper": [int(each in forest.parts) for each in places],
    }


def lay_out(forest: Forest, place: int, form: OverviewForm, number: int) -> OverviewView:
    """Return what the page shows."""
    listed = _list_places(forest, place, form)
    page = Page(tuple(listed), size=PAGE_SIZE, total=len(listed)).cut(number)
    above = forest.list_above(place)
    frame = Frame(forest.names[each] for each in (*above, *page.items))

    text = form.typed["find"]

    def show(each: int) -> Cell:
        name = forest.names[each]
        known = name not in {"", UNSTATED}
        short = _shorten(forest, each)
        level = each if each in forest.parts else forest.wholes[each]
        return Cell(
            _tell_name(forest, each, frame),
            frame.language(Iri(name)) if known else "",
            name,
            forest.sizes[each],
            form.link(at=_shorten(forest, level) or None) if each in forest.parts or text else "",
            frame.address(Iri(name)) if known else "",
            url_for("delegations.show_delegations", party=short, on=form.typed["on"] or None)
            if known
            else "",
        )

    return OverviewView(
        forest.sizes[0],
        tuple(map(show, above)),
        page.with_items(map(show, page.items)),
        bool(text),
    )


def draw_level(forest: Forest, place: int, form: OverviewForm) -> Drawing:
    """Return the level and what lies under it as a drawing."""
    places = _cut(forest, place, form.depth)
    frame = Frame(forest.names[each] for each in places)
    numbers = {each: number for number, each in enumerate(places)}

    def make_cell(each: int) -> icicles.Cell:
        iri = Iri(forest.names[each])
        return icicles.Cell(
            _tell_name(forest, each, frame),
            forest.sizes[each],
            numbers.get(forest.wholes[each], -1),
            form.link(at=_shorten(forest, each)) if each in forest.parts else "",
            frame.language(iri),
            "" if iri.value in {"", UNSTATED} else iri.value,
        )

    return Drawing(
        gettext("Overview of all"),
        gettext("Each column is a step down; the higher a cell, the more lies in it."),
        "overview",
        current_language(),
        cells=tuple(map(make_cell, places)),
    )


def tabulate_level(forest: Forest, place: int, form: OverviewForm) -> Table:
    """Return the table of what lies in the level, or of what is found."""
    listed = _list_places(forest, place, form)
    kept = listed[:MOST_ROWS]
    frame = Frame(forest.names[each] for each in (place, *kept))
    rows: list[Row] = [
        (_tell_name(forest, each, frame), forest.sizes[each], _name_iri(forest, each))
        for each in kept
    ]
    return Table(
        "overview",
        gettext("Overview of all"),
        (gettext("Name"), gettext(HEADINGS[form.by]), "IRI"),
        rows,
        this_address(format="html"),
        (
            (gettext("Day"), form.on),
            (gettext("Where this level lies"), _tell_name(forest, place, frame)),
            (gettext("Look for a name"), form.typed["find"]),
        ),
        len(listed),
    )


def _cut(forest: Forest, place: int, depth: int | None) -> list[int]:
    return forest.cut(place, depth, None if depth is None else MOST_CELLS)


def _list_places(forest: Forest, place: int, form: OverviewForm) -> Sequence[int]:
    """Return what lies in the level; where a name is looked for, what has it."""
    if text := form.typed["find"]:
        return find_named(current_reader(), forest, text)
    return forest.parts.get(place, ())


def _name_iri(forest: Forest, place: int) -> str:
    name = forest.names[place]
    return "" if name == UNSTATED else name


def _tell_name(forest: Forest, place: int, frame: Frame) -> str:
    name = forest.names[place]
    if not name:
        return str(gettext("All"))
    if name == UNSTATED:
        return str(gettext("giver not stated"))
    return frame.label(Iri(name))


def _shorten(forest: Forest, place: int) -> str:
    return shorten(forest.names[place])
