"""The lines of the source documents, where SOURCE_DIR has them and their digest is right."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MOST_BYTES = 20_000_000
"""A larger file is not read for a page."""


@dataclass(frozen=True, slots=True)
class SourceLines:
    """Lines of a document: `state` is shown, changed (other digest) or absent (no such file)."""

    state: str
    text: str = ""


ABSENT = SourceLines("absent")
CHANGED = SourceLines("changed")


def read_lines(
    folder: Path | None, file_name: str, first: int, last: int, digest: str
) -> SourceLines:
    """Return lines `first` to `last` (from 1, inclusive) where their SHA-256 is `digest`."""
    lines = _load_lines(folder, file_name)
    if lines is None:
        return ABSENT
    passage = b"\n".join(lines[first - 1 : last])
    if hashlib.sha256(passage).hexdigest() != digest:
        return CHANGED
    return SourceLines("shown", passage.decode(errors="replace"))


def stamp_folder(folder: Path | None) -> str:
    """Return a text that changes whenever a file of the folder does."""
    if folder is None or not folder.is_dir():
        return ""
    stats = ((path.name, path.stat()) for path in sorted(folder.iterdir()) if path.is_file())
    return ";".join(f"{name}:{stat.st_mtime_ns}:{stat.st_size}" for name, stat in stats)


def _load_lines(folder: Path | None, file_name: str) -> tuple[bytes, ...] | None:
    """Return the lines of a file that lies in the folder itself, or None."""
    if folder is None or not file_name or Path(file_name).name != file_name:
        return None
    path = folder / file_name
    try:
        stat = path.stat()
        if not path.is_file() or stat.st_size > MOST_BYTES:
            return None
        return _split_file(path, stat.st_mtime_ns, stat.st_size)
    except OSError:
        return None


@lru_cache(maxsize=16)
def _split_file(path: Path, changed: int, size: int) -> tuple[bytes, ...]:
    return tuple(path.read_bytes().split(b"\n"))
