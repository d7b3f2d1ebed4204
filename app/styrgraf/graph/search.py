"""What things are called, in one file per version: found by words, numbers and near spellings.

SQLite's FTS5 looks up words. Values are bound, and a word stands quoted in an expression, so that
nothing that is typed is read as a command. Who knows what to look for is `governance.search`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from styrgraf.errors import QueryTimeoutError
from styrgraf.graph.words import list_trigrams
from styrgraf.language import N_

FORMAT = 1
"""Changes when the same names would give another file."""

MOST_SECONDS = 2.0
LONGEST_KEY = 200
_STEPS = 20_000
"""Of SQLite's machine, between two looks at the clock."""
PLACES = 32
"""An identifier is the kind, and as many bits of place within it."""


class Role(IntEnum):
    """What a text is to the thing that has it."""

    NAME = 0
    OTHER_NAME = 1
    NUMBER = 2
    DAY = 3
    TEXT = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A text that a thing is found by."""

    text: str
    language: str = ""
    role: Role = Role.NAME


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that is found: its kind (the lower the earlier), its class, its names, its days.

    `start` and `finish` (exclusive) are ISO days, `precision` is how exact the first is. `lasts`:
    it holds from the one to the other; else `start` is the day on which it happened.
    """

    iri: str
    kind: int
    type: str
    names: tuple[Name, ...]
    start: str = ""
    finish: str = ""
    precision: str = ""
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """A word to look for; `begins`: any word that begins so."""

    word: str
    begins: bool = False


Terms = Sequence[Sequence[Sought]]
"""What a thing must have one each of."""


