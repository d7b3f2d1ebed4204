"""The trees from purposes to who answers for the work: as a drawing, a list and a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request, url_for

from styrgraf.errors import UnknownNameError
from styrgraf.exchange.diagrams import Branch
from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.spreadsheets import Row
from styrgraf.exchange.strokes import Box
from styrgraf.governance.goal_trees import (
    MOST_BELOW,
    MOST_LISTED,
    MOST_NODES,
    Bond,
    GoalForest,
    GoalNode,
    read_goal_links,
    read_goal_trees,
)
from styrgraf.governance.statements import Certainty, SourcedIri
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.authority.order_rows import CERTAINTY_WORDS
from styrgraf.web.cells import join_names
from styrgraf.web.charts.chart_forms import lengthen
from styrgraf.web.drawings import make_drawing
from styrgraf.web.languages import gettext, ngettext
from styrgraf.web.pages import Frame, gather_frame
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import Layout, Table, lay_out

TREE = "tree"
TOP_PARAMETER = "of"

BOND_WORDS: Mapping[Bond, str] = {
    Bond.PART: N_("part"),
    Bond.BEARER: N_("purpose of"),
    Bond.GOAL: N_("goal"),
    Bond.FOCUS_AREA: N_("focus area"),
    Bond.RESULT: N_("result"),
    Bond.ACTION: N_("work"),
    Bond.RESPONSIBLE: N_("responsible"),
}
_LACKING_WORDS: Mapping[Bond, str] = {
    Bond.GOAL: N_("goal: not stated"),
    Bond.RESPONSIBLE: N_("responsible: not stated"),
}


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A thing of the trees as a row: what it hangs under, how, how deep, and what is not stated."""

    iri: Iri
    above: Iri | None
    bond: Bond | None
    depth: int
    lacking: tuple[Bond, ...]
    stated: SourcedIri | None
    times: tuple[SourcedIri, ...]
    hidden: int


def read_top() -> Iri | None:
    """Return the thing whose tree is asked for, None for all. Raises UnknownNameError."""
    text = request.args.get(TOP_PARAMETER, "").strip()
    if not text:
        return None
    top = Iri(lengthen(text))
    if not read_goal_links(current_reader()).holds(top):
        raise UnknownNameError(
            N_("“{name}” stands neither among purposes, plans and goals nor under them."),
            name=text[:80],
        )
    return top


def read_trees(top: Iri | None) -> GoalForest:
    """Return what the page shows."""
    return read_goal_trees(current_reader(), top, MOST_BELOW if top else MOST_NODES)


def place_nodes(forest: GoalForest) -> tuple[PlacedNode, ...]:
    """Return the things of the trees as rows, in the order of the drawing."""
    return tuple(
        PlacedNode(
            node.iri,
            above.iri if above else None,
            node.bond,
            depth,
            node.lacking,
            node.stated,
            node.times,
            node.hidden,
        )
        for root in forest.trees
        for node, above, depth in root.walk()
        if node.iri
    )


def draw_trees(forest: GoalForest, frame: Frame) -> Drawing:
    """Return the drawing of the trees."""
    roots = [replace(_draw(root, frame, "emphasis"), kind="") for root in forest.trees]
    if forest.hidden:
        more = gettext("+%(number)s more", number=forest.hidden)
        roots.append(Branch(Box(more, (gettext("no room here"),), kind="group")))
    return make_drawing(
        roots,
        gettext("From purpose to who is responsible"),
        gettext(
            "From left to right: a purpose, what has it, its goals, expected results and work, and"
            " who is responsible. What is not stated is said in the boxes. A dashed line means that"
            " the documents do not say it themselves."
        ),
        TREE,
    )


def tabulate_trees(top: Iri | None) -> Table:
    """Return all that is in the trees as a table."""
    forest = read_goal_trees(current_reader(), top, MOST_LISTED)
    placed = place_nodes(forest)
    hidden = forest.hidden + sum(node.hidden for root in forest.trees for node, _, _ in root.walk())
    frame = gather_frame({"nodes": placed})
    return lay_out(_LAYOUT, TREE, placed, frame, total=len(placed) + hidden)


def tell_lacking(bonds: Sequence[Bond]) -> str:
    """Return what is not stated of a thing, in words."""
    return "; ".join(gettext(_LACKING_WORDS[bond]) for bond in bonds)


def _draw(node: GoalNode, frame: Frame, kind: str = "") -> Branch:
    branches = tuple(_draw(part, frame) for part in node.parts)
    if node.hidden:
        branches += (Branch(_make_fold(node, frame)),)
    return Branch(_make_box(node, frame, kind), branches, *_tell_line(node))


def _tell_line(node: GoalNode) -> tuple[str, str]:
    """Return the words on the line to a thing, and the kind of the line."""
    if node.bond is None:
        return "", "unknown"
    words = gettext(BOND_WORDS[node.bond])
    certainty = node.stated.certainty if node.stated else Certainty.ASSERTED
    if certainty is Certainty.ASSERTED:
        return words, ""
    return f"{words}\n{gettext(CERTAINTY_WORDS[certainty])}", "possible"


def _make_box(node: GoalNode, frame: Frame, kind: str) -> Box:
    if node.iri is None:
        return Box(gettext("Purpose not stated"), kind="group")
    details = [join_names(node.times, frame)] if node.times else []
    details += [gettext(_LACKING_WORDS[bond]) for bond in node.lacking]
    return Box(
        frame.label(node.iri),
        tuple(details),
        frame.address(node.iri),
        kind,
        frame.language(node.iri),
        node.iri.value,
    )


def _make_fold(node: GoalNode, frame: Frame) -> Box:
    number = gettext("+%(number)s more", number=node.hidden)
    if node.iri is None:
        return Box(number, (gettext("no room here"),), kind="group")
    spoken = ngettext(
        "Show %(num)s thing more under %(name)s",
        "Show %(num)s things more under %(name)s",
        node.hidden,
        name=frame.label(node.iri),
    )
    address = url_for("goals.show_goals", of=shorten(node.iri), _anchor=TREE)
    return Box(number, (gettext("show"),), address, "group", spoken=spoken)


def _make_row(placed: PlacedNode, frame: Frame) -> Row:
    return (
        placed.depth,
        frame.label(placed.iri),
        gettext(BOND_WORDS[placed.bond]) if placed.bond else None,
        frame.label(placed.above) if placed.above else None,
        join_names(placed.times, frame),
        tell_lacking(placed.lacking),
        gettext(CERTAINTY_WORDS[placed.stated.certainty]) if placed.stated else None,
    )


_LAYOUT = Layout(
    N_("From purpose to who is responsible"),
    (
        *(N_("Level"), N_("What"), N_("How it hangs together"), N_("Stands under")),
        *(N_("When"), N_("What is not stated"), N_("Certainty")),
    ),
    _make_row,
)
