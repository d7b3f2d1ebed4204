"""Runs as an event loop waits for them: without a thread, until the first frame has come.

What comes after the first frame, if anything, is for a thread to receive.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress

from styrgraf.graph.isolation.frames import Frame
from styrgraf.graph.isolation.processes import QueryProcess
from styrgraf.graph.isolation.runs import Request, Run
from styrgraf.graph.isolation.workers import WorkerPool


async def start_and_receive(pool: WorkerPool, request: Request) -> tuple[Run, Frame]:
    """Wait for the turn of a request, hand its job to a process and wait for the first frame.

    Raises what `WorkerPool.start` and `WorkerPool.receive` raise.
    """
    turn = _Turn(asyncio.get_running_loop())
    run = pool.submit(request, turn.tell)
    try:
        if pool.is_waiting(run):
            await turn.come(pool.queue_seconds)
        if not pool.begin(run, may_fork=False):
            await asyncio.to_thread(pool.begin, run)
        return run, await _receive(pool, run)
    except BaseException:
        pool.give_up(run)
        raise


class _Turn:
    """Tells the event loop from any thread that a run need not wait any more."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._came: asyncio.Future[None] = loop.create_future()

    def tell(self) -> None:
        with suppress(RuntimeError):  # the loop has ended, and nobody waits
            self._loop.call_soon_threadsafe(self._settle)

    async def come(self, seconds: float) -> None:
        """Wait until it is told, but no longer than so many seconds."""
        timer = self._loop.call_later(seconds, self._settle)
        try:
            await self._came
        finally:
            timer.cancel()

    def _settle(self) -> None:
        if not self._came.done():
            self._came.set_result(None)


async def _receive(pool: WorkerPool, run: Run) -> Frame:
    process = pool.return_to(run)
    try:
        frame = await _await_frame(process)
    except (EOFError, OSError, ValueError):
        raise pool.lose_process(run) from None
    return pool.accept(run, process, frame)


async def _await_frame(process: QueryProcess) -> Frame:
    loop, frames = asyncio.get_running_loop(), process.frames
    came: asyncio.Future[Frame] = loop.create_future()

    def read() -> None:
        try:
            frames.read()
            frame = frames.take()
        except (EOFError, OSError, ValueError) as error:
            loop.remove_reader(frames.fileno())
            if not came.done():
                came.set_exception(error)
        else:
            if frame is not None and not came.done():
                came.set_result(frame)

    loop.add_reader(frames.fileno(), read)
    try:
        return await came
    finally:
        loop.remove_reader(frames.fileno())
        os.set_blocking(frames.fileno(), True)  # as threads wait for it, and loops do not
