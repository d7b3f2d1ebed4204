"""What is found by what was typed: by words, by parts of words, by near spellings, by some words.

Each way is tried where those before find little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from styrgraf.governance.search.kinds import TERMS
from styrgraf.governance.search.ranking import Rank, Wanted, rank_entry
from styrgraf.governance.search.ways import Listed, Way, list_found
from styrgraf.governance.statements import Page
from styrgraf.graph.search import PLACES, Entry, Lookup

PAGE_SIZE = 20
MOST_RANKED = 200
"""So many are compared with what was typed; the others keep their order."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, and how near it is."""

    entry: Entry
    rank: Rank


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found; `counts` is by the place of kinds, whatever kind was asked.

    `way` is the farthest that was needed. `corrected` is the spelling that something has where
    what was typed has nothing.
    """

    page: Page[Hit]
    counts: Mapping[int, int] = field(default_factory=dict)
    way: str = ""
    corrected: str = ""

    @property
    def total(self) -> int:
        """Return how many were found of all kinds."""
        return sum(self.counts.values())


def find_things(
    lookup: Lookup,
    text: str,
    kind: int | None = None,
    number: int = 1,
    size: int = PAGE_SIZE,
    *,
    alone: bool = False,
) -> Found:
    """Return one page of what `text` finds, of one kind or of all.

    With `alone`, near spellings are tried where little is found of the kind, whatever of others.
    """
    wanted = Wanted(text)
    if not wanted.words:
        return Found(Page((), size=size))
    listed = list_found(lookup, wanted, kind, alone=alone)
    if listed.way is Way.SPELLING and listed.corrected:
        wanted = Wanted(listed.corrected)
    ranked = _rank(lookup, wanted, listed.numbers[:MOST_RANKED])
    order = (*ranked, *listed.numbers[MOST_RANKED:])
    page = Page(order, size=size, total=len(order)).cut(number)
    unread = [each for each in page.items if each not in ranked]
    ranked |= _rank(lookup, wanted, unread)
    hits = page.with_items(ranked[each] for each in page.items)
    return Found(hits, _count(lookup, listed), listed.way.value, listed.corrected)


def _rank(lookup: Lookup, wanted: Wanted, numbers: Sequence[int]) -> dict[int, Hit]:
    """Return the things, the nearest first, and words of the vocabulary after all data."""
    entries = lookup.read(numbers)
    hits = {each: Hit(entries[each], rank_entry(entries[each], wanted)) for each in numbers}

    def place(item: tuple[int, Hit]) -> tuple[bool, tuple[int, int]]:
        return item[1].entry.kind == TERMS, item[1].rank.grade

    return dict(sorted(hits.items(), key=place))


def _count(lookup: Lookup, listed: Listed) -> dict[int, int]:
    if listed.counted is not None:
        return lookup.count(listed.counted, texts=True)
    return dict(Counter(each >> PLACES for each in listed.all_kinds))
