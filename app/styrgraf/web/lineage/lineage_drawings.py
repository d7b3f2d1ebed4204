"""How decisions hang together, drawn: each line is a statement, told by its property."""

from __future__ import annotations

from collections import defaultdict

from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.nets import Line, Net
from styrgraf.exchange.strokes import Box
from styrgraf.governance.lineage import Lineage, Tie
from styrgraf.governance.statements import Certainty
from styrgraf.model import Iri
from styrgraf.web.drawings import make_net_drawing
from styrgraf.web.languages import gettext, ngettext
from styrgraf.web.pages import Frame

MOST_LINES = 120
"""With more lines a drawing tells nothing; the table has them all."""
_MOST_DELEGATIONS = 2
"""More delegations by one decision stand in one box together."""


def draw_lineage(lineage: Lineage, frame: Frame) -> Drawing:
    """Return the drawing of ties, each from the thing that states it to what it names."""
    folded = _fold_delegations(lineage)
    boxes: dict[str, Box] = {}
    lines: dict[Line, None] = {}
    for tie in lineage.ties:
        if len(lines) == MOST_LINES:
            break
        line = _draw_tie(tie, folded, frame)
        boxes.setdefault(line.end, _draw_thing(tie.end, lineage, frame))
        if tie.start in folded:
            number = len([end for end in folded.values() if end == tie.end])
            boxes.setdefault(line.start, _draw_fold(number))
        else:
            boxes.setdefault(line.start, _draw_thing(tie.start, lineage, frame))
        lines[line] = None
    return make_net_drawing(
        Net(boxes, tuple(lines)),
        gettext("How the decisions hang together"),
        gettext(
            "Each arrow is read from its box to the box it points at, by the words on it. A dashed"
            " line is a reading; a dotted line is derived."
        ),
        "lineage",
    )


def _fold_delegations(lineage: Lineage) -> dict[Iri, Iri]:
    """Return the delegations that are not drawn one by one, each with the decision behind it."""
    granted: defaultdict[Iri, list[Iri]] = defaultdict(list)
    for tie in lineage.ties:
        if tie.start in lineage.delegations:
            granted[tie.end].append(tie.start)
    return {
        delegation: decision
        for decision, delegations in granted.items()
        if len(delegations) > _MOST_DELEGATIONS
        for delegation in delegations
    }


def _draw_tie(tie: Tie, folded: dict[Iri, Iri], frame: Frame) -> Line:
    start = f"granted {tie.end.value}" if tie.start in folded else tie.start.value
    label, kind = frame.label(tie.relation), ""
    if tie.stated.certainty is Certainty.INFERRED:
        label, kind = gettext("%(words)s (derived)", words=label), "inferred"
    elif tie.stated.certainty is not Certainty.ASSERTED:
        label, kind = gettext("%(words)s (reading)", words=label), "possible"
    return Line(start, tie.end.value, label, kind)


def _draw_thing(iri: Iri, lineage: Lineage, frame: Frame) -> Box:
    kind = "emphasis" if iri in lineage.decisions else ""
    return Box(frame.label(iri), (), frame.address(iri), kind, frame.language(iri), iri.value)


def _draw_fold(number: int) -> Box:
    words = ngettext("%(num)s delegation", "%(num)s delegations", number)
    return Box(words, (gettext("in the table below"),), kind="group")
