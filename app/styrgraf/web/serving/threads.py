"""The threads that the application runs in, and the line before them.

The line is fair by client: whoever has many requests waiting waits for himself. All of it but
the work itself happens in the thread of the event loop, so there are no locks.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class LineFullError(Exception):
    """There is no room in the line; `own` tells whether the client itself takes it up."""

    def __init__(self, *, own: bool) -> None:
        super().__init__()
        self.own = own


@dataclass(eq=False, slots=True)
class _Job(Generic[T]):
    client: str
    work: Callable[[], T]
    future: asyncio.Future[T]


_AnyJob = _Job[object]


class Threads:
    """At most `most` threads, of which one client has `most_per_client`, and the line."""

    def __init__(
        self, most: int, most_per_client: int, line: int = 1000, line_per_client: int = 64
    ) -> None:
        self._most = most
        self._most_per_client = most_per_client
        self._line = line
        self._line_per_client = line_per_client
        self._jobs: SimpleQueue[tuple[asyncio.AbstractEventLoop, _AnyJob] | None] = SimpleQueue()
        self._started = 0
        self.running: Counter[str] = Counter()
        self._all_running = 0
        self._waiting: dict[str, deque[_AnyJob]] = {}
        self._all_waiting = 0

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the line."""
        return self._all_waiting

    async def run(self, client: str, work: Callable[[], T]) -> T:
        """Have `work` done in a thread. Raises LineFullError, and what the work raises."""
        loop = asyncio.get_running_loop()
        job: _Job[T] = _Job(client, work, loop.create_future())
        self._admit(loop, job)  # type: ignore[arg-type]
        return await job.future

    def close(self) -> None:
        """Let the threads end when they have done what they do."""
        for _ in range(self._started):
            self._jobs.put(None)

    def _admit(self, loop: asyncio.AbstractEventLoop, job: _AnyJob) -> None:
        if self._has_room(job.client):
            self._start(loop, job)
            return
        own = self._waiting.setdefault(job.client, deque())
        if len(own) >= self._line_per_client:
            raise LineFullError(own=True)
        if self._all_waiting >= self._line:
            if not own:
                del self._waiting[job.client]
            raise LineFullError(own=False)
        own.append(job)
        self._all_waiting += 1

    def _has_room(self, client: str) -> bool:
        return self._all_running < self._most and self.running[client] < self._most_per_client

    def _start(self, loop: asyncio.AbstractEventLoop, job: _AnyJob) -> None:
        self.running[job.client] += 1
        self._all_running += 1
        if self._started < self._all_running:
            self._started += 1
            threading.Thread(target=self._work, name="request", daemon=True).start()
        self._jobs.put((loop, job))

    def _work(self) -> None:
        while (taken := self._jobs.get()) is not None:
            loop, job = taken
            result: object = None
            error: BaseException | None = None
            try:
                result = job.work()
            except BaseException as raised:
                error = raised
            try:
                loop.call_soon_threadsafe(self._finish, loop, job, result, error)
            except RuntimeError:
                return  # the loop has ended, and with it all who waited
            del taken, job, result, error

    def _finish(
        self,
        loop: asyncio.AbstractEventLoop,
        job: _AnyJob,
        result: object,
        error: BaseException | None,
    ) -> None:
        self._all_running -= 1
        self.running[job.client] -= 1
        if not self.running[job.client]:
            del self.running[job.client]
        if not job.future.done():
            if error is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(error)
        if self._all_waiting:
            self._start_next(loop)

    def _start_next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the next request of the next client in turn; who has left is passed over."""
        for client in list(self._waiting):
            if not self._has_room(client):
                continue
            jobs = self._waiting.pop(client)
            while jobs:
                job = jobs.popleft()
                self._all_waiting -= 1
                if not job.future.done():
                    self._start(loop, job)
                    break
            if jobs:
                self._waiting[client] = jobs  # to the end of the turn
            if self._all_running >= self._most:
                return
