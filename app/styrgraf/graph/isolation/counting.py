"""Rows counted in serialised solutions while they are written, wherever a part happens to end.

The engine tells no count, and counting in its output is far cheaper than iterating. No IO here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import copy
from typing import Self

from styrgraf.formats import CSV, JSON, TSV, XML, Format

_XML_ROW = b"<result>"


class RowCounter(ABC):
    """Counts the rows that have begun; `ending` closes a document that is cut before a row."""

    ending = b""

    def __init__(self) -> None:
        self.rows = 0

    @abstractmethod
    def feed(self, part: bytes) -> None:
        """Take the next part of the document."""

    def find_row(self, part: bytes, row: int) -> int | None:
        """Return the shortest length of `part`, not yet fed, by which a row (from 0) has begun.

        None where it does not begin in this part.
        """
        if self._after(part).rows <= row:
            return None
        low, high = 0, len(part)
        while low < high:
            middle = (low + high) // 2
            if self._after(part[:middle]).rows > row:
                high = middle
            else:
                low = middle + 1
        return low

    @staticmethod
    @abstractmethod
    def cut(document: bytes) -> bytes:
        """Return a document that ends where a row has begun, without that beginning."""

    def _after(self, part: bytes) -> Self:
        counter = copy(self)
        counter.feed(part)
        return counter


class _JsonRows(RowCounter):
    """A row is an object in an array: no other object follows `[` or `,`."""

    ending = b"]}}"

    def __init__(self) -> None:
        super().__init__()
        self._in_string = False
        self._carried = b""
        self._last = b""

    def feed(self, part: bytes) -> None:
        part = self._carried + part
        trailing = len(part) - len(part.rstrip(b"\\"))
        self._carried = b"\\" if trailing % 2 else b""
        if self._carried:
            part = part[:-1]
        pieces = part.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        skeleton = self._last + b"".join(pieces[self._in_string :: 2])
        self.rows += skeleton.count(b"[{") + skeleton.count(b",{")
        self._last = skeleton[-1:]
        self._in_string ^= len(pieces) % 2 == 0

    @staticmethod
    def cut(document: bytes) -> bytes:
        return document[:-1].removesuffix(b",")


class _XmlRows(RowCounter):
    """Text is escaped, so what looks like an element is one."""

    ending = b"</results></sparql>"

    def __init__(self) -> None:
        super().__init__()
        self._carried = b""

    def feed(self, part: bytes) -> None:
        part = self._carried + part
        self.rows += part.count(_XML_ROW)
        self._carried = part[-len(_XML_ROW) + 1 :]

    @staticmethod
    def cut(document: bytes) -> bytes:
        return document[: -len(_XML_ROW)]


class _Lines(RowCounter):
    """A row begins with what follows the end of a line, the first of which names variables."""

    def __init__(self) -> None:
        super().__init__()
        self._carried = b""

    def feed(self, part: bytes) -> None:
        if part:
            self.rows += self._count_ends(self._carried + part[:-1])
            self._carried = part[-1:]

    def _count_ends(self, part: bytes) -> int:
        return part.count(b"\n")

    @staticmethod
    def cut(document: bytes) -> bytes:
        return document[:-1]


class _QuotedLines(_Lines):
    """Lines whose ends do not count within quotes (RFC 4180, section 2)."""

    def __init__(self) -> None:
        super().__init__()
        self._in_quotes = False

    def _count_ends(self, part: bytes) -> int:
        pieces = part.split(b'"')
        ends = sum(piece.count(b"\n") for piece in pieces[self._in_quotes :: 2])
        self._in_quotes ^= len(pieces) % 2 == 0
        return ends


_COUNTERS: dict[Format, type[_JsonRows | _XmlRows | _Lines]] = {
    JSON: _JsonRows,
    XML: _XmlRows,
    CSV: _QuotedLines,
    TSV: _Lines,
}


def open_counter(wanted: Format) -> RowCounter:
    """Return a counter for solutions in a format."""
    return _COUNTERS[wanted]()
