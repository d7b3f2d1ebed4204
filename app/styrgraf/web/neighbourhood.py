"""The neighbourhood of a thing as a drawing: what points at it, and what it points at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from flask import request

from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.nets import Line, Net
from styrgraf.exchange.strokes import Box
from styrgraf.namespaces import DCTERMS, RDF, SG, SKOS
from styrgraf.web.addresses import this_address
from styrgraf.web.drawings import make_net_drawing
from styrgraf.web.languages import current_language, gettext, ngettext
from styrgraf.web.statements import Statements
from styrgraf.web.terms import ShownTerm, cut_text

MOST_NEIGHBOURS = 24
"""Boxes beside the thing; what is left over is counted in words."""
_MOST_CHARACTERS = 90
_LEFT_OUT = {
    RDF + "type",
    SG + "statedIn",
    DCTERMS + "source",
    SKOS + "inScheme",
}
"""Properties that say what a thing is, or where it is said, and not what it has to do with."""

Link = tuple[ShownTerm, ShownTerm]
"""A property, and the thing at its other end."""


def draw_neighbourhood(name: ShownTerm, statements: Statements) -> Drawing:
    """Return the drawing of a thing among its neighbours; with too many, the first by property."""
    incoming = _take_turns(
        [(group.name, thing) for thing in group.things if thing.kind == "iri"]
        for group in statements.incoming
        if group.name.name not in _LEFT_OUT
    )
    outgoing = _take_turns(
        [(group.name, each.value) for each in group.values if _is_neighbour(each.value)]
        for group in statements.groups
        if group.name.name not in _LEFT_OUT
    )
    net = _make_net(name, incoming, outgoing)
    return make_net_drawing(
        net if net.lines else Net({}),
        gettext("Neighbours of %(name)s", name=_cut(name)),
        gettext("From left to right: what points at it, the thing itself, what it points at."),
        "neighbourhood",
    )


def _is_neighbour(term: ShownTerm) -> bool:
    return term.kind == "iri" and "/id/locator/" not in term.name


def _take_turns(groups: Iterable[list[Link]]) -> list[Link]:
    """Return the first of each property, then the second of each, and so on."""
    return [link for turn in zip_longest(*groups) for link in turn if link]


def _make_net(name: ShownTerm, incoming: Sequence[Link], outgoing: Sequence[Link]) -> Net:
    before = max(MOST_NEIGHBOURS // 2, MOST_NEIGHBOURS - len(outgoing))
    after = max(MOST_NEIGHBOURS // 2, MOST_NEIGHBOURS - len(incoming))
    shown = (*incoming[:before], *outgoing[:after])
    boxes = {each.name: _draw(each) for _, each in shown}
    boxes[name.name] = replace(_draw(name, "emphasis"), address="")
    lines = [Line(each.name, name.name, word.text) for word, each in incoming[:before]]
    lines += [Line(name.name, each.name, word.text) for word, each in outgoing[:after]]
    if (number := len(incoming) - before) > 0:
        boxes["before"] = _draw_fold(number, "incoming")
        lines.append(Line("before", name.name))
    if (number := len(outgoing) - after) > 0:
        boxes["after"] = _draw_fold(number, "statements")
        lines.append(Line(name.name, "after"))
    return Net(boxes, tuple(line for line in lines if line.start != line.end))


def _draw_fold(number: int, anchor: str) -> Box:
    words = ngettext("%(num)s more on the page", "%(num)s more on the page", number)
    # A drawing by itself leads to the page, not to a part of itself.
    address = this_address(anchor, **({"format": "html"} if "format" in request.args else {}))
    return Box(words, (), address, "group")


def _draw(term: ShownTerm, kind: str = "") -> Box:
    language = "" if term.language == current_language() else term.language
    return Box(_cut(term), (), term.href or "", kind, language, term.name)


def _cut(term: ShownTerm) -> str:
    return cut_text(term.text, _MOST_CHARACTERS)[0]
