"""A tree as an icicle, as SVG text: a column for each step down, a cell for each thing. No IO here.

The height of a cell is its share of the cell that it lies in; what is too low to be seen is left
out, and so is a name that there is no room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from styrgraf.exchange.lettering import estimate_width

_COLUMN, _HEIGHT, _MARGIN = 300.0, 800.0, 2.0
_SIZE, _PAD = 13.0, 8.0
_LOWEST, _READABLE = 1.5, 16.0
_GROUNDS = ("#eef3f9", "#ffffff")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its name, how much lies in it, and the place of its whole; -1 for the first.

    A whole stands before its parts. `iri` is that of the thing, `address` where it leads.
    """

    name: str
    size: int
    whole: int
    address: str = ""
    language: str = ""
    iri: str = ""

    @property
    def words(self) -> str:
        """Return the name, with how much lies in it where that is more than itself."""
        return f"{self.name} ({self.size})" if self.size > 1 else self.name


@dataclass(frozen=True, slots=True)
class _Place:
    column: int
    top: float
    height: float


def draw_icicle(cells: Sequence[Cell], title: str, description: str, identifier: str) -> str:
    """Return the SVG of an icicle."""
    places = _place(cells)
    seen = [
        (cell, place) for cell, place in zip(cells, places, strict=True) if place.height >= _LOWEST
    ]
    columns = max((place.column for _, place in seen), default=0) + 1
    width, height = _COLUMN * columns + 2 * _MARGIN, _HEIGHT + 2 * _MARGIN
    head = (
        f'<svg class="icicle" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'aria-labelledby="{identifier}-title" aria-describedby="{identifier}-description">'
        f'<title id="{identifier}-title">{escape(title)}</title>'
        f'<desc id="{identifier}-description">{escape(description)}</desc>'
    )
    return "\n".join((head, *(_draw_cell(cell, place) for cell, place in seen), "</svg>"))


def _place(cells: Sequence[Cell]) -> list[_Place]:
    places: list[_Place] = []
    filled = [0.0] * len(cells)
    for cell in cells:
        if cell.whole < 0:
            places.append(_Place(0, _MARGIN, _HEIGHT))
        else:
            whole, size = places[cell.whole], cells[cell.whole].size
            height = whole.height * cell.size / size if size else 0.0
            places.append(_Place(whole.column + 1, whole.top + filled[cell.whole], height))
            filled[cell.whole] += height
    return places


def _draw_cell(cell: Cell, place: _Place) -> str:
    left = _MARGIN + _COLUMN * place.column
    parts = [
        f'<title>{escape(cell.words)}</title><rect x="{left:.1f}" y="{place.top:.2f}" '
        f'width="{_COLUMN:.1f}" height="{place.height:.2f}" '
        f'fill="{_GROUNDS[place.column % 2]}" stroke="#5b6b7f"/>',
        *_write_words(cell, place, left),
    ]
    drawn = f"<g>{''.join(parts)}</g>"
    return f'<a href="{escape(cell.address)}">{drawn}</a>' if cell.address else drawn


def _write_words(cell: Cell, place: _Place, left: float) -> Iterator[str]:
    if place.height < _READABLE or not cell.name:
        return
    tongue = f' lang="{escape(cell.language)}"' if cell.language else ""
    yield (
        f'<text{tongue} x="{left + _PAD:.1f}" y="{place.top + place.height / 2 + 4:.1f}" '
        f'font-size="{_SIZE:g}">{escape(_cut(cell.words, _COLUMN - 2 * _PAD))}</text>'
    )


def _cut(text: str, width: float) -> str:
    if estimate_width(text, _SIZE) <= width:
        return text
    kept = text
    while len(kept) > 1 and estimate_width(f"{kept}…", _SIZE) > width:
        kept = kept[:-1]
    return f"{kept}…"
