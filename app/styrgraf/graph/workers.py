"""The pool of query processes: each can be killed, and is replaced at once."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from queue import Empty, LifoQueue
from typing import Any

from styrgraf import errors
from styrgraf.errors import (
    BusyError,
    NonConformingError,
    QueryMemoryError,
    QueryStoppedError,
    QueryTimeoutError,
    StyrgrafError,
)
from styrgraf.graph.asking import RunningQuery
from styrgraf.graph.reports import parse_report
from styrgraf.language import N_, Phrase

_START_SECONDS = 30.0
_QUERY_TIMEOUT = N_("The query was stopped after {seconds} s; narrow it, or ask for less.")
_QUERY_MEMORY = N_(
    "The query needed more memory or nesting than it may use and was stopped; "
    "narrow it, or ask for less."
)
_TASK_TIMEOUT = N_("The calculation was stopped after {seconds} s; ask for less.")
_TASK_MEMORY = N_(
    "The calculation needed more memory or nesting than it may use and was stopped; ask for less."
)


class _Worker:
    """One query process and our end of the socket to it."""

    def __init__(self, megabytes: int, plug_in: str) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 -- our own module, no shell
                [
                    sys.executable,
                    "-m",
                    "styrgraf.graph.worker_process",
                    str(theirs.fileno()),
                    str(megabytes),
                    plug_in,
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_worker_environment(),
            )
        self._connection = Connection(ours.detach())
        self._ready = False

    def answer(self, job: Mapping[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a job and wait for its answer. Raises TimeoutError, EOFError or OSError."""
        if not self._ready:
            self._receive(_START_SECONDS)
            self._ready = True
        self._connection.send_bytes(json.dumps(job).encode())
        header = json.loads(self._receive(seconds))
        return header, self._connection.recv_bytes()

    def _receive(self, seconds: float) -> bytes:
        if not self._connection.poll(seconds):
            raise TimeoutError
        return self._connection.recv_bytes()

    def interrupt(self) -> None:
        """End the process; who waits for it is told, and clears up."""
        self._process.kill()

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._connection.close()


@dataclass(slots=True)
class Run:
    """A query as others see it while it runs."""

    identifier: str
    client: str
    text: str
    seconds: float
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    worker: _Worker | None = None
    stopped: bool = False

    def describe(self) -> RunningQuery:
        """Return what is shown of it."""
        elapsed = (datetime.now(UTC) - self.started).total_seconds()
        return RunningQuery(
            self.identifier, self.client, self.text[:500], self.started, elapsed, 0, elapsed > 1
        )


class WorkerPool:
    """A fixed number of query processes that threads share."""

    def __init__(self, size: int, megabytes: int, queue_seconds: float, plug_in: str = "") -> None:
        self._megabytes = megabytes
        self._plug_in = plug_in
        self._queue_seconds = queue_seconds
        self._idle: LifoQueue[_Worker] = LifoQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._runs: list[Run] = []
        self._workers: set[_Worker] = set()
        for _ in range(size):
            self._start_worker()

    def run(
        self, job: Mapping[str, Any], seconds: float, run: Run | None = None
    ) -> tuple[dict[str, Any], bytes]:
        """Have a job done within `seconds`; return its header and its body.

        Raises BusyError, QueryTimeoutError, QueryMemoryError, or the error that the job met.
        """
        worker = self._take_worker()
        if run is not None:
            run.worker = worker
            self._runs.append(run)
        try:
            header, body = worker.answer({**job, "seconds": seconds}, seconds)
        except TimeoutError:
            self._replace(worker)
            raise QueryTimeoutError(
                _TASK_TIMEOUT if "task" in job else _QUERY_TIMEOUT, seconds=f"{seconds:g}"
            ) from None
        except (EOFError, OSError) as error:
            self._replace(worker)
            if run is not None and run.stopped:
                raise QueryStoppedError(N_("The query was stopped.")) from None
            raise QueryMemoryError(_TASK_MEMORY if "task" in job else _QUERY_MEMORY) from error
        except BaseException:
            self._replace(worker)
            raise
        finally:
            if run is not None:
                self._runs.remove(run)
        self._idle.put(worker)
        _raise_told_error(header, body)
        return header, body

    def running(self) -> tuple[RunningQuery, ...]:
        """Return the queries that run."""
        return tuple(run.describe() for run in list(self._runs))

    def stop(self, identifier: str, client: str | None) -> bool:
        """Stop a client's query, or anyone's (None)."""
        for run in list(self._runs):
            if identifier and run.identifier == identifier and client in {None, run.client}:
                run.stopped = True
                if run.worker is not None:
                    run.worker.interrupt()
                return True
        return False

    def close(self) -> None:
        """End all processes; what they were doing ends with QueryMemoryError."""
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, set()
        for worker in workers:
            worker.kill()

    def _take_worker(self) -> _Worker:
        started = time.monotonic()
        try:
            return self._idle.get(timeout=self._queue_seconds or 0.001)
        except Empty:
            raise BusyError(
                N_("All query processes were busy for {seconds} s; try again in a moment."),
                retry=1,
                seconds=f"{time.monotonic() - started:.1f}",
            ) from None

    def _replace(self, worker: _Worker) -> None:
        with self._lock:
            known = worker in self._workers
            self._workers.discard(worker)
        if known:
            worker.kill()
            self._start_worker()

    def _start_worker(self) -> None:
        with self._lock:
            if self._closed:
                return
            worker = _Worker(self._megabytes, self._plug_in)
            self._workers.add(worker)
        self._idle.put(worker)


def _worker_environment() -> dict[str, str]:
    # Two arenas keep the address space, which the memory limit counts, near what is used.
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {**os.environ, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"}


def _raise_told_error(header: Mapping[str, Any], body: bytes) -> None:
    if "failure" in header:
        raise RuntimeError(header["failure"])
    if "error" not in header:
        return
    facts = header["facts"] | {name: Phrase(text) for name, text in header["phrases"].items()}
    if header["error"] == NonConformingError.__name__:
        raise NonConformingError(header["message"], parse_report(body), **facts)
    kind = getattr(errors, header["error"], StyrgrafError)
    raise kind(header["message"], **facts)
