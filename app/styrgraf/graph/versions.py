"""Published versions of a store, and the one writer that makes the next.

    DATA_DIR/store                   the writer's working copy, made anew from the last version
    DATA_DIR/versions/N/checkpoint   what readers open, never changed
    DATA_DIR/versions/N/version.json
    DATA_DIR/current                 link to versions/N, switched by rename
    DATA_DIR/lock                    held by the writer

A writer that fails or is killed leaves no more than a working copy that the next one discards.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from styrgraf.errors import StoreMissingError, WrongDatasetError
from styrgraf.graph.embedded import EmbeddedWriter, store_problem
from styrgraf.graph.limits import AnswerLimits
from styrgraf.graph.lock import hold_lock
from styrgraf.graph.shipped import Dataset, read_dataset
from styrgraf.language import N_
from styrgraf.model import Version
from styrgraf.settings import Settings

CHECKPOINT = "checkpoint"
CURRENT = "current"
_METADATA = "version.json"


def find_current(data_dir: Path) -> Path:
    """Return the folder of the current version. Raises StoreMissingError where there is none."""
    try:
        return data_dir / (data_dir / CURRENT).readlink()
    except FileNotFoundError:
        raise StoreMissingError(
            N_("Nothing has been loaded into {path} yet; run `styrgraf load` or `styrgraf serve`."),
            path=data_dir,
        ) from None
    except OSError as error:
        raise store_problem(error, data_dir) from error


def locate_version(data_dir: Path, version: Version) -> Path:
    """Return the folder of a version."""
    return data_dir / "versions" / str(version.number)


def read_version(folder: Path) -> Version:
    """Return the version whose files are in `folder`."""
    try:
        values = json.loads((folder / _METADATA).read_text(encoding="utf-8"))
        values["recorded"] = datetime.fromisoformat(values["recorded"])
        return Version(**values)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise store_problem(OSError(str(error)), folder) from error


def read_current(data_dir: Path) -> Version:
    """Return the current version. Raises StoreMissingError where there is none."""
    return read_version(find_current(data_dir))


def check_dataset(version: Version, dataset: Dataset) -> None:
    """Raise WrongDatasetError where a version holds another dataset or base than `dataset`."""
    if (version.dataset, version.base) != (dataset.name, dataset.base):
        raise WrongDatasetError(
            N_(
                "The data directory holds the dataset {held} ({held_base}), not {asked} "
                "({asked_base}); choose another DATA_DIR."
            ),
            held=version.dataset,
            held_base=version.base,
            asked=dataset.name,
            asked_base=dataset.base,
        )


class VersionWriter(EmbeddedWriter):
    """The writer of a data directory; what it does is seen by others when it publishes."""

    def __init__(
        self, store: ox.Store, data_dir: Path, version: Version, *, merges: bool = True
    ) -> None:
        limits = AnswerLimits(rows=100_000_000, size=2**40)
        super().__init__(store, version, limits, merges=merges)
        self._data_dir = data_dir
        self._to_attach: dict[str, bytes] = {}

    def attach(self, name: str, content: bytes) -> None:
        """Put a file beside the checkpoint of the version to come."""
        self._to_attach[name] = content

    def read_attachment(self, name: str) -> bytes | None:
        """Return a file that was attached to the last version, if there is one."""
        path = locate_version(self._data_dir, self._version) / name
        return path.read_bytes() if path.is_file() else None

    def publish(self, shipped_digest: str) -> Version:
        """Make the present state the next version, atomically."""
        version = Version(
            number=self._version.number + 1,
            recorded=datetime.now(UTC).replace(microsecond=0),
            quads=self.count_quads(),
            shipped_digest=shipped_digest,
            dataset=self._version.dataset,
            base=self._version.base,
        )
        folder = locate_version(self._data_dir, version)
        self._write_version(folder, version)
        _switch_link(self._data_dir, folder)
        self._version = version
        return version

    def _write_version(self, folder: Path, version: Version) -> None:
        unfinished = folder.with_name(f"{folder.name}.unfinished")
        for leftover in (unfinished, folder):
            shutil.rmtree(leftover, ignore_errors=True)
        unfinished.mkdir(parents=True)
        self._store.flush()
        self._store.backup(unfinished / CHECKPOINT)
        values = asdict(version) | {"recorded": version.recorded.isoformat()}
        self.attach(_METADATA, json.dumps(values, indent=2).encode())
        for name, content in self._to_attach.items():
            _write_durably(unfinished / name, content)
        unfinished.rename(folder)
        _sync_folder(folder.parent)

    def close(self) -> None:
        """Let go of the engine's files, so that the next writer may open them."""
        del self._store


@contextmanager
def open_writer(settings: Settings) -> Iterator[VersionWriter]:
    """Hold the lock and give a writer on a working copy of the current version.

    Raises StoreLockedError, StoreUnusableError and WrongDatasetError.
    """
    dataset = read_dataset(settings)
    data_dir = settings.data_dir
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with hold_lock(data_dir / "lock", settings.lock_seconds):
            writer = _open_working_copy(data_dir, dataset, settings.default_graph == "union")
            try:
                yield writer
            finally:
                writer.close()
    except OSError as error:
        raise store_problem(error, data_dir) from error


def _open_working_copy(data_dir: Path, dataset: Dataset, merges: bool) -> VersionWriter:
    working_copy = data_dir / "store"
    shutil.rmtree(working_copy, ignore_errors=True)
    try:
        folder = find_current(data_dir)
    except StoreMissingError:
        never = datetime.fromtimestamp(0, UTC)
        version = Version(0, never, 0, "", dataset.name, dataset.base)
    else:
        version = read_version(folder)
        check_dataset(version, dataset)
        ox.Store.read_only(str(folder / CHECKPOINT)).backup(working_copy)
    return VersionWriter(ox.Store(working_copy), data_dir, version, merges=merges)


def _switch_link(data_dir: Path, folder: Path) -> None:
    link = data_dir / f"{CURRENT}.next"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.relative_to(data_dir))
    link.replace(data_dir / CURRENT)
    _sync_folder(data_dir)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
