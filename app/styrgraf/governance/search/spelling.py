"""Words that are spelled nearly as what was typed, of those that there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from styrgraf.graph.search import Lookup, Role, Sought, Terms
from styrgraf.graph.words import measure_distance

_SHORTEST = 4
_LONG = 8
"""Letters from which on two may be wrong."""
_MOST_NEAR = 6


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
        """Return the number that is nearest to all that was typed, as it is written."""
        typed = "".join(self._words)
        for near in self._list_near(typed):
            for entry in self._lookup.read(self._lookup.find_key(near, most=1)).values():
                for name in entry.names:
                    if name.role is Role.NUMBER:
                        return name.text
        return ""

    def _is_known(self, word: str) -> bool:
        return bool(self._lookup.match([[Sought(word, begins=True)]], most=1, texts=True))

    def _list_near(self, word: str) -> list[str]:
        """Return words in which a letter or two are wrong, the nearest first."""
        if len(word) < _SHORTEST:
            return []
        farthest = 1 if len(word) < _LONG else 2
        candidates = self._lookup.list_words_like(word, farthest)
        rated = sorted((measure_distance(word, each), each) for each in candidates)
        return [each for distance, each in rated if 0 < distance <= farthest][:_MOST_NEAR]
