"""Drawings in which a box may have several sources: nets, laid out by Graphviz, drawn by us.

Graphviz is told sizes only, never a text; it gives places and curves back. A net that is a forest
is drawn as the tree that it is.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from styrgraf.exchange.diagrams import Branch, draw_tree
from styrgraf.exchange.lettering import estimate_width
from styrgraf.exchange.strokes import (
    DETAIL_LEADING,
    DETAIL_SIZE,
    MARGIN,
    MARK,
    PALE,
    Box,
    Shape,
    draw_box,
    draw_path,
    draw_sign,
    draw_words,
    find_stroke,
    measure_box,
    wrap_label,
    write_svg,
)

_INCH = 72
_LAYING_OUT = threading.Lock()
"""Graphviz keeps state of its own: one at a time."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line from a box to another, by their keys; label, kind and `about` as in `Branch`.

    Where a line stands for several things, `about` holds their IRIs with spaces between.
    """

    start: str
    end: str
    label: str = ""
    kind: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Net:
    """Boxes by key, in the order in which they are walked, and the lines between them."""

    boxes: Mapping[str, Box]
    lines: tuple[Line, ...] = ()

    def list_branches(self) -> tuple[Branch, ...] | None:
        """Return the forest that it is; None where a box has two sources or a circle is closed."""
        sources = Counter(line.end for line in self.lines)
        if any(number > 1 for number in sources.values()):
            return None
        below: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            below[line.start].append(line)
        reached: set[str] = set()

        def grow(key: str, line: Line | None) -> Branch:
            reached.add(key)
            further = tuple(grow(each.end, each) for each in below[key])
            if line is None:
                return Branch(self.boxes[key], further)
            return Branch(self.boxes[key], further, line.label, line.kind, line.about)

        roots = tuple(grow(key, None) for key in self.boxes if key not in sources)
        return roots if len(reached) == len(self.boxes) else None


def draw_net(net: Net, title: str, description: str, identifier: str) -> str:
    """Return the SVG of a net, what nothing leads to at the left."""
    branches = net.list_branches()
    if branches is not None:
        return draw_tree(branches, title, description, identifier)
    placed = _lay_out(net)
    numbers = {key: number for number, key in enumerate(net.boxes)}
    sources: defaultdict[str, list[str]] = defaultdict(list)
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for line in net.lines:
        sources[line.end].append(str(numbers[line.start]))
        labels[line.end].append(line.label)
    parts = [_draw_line(line, curve) for line, curve in zip(net.lines, placed.curves, strict=True)]
    parts += [
        draw_box(shape, "; ".join(filter(None, labels[key])), numbers[key], " ".join(sources[key]))
        for key, shape in placed.shapes.items()
    ]
    return write_svg(parts, placed.size, (title, description), identifier)


@dataclass(frozen=True, slots=True)
class _Curve:
    """A Bézier curve, the point of its arrow, and the middle of the place kept for its words."""

    points: tuple[Point, ...]
    tip: Point
    words: Point | None


@dataclass(frozen=True, slots=True)
class _Placed:
    shapes: dict[str, Shape]
    curves: list[_Curve]
    size: tuple[int, int]


def _lay_out(net: Net) -> _Placed:
    from pygraphviz import AGraph  # only a net that is no tree waits for it to load

    shapes = {key: measure_box(box, _tell_kind(net, key)) for key, box in net.boxes.items()}
    names = {key: f"n{number}" for number, key in enumerate(net.boxes)}
    with _LAYING_OUT, AGraph(directed=True, strict=False) as graph:
        graph.graph_attr.update(rankdir="LR", nodesep="0.25", ranksep="0.45")
        graph.node_attr.update(shape="box", fixedsize="true", label="")
        graph.edge_attr.update(arrowsize="0.75")
        for key, shape in shapes.items():
            width, height = shape.width / _INCH, shape.height / _INCH
            graph.add_node(names[key], width=f"{width:.4f}", height=f"{height:.4f}")
        for number, line in enumerate(net.lines):
            place = _keep_place(line)
            graph.add_edge(names[line.start], names[line.end], key=f"e{number}", **place)
        graph.layout(prog="dot")
        right, top = (float(each) for each in graph.graph_attr["bb"].split(",")[2:])
        for key, shape in shapes.items():
            x, y = _read_point(graph.get_node(names[key]).attr["pos"], top)
            shape.x, shape.y = round(x - shape.width / 2), round(y - shape.height / 2)
        curves = [
            _read_curve(
                graph.get_edge(names[line.start], names[line.end], key=f"e{number}").attr, top
            )
            for number, line in enumerate(net.lines)
        ]
    return _Placed(shapes, curves, (ceil(right) + 2 * MARGIN, ceil(top) + 2 * MARGIN))


def _tell_kind(net: Net, key: str) -> str:
    """Return the kind of the lines to a box, where they are all of one."""
    kinds = {line.kind for line in net.lines if line.end == key}
    return kinds.pop() if len(kinds) == 1 else ""


def _keep_place(line: Line) -> dict[str, str]:
    """Return an empty label as large as the words on a line and its sign need."""
    texts = [text for part in wrap_label(line.label) for text in part]
    sign = 2 * MARK + 4 if find_stroke(line.kind).sign else 0
    if not texts and not sign:
        return {}
    width = ceil(max((estimate_width(text, DETAIL_SIZE) for text in texts), default=0)) + sign
    height = max(len(texts) * DETAIL_LEADING, 2 * MARK) + 4
    cell = f'<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width}" HEIGHT="{height}">'
    return {"label": f"<{cell}<TR><TD></TD></TR></TABLE>>"}


def _read_point(text: str, top: float) -> Point:
    x, y = (float(each) for each in text.split(","))
    return x + MARGIN, top - y + MARGIN


def _read_curve(attributes: Mapping[str, str], top: float) -> _Curve:
    """Read `e,x,y` (where the arrow points) and the points of the curve."""
    tip, *points = attributes["pos"].replace("\\\n", "").split()
    words = attributes["lp"]
    return _Curve(
        tuple(_read_point(point, top) for point in points),
        _read_point(tip.removeprefix("e,"), top),
        _read_point(words, top) if words else None,
    )


def _draw_line(line: Line, curve: _Curve) -> str:
    first, *others = (f"{x:.1f} {y:.1f}" for x, y in curve.points)
    return (
        draw_path(f"M{first}C{' '.join(others)}", line.kind)
        + _draw_arrow(curve.points[-1], curve.tip)
        + _draw_words(line, curve.words)
    )


def _draw_arrow(end: Point, tip: Point) -> str:
    """Return a head from where the curve ends to where it points."""
    along, down = tip[0] - end[0], tip[1] - end[1]
    wing_x, wing_y = -down / 2, along / 2
    points = (tip, (end[0] + wing_x, end[1] + wing_y), (end[0] - wing_x, end[1] - wing_y))
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path class="arrow" d="M{path}z" fill="{PALE}"/>'


def _draw_words(line: Line, middle: Point | None) -> str:
    if middle is None:
        return ""
    texts = [text for part in wrap_label(line.label) for text in part]
    width = max((estimate_width(text, DETAIL_SIZE) for text in texts), default=0)
    sign = draw_sign(line.kind, 0, 0) and 2 * MARK + 4
    left = round(middle[0] - (width + (sign or 0)) / 2)
    top = round(middle[1] - len(texts) * DETAIL_LEADING / 2)
    marked = draw_sign(line.kind, left + MARK, round(middle[1])) if sign else ""
    return marked + draw_words(texts, left + (sign or 0), top + DETAIL_LEADING - 5)
