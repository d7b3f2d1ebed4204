"""Words as they are looked for: folded, split and compared. No IO here."""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_WORD = re.compile(r"[^\W_]+")
_UNFOLDED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i"})
LONGEST_WORD = 64
"""Letters beyond these do not tell words apart."""


def tidy(text: str) -> str:
    """Return `text` composed, with single spaces, and without what is no character."""
    written = text.encode("utf-8", "replace").decode()
    return " ".join(unicodedata.normalize("NFC", _CONTROLS.sub(" ", written)).split())


def spell(text: str) -> str:
    """Return `text` as it is spelled, whatever the capitals."""
    return tidy(text).casefold()


def fold(text: str) -> str:
    """Return `text` without capitals, rings, dots and accents: “Område” becomes “omrade”."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold().translate(_UNFOLDED)
    return _MARKS.sub("", parts)


def split_words(text: str) -> list[str]:
    """Return the folded words of `text`; they hold letters and digits only."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def split_spelled(text: str) -> list[str]:
    """Return the words of `text` as they are spelled."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(spell(text))]


def join_words(text: str) -> str:
    """Return the folded words of `text` with single spaces: what two equal names share."""
    return " ".join(split_words(text))


def list_trigrams(word: str) -> set[str]:
    """Return each three letters that follow one another; the word's ends count as letters."""
    padded = f"^^{word}$"
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def measure_distance(one: str, other: str) -> int:
    """Return how many letters are to be changed, added, left out or swapped with the next."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, opposite in enumerate(other, 1):
            changed = above[column - 1] + (letter != opposite)
            best = min(above[column] + 1, line[-1] + 1, changed)
            swapped = row > 1 and column > 1 and one[row - 2] == opposite
            if swapped and letter == other[column - 2]:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        before, above = above, line
    return above[-1]
