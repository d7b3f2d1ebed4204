"""Drawings: a left-to-right tidy tree as SVG text, made on the server.

Boxes are links, lines carry words; whatever a dash or a colour says is said in words too.
No script and no inline style: page stylesheets decide colours over the plain attributes set here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from styrgraf.exchange.lettering import estimate_width, wrap_text

_NAME_SIZE, _NAME_LEADING = 14.0, 19.0
_DETAIL_SIZE, _DETAIL_LEADING = 12.0, 16.5
_BOX_TEXT, _LABEL_TEXT = 200.0, 150.0
_PAD_X, _PAD_Y = 12.0, 9.0
_GAP_Y, _STEM, _ARROW, _MARGIN = 12.0, 20.0, 9.0, 4.0
_BARE_GAP, _LABEL_AIR, _LABEL_RISE = 44.0, 14.0, 6.0
_MARK, _MARK_AIR = 7.0, 22.0
_PLAIN_COLOURS = ("#fff", "#004791")
_COLOURS = {"emphasis": ("#def0ff", "#004791"), "group": ("#f3f6fa", "#8a97a8")}
"""Ground and border of boxes by kind, where no stylesheet says otherwise."""


@dataclass(frozen=True, slots=True)
class _Line:
    """How a kind of line is drawn: its dashes, the sign on it, and whether its box is dashed."""

    dash: str = ""
    sign: str = ""
    dashed_box: bool = True


_PLAIN = _Line(dashed_box=False)
_LINES = {
    "possible": _Line("6 4"),
    "inferred": _Line("2 4", dashed_box=False),
    "unknown": _Line("6 4", "?"),
    "failing": _Line("11 4 2 4", "✕"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """What a box says: a name, further lines, where it leads; `kind` names a class of its own.

    `iri` is that of the thing it stands for: boxes of one thing are one node of the graph.
    """

    name: str
    details: tuple[str, ...] = ()
    address: str = ""
    kind: str = ""
    language: str = ""
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A box with what hangs under it; `label` stands on the line that leads to it.

    Of a label in lines, the first stands above the line and the others below it. `kind` is that
    of the line: possible, inferred, unknown (bears a ?), failing (bears a ✕). `about` is the IRI of
    what the line stands for, such as a delegation; the box then says in its details what that is.
    """

    box: Box
    branches: tuple[Branch, ...] = ()
    label: str = ""
    kind: str = ""
    about: str = ""


