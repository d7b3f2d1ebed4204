"""What depends on the version alone and takes long to make: made once per version and process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TypeVar, cast

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


def keep_each(
    reader: Reader,
    name: Hashable,
    keys: Collection[Key],
    find: Callable[[Sequence[Key]], Mapping[Key, T]],
    most: int,
) -> dict[Key, T]:
    """Return what `find` finds for keys, asked only for those not asked for before.

    So many keys are kept at most; those beyond are asked for each time.
    """
    version = reader.version()
    known: dict[Key, T | None] = reader.keep(name, dict)
    found = {key: known[key] for key in keys if key in known}
    missing = tuple(dict.fromkeys(key for key in keys if key not in found))
    if missing:
        new = find(missing)
        found |= {key: new.get(key) for key in missing}
        if len(known) + len(missing) <= most and reader.version() == version:
            known.update({key: new.get(key) for key in missing})
    return {key: value for key in keys if (value := found[key]) is not None}
