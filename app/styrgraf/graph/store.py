"""The one store protocol: every engine, embedded or remote, answers these calls."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from styrgraf.graph.asking import Asked, RunningQuery, StreamedAnswer
from styrgraf.model import UNION, Quad, QueryAnswer, QueryDataset, Solutions, Triple, Version

T = TypeVar("T")


class Reader(Protocol):
    """A dataset that can be queried; each answer is complete or an error.

    All methods raise QuerySyntaxError, OutgoingRequestError, LimitError or StoreError.
    """

    def query(
        self, text: str, media_type: str | None = None, dataset: QueryDataset = UNION
    ) -> QueryAnswer:
        """Answer a SPARQL query serialised in `media_type` (None: JSON, or N-Triples)."""

    def select(self, text: str, dataset: QueryDataset = UNION) -> Solutions:
        """Answer a SELECT."""

    def ask(self, text: str, dataset: QueryDataset = UNION) -> bool:
        """Answer an ASK."""

    def construct(self, text: str, dataset: QueryDataset = UNION) -> tuple[Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE."""

    def dump(self, media_type: str, graph: str | None = None) -> Iterator[bytes]:
        """Yield the whole dataset (N-Quads, TriG), or one graph (empty: the default), in parts."""

    def version(self) -> Version:
        """Return the version that answers come from."""

    def open_attachment(self, name: str, version: Version, opener: Callable[[Path], T]) -> T:
        """Return what `opener` makes of a file that is attached to a version.

        It is made once per version and shared by threads. Raises StoreMissingError.
        """

    def keep(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of what is read here, or has made of the same version before.

        `name` tells it apart from all else that is kept; what is kept is not to be changed.
        """


class TaskReader(Reader, Protocol):
    """A reader whose work can be stopped, and that tells what of it runs."""

    def stream(self, asked: Asked) -> StreamedAnswer:
        """Answer a query in parts; a small answer is whole, and its errors are raised here.

        Raises also TooManyQueriesError, BusyError and QueryStoppedError.
        """

    async def stream_soon(self, asked: Asked) -> StreamedAnswer:
        """Do what `stream` does, without a thread that waits; parts are for a thread to take."""

    def running(self) -> tuple[RunningQuery, ...]:
        """Return the queries that run."""

    def stop(self, identifier: str, client: str | None) -> bool:
        """Stop a client's query, or anyone's (None); tell whether there was one."""

    def protections(self) -> Mapping[str, bool]:
        """Return by name what holds the query processes, and whether the system allows it."""

    def is_in_memory(self) -> bool:
        """Tell whether the version that answers come from is held in memory."""

    def run_task(self, name: str, arguments: Mapping[str, str], seconds: float) -> bytes:
        """Have a task done on the current version. Raises LimitError, and what the task raises."""


class Writer(Reader, Protocol):
    """A dataset under the lock of one writer; nothing is visible before `publish`."""

    def update(self, text: str) -> None:
        """Carry out a SPARQL update whose every operation names its graph."""

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads."""

    def clear(self, graph: str) -> None:
        """Empty one named graph."""

    def publish(self, shipped_digest: str) -> Version:
        """Make the present state the next version, atomically."""
