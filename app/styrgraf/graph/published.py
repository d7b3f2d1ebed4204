"""Reading what is published: every query in a killable process, on the version that is current."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeVar

from styrgraf.closing import Closing
from styrgraf.errors import StyrgrafError
from styrgraf.graph.answers import AnsweringReader
from styrgraf.graph.asking import Asked, RunningQuery, StreamedAnswer
from styrgraf.graph.attachments import Attachments
from styrgraf.graph.embedded import store_problem
from styrgraf.graph.inspection import read_query
from styrgraf.graph.isolation.frames import FIRST, PART, WHOLE, Frame
from styrgraf.graph.isolation.places import PoolLimits
from styrgraf.graph.isolation.resident import fits_memory
from styrgraf.graph.isolation.runs import Request, Run
from styrgraf.graph.isolation.workers import WorkerPool
from styrgraf.graph.keeping import Kept
from styrgraf.graph.limits import AnswerLimits
from styrgraf.graph.services.federation import check_services
from styrgraf.graph.services.gateway import Gateway, Session, told_by
from styrgraf.graph.shipped import read_dataset
from styrgraf.graph.versions import (
    CURRENT,
    check_dataset,
    find_current,
    locate_version,
    read_version,
)
from styrgraf.model import UNION, QueryAnswer, QueryDataset, Version
from styrgraf.settings import Settings

T = TypeVar("T")
Number = TypeVar("Number", int, float)

DUMP_SECONDS = 600.0
_PART_BYTES = 256 * 1024


class PublishedStore(AnsweringReader, Closing):
    """Answers from the current version; what is running when a new one comes ends on the old."""

    def __init__(self, settings: Settings, plug_in: str = "") -> None:
        self._data_dir = settings.data_dir.absolute()
        self._seconds = settings.query_seconds
        self._limits = AnswerLimits.of(settings)
        self._gateway = Gateway(settings) if settings.service_origins else None
        self._pool = WorkerPool(PoolLimits.of(settings), plug_in, self._gateway)
        self._attachments = Attachments()
        self._kept = Kept()
        self._memory_quads = settings.memory_quads
        self._found: tuple[tuple[str, int], Version, Mapping[str, Any]] | None = None
        with suppress(StyrgrafError):
            self._find_version()

    def query(
        self, text: str, media_type: str | None = None, dataset: QueryDataset = UNION
    ) -> QueryAnswer:
        """Answer a SPARQL query serialised in `media_type` (None: JSON, or N-Triples)."""
        with self.stream(Asked(text, media_type, dataset)) as answer:
            return QueryAnswer(answer.form, answer.media_type, b"".join(answer), answer.version)

    def stream(self, asked: Asked) -> StreamedAnswer:
        """Answer a query in parts; a small answer is whole, and its errors are raised here."""
        request, session = self._prepare(asked)
        with told_by(session):
            run = self._pool.start(request)
            first = self._pool.receive(run)
        return self._begin_answer(run, first, session)

    async def stream_soon(self, asked: Asked) -> StreamedAnswer:
        """Do what `stream` does, without a thread that waits; parts are for a thread to take."""
        # Who has no event loop starts faster without asyncio.
        from styrgraf.graph.isolation.awaiting import start_and_receive

        request, session = self._prepare(asked)
        with told_by(session):
            run, first = await start_and_receive(self._pool, request)
        return self._begin_answer(run, first, session)

    def _prepare(self, asked: Asked) -> tuple[Request, Session | None]:
        found, seconds = read_query(asked.text), _lower(asked.seconds, self._seconds)
        described = self._find_version()[1]
        session = self._open_session(asked.text, seconds) if found.services else None
        job = {
            **described,
            "form": found.form,
            "services": session.describe() if session else None,
            "media_type": asked.media_type,
            "default_graphs": asked.dataset.default_graphs,
            "named_graphs": asked.dataset.named_graphs,
            "rows": _lower(asked.rows, self._limits.rows),
            "preview": asked.preview,
        }
        return (
            Request(job, seconds, asked.client, asked.identifier, asked.text, asked.departure),
            session,
        )

    def _begin_answer(self, run: Run, first: Frame, session: Session | None) -> StreamedAnswer:
        return StreamedAnswer(
            form=run.request.job["form"],
            media_type=first.header["media_type"],
            version=run.request.job["version"],
            parts=self._follow(run, first, session),
            complete=first.kind == WHOLE,
            more=first.header.get("more", False),
            close=lambda: self._give_up(run, session),
        )

    def _open_session(self, text: str, seconds: float) -> Session:
        """Let a query ask the servers that it names, if it may. Raises OutgoingRequestError."""
        check_services(text, self._gateway.origins if self._gateway else ())
        assert self._gateway is not None  # noqa: S101 -- or the check had refused
        return self._gateway.open_session(seconds)

    def _give_up(self, run: Run, session: Session | None) -> None:
        self._pool.give_up(run)
        if session is not None:
            session.close()

    def is_in_memory(self) -> bool:
        """Tell whether the version that answers come from is held in memory."""
        return self._pool.is_in_memory()

    def running(self) -> tuple[RunningQuery, ...]:
        """Return the queries that run."""
        return self._pool.running()

    def stop(self, identifier: str, client: str | None) -> bool:
        """Stop a client's query, or anyone's (None); tell whether there was one."""
        return self._pool.stop(identifier, client)

    def protections(self) -> Mapping[str, bool]:
        """Return by name what holds the query processes, and whether the system allows it."""
        return self._pool.protections()

    def dump(self, media_type: str, graph: str | None = None) -> Iterator[bytes]:
        """Return the parts of the whole dataset (N-Quads, TriG), or of one named graph.

        The dump is complete before its first part; errors are raised at once.
        """
        job = {"dump": True, "media_type": media_type, "graph": graph}
        file = tempfile.TemporaryFile(prefix="styrgraf-dump-")  # noqa: SIM115 -- parts close it
        try:
            for part in self._carry_out(job, DUMP_SECONDS):
                file.write(part)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return _read_parts(file)

    def run_task(self, name: str, arguments: Mapping[str, str], seconds: float) -> bytes:
        """Have a task of the plug-in done on the current version within `seconds`.

        Raises LimitError, and what the task raises.
        """
        return b"".join(self._carry_out({"task": name, "arguments": dict(arguments)}, seconds))

    def open_attachment(self, name: str, version: Version, opener: Callable[[Path], T]) -> T:
        """Return what `opener` makes of a file that is attached to a version, this or an older."""
        folder = locate_version(self._data_dir, version)
        return self._attachments.open(folder, name, opener)

    def keep(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of the current version, or has made of it before."""
        return self._kept.keep(self.version, name, make)

    def version(self) -> Version:
        """Return the version that answers come from."""
        return self._find_version()[0]

    def close(self) -> None:
        """End the query processes, and let go of attachments."""
        self._pool.close()
        self._attachments.close()

    def _carry_out(self, job: Mapping[str, Any], seconds: float) -> Iterator[bytes]:
        described = {**self._find_version()[1], **job}
        name = str(job.get("task", "dump"))
        run = self._pool.start(Request(described, seconds, text=name, is_task=True))
        return self._follow(run, self._pool.receive(run))

    def _follow(self, run: Run, first: Frame, session: Session | None = None) -> Iterator[bytes]:
        """Yield the bodies of the frames of a run."""
        frame = first
        try:
            while frame.kind in {FIRST, PART}:
                yield frame.body
                with told_by(session):
                    frame = self._pool.receive(run)
            yield frame.body
        finally:
            self._give_up(run, session)

    def _find_version(self) -> tuple[Version, Mapping[str, Any]]:
        """Return the current version, and the part of a job that tells of it."""
        try:  # for each query, so without paths, which take longer than these calls
            name = os.readlink(f"{self._data_dir}/{CURRENT}")  # noqa: PTH115
            written = os.stat(f"{self._data_dir}/{name}").st_mtime_ns  # noqa: PTH116
        except OSError:
            folder = find_current(self._data_dir)
            raise store_problem(OSError("there is no such folder"), folder) from None
        found = self._found
        if found is None or found[0] != (name, written):
            # The time tells a folder apart from one of the same name in a directory made anew.
            found = self._found = ((name, written), *self._read_version(self._data_dir / name))
        return found[1], found[2]

    def _read_version(self, folder: Path) -> tuple[Version, Mapping[str, Any]]:
        version = read_version(folder)
        job = {
            "folder": str(folder),
            "version": version.number,
            "recorded": version.recorded.isoformat(),
            "dataset": version.dataset,
            "base": version.base,
            "rows": self._limits.rows,
            "size": self._limits.size,
        }
        is_small = version.quads <= self._memory_quads and fits_memory(version)
        self._pool.warm(job, in_memory=is_small)
        return version, job


def open_reader(settings: Settings, plug_in: str = "") -> PublishedStore:
    """Open the data directory for reading, with its query processes; close it when done.

    `plug_in` names the module with the functions and tasks of these processes, if there is any.
    Raises StoreMissingError, StoreUnusableError and WrongDatasetError.
    """
    check_dataset(read_version(find_current(settings.data_dir)), read_dataset(settings))
    return PublishedStore(settings, plug_in)


def open_local_reader(settings: Settings, plug_in: str = "") -> PublishedStore:
    """Open the data directory for one caller: a query is stopped here as well."""
    return open_reader(replace(settings, query_workers=1), plug_in)


def _lower(asked: Number | None, limit: Number) -> Number:
    return limit if asked is None else min(asked, limit)


def _read_parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART_BYTES):
            yield part
