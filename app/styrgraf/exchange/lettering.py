"""How wide letters become in a drawing, and where lines of text break. No IO here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_WIDTHS = {
    0.30: "'ijlIJ",
    0.36: " ,.’·/:;\\|f-–",
    0.42: "()[]t!r",
    0.53: '"*_`§sz”“?c',
    0.61: "LFkvxyPTYaoåäöeé",
    0.66: "ESbdghnpquÉü$0123456789{}K",
    0.71: "AVÅÄBRXZCUÜ",
    0.79: "HNDG&OQÖw",
    0.86: "#+<=>^~×→M",
    1.00: "%m½W@—…",
}
"""Width in ems of the widest face that the stylesheet may fall back to; others are narrower."""


class _Ems(dict[str, float]):
    """The width of each glyph; one that is not known is wide."""

    def __missing__(self, glyph: str) -> float:
        return _UNKNOWN_GLYPH


_UNKNOWN_GLYPH = 1.0
_SEMIBOLD = 1.12
_EMS = _Ems({glyph: ems for ems, glyphs in _WIDTHS.items() for glyph in glyphs})


def estimate_width(text: str, size: float, *, semibold: bool = False) -> float:
    """Return about how wide `text` becomes at `size`, on the wide side."""
    ems = sum(map(_EMS.__getitem__, text))
    return ems * size * (_SEMIBOLD if semibold else 1.0)


@lru_cache(maxsize=20_000)
def wrap_text(text: str, size: float, width: float, *, semibold: bool = False) -> tuple[str, ...]:
    """Return `text` in lines no wider than `width`; a longer word is cut with a hyphen."""
    words = text.split()
    whole = " ".join(words)
    if whole and estimate_width(whole, size, semibold=semibold) <= width:
        return (whole,)
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and estimate_width(joined, size, semibold=semibold) <= width:
            lines[-1] = joined
            continue
        *cut, rest = _cut_word(word, size, width, semibold=semibold)
        lines.extend([*cut, rest])
    return tuple(lines)


def _cut_word(word: str, size: float, width: float, *, semibold: bool) -> Iterator[str]:
    part = ""
    for glyph in word:
        if part and estimate_width(f"{part}{glyph}-", size, semibold=semibold) > width:
            yield part if part.endswith("-") else f"{part}-"
            part = ""
        part += glyph
    yield part
