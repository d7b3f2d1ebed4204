"""Making the file of `graph.search`: once per version, from all that can be found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing

from styrgraf.graph.search import LONGEST_KEY, PLACES, Entry, Name, Role
from styrgraf.graph.words import (
    LONGEST_WORD,
    fold,
    join_words,
    list_trigrams,
    split_spelled,
    split_words,
)
from styrgraf.namespaces import ID_PATH

_SHORTEST_SPELLED = 4
"""Letters of the words that near spellings are looked for among."""

_SCHEMA = """
PRAGMA page_size = 8192;
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT, type TEXT, start TEXT, finish TEXT, precision TEXT,
  lasts INTEGER
);
CREATE TABLE name (
  thing INTEGER, place INTEGER, role INTEGER, language TEXT, text TEXT,
  PRIMARY KEY (thing, place)
) WITHOUT ROWID;
CREATE TABLE key (key TEXT, thing INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  names, numbers, texts, content = '', detail = 'column', tokenize = 'ascii', prefix = '1 2 3'
);
CREATE TABLE spelling (id INTEGER PRIMARY KEY, word TEXT UNIQUE, spelled TEXT);
CREATE TABLE length (length INTEGER PRIMARY KEY, first INTEGER);
CREATE TABLE trigram (
  trigram TEXT, word INTEGER, PRIMARY KEY (trigram, word)
) WITHOUT ROWID;
"""


def build_search(entries: Iterable[Entry]) -> bytes:
    """Return the file for so many things; of a kind, those of the shortest names come first."""
    numbered = [
        (entry.kind << PLACES | place, entry)
        for place, entry in enumerate(sorted(entries, key=_place))
    ]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_SCHEMA)
        for table, rows in _TABLES.items():
            count = table.count(",") + 1
            marks = ", ".join("?" * count)
            connection.executemany(
                f"INSERT OR IGNORE INTO {table} VALUES ({marks})",  # noqa: S608
                (row for number, entry in numbered for row in rows(number, entry)),
            )
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        _add_spellings(connection, _list_spellings(entry for _, entry in numbered))
        connection.commit()
        return connection.serialize()


def _place(entry: Entry) -> tuple[int, int, str]:
    shortest = min((len(name.text) for name in entry.names if not name.role), default=LONGEST_WORD)
    return entry.kind, shortest, entry.iri


Rows = Iterator[tuple[object, ...]]


def _list_things(number: int, entry: Entry) -> Rows:
    yield number, entry.iri, entry.type, entry.start, entry.finish, entry.precision, entry.lasts


def _list_names(number: int, entry: Entry) -> Rows:
    for place, name in enumerate(entry.names):
        yield number, place, name.role, name.language, name.text


def _list_words(number: int, entry: Entry) -> Rows:
    names, numbers, texts = ([each for each in entry.names if _column(each) == i] for i in range(3))
    yield number, _write_words(names), _write_numbers(numbers), _write_words(texts)


def _list_keys(number: int, entry: Entry) -> Rows:
    """Yield what is the same in all ways to write a name; an IRI, whole and as `type/slug`."""
    yield entry.iri.casefold()[:LONGEST_KEY], number
    yield entry.iri.rpartition(f"/{ID_PATH}")[2].casefold()[:LONGEST_KEY], number
    for name in entry.names:
        if name.role is not Role.TEXT:
            words = join_words(name.text)
            yield words[:LONGEST_KEY], number
            yield words.replace(" ", "")[:LONGEST_KEY], number


_TABLES: Mapping[str, Callable[[int, Entry], Rows]] = {
    "thing (id, iri, type, start, finish, precision, lasts)": _list_things,
    "name (thing, place, role, language, text)": _list_names,
    "key (key, thing)": _list_keys,
    "words (rowid, names, numbers, texts)": _list_words,
}


def _list_spellings(entries: Iterable[Entry]) -> dict[str, str]:
    """Return how folded words of names are spelled, where that is another way."""
    return {
        fold(word): word
        for entry in entries
        for name in entry.names
        if not name.text.isascii()
        for word in split_spelled(name.text)
    }


def _column(name: Name) -> int:
    return (0, 0, 1, 1, 2)[name.role]


def _write_words(names: Iterable[Name]) -> str:
    return " ".join(dict.fromkeys(word for name in names for word in split_words(name.text)))


def _write_numbers(names: Iterable[Name]) -> str:
    """Return the parts of numbers, those with zeros before them also without, and the whole."""
    found: dict[str, None] = {}
    for name in names:
        words = split_words(name.text)
        found |= dict.fromkeys([*words, *(word.lstrip("0") or word for word in words)])
        found["".join(words)[:LONGEST_WORD]] = None
    return " ".join(found)


def _add_spellings(connection: sqlite3.Connection, spelled: Mapping[str, str]) -> None:
    """Keep the words there are by length, with their trigrams."""
    connection.execute("CREATE VIRTUAL TABLE temp.known USING fts5vocab(main, words, 'row')")
    terms = [term for (term,) in connection.execute("SELECT term FROM temp.known")]
    connection.execute("DROP TABLE temp.known")
    words = sorted((term for term in terms if _may_be_misspelled(term)), key=lambda w: (len(w), w))
    numbered = list(enumerate(words))
    connection.executemany(
        "INSERT OR IGNORE INTO length VALUES (?, ?)", ((len(word), i) for i, word in numbered)
    )
    connection.executemany(
        "INSERT INTO spelling VALUES (?, ?, ?)",
        ((i, word, spelled.get(word, word)) for i, word in numbered),
    )
    connection.executemany(
        "INSERT INTO trigram VALUES (?, ?)",
        sorted((each, i) for i, word in numbered for each in list_trigrams(word)),
    )


def _may_be_misspelled(word: str) -> bool:
    return len(word) >= _SHORTEST_SPELLED and word.isalpha()
