"""What the engine writes its answers to: within limits, and handed on in parts as they come.

No IO here: whoever wants parts says what is done with them.
"""

from __future__ import annotations

from collections.abc import Callable

from styrgraf.errors import AnswerTooLargeError
from styrgraf.graph.isolation.counting import RowCounter
from styrgraf.graph.limits import MEBIBYTE, AnswerLimits
from styrgraf.language import N_

PART_BYTES = 64 * 1024
"""An answer below this comes whole."""


class PreviewFull(Exception):  # noqa: N818 -- no error: a preview has all the rows it may have
    """Raised through the engine when a preview is full, so that it stops writing."""


class AnswerOutput:
    """A binary file that counts what is written to it, and refuses to grow beyond the limits.

    With `deliver`, parts of at least PART_BYTES are handed on when there are so many; a preview
    is kept whole, so that what more there is can be told. `rest` is what was not handed on.
    """

    def __init__(
        self,
        limits: AnswerLimits,
        rows: RowCounter | None = None,
        deliver: Callable[[bytes], None] | None = None,
    ) -> None:
        self.more = False
        self._limits = limits
        self._rows = rows
        self._deliver = deliver if limits.preview is None else None
        self._written = 0
        self._is_full = False
        self._kept = bytearray()
        self._uncounted = b""

    def write(self, data: bytes, /) -> int:
        """Take what the engine writes. Raises AnswerTooLargeError and PreviewFull."""
        if self._is_full:  # on its way out the engine writes what it holds back
            return len(data)
        self._written += len(data)
        if self._written > self._limits.size:
            raise AnswerTooLargeError(
                N_("The answer is larger than {limit} MiB; ask for less, for example with LIMIT."),
                limit=self._limits.size // MEBIBYTE,
            )
        if self._rows is not None:
            self._uncounted += data
            if self._may_have_too_many():
                self._count(self._rows, self._uncounted)
                self._uncounted = b""
        self._kept += data
        if self._deliver is not None and len(self._kept) >= PART_BYTES:
            self._deliver(bytes(self._kept))
            self._kept.clear()
        return len(data)

    def flush(self) -> None:
        """Do nothing: parts are handed on by size."""

    def rest(self) -> bytes:
        """Return what was not handed on."""
        return bytes(self._kept)

    def _count(self, rows: RowCounter, data: bytes) -> None:
        preview = self._limits.preview
        length = None if preview is None else rows.find_row(data, preview)
        if length is not None:
            self._kept = bytearray(rows.cut(bytes(self._kept) + data[:length]) + rows.ending)
            self.more = self._is_full = True
            raise PreviewFull
        rows.feed(data)
        if rows.rows > self._limits.rows:
            raise too_many_rows(self._limits)

    def _may_have_too_many(self) -> bool:
        """Tell whether rows must be counted: each has a byte, so that few bytes are few rows."""
        least = self._limits.rows if self._limits.preview is None else 0
        return self._written > min(least, PART_BYTES)


def too_many_rows(limits: AnswerLimits) -> AnswerTooLargeError:
    """Return the error that tells of a limit on rows."""
    return AnswerTooLargeError(
        N_("The answer has more than {limit} rows; ask for less, for example with LIMIT."),
        limit=limits.rows,
    )
