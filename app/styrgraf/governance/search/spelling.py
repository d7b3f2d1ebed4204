"""Words that are spelled nearly as what was typed, of those that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from string import digits

from styrgraf.graph.search import Lookup, Role, Sought, Terms
from styrgraf.graph.words import measure_distance

_SHORTEST = 4
_LONG = 8
"""Letters from which on two may be wrong."""
_MOST_NEAR = 6
_LONGEST_NUMBER = 24


class Spelling:
    """What was typed, and how it may have been meant."""

    def __init__(self, lookup: Lookup, words: Sequence[str]) -> None:
        self._lookup = lookup
        self._words = words

    @cached_property
    def _unknown(self) -> tuple[str, ...]:
        """Return the words that nothing begins with."""
        return tuple(word for word in self._words if not self._is_known(word))

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        return {word: self._list_near(word) for word in self._unknown or self._words}

    @cached_property
    def terms(self) -> Terms:
        """Return for each word what it may be; nothing for one that is like no other."""
        return [
            [
                *([] if word in self._unknown else [Sought(word, begins=True)]),
                *(Sought(each) for each in self._near.get(word, ())),
            ]
            for word in self._words
        ]

    def correct(self) -> str:
        """Return how it may be spelled so that something has it; empty where nothing is near."""
        if not self._unknown:
            return ""
        if any(map(str.isdigit, "".join(self._words))) and (number := self._correct_number()):
            return number
        if not all(self._near[word] for word in self._unknown):
            return ""
        best = [self._near[word][0] if word in self._unknown else word for word in self._words]
        spelled = self._lookup.find_spelling(best)
        return " ".join(spelled.get(word, word) for word in best)

    def _correct_number(self) -> str:
        """Return a number that differs by one sign from all that was typed, as it is written."""
        typed = "".join(self._words)[:_LONGEST_NUMBER]
        for thing in self._lookup.find_keys(list(_vary(typed)))[:_MOST_NEAR]:
            for name in self._lookup.read([thing])[thing].names:
                if name.role is Role.NUMBER:
                    return name.text
        return ""

    def _is_known(self, word: str) -> bool:
        return bool(self._lookup.match([[Sought(word, begins=True)]], most=1, texts=True))

    def _list_near(self, word: str) -> list[str]:
        """Return words in which a letter or two are wrong, the nearest first."""
        if len(word) < _SHORTEST or any(map(str.isdigit, word)):
            return []
        farthest = 1 if len(word) < _LONG else 2
        candidates = self._lookup.list_words_like(word, farthest)
        rated = sorted((measure_distance(word, each), each) for each in candidates)
        return [each for distance, each in rated if 0 < distance <= farthest][:_MOST_NEAR]


def _vary(number: str) -> Iterator[str]:
    """Yield a number with two signs swapped, one digit changed, one left out, one put in."""
    places = range(len(number))
    yield from (number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in places[:-1])
    yield from (number[:i] + digit + number[i + 1 :] for i in places for digit in digits)
    yield from (number[:i] + number[i + 1 :] for i in places)
    yield from (number[:i] + digit + number[i:] for i in (*places, len(number)) for digit in digits)
