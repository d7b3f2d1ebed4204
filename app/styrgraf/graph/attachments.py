"""Files beside the checkpoint of a version, and what is made of them: once per version."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from styrgraf.errors import StoreMissingError
from styrgraf.language import N_

T = TypeVar("T")

_MOST_KEPT = 4


def missing_attachment(name: str) -> StoreMissingError:
    """Return the error that tells how a missing file comes to be."""
    return StoreMissingError(
        N_("This version of the data has no {name}; run `styrgraf load` to make a new one."),
        name=name,
    )


class Attachments:
    """What was made of the attachments of the last few versions that were asked for.

    Threads may share it. What it lets go of lives on with whoever still uses it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[Path, int], object] = OrderedDict()

    def open(self, folder: Path, name: str, opener: Callable[[Path], T]) -> T:
        """Return what `opener` makes of a file in the folder of a version, or made of it before.

        There is one opener per name. Raises StoreMissingError where there is no such file.
        """
        path = folder / name
        try:
            # The time tells it apart from one of the same name in a data directory made anew.
            key = (path, path.stat().st_mtime_ns)
        except FileNotFoundError:
            raise missing_attachment(name) from None
        with self._lock:
            if key not in self._made:
                self._made[key] = opener(path)
                if len(self._made) > _MOST_KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            return cast(T, self._made[key])

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._made.clear()
