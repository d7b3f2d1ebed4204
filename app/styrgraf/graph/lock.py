"""The lock of the one writer: a file that the kernel releases when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from styrgraf.errors import StoreLockedError
from styrgraf.language import N_

_PAUSE_SECONDS = 0.02


@contextmanager
def hold_lock(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock file at `path`, waiting at most `seconds` for its holder.

    Raises StoreLockedError, telling the process that holds it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(handle, seconds)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise StoreLockedError(
                    N_(
                        "Process {holder} is writing to the data directory; "
                        "it was waited for {seconds} s. Try again when it is done."
                    ),
                    holder=os.pread(handle, 32, 0).decode() or "?",
                    seconds=f"{seconds:g}",
                ) from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return
