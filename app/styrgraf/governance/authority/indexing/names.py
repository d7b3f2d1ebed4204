"""The IRIs of an index by number, and their numbers by one look into a hash table. No IO here.

Numbers count through groups (delegations, parties, matters, the rest), each sorted; what many
names of a group begin with stands once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

from styrgraf.governance.authority.indexing.layout import IndexFile, Section

_SHARED_BY = 16
"""A beginning, up to the last slash or number sign, stands apart if so many names have it."""


class Names:
    """All names of an index."""

    __slots__ = (
        "_base",
        "_beginnings",
        "_content",
        "_ends",
        "_mask",
        "_size",
        "_slots",
        "_starts",
    )

    def __init__(self, file: IndexFile) -> None:
        columns = file.columns
        self._content = file.content
        self._slots = columns["names.slots"]
        self._size = len(self._slots)
        self._mask = _mask_number(len(columns["names.ends"]))
        self._ends = columns["names.ends"]
        self._base = file.places["names.texts"]
        self._starts = columns["names.runs"].tolist()
        beginnings = columns["names.beginnings"].tobytes()
        cuts = pairwise(columns["names.cuts"].tolist())
        self._beginnings = [beginnings[start:end] for start, end in cuts]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def find(self, name: str) -> int:
        """Return the number of a name, -1 if there is none."""
        try:
            encoded = name.encode()
        except UnicodeEncodeError:  # half of a surrogate pair, which no IRI has
            return -1
        checksum = crc32(encoded)
        slots, mask = self._slots, self._mask
        place = checksum % self._size
        while slot := slots[place]:
            # The bits that stand above a number are those of the checksum of its name.
            if slot ^ checksum <= mask and encoded == self.encoded(number := (slot & mask) - 1):
                return number
            place = place + 1 if place + 1 < self._size else 0
        return -1

    def encoded(self, number: int) -> bytes:
        """Return the name with a number, in UTF-8."""
        base, ends = self._base, self._ends
        beginning = self._beginnings[bisect_right(self._starts, number) - 1]
        return beginning + self._content[base + ends[number] : base + ends[number + 1]]


def number_names(groups: Iterable[Iterable[str]]) -> tuple[dict[str, int], dict[str, Section]]:
    """Return the number of each name, and the sections; a name counts in its first group."""
    numbers: dict[str, int] = {}
    runs: list[tuple[int, bytes]] = []
    endings: list[bytes] = []
    for group in groups:
        for beginning, ending in _split_names({name for name in group if name not in numbers}):
            if not runs or runs[-1][1] != beginning.encode():
                runs.append((len(numbers), beginning.encode()))
            numbers[beginning + ending] = len(numbers)
            endings.append(ending.encode())
    return numbers, {
        "names.slots": _fill_slots(numbers),
        "names.ends": _sum_lengths(endings),
        "names.texts": array("B", b"".join(endings)),
        "names.runs": array("i", (start for start, _ in runs)),
        "names.cuts": _sum_lengths([text for _, text in runs]),
        "names.beginnings": array("B", b"".join(text for _, text in runs)),
    }


def _split_names(names: set[str]) -> list[tuple[str, str]]:
    """Return each name as its shared beginning ('' if not shared) and the rest, sorted."""
    cuts = {name: max(name.rfind("/"), name.rfind("#")) + 1 for name in names}
    shared = Counter(name[:cut] for name, cut in cuts.items())
    return sorted(
        (name[:cut], name[cut:]) if shared[name[:cut]] >= _SHARED_BY else ("", name)
        for name, cut in cuts.items()
    )


def _fill_slots(numbers: dict[str, int]) -> Section:
    """Return the hash table, four sevenths full: a free slot holds 0.

    A slot holds the number plus one, and above it as many bits of the name's checksum as fit.
    """
    slots = array("I", [0]) * (len(numbers) * 7 // 4 + 1)
    mask = _mask_number(len(numbers) + 1)
    for name, number in numbers.items():
        checksum = crc32(name.encode())
        place = checksum % len(slots)
        while slots[place]:
            place = place + 1 if place + 1 < len(slots) else 0
        slots[place] = checksum & ~mask | number + 1
    return slots


def _mask_number(highest: int) -> int:
    """Return the lowest bits, as many as a number up to `highest` takes."""
    return (1 << highest.bit_length()) - 1


def _sum_lengths(texts: Sequence[bytes]) -> Section:
    ends = array("I", [0])
    for text in texts:
        ends.append(ends[-1] + len(text))
    return ends
