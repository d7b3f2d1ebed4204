"""SELECT of many things: a query of ours takes so many at a time as its text may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from styrgraf.governance.query_text import write_query
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Solution

AT_ONCE = 500
"""Things in one query: some tens of thousands of characters."""


def select_each(reader: Reader, text: str, things: Iterable[Iri]) -> Iterator[Solution]:
    """Yield the rows that a query gives of `$things`, part by part; none without things.

    What the query says of order and number holds within a part.
    """
    listed = tuple(things)
    for start in range(0, len(listed), AT_ONCE):
        yield from reader.select(write_query(text, listed[start : start + AT_ONCE])).rows