class SearchFile:
    """The file of a version; every search opens it for itself, which costs a tenth of a ms."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"

    @contextmanager
    def open(self) -> Iterator[Lookup]:
        """Give a lookup that ends after MOST_SECONDS. Raises QueryTimeoutError."""
        end = time.monotonic() + MOST_SECONDS
        with closing(sqlite3.connect(self._address, uri=True)) as connection:
            connection.execute("PRAGMA mmap_size = 2147418112")
            connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            try:
                yield Lookup(connection)
            except sqlite3.OperationalError as error:
                if time.monotonic() <= end:
                    raise
                raise QueryTimeoutError(
                    N_("The search took too long. Write fewer or longer words.")
                ) from error


class Lookup:
    """Looks into the file of a version; things are told by identifiers, in their order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find_key(self, key: str, kind: int | None = None, most: int = 100) -> list[int]:
        """Return the things with a name of just these words."""
        return self._list(
            "SELECT thing FROM key WHERE key = ? AND thing BETWEEN ? AND ? LIMIT ?",
            (key[:LONGEST_KEY], *_span(kind), most),
        )

    def find_keys(self, keys: Sequence[str]) -> list[int]:
        """Return a thing for each key that there is, in the order of the keys."""
        marks = ", ".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT key, min(thing) FROM key WHERE key IN ({marks}) GROUP BY key",  # noqa: S608
            keys,
        )
        found = dict(rows.fetchall())
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    def match(
        self, terms: Terms, kind: int | None = None, most: int = 400, *, texts: bool = False
    ) -> list[int]:
        """Return the first things with one of each of `terms`, in names and numbers or in all."""
        return self._list(
            "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",
            (_write_expression(terms, texts), *_span(kind), most),
        )

    def count(self, terms: Terms, *, texts: bool = False) -> dict[int, int]:
        """Return how many things match, by kind."""
        rows = self._connection.execute(
            f"SELECT rowid >> {PLACES}, count(*) FROM words WHERE words MATCH ? GROUP BY 1",  # noqa: S608
            (_write_expression(terms, texts),),
        )
        return dict(rows.fetchall())

    def read(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """Return things by their identifiers."""
        marks = ", ".join("?" * len(numbers))
        names: dict[int, list[Name]] = {number: [] for number in numbers}
        for number, role, language, text in self._connection.execute(
            f"SELECT thing, role, language, text FROM name WHERE thing IN ({marks}) "  # noqa: S608
            "ORDER BY thing, place",
            numbers,
        ):
            names[number].append(Name(text, language, Role(role)))
        rows = self._connection.execute(
            "SELECT id, iri, type, start, finish, precision, lasts FROM thing "  # noqa: S608
            f"WHERE id IN ({marks})",
            numbers,
        )
        return {
            number: Entry(
                *(iri, number >> PLACES, type_, tuple(names[number])),
                *(start, finish, precision, bool(lasts)),
            )
            for number, iri, type_, start, finish, precision, lasts in rows
        }

    def list_words_with(self, part: str, most: int = 20) -> list[str]:
        """Return words that hold `part` (three letters or more), the shortest first."""
        inner = [part[place : place + 3] for place in range(len(part) - 2)]
        rows = self._rank_words(inner, 0, None, 10 * most, len(set(inner)))
        return [word for word in sorted(rows, key=len) if part in word][:most]

    def list_words_like(self, word: str, farthest: int, most: int = 60) -> list[str]:
        """Return words of nearly the same length that share the most with `word`."""
        length = len(word)
        found = self._rank_words(
            list_trigrams(word), length - farthest, length + farthest + 1, most, 1
        )
        return list(found)

    def find_spelling(self, words: Iterable[str]) -> dict[str, str]:
        """Return how folded words are spelled, where they are known."""
        wanted = list(words)
        marks = ", ".join("?" * len(wanted))
        rows = self._connection.execute(
            f"SELECT word, spelled FROM spelling WHERE word IN ({marks})",  # noqa: S608
            wanted,
        )
        return dict(rows.fetchall())

    def _rank_words(
        self, trigrams: Iterable[str], shortest: int, beyond: int | None, most: int, least: int
    ) -> list[str]:
        """Return words by how many of `trigrams` they have, of those that have at least some."""
        wanted = list(dict.fromkeys(trigrams))
        marks = ", ".join("?" * len(wanted))
        first, last = self._span_of_lengths(shortest, beyond)
        rows = self._connection.execute(
            "SELECT spelling.word FROM ("  # noqa: S608
            f"SELECT word, count(*) AS shared FROM trigram WHERE trigram IN ({marks}) "
            "AND word BETWEEN ? AND ? GROUP BY word HAVING shared >= ? "
            "ORDER BY shared DESC, word LIMIT ?) AS found "
            "JOIN spelling ON spelling.id = found.word ORDER BY shared DESC, found.word",
            (*wanted, first, last, least, most),
        )
        return [word for (word,) in rows]

    def _span_of_lengths(self, shortest: int, beyond: int | None) -> tuple[int, int]:
        """Return the first and the last of the words of some lengths."""
        find = "SELECT min(first) FROM length WHERE length >= ?"
        ends = [
            self._connection.execute(find, (each,)).fetchone()[0] for each in (shortest, beyond)
        ]
        first = -1 if ends[0] is None else int(ends[0])
        last = (1 << 62) if beyond is None or ends[1] is None else int(ends[1]) - 1
        return (0, -1) if first < 0 else (first, last)

    def _list(self, query: str, values: tuple[object, ...]) -> list[int]:
        return [number for (number,) in self._connection.execute(query, values)]


def _span(kind: int | None) -> tuple[int, int]:
    if kind is None:
        return 0, (1 << 62)
    return kind << PLACES, (kind + 1 << PLACES) - 1


def _write_expression(terms: Terms, texts: bool) -> str:
    """Return terms as FTS5 reads them; a word is quoted, and holds nothing but letters."""
    parts = [
        "(" + " OR ".join(f'"{each.word}"{"*" if each.begins else ""}' for each in term) + ")"
        for term in terms
    ]
    return ("" if texts else "{names numbers} : ") + f"({' AND '.join(parts)})"
