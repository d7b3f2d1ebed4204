"""The ways to find things by words, each tried where those before find little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from styrgraf.governance.search.ranking import Wanted
from styrgraf.governance.search.spelling import Spelling
from styrgraf.graph.search import PLACES, Lookup, Sought, Terms

MOST_WORDS = 16
"""Words beyond these are not looked for."""
MOST_LISTED = 400
"""So many can be leafed through; more are counted."""
_FEW, _VERY_FEW = 10, 5
"""Where fewer are found, parts of words are looked for, and then near spellings."""
_SHORTEST_PART = 4

_SMALL_WORDS = frozenset(
    {
        *("om", "i", "av", "och", "att", "den", "det", "de", "en", "ett", "for", "pa", "till"),
        *("som", "med", "vid", "per", "ur", "vem", "vad", "vilka", "vilken", "far", "kan", "ska"),
        *("besluta", "beslutar", "bestammer", "who", "what", "which", "may", "can", "shall"),
        *("the", "of", "and", "in", "to", "a", "an", "on", "for", "by", "at", "with", "is", "are"),
        *("decide", "decides"),
    }
)
"""Words that tell nothing of what is looked for, as they are folded."""


class Way(StrEnum):
    """How things were found."""

    WORDS = "words"
    PARTS = "parts"
    SPELLING = "spelling"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Listed:
    """The identifiers of what was found, of the kind asked for, and of all kinds.

    There may be more than are listed where `counted` tells what to count.
    """

    numbers: tuple[int, ...]
    all_kinds: tuple[int, ...]
    way: Way
    corrected: str = ""
    counted: Terms | None = None


def list_found(lookup: Lookup, wanted: Wanted, kind: int | None, *, alone: bool = False) -> Listed:
    """Return what is found by the first ways that find enough.

    Enough of all kinds, or with `alone` of the kind asked for.
    """
    words = wanted.words[:MOST_WORDS]
    terms, scope = begin_terms(words), kind if alone else None
    found = _list_by_words(lookup, wanted, terms, scope)
    if len(found) >= MOST_LISTED:
        own = found if kind is None else _list_by_words(lookup, wanted, terms, kind)
        return Listed(tuple(own[:MOST_LISTED]), tuple(found), Way.WORDS, counted=terms)
    way, corrected = Way.WORDS, ""
    if len(found) < _FEW and (parts := _list_by_parts(lookup, words, found, scope)):
        way, found = Way.PARTS, [*found, *parts]
    if len(found) < _VERY_FEW:
        spelling = Spelling(lookup, words)
        corrected = spelling.correct()
        if like := _list_more(lookup, spelling.terms, found, scope):
            way, found = Way.SPELLING, [*found, *like]
        if not found and not corrected and not wanted.is_number:
            found = _list_by_some(lookup, words, spelling, scope)
            way = Way.SOME if found else way
    own = [each for each in found if kind is None or each >> PLACES == kind]
    return Listed(tuple(own), tuple(found), way, corrected)


def begin_terms(words: Sequence[str]) -> Terms:
    """Return terms for words that begin so; a single letter among others stands for itself."""
    return [[Sought(word, begins=len(word) > 1 or len(words) == 1)] for word in words]


def _list_by_words(lookup: Lookup, wanted: Wanted, terms: Terms, kind: int | None) -> list[int]:
    """Return what has the name, then what has the words, then what is described by them."""
    found = [*lookup.find_key(wanted.joined, kind), *lookup.find_key(wanted.spelled, kind)]
    named = lookup.match(terms, kind, MOST_LISTED)
    if len(named) == MOST_LISTED:
        whole = [[Sought(each.word) for each in term] for term in terms]
        found += lookup.match(whole, kind, MOST_LISTED)
    found += named
    if len(named) < MOST_LISTED:
        found += lookup.match(terms, kind, MOST_LISTED, texts=True)
    return list(dict.fromkeys(found))


def _list_by_parts(
    lookup: Lookup, words: Sequence[str], found: Iterable[int], kind: int | None
) -> list[int]:
    """Return what has the words inside longer ones, as Swedish puts them together."""
    terms = [
        [*term, *(Sought(each) for each in _list_longer(lookup, word))]
        for word, term in zip(words, begin_terms(words), strict=True)
    ]
    return _list_more(lookup, terms, found, kind)


def _list_longer(lookup: Lookup, word: str) -> list[str]:
    if len(word) < _SHORTEST_PART:
        return []
    return [each for each in lookup.list_words_with(word) if not each.startswith(word)]


def _list_more(lookup: Lookup, terms: Terms, found: Iterable[int], kind: int | None) -> list[int]:
    """Return what matches and is not found yet: by name, then by description."""
    if not all(terms):
        return []
    known = set(found)
    more = chain(
        lookup.match(terms, kind, MOST_LISTED), lookup.match(terms, kind, MOST_LISTED, texts=True)
    )
    return [each for each in dict.fromkeys(more) if each not in known]


def _list_by_some(
    lookup: Lookup, words: Sequence[str], spelling: Spelling, kind: int | None
) -> list[int]:
    """Return what has all words but small and unknown ones, or all but one, or one of them."""
    telling = [
        term
        for word, term in zip(words, spelling.terms, strict=True)
        if term and word not in _SMALL_WORDS
    ]
    fewer = [telling[:place] + telling[place + 1 :] for place in range(len(telling))]
    singles = [[term] for term in telling]
    for tries in ([telling], fewer, singles):
        found = [each for terms in tries if terms for each in _list_more(lookup, terms, (), kind)]
        if found:
            return list(dict.fromkeys(found))[:MOST_LISTED]
    return []
