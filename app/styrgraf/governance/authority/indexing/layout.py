"""The file format of the index: named sections of numbers or bytes behind a table. No IO here.

All numbers are in the byte order of the machine that wrote the file; another one refuses it.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from mmap import mmap
from typing import Literal, TypeAlias, cast

from styrgraf.errors import StoreUnusableError
from styrgraf.language import N_, Phrase

MAGIC = b"STYRGAUT"
FORMAT = 2
_BYTE_ORDER = 0x01020304
_HEAD = struct.Struct("=8sIIQI4x")
_ENTRY = struct.Struct("=31scQQ")
_ALIGNMENT = 8
_LOW = 0xFFFFFFFF
_MOST_GAPS = 8
"""A relation has an offset for every number if at least one in so many is a key."""

Section: TypeAlias = "array[int]"
Column: TypeAlias = "memoryview[int]"
Buffer: TypeAlias = mmap | bytes
_Code = Literal["B", "i", "I", "q"]

_NO_INDEX = Phrase(N_("it is no index of authority"))
_OTHER_FORMAT = Phrase(N_("it was written by another version of Styrgraf"))
_TRUNCATED = Phrase(N_("it is cut off"))


def write_sections(sections: Mapping[str, Section]) -> bytes:
    """Return the file: head, table, and each section from a multiple of eight bytes."""
    offset = _align(_HEAD.size + _ENTRY.size * len(sections))
    entries, parts = [], []
    for name, section in sorted(sections.items()):
        body = section.tobytes()
        entries.append(_ENTRY.pack(name.encode(), section.typecode.encode(), offset, len(section)))
        parts.append(body + bytes(_align(len(body)) - len(body)))
        offset += len(parts[-1])
    table = b"".join(entries)
    head = _HEAD.pack(MAGIC, FORMAT, _BYTE_ORDER, offset, len(sections))
    padding = bytes(_align(len(head) + len(table)) - len(head) - len(table))
    return b"".join((head, table, padding, *parts))


class IndexFile:
    """The sections of a file, as views into its content; `file` is told in errors.

    Raises StoreUnusableError.
    """

    def __init__(self, content: Buffer, file: object) -> None:
        self.content = content
        self.columns: dict[str, Column] = {}
        self.places: dict[str, int] = {}
        whole = memoryview(content)
        for name, code, offset, count in _read_table(content, file):
            end = offset + count * struct.calcsize(code)
            if end > len(content):
                raise index_problem(file, _TRUNCATED)
            self.columns[name] = whole[offset:end].cast(code)
            self.places[name] = offset


def _read_table(content: Buffer, file: object) -> Iterator[tuple[str, _Code, int, int]]:
    """Yield name, type code, offset and number of items of each section."""
    if len(content) < _HEAD.size or content[: len(MAGIC)] != MAGIC:
        raise index_problem(file, _NO_INDEX)
    _, number, order, size, count = _HEAD.unpack_from(content)
    if (number, order) != (FORMAT, _BYTE_ORDER):
        raise index_problem(file, _OTHER_FORMAT)
    if len(content) != size or _HEAD.size + _ENTRY.size * count > size:
        raise index_problem(file, _TRUNCATED)
    for each in range(count):
        place = _HEAD.size + each * _ENTRY.size
        name, code, offset, length = _ENTRY.unpack_from(content, place)
        yield name.rstrip(b"\0").decode(), cast(_Code, code.decode()), offset, length


def index_problem(file: object, reason: object) -> StoreUnusableError:
    """Return the error that tells why an index cannot be used, and what to do."""
    return StoreUnusableError(
        N_("The index of authority {file} cannot be used: {reason}. Run `styrgraf load`."),
        file=file,
        reason=reason,
    )


def _align(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


class Relation:
    """From a key to its values, in order. Keys lie close (an offset for each), or are listed."""

    __slots__ = ("_first", "_keys", "_offsets", "_size", "_values")

    def __init__(self, sections: Mapping[str, Column], name: str) -> None:
        keys = sections[name + ".keys"]
        self._offsets = sections[name + ".offsets"]
        self._values = sections[name + ".values"]
        self._size = len(self._offsets) - 1
        self._keys = keys if len(keys) == self._size else None
        self._first = keys[0] if self._keys is None else 0

    def of(self, key: int) -> Column:
        """Return the values of `key`; none if it has none."""
        if self._keys is None:
            at = key - self._first
            if not 0 <= at < self._size:
                return self._values[:0]
        else:
            at = bisect_left(self._keys, key)
            if at == self._size or self._keys[at] != key:
                return self._values[:0]
        return self._values[self._offsets[at] : self._offsets[at + 1]]

    def list_keys(self) -> Sequence[int]:
        """Return the keys that have values, in order."""
        if self._keys is not None:
            return self._keys
        spans = enumerate(pairwise(self._offsets), self._first)
        return [key for key, (start, end) in spans if start < end]


def write_relation(name: str, pairs: Iterable[tuple[int, int]]) -> dict[str, Section]:
    """Return the sections of a relation; each key's values are sorted and each stands once."""
    packed = sorted({key << 32 | value for key, value in pairs})
    values = array("i", (pair & _LOW for pair in packed))
    keys: list[int] = []
    offsets = array("I")
    for at, pair in enumerate(packed):
        if not keys or keys[-1] != pair >> 32:
            keys.append(pair >> 32)
            offsets.append(at)
    offsets.append(len(packed))
    span = keys[-1] - keys[0] + 1 if keys else 0
    if span <= _MOST_GAPS * len(keys):
        offsets, keys = _spread(keys, offsets), keys[:1]
    return {
        name + ".keys": array("i", keys),
        name + ".offsets": offsets,
        name + ".values": values,
    }


def _spread(keys: Sequence[int], offsets: Section) -> Section:
    """Return an offset for every number from the first to the last key, and the end."""
    spread = array("I")
    for at, key in enumerate(keys):
        spread.extend([offsets[at]] * (key - keys[0] + 1 - len(spread)))
    spread.append(offsets[-1])
    return spread


class Table:
    """Records of `width` numbers each, by their place."""

    __slots__ = ("_numbers", "_width")

    def __init__(self, sections: Mapping[str, Column], name: str, width: int) -> None:
        self._numbers = sections[name]
        self._width = width

    def __len__(self) -> int:
        return len(self._numbers) // self._width

    def __getitem__(self, place: int) -> tuple[int, ...]:
        return tuple(self._numbers[place * self._width : (place + 1) * self._width])


def write_table(records: Iterable[Sequence[int]]) -> Section:
    """Return the section of a table; all records are equally long."""
    return array("i", (number for record in records for number in record))
