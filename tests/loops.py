"""Event loops in threads of their own: a browser leaves a loop in the main thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
Runner = Callable[[Awaitable[T]], T]
MakeLoop = Callable[[], asyncio.AbstractEventLoop]


@contextmanager
def open_loop(make_loop: MakeLoop | None = None) -> Iterator[Runner[object]]:
    """Yield what runs awaitables, one after another, in a loop with a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        runner = asyncio.Runner(loop_factory=make_loop)
        yield lambda waiting: thread.submit(runner.run, _wait(waiting)).result()
        thread.submit(runner.close).result()


async def _wait(waiting: Awaitable[T]) -> T:
    return await waiting
