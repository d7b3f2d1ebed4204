"""What is asked of the query service and what comes back: values that all its rooms share.

No IO here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from styrgraf.closing import Closing
from styrgraf.model import UNION, QueryDataset

PAGE_CLIENT: ContextVar[str] = ContextVar("page_client", default="")
"""For whom this thread makes a page: clients take turns with the queries of their pages too."""


class Departure(Protocol):
    """Tells whether the client that waits for an answer has left."""

    def has_left(self) -> bool:
        """Tell whether nobody waits any more."""

    def on_leave(self, callback: Callable[[], None]) -> None:
        """Have `callback` called when the client leaves: at most once, from any thread."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One query as the endpoint or a page asks it. Limits lower those of the service, never raise.

    `client` is who asks, for fairness; empty: the service itself, for its own pages.
    `identifier` is the request's own, by which it is seen and stopped. `preview` cuts the answer
    after so many rows.
    """

    text: str
    media_type: str | None = None
    dataset: QueryDataset = UNION
    client: str = ""
    identifier: str = ""
    seconds: float | None = None
    rows: int | None = None
    preview: int | None = None
    departure: Departure | None = None


@dataclass(frozen=True, slots=True)
class RunningQuery:
    """One query that runs: its first 500 characters, since when, for how long, bytes resident."""

    identifier: str
    client: str
    text: str
    started: datetime
    seconds: float
    resident: int
    long: bool


class StreamedAnswer(Closing):
    """An answer that comes in parts of bytes; close it when done, or use it as a context manager.

    `complete`: all of it is in the first part, so its size is known and no error comes.
    Otherwise iterating may raise StyrgrafError in the midst; what was sent is then not whole.
    `more`: a preview was cut; known when the answer is complete.
    """

    def __init__(
        self,
        *,
        form: str,
        media_type: str,
        version: int,
        parts: Iterable[bytes],
        complete: bool = True,
        more: bool = False,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self.form = form
        self.media_type = media_type
        self.version = version
        self.complete = complete
        self.more = more
        self._parts = iter(parts)
        self._close = close

    def __iter__(self) -> Iterator[bytes]:
        return self._parts

    def close(self) -> None:
        """End the query if it still runs."""
        self._close()
