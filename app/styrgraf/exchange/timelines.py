"""Bars on an axis of years as SVG text, a row for each thing. No IO here.

A side that no day is known of is open: it has no border, and the words of the row say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from styrgraf.exchange.lettering import estimate_width, wrap_text

_NAMES, _AXIS, _ROW, _HEAD, _MARGIN = 290.0, 640.0, 46.0, 26.0, 4.0
_NAME_SIZE, _WORD_SIZE = 13.0, 12.0
_LEADING = 16.0
_THINNEST, _THICK = 4.0, 12.0
_MOST_YEARS = 12
"""Years that are written on the axis; of more, every second or third."""
_FEW_YEARS = 2
"""Years whose quarters are written too."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: what it is called, where it leads, from when until when (exclusive), in words.

    `iri` is that of the thing.
    """

    name: str
    address: str
    language: str
    start: date | None
    end: date | None
    words: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """Bars on an axis of time; `now` is what stands at the line of today, if that is on it.

    `quarters` are the names of the months that begin the second, third and fourth of a year.
    """

    bars: tuple[Bar, ...]
    today: date
    now: str
    quarters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days on the axis: from the first of January of a year to that of another."""

    first: int
    last: int

    def place(self, day: date) -> float:
        begun, ended = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()
        return _NAMES + _AXIS * (day.toordinal() - begun) / (ended - begun)


def draw_timeline(axis: Axis, title: str, description: str, identifier: str) -> str:
    """Return the SVG of an axis with bars."""
    bars, today = axis.bars, axis.today
    scale = _find_scale(bars)
    height = _HEAD + _ROW * len(bars) + _MARGIN
    width = _NAMES + _AXIS + 2 * _MARGIN
    parts = [
        f'<svg class="timeline" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'aria-labelledby="{identifier}-title" aria-describedby="{identifier}-description">'
        f'<title id="{identifier}-title">{escape(title)}</title>'
        f'<desc id="{identifier}-description">{escape(description)}</desc>',
        *_draw_years(scale, height, axis.quarters),
    ]
    if scale.first <= today.year < scale.last:
        x = scale.place(today)
        parts.append(
            f'<g class="today"><path d="M{x:.1f} {_HEAD}V{height:.0f}" stroke="#b25400" '
            f'stroke-dasharray="4 3"/><text x="{x - 4:.1f}" y="{height - 6:.0f}" '
            f'font-size="{_WORD_SIZE:g}" text-anchor="end">{escape(axis.now)}</text></g>'
        )
    parts += [_draw_row(bar, scale, _HEAD + _ROW * place) for place, bar in enumerate(bars)]
    return "\n".join((*parts, "</svg>"))


def _find_scale(bars: Sequence[Bar]) -> _Scale:
    days = [day for bar in bars for day in (bar.start, bar.end) if day]
    first, last = min(days).year, max(days)
    # A year that nothing but an end (exclusive) touches has no place; what begins in it does.
    starts = {bar.start for bar in bars}
    ends_before = (last.month, last.day) == (1, 1) and last.year > first and last not in starts
    return _Scale(first, last.year if ends_before else last.year + 1)


def _draw_years(scale: _Scale, height: float, quarters: Sequence[str]) -> Iterator[str]:
    years = range(scale.first, scale.last)
    marks = [(date(year, 1, 1), str(year)) for year in years[:: -(-len(years) // _MOST_YEARS)]]
    if len(years) <= _FEW_YEARS:
        months = zip((4, 7, 10), quarters, strict=False)
        marks += [(date(year, month, 1), name) for month, name in months for year in years]
    for day, name in marks:
        x = scale.place(day)
        yield (
            f'<path class="year" d="M{x:.1f} {_HEAD - 8:.0f}V{height:.0f}" stroke="#c8d0da"/>'
            f'<text class="year-name" x="{x + 5:.1f}" y="{_HEAD - 10:.0f}" '
            f'font-size="{_WORD_SIZE:g}">{escape(name)}</text>'
        )


def _draw_row(bar: Bar, scale: _Scale, top: float) -> str:
    names = _cut(wrap_text(bar.name, _NAME_SIZE, _NAMES - 20, semibold=True), 2)
    tongue = f' lang="{escape(bar.language)}"' if bar.language else ""
    lines = "".join(
        f'<text class="row-name"{tongue} x="{_MARGIN}" y="{top + 18 + _LEADING * place:.1f}" '
        f'font-size="{_NAME_SIZE:g}">{escape(name)}</text>'
        for place, name in enumerate(names)
    )
    spoken = escape(f"{bar.name}, {bar.words}")
    begin = f'<a href="{escape(bar.address)}" aria-label="{spoken}">'
    return f"{begin}{_draw_ground(top)}{lines}{_draw_bar(bar, scale, top)}</a>"


def _draw_ground(top: float) -> str:
    """Return what can be clicked, and is framed where keys have walked to it: the whole row."""
    return (
        f'<rect class="row" x="0" y="{top + 1:.1f}" width="{_NAMES + _AXIS:.1f}" '
        f'height="{_ROW - 2:.1f}" fill="none" pointer-events="all"/>'
    )


def _cut(lines: Sequence[str], most: int) -> Sequence[str]:
    """Return the first lines, the last with a mark where more follow."""
    return lines if len(lines) <= most else (*lines[: most - 1], f"{lines[most - 1]} …")


def _draw_bar(bar: Bar, scale: _Scale, top: float) -> str:
    left = scale.place(bar.start) if bar.start else _NAMES
    right = scale.place(bar.end) if bar.end else _NAMES + _AXIS
    wide = max(right - left, _THINNEST)
    kind = "bar" if bar.start and bar.end else "bar open"
    dash = "" if bar.start and bar.end else ' stroke-dasharray="5 4"'
    words = "".join(_cut(wrap_text(bar.words, _WORD_SIZE, _AXIS - 16), 1))
    room = estimate_width(words, _WORD_SIZE)
    x = min(left, _NAMES + _AXIS - room)
    return (
        f'<rect class="{kind}" x="{left:.1f}" y="{top + 8:.1f}" width="{wide:.1f}" '
        f'height="{_THICK:g}" fill="#9cc4ea" stroke="#004791"{dash}/>'
        f'<text class="row-words" x="{max(x, _NAMES):.1f}" y="{top + 35:.1f}" '
        f'font-size="{_WORD_SIZE:g}">{escape(words)}</text>'
    )
