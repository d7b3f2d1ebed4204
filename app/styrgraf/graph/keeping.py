"""What depends on the version alone and takes long to make: made once per version and process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Generic, TypeVar, cast

from styrgraf.graph.store import Reader
from styrgraf.model import Version

T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)

_MOST_KEPT = 48


class Kept:
    """The things of the newest version that were asked for last; threads may share it."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._version: Version | None = None
        self._made: OrderedDict[Hashable, object] = OrderedDict()

    def keep(self, identify: Callable[[], Version], name: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of the version that is current, or has made of it before."""
        version = identify()
        with self._lock:
            if version == self._version and name in self._made:
                self._made.move_to_end(name)
                return cast(T, self._made[name])
        made = make()
        if identify() == version:  # else it may be of the one after
            self._add(version, name, made)
        return made

    def _add(self, version: Version, name: Hashable, made: object) -> None:
        with self._lock:
            if version != self._version:
                self._version = version
                self._made.clear()
            self._made[name] = made
            if len(self._made) > self._most:
                self._made.popitem(last=False)


class KeptEach(Generic[Key, T]):
    """What was found for single keys, and for which nothing was; the oldest make way."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._found: dict[Key, T | None] = {}

    def list_known(self, keys: Iterable[Key]) -> dict[Key, T | None]:
        """Return what is known of keys, also that there is nothing."""
        with self._lock:
            return {key: self._found[key] for key in keys if key in self._found}

    def add(self, found: Mapping[Key, T | None]) -> None:
        """Keep what was found."""
        with self._lock:
            self._found.update(found)
            for key in tuple(islice(self._found, max(0, len(self._found) - self._most))):
                del self._found[key]


def keep_each(
    reader: Reader,
    name: Hashable,
    keys: Collection[Key],
    find: Callable[[Sequence[Key]], Mapping[Key, T]],
    most: int,
) -> dict[Key, T]:
    """Return what `find` finds for keys, in their order; it is asked only for those not known.

    So many keys are kept at most.
    """
    version = reader.version()
    kept: KeptEach[Key, T] = reader.keep(name, lambda: KeptEach(most))
    known = kept.list_known(keys)
    missing = tuple(dict.fromkeys(key for key in keys if key not in known))
    if missing:
        found = find(missing)
        new = {key: found.get(key) for key in missing}
        known |= new
        if reader.version() == version:
            kept.add(new)
    return {key: value for key in keys if (value := known[key]) is not None}