@dataclass(slots=True)
class _Placed:
    """A branch with its texts wrapped, and where it stands."""

    branch: Branch
    names: tuple[str, ...]
    details: tuple[str, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    children: list[_Placed]
    depth: int
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0

    @property
    def height(self) -> float:
        text = len(self.names) * _NAME_LEADING + len(self.details) * _DETAIL_LEADING
        return text + 2 * _PAD_Y

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def line(self) -> _Line:
        return _LINES.get(self.branch.kind, _PLAIN)

    @property
    def extent(self) -> float:
        """Return the height that the box and its label need."""
        lines = max(len(self.above), len(self.below))
        return (
            max(self.height, 2 * (lines * _DETAIL_LEADING + _LABEL_RISE)) if lines else self.height
        )


def draw_tree(roots: Sequence[Branch], title: str, description: str, identifier: str) -> str:
    """Return the SVG of a forest, roots at the left; `identifier` keeps its ids apart."""
    placed = [_measure(root, 0) for root in roots]
    bottom = _MARGIN
    for root in placed:
        bottom = _stack(root, bottom) + _GAP_Y
    nodes = [node for root in placed for node in _walk(root)]
    _set_columns(nodes)
    width = max((node.x + node.width for node in nodes), default=0) + _MARGIN
    height = max((node.y + node.extent for node in nodes), default=0) + _MARGIN
    parts = [
        f'<svg class="diagram" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'aria-labelledby="{identifier}-title" aria-describedby="{identifier}-description">',
        f'<title id="{identifier}-title">{escape(title)}</title>',
        f'<desc id="{identifier}-description">{escape(description)}</desc>',
        *(_draw_edge(node, child) for node in nodes for child in node.children),
        *(_draw_box(node) for node in nodes),
        "</svg>",
    ]
    return "\n".join(parts)


def _measure(branch: Branch, depth: int) -> _Placed:
    names = wrap_text(branch.box.name, _NAME_SIZE, _BOX_TEXT, semibold=True)
    details = [
        line for detail in branch.box.details for line in wrap_text(detail, _DETAIL_SIZE, _BOX_TEXT)
    ]
    children = [_measure(child, depth + 1) for child in branch.branches]
    placed = _Placed(branch, names, tuple(details), *_wrap_label(branch.label), children, depth)
    widths = [estimate_width(name, _NAME_SIZE, semibold=True) for name in names]
    widths += [estimate_width(detail, _DETAIL_SIZE) for detail in details]
    placed.width = max(widths, default=0) + 2 * _PAD_X
    return placed


def _wrap_label(label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines above and below a line; a label of one line is halved."""
    first, *others = label.split("\n")
    lines = wrap_text(first, _DETAIL_SIZE, _LABEL_TEXT)
    if not others:
        half = (len(lines) + 1) // 2
        return lines[:half], lines[half:]
    return lines, tuple(
        line for other in others for line in wrap_text(other, _DETAIL_SIZE, _LABEL_TEXT)
    )


def _stack(node: _Placed, top: float) -> float:
    """Place `node` and what hangs under it from `top` down; return the bottom."""
    if not node.children:
        node.y = top + (node.extent - node.height) / 2
        return top + node.extent
    bottom = top - _GAP_Y
    for child in node.children:
        bottom = _stack(child, bottom + _GAP_Y)
    middle = (node.children[0].middle + node.children[-1].middle) / 2
    node.y = middle - node.height / 2
    if (lack := top - node.y) > 0:
        for each in _walk(node):
            each.y += lack
        bottom += lack
    return max(bottom, node.y + node.height)


def _walk(node: _Placed) -> Iterator[_Placed]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _set_columns(nodes: Sequence[_Placed]) -> None:
    x = _MARGIN
    for depth in range(max((node.depth for node in nodes), default=-1) + 1):
        column = [node for node in nodes if node.depth == depth]
        texts = [line for node in column for line in (*node.above, *node.below)]
        labels = [estimate_width(line, _DETAIL_SIZE) for line in texts]
        if depth:
            air = _LABEL_AIR + (_MARK_AIR if any(node.line.sign for node in column) else 0)
            x += max(_BARE_GAP, max(labels, default=0) + _STEM + _ARROW + air)
        width = max(node.width for node in column)
        for node in column:
            node.x, node.width = x, width
        x += width


def _draw_edge(parent: _Placed, child: _Placed) -> str:
    start, trunk, end = parent.x + parent.width, parent.x + parent.width + _STEM, child.x
    kind = f"edge {child.branch.kind}".strip()
    line = f"M{start:.1f} {parent.middle:.1f}H{trunk:.1f}V{child.middle:.1f}H{end - _ARROW:.1f}"
    head = f"M{end:.1f} {child.middle:.1f}l-{_ARROW} -4.5v9z"
    return (
        f'<path class="{kind}" d="{line}" fill="none" stroke="#8a97a8"{_dash(child.line.dash)}/>'
        f'<path class="arrow" d="{head}" fill="#8a97a8"/>'
        + _draw_sign(child.line.sign, child.branch.kind, end - _ARROW - _MARK - 2, child.middle)
        + _draw_label(child, trunk)
    )


def _dash(pattern: str) -> str:
    return f' stroke-dasharray="{pattern}"' if pattern else ""


def _draw_sign(sign: str, kind: str, x: float, y: float) -> str:
    """Return a ring with a sign in it, on the line."""
    if not sign:
        return ""
    return (
        f'<g class="sign {kind}" aria-hidden="true">'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_MARK:g}" fill="#fff" stroke="#8a97a8"/>'
        f'<text x="{x:.1f}" y="{y + 3.8:.1f}" font-size="11" font-weight="600" '
        f'text-anchor="middle">{sign}</text></g>'
    )


def _draw_label(child: _Placed, trunk: float) -> str:
    """Return the words on a line."""
    top = child.middle - _LABEL_RISE - (len(child.above) - 1) * _DETAIL_LEADING
    under = child.middle + _LABEL_RISE + _DETAIL_LEADING - 6
    lines = [(text, top + number * _DETAIL_LEADING) for number, text in enumerate(child.above)]
    lines += [(text, under + number * _DETAIL_LEADING) for number, text in enumerate(child.below)]
    return "".join(_draw_line("edge-label", text, trunk + 8, y, _DETAIL_SIZE) for text, y in lines)


def _draw_box(node: _Placed) -> str:
    box = node.branch.box
    dash = _dash("6 4" if node.line.dashed_box else "")
    ground, border = _COLOURS.get(box.kind, _PLAIN_COLOURS)
    y = node.y + _PAD_Y + _NAME_SIZE
    x = node.x + _PAD_X
    parts = [
        f'<rect x="{node.x:.1f}" y="{node.y:.1f}" width="{node.width:.1f}" '
        f'height="{node.height:.1f}" rx="5" fill="{ground}" stroke="{border}"{dash}/>'
    ]
    for name in node.names:
        parts.append(_draw_line("box-name", name, x, y, _NAME_SIZE, box.language))
        y += _NAME_LEADING
    for detail in node.details:
        parts.append(_draw_line("box-detail", detail, x, y - 1.5, _DETAIL_SIZE))
        y += _DETAIL_LEADING
    return _wrap_box(node, "".join(parts))


def _draw_line(kind: str, text: str, x: float, y: float, size: float, language: str = "") -> str:
    tongue = f' lang="{escape(language)}"' if language else ""
    weight = ' font-weight="600"' if kind == "box-name" else ""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{weight}{tongue}>'
        f"{escape(text)}</text>"
    )


def _wrap_box(node: _Placed, content: str) -> str:
    box = node.branch.box
    kind = " ".join(filter(None, ("node", box.kind, node.branch.kind)))
    if not box.address:
        return f'<g class="{escape(kind)}">{content}</g>'
    spoken = ", ".join(filter(None, (box.name, *box.details, node.branch.label)))
    return (
        f'<a class="{escape(kind)}" href="{escape(box.address)}" '
        f'aria-label="{escape(spoken)}">{content}</a>'
    )
