"""Reading what is published: every query in a killable process, on the version that is current."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from styrgraf.graph.answers import AnsweringReader
from styrgraf.graph.embedded import store_problem
from styrgraf.graph.limits import AnswerLimits
from styrgraf.graph.shipped import read_dataset
from styrgraf.graph.versions import CHECKPOINT, check_dataset, find_current, read_version
from styrgraf.graph.workers import WorkerPool
from styrgraf.model import UNION, QueryAnswer, QueryDataset, Version
from styrgraf.settings import Settings

DUMP_SECONDS = 600.0
_PART_BYTES = 256 * 1024


class PublishedStore(AnsweringReader):
    """Answers from the current version; what is running when a new one comes ends on the old."""

    def __init__(self, settings: Settings, pool: WorkerPool) -> None:
        self._data_dir = settings.data_dir.absolute()
        self._seconds = settings.query_seconds
        self._limits = AnswerLimits.of(settings)
        self._pool = pool

    def query(
        self, text: str, media_type: str | None = None, dataset: QueryDataset = UNION
    ) -> QueryAnswer:
        """Answer a SPARQL query serialised in `media_type` (None: JSON, or N-Triples)."""
        folder, version = self._find_version()
        job = _describe_job(folder, version) | {
            "text": text,
            "media_type": media_type,
            "default_graphs": dataset.default_graphs,
            "named_graphs": dataset.named_graphs,
            "rows": self._limits.rows,
            "size": self._limits.size,
        }
        header, body = self._pool.run(job, self._seconds)
        return QueryAnswer(header["form"], header["media_type"], body, version.number)

    def dump(self, media_type: str, graph: str | None = None) -> Iterator[bytes]:
        """Return the parts of the whole dataset (N-Quads, TriG), or of one named graph.

        The dump is complete before its first part; errors are raised at once.
        """
        folder, version = self._find_version()
        with tempfile.NamedTemporaryFile(prefix="styrgraf-dump-") as target:
            job = _describe_job(folder, version) | {
                "dump": target.name,
                "media_type": media_type,
                "graph": graph,
                "rows": self._limits.rows,
                "size": self._limits.size,
            }
            self._pool.run(job, DUMP_SECONDS)
            return _read_parts(Path(target.name))

    def version(self) -> Version:
        """Return the version that answers come from."""
        return self._find_version()[1]

    def close(self) -> None:
        """End the query processes."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _find_version(self) -> tuple[Path, Version]:
        folder = find_current(self._data_dir)
        try:
            written = folder.stat().st_mtime_ns
        except OSError as error:
            raise store_problem(error, folder) from error
        return folder, _read_version_once(folder, written)


def open_reader(settings: Settings) -> PublishedStore:
    """Open the data directory for reading, with its query processes; close it when done.

    Raises StoreMissingError, StoreUnusableError and WrongDatasetError.
    """
    check_dataset(read_version(find_current(settings.data_dir)), read_dataset(settings))
    pool = WorkerPool(settings.query_workers, settings.query_megabytes, settings.queue_seconds)
    return PublishedStore(settings, pool)


def open_local_reader(settings: Settings) -> PublishedStore:
    """Open the data directory for one caller: a query is stopped here as well."""
    return open_reader(replace(settings, query_workers=1))


@lru_cache(maxsize=8)
def _read_version_once(folder: Path, written: int) -> Version:
    # The time tells a folder apart from one of the same name in a data directory made anew.
    return read_version(folder)


def _describe_job(folder: Path, version: Version) -> dict[str, Any]:
    return {
        "checkpoint": str(folder / CHECKPOINT),
        "version": version.number,
        "recorded": version.recorded.isoformat(),
        "dataset": version.dataset,
        "base": version.base,
    }


def _read_parts(path: Path) -> Iterator[bytes]:
    file = path.open("rb")

    def parts() -> Iterator[bytes]:
        with file:
            while part := file.read(_PART_BYTES):
                yield part

    return parts()
