"""The parts of a drawing as SVG text: boxes, signs, words on lines. Places in, text out.

Boxes are links, lines carry words; whatever a dash or a colour says is said in words too.
No script and no inline style: page stylesheets decide colours over the plain attributes set here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape as escape_all
from math import ceil

from styrgraf.exchange.lettering import estimate_width, wrap_text

# Whole numbers: they are written far faster than decimals.
NAME_SIZE, NAME_LEADING = 14, 19
DETAIL_SIZE, DETAIL_LEADING = 12, 17
BOX_TEXT, LABEL_TEXT = 200, 150
PAD_X, PAD_Y = 12, 9
ARROW, MARGIN, LABEL_RISE = 9, 4, 6
MARK, MARK_AIR = 7, 22
PALE = "#8a97a8"
_PLAIN_COLOURS = ("#fff", "#004791")
_COLOURS = {"emphasis": ("#def0ff", "#004791"), "group": ("#f3f6fa", PALE)}
"""Ground and border of boxes by kind, where no stylesheet says otherwise."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a kind of line is drawn: its dashes, the sign on it, and whether its box is dashed."""

    dash: str = ""
    sign: str = ""
    dashed_box: bool = True


_SPECIAL = re.compile("[&<>\"']")
_PLAIN = Stroke(dashed_box=False)
_STROKES = {
    "possible": Stroke("6 4"),
    "inferred": Stroke("2 4", dashed_box=False),
    "unknown": Stroke("6 4", "?"),
    "failing": Stroke("11 4 2 4", "✕"),
    "coming": Stroke("1 5", dashed_box=False),
    "ended": Stroke("14 6", dashed_box=False),
}


def find_stroke(kind: str) -> Stroke:
    """Return how a kind of line is drawn; a kind without a form of its own is a whole line."""
    return _STROKES.get(kind, _PLAIN)


@dataclass(frozen=True, slots=True)
class Box:
    """What a box says: a name, further lines, where it leads; `kind` names a class of its own.

    `iri` is that of the thing it stands for: boxes of one thing are one node of the graph.
    `spoken` is what is read out, where that is not name, details and the words on its line.
    """

    name: str
    details: tuple[str, ...] = ()
    address: str = ""
    kind: str = ""
    language: str = ""
    iri: str = ""
    spoken: str = ""


@dataclass(slots=True)
class Shape:
    """A box with its texts wrapped, and where it stands; `line_kind` is that of its line."""

    box: Box
    names: tuple[str, ...]
    details: tuple[str, ...]
    line_kind: str = ""
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0

    @property
    def middle(self) -> int:
        """Return how far down its middle stands."""
        return self.y + self.height // 2


def measure_box(box: Box, line_kind: str = "") -> Shape:
    """Return a box with its texts in lines, as wide as they need."""
    names, width = _measure_text(box.name, NAME_SIZE, semibold=True)
    height = 2 * PAD_Y + len(names) * NAME_LEADING
    details: tuple[str, ...] = ()
    for detail in box.details:
        lines, needed = _measure_text(detail, DETAIL_SIZE)
        details += lines
        width = max(width, needed)
        height += len(lines) * DETAIL_LEADING
    return Shape(box, names, details, line_kind, width=width + 2 * PAD_X, height=height)


@lru_cache(maxsize=20_000)
def _measure_text(text: str, size: int, *, semibold: bool = False) -> tuple[tuple[str, ...], int]:
    """Return a text in lines, and the width of the widest."""
    lines = wrap_text(text, size, BOX_TEXT, semibold=semibold)
    widths = (estimate_width(line, size, semibold=semibold) for line in lines)
    return lines, ceil(max(widths, default=0.0))


