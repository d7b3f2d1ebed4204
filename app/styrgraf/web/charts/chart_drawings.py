"""Charts of delegations as drawings: parties are boxes, what is delegated stands on the lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.nets import Line, Net
from styrgraf.exchange.strokes import Box
from styrgraf.governance.charts.growth import (
    GIVER_UNSTATED,
    RECEIVER_UNSTATED,
    Bond,
    Chart,
    Fold,
    Joint,
)
from styrgraf.model import Iri
from styrgraf.web.charts.chart_words import STATE_KINDS, speak_box, write_joint
from styrgraf.web.drawings import make_net_drawing
from styrgraf.web.languages import gettext, ngettext
from styrgraf.web.pages import Frame

UNSTATED = (GIVER_UNSTATED, RECEIVER_UNSTATED)


@dataclass(frozen=True, slots=True)
class ChartScene:
    """What a drawing of a chart takes beside the chart.

    `matters` are those of each delegation; `focus` is the party it is about; `fallen` are the
    delegations that fall; `unfold` tells where a fold leads.
    """

    frame: Frame
    matters: Mapping[str, tuple[Iri, ...]]
    unfold: Callable[[Fold], str]
    focus: Collection[str] = ()
    fallen: Collection[str] = ()


def draw_chart_net(chart: Chart, scene: ChartScene, title: str, identifier: str) -> Drawing:
    """Return the drawing of a chart."""
    boxes = {key: _draw_party(key, scene) for key in chart.parties}
    lines = [_draw_joint(joint, scene) for joint in chart.joints]
    for number, fold in enumerate(chart.folds, 1):
        key = f"fold-{number}"
        boxes[key] = _draw_fold(fold, scene)
        if fold.party:
            ends = (key, fold.party) if fold.above else (fold.party, key)
            lines.append(Line(*ends))
    return make_net_drawing(
        Net(_speak(boxes, lines), tuple(lines)),
        title,
        gettext(
            "From left to right: who delegates, and to whom. Whole line: in force. Dashed line with"
            " ?: cannot be told. Broken line with ✕: does not hold. Dotted line: not yet, or by a"
            " role. Long dashes: has ended. The words on the line say which."
        ),
        identifier,
    )


def _draw_party(key: str, scene: ChartScene) -> Box:
    if key in UNSTATED:
        words = gettext("giver not stated") if key == GIVER_UNSTATED else gettext("not stated")
        return Box(words, kind="group")
    iri, frame = Iri(key), scene.frame
    kind = "emphasis" if key in scene.focus else ""
    return Box(frame.label(iri), (), frame.address(iri), kind, frame.language(iri), key)


def _draw_joint(joint: Joint, scene: ChartScene) -> Line:
    falls = any(each in scene.fallen for each in joint.delegations)
    found = (each for name in joint.delegations for each in scene.matters.get(name, ()))
    matters = tuple(dict.fromkeys(found))
    return Line(
        joint.start,
        joint.end,
        write_joint(joint, matters, scene.frame, falls=falls),
        "failing" if falls else _choose_kind(joint),
        " ".join(joint.delegations),
    )


def _choose_kind(joint: Joint) -> str:
    if joint.bond is Bond.DELEGATION:
        return STATE_KINDS.get(joint.state, "")
    return "inferred" if joint.bond is Bond.ROLE else "possible"


def _draw_fold(fold: Fold, scene: ChartScene) -> Box:
    name = gettext("+%(number)s more", number=fold.number)
    detail = gettext("no room here") if fold.full else gettext("show")
    whom = _name(fold.party, scene)
    if fold.above:
        spoken = ngettext(
            "%(num)s delegation before %(party)s is not drawn",
            "%(num)s delegations before %(party)s are not drawn",
            fold.number,
            party=whom,
        )
    else:
        spoken = ngettext(
            "%(num)s more after %(party)s: show",
            "%(num)s more after %(party)s: show",
            fold.number,
            party=whom,
        )
    return Box(name, (detail,), scene.unfold(fold), "group", spoken=spoken)


def _name(key: str, scene: ChartScene) -> str:
    if key in UNSTATED or not key:
        return str(gettext("those not stated") if key else gettext("the beginnings"))
    return scene.frame.label(Iri(key))


def _speak(boxes: Mapping[str, Box], lines: Iterable[Line]) -> dict[str, Box]:
    """Return the boxes with what is read out for each, directions said in words."""
    incoming: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    onward: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.label:
            incoming[line.end].append((boxes[line.start].name, line.label))
        onward[line.start].append(boxes[line.end].name)
    return {
        key: box
        if box.spoken
        else replace(box, spoken=speak_box(box.name, incoming[key], onward[key]))
        for key, box in boxes.items()
    }
