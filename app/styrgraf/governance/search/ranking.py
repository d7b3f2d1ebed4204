"""How well a thing is what was looked for. No IO here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from styrgraf.graph.search import Entry, Name, Role
from styrgraf.graph.words import join_words, spell, split_spelled, split_words

_SAME_SPELLING, SAME, _BEGINNING, _WHOLE_WORDS, _PARTS, _ELSE = range(6)
_BEHIND = {Role.TEXT: _ELSE + 1, Role.DAY: _WHOLE_WORDS}
"""What is found in a description comes after what is found by name."""


@dataclass(frozen=True)
class Wanted:
    """What was typed, in the forms in which it is compared."""

    text: str

    @cached_property
    def spelled(self) -> str:
        """Return it as it is spelled."""
        return spell(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return its folded words, each once."""
        return tuple(dict.fromkeys(split_words(self.text)))

    @cached_property
    def joined(self) -> str:
        """Return its folded words with single spaces."""
        return join_words(self.text)

    @property
    def is_number(self) -> bool:
        """Tell whether it is one number, of which no part stands for the whole."""
        return " " not in self.spelled and any(map(str.isdigit, self.spelled))

    @cached_property
    def spelled_words(self) -> frozenset[str]:
        """Return its words as they are spelled."""
        return frozenset(split_spelled(self.text))


@dataclass(frozen=True, slots=True)
class Rank:
    """How near a thing is, the smallest the nearest, and the name that makes it so.

    `is_like` is false where the name holds not all that was typed.
    """

    grade: tuple[int, int]
    name: Name
    is_like: bool


def rank_entry(entry: Entry, wanted: Wanted) -> Rank:
    """Return how near the nearest of its names is."""
    return min((_rank_name(name, wanted) for name in entry.names), key=lambda rank: rank.grade)


def _rank_name(name: Name, wanted: Wanted) -> Rank:
    grade = _grade(name, wanted)
    order = (grade + _BEHIND.get(name.role, 0), _count_respelled(name, wanted) if grade else 0)
    return Rank(order, name, grade < _ELSE)


def _count_respelled(name: Name, wanted: Wanted) -> int:
    """Return how many words of what was typed begin none of the name as they are spelled."""
    if name.text.isascii() and wanted.text.isascii():
        return 0
    words = split_spelled(name.text)
    return sum(not any(each.startswith(word) for each in words) for word in wanted.spelled_words)


def _grade(name: Name, wanted: Wanted) -> int:
    if spell(name.text) == wanted.spelled:
        return _SAME_SPELLING
    joined = join_words(name.text)
    same_number = name.role is Role.NUMBER and _press(joined) == _press(wanted.joined)
    if joined == wanted.joined or same_number:
        return SAME
    if joined.startswith(wanted.joined):
        return _BEGINNING
    words = set(joined.split())
    if words.issuperset(wanted.words):
        return _WHOLE_WORDS
    if all(any(word.startswith(part) for word in words) for part in wanted.words):
        return _PARTS
    return _ELSE


def _press(joined: str) -> str:
    return joined.replace(" ", "")
