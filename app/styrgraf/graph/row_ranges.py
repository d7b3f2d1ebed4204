"""Pages of the answer to a SELECT: the count of its rows, and a cut of them. No IO here.

Texts that end with ORDER BY, as stored queries do, and have no LIMIT of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from styrgraf.graph.tokens import tokenize

COUNT = "count_of_all_rows"
"""The variable of the count; no query has it."""


def count_rows(text: str) -> str:
    """Return the query for the number of rows of `text`."""
    start = next(
        token.start
        for token in tokenize(text)
        if token.kind == "word" and token.text.upper() == "SELECT"
    )
    return f"{text[:start]}SELECT (COUNT(*) AS ?{COUNT}) WHERE {{ {{\n{text[start:]}\n}} }}"


def cut_rows(text: str, columns: Iterable[str], first: int, count: int) -> str:
    """Return the query for `count` rows from the one numbered `first`, which counts from 0.

    What the query leaves in no order is put in that of its columns: pages must not overlap.
    """
    order = " ".join(f"?{column}" for column in columns)
    return f"{text}\n{order}\nLIMIT {count} OFFSET {first}"
