"""Trees drawn from left to right, each parent beside the middle of what hangs under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from styrgraf.exchange.lettering import estimate_width
from styrgraf.exchange.strokes import (
    ARROW,
    DETAIL_LEADING,
    DETAIL_SIZE,
    LABEL_RISE,
    MARGIN,
    MARK,
    MARK_AIR,
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

_GAP_Y, _STEM = 12, 20
_BARE_GAP, _LABEL_AIR = 44, 14


@dataclass(frozen=True, slots=True)
class Branch:
    """A box with what hangs under it; `label` stands on the line that leads to it.

    Of a label in lines, the first stands above the line and the others below it. `kind` is that
    of the line: possible, inferred, coming, ended, unknown (bears a ?), failing (bears a ✕).
    `about` is the IRI of what the line stands for, such as a delegation; the box then says in its
    details what that is.
    """

    box: Box
    branches: tuple[Branch, ...] = ()
    label: str = ""
    kind: str = ""
    about: str = ""


@dataclass(slots=True)
class _Placed:
    """A branch with the shape of its box, and the place of it among all boxes."""

    branch: Branch
    shape: Shape
    above: tuple[str, ...]
    below: tuple[str, ...]
    depth: int
    children: tuple[_Placed, ...]
    extent: int
    source: int = -1
    number: int = -1


def draw_tree(roots: Sequence[Branch], title: str, description: str, identifier: str) -> str:
    """Return the SVG of a forest, roots at the left; `identifier` keeps its ids apart."""
    placed = [_measure(root, 0) for root in roots]
    bottom = MARGIN
    for root in placed:
        bottom = _stack(root, bottom) + _GAP_Y
    nodes = [node for root in placed for node in _walk(root)]
    for number, node in enumerate(nodes):
        node.number = number
        for child in node.children:
            child.source = number
    _set_columns(nodes)
    width = max((node.shape.x + node.shape.width for node in nodes), default=0) + MARGIN
    height = max((node.shape.y + node.extent for node in nodes), default=0) + MARGIN
    parts = [edge for node in nodes if node.children for edge in _draw_edges(node)]
    parts += [_draw_box(node) for node in nodes]
    return write_svg(parts, (width, height), (title, description), identifier)


def _measure(branch: Branch, depth: int) -> _Placed:
    shape = measure_box(branch.box, branch.kind)
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    extent = shape.height
    if branch.label:
        above, below = wrap_label(branch.label)
        lines = max(len(above), len(below))
        extent = max(extent, 2 * (lines * DETAIL_LEADING + LABEL_RISE))
    children = tuple([_measure(child, depth + 1) for child in branch.branches])
    return _Placed(branch, shape, above, below, depth, children, extent)


def _stack(node: _Placed, top: int) -> int:
    """Place `node` and what hangs under it from `top` down; return the bottom."""
    shape = node.shape
    if not node.children:
        shape.y = top + (node.extent - shape.height) // 2
        return top + node.extent
    bottom = top - _GAP_Y
    for child in node.children:
        bottom = _stack(child, bottom + _GAP_Y)
    middle = (node.children[0].shape.middle + node.children[-1].shape.middle) // 2
    shape.y = middle - shape.height // 2
    if (lack := top - shape.y) > 0:
        for each in _walk(node):
            each.shape.y += lack
        bottom += lack
    return max(bottom, shape.y + shape.height)


def _walk(node: _Placed) -> Iterator[_Placed]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(each.children))


def _set_columns(nodes: Sequence[_Placed]) -> None:
    columns: dict[int, list[_Placed]] = {}
    for node in nodes:
        columns.setdefault(node.depth, []).append(node)
    x = MARGIN
    for depth, column in sorted(columns.items()):
        texts = {line for node in column for line in (*node.above, *node.below)}
        labels = [ceil(estimate_width(line, DETAIL_SIZE)) for line in texts]
        if depth:
            signs = any(find_stroke(node.branch.kind).sign for node in column)
            air = _LABEL_AIR + (MARK_AIR if signs else 0)
            x += max(_BARE_GAP, max(labels, default=0) + _STEM + ARROW + air)
        width = max(node.shape.width for node in column)
        for node in column:
            node.shape.x, node.shape.width = x, width
        x += width


def _draw_edges(node: _Placed) -> Iterator[str]:
    """Yield the lines to all that hangs under a node: one path for each kind, then signs, words."""
    trunk = node.shape.x + node.shape.width + _STEM
    start = f"M{trunk - _STEM} {node.shape.middle}H{trunk}V"
    lines: dict[str, list[str]] = {}
    heads = []
    for child in node.children:
        end, middle, kind = child.shape.x, child.shape.middle, child.branch.kind
        lines.setdefault(kind, []).append(f"{start}{middle}H{end - ARROW}")
        heads.append(f"M{end} {middle}l-9 -4.5v9z")
    for kind, paths in lines.items():
        yield draw_path("".join(paths), kind)
    yield f'<path class="arrow" d="{"".join(heads)}" fill="{PALE}"/>'
    for child in node.children:
        if child.branch.kind or child.branch.label:
            yield _draw_marks(child, trunk + 8)


def _draw_marks(child: _Placed, left: int) -> str:
    end, middle = child.shape.x, child.shape.middle
    top = middle - LABEL_RISE - (len(child.above) - 1) * DETAIL_LEADING
    return (
        draw_sign(child.branch.kind, end - ARROW - MARK - 2, middle)
        + draw_words(child.above, left, top)
        + draw_words(child.below, left, middle + LABEL_RISE + DETAIL_LEADING - 6)
    )


def _draw_box(node: _Placed) -> str:
    source = "" if node.source < 0 else str(node.source)
    return draw_box(node.shape, node.branch.label, node.number, source)