@lru_cache(maxsize=20_000)
def wrap_label(label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines above and below a line; a label of one line is halved."""
    first, *others = label.split("\n")
    lines = wrap_text(first, DETAIL_SIZE, LABEL_TEXT)
    if not others:
        half = (len(lines) + 1) // 2
        return lines[:half], lines[half:]
    return lines, tuple(
        line for other in others for line in wrap_text(other, DETAIL_SIZE, LABEL_TEXT)
    )


def write_svg(
    parts: Iterable[str], size: tuple[int, int], words: tuple[str, str], identifier: str
) -> str:
    """Return the parts as a drawing of a width and height, with its title and description."""
    width, height = size
    title, description = words
    return "\n".join(
        (
            f'<svg class="diagram" xmlns="http://www.w3.org/2000/svg" role="group" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'aria-labelledby="{identifier}-title" aria-describedby="{identifier}-description">',
            f'<title id="{identifier}-title">{escape(title)}</title>',
            f'<desc id="{identifier}-description">{escape(description)}</desc>',
            *parts,
            "</svg>",
        )
    )


def draw_path(line: str, kind: str) -> str:
    """Return a line along a path."""
    return (
        f'<path class="{f"edge {kind}".strip()}" d="{line}" fill="none" stroke="{PALE}"'
        f"{_dash(find_stroke(kind).dash)}/>"
    )


def draw_sign(kind: str, x: int, y: int) -> str:
    """Return the sign of a kind of line in a ring; nothing where it has none."""
    sign = find_stroke(kind).sign
    if not sign:
        return ""
    return (
        f'<g class="sign {kind}" aria-hidden="true">'
        f'<circle cx="{x}" cy="{y}" r="{MARK}" fill="#fff" stroke="{PALE}"/>'
        f'<text x="{x}" y="{y + 4}" font-size="11" font-weight="600" '
        f'text-anchor="middle">{sign}</text></g>'
    )


def draw_words(texts: Sequence[str], x: int, y: int) -> str:
    """Return words on a line, the base of the first at `y`."""
    return "".join(
        _draw_text("edge-label", text, x, y + number * DETAIL_LEADING)
        for number, text in enumerate(texts)
    )


def draw_box(shape: Shape, label: str, number: int, sources: str) -> str:
    """Return a box; `number`, and those of its `sources`, tell a script how to walk."""
    box = shape.box
    dash = _dash("6 4") if find_stroke(shape.line_kind).dashed_box else ""
    ground, border = _COLOURS.get(box.kind, _PLAIN_COLOURS)
    tongue = f' lang="{escape(box.language)}"' if box.language else ""
    x, y = shape.x + PAD_X, shape.y + PAD_Y + NAME_SIZE
    opening, closing = _frame_box(shape, label)
    head = (
        f'{opening} data-box="{number}" data-from="{sources}">'
        f'<rect x="{shape.x}" y="{shape.y}" width="{shape.width}" '
        f'height="{shape.height}" rx="5" fill="{ground}" stroke="{border}"{dash}/>'
    )
    text = ""
    for name in shape.names:
        text += (
            f'<text class="box-name" x="{x}" y="{y}" font-size="14" font-weight="600"'
            f"{tongue}>{escape(name)}</text>"
        )
        y += NAME_LEADING
    for detail in shape.details:
        text += _draw_text("box-detail", detail, x, y - 2)
        y += DETAIL_LEADING
    return head + text + closing


def _frame_box(shape: Shape, label: str) -> tuple[str, str]:
    """Return the beginning of what a box stands in, still open, and its end."""
    box = shape.box
    kind = _write_kinds(box.kind, shape.line_kind)
    if not box.address:
        return f'<g class="{kind}"', "</g>"
    spoken = box.spoken or box.name
    if not box.spoken and (label or box.details):
        spoken = ", ".join(filter(None, (box.name, *box.details, label)))
    return (
        f'<a class="{kind}" href="{escape(box.address)}" aria-label="{escape(spoken)}"',
        "</a>",
    )


@lru_cache(maxsize=200)
def _write_kinds(kind: str, line_kind: str) -> str:
    return escape(" ".join(filter(None, ("node", kind, line_kind))))


def escape(text: str) -> str:
    """Return `text` as it stands in XML; most has nothing to be escaped."""
    return escape_all(text) if _SPECIAL.search(text) else text


def _draw_text(kind: str, text: str, x: int, y: int) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" font-size="12">{escape(text)}</text>'


def _dash(pattern: str) -> str:
    return f' stroke-dasharray="{pattern}"' if pattern else ""
