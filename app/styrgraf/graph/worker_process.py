"""One query process: `python -m styrgraf.graph.worker_process FD MEGABYTES PLUG-IN`.

It answers one job after the other over a socket, on published checkpoints that it opens
read-only and keeps open. It caps its own memory and ends itself soon after a job's time is up,
should nobody be left to stop it. What it is asked is hostile; what it answers is bytes.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from styrgraf.errors import StyrgrafError
from styrgraf.graph.attachments import Attachments
from styrgraf.graph.embedded import EmbeddedReader, store_problem
from styrgraf.graph.functions import PlugIn, load_plug_in
from styrgraf.graph.limits import MEBIBYTE, AnswerLimits
from styrgraf.graph.reports import ValidationReport, serialize_report
from styrgraf.graph.versions import CHECKPOINT
from styrgraf.language import Phrase
from styrgraf.model import QueryDataset, Version

_GRACE_SECONDS = 1.0
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

Header = dict[str, Any]


class _Versions:
    """The version that is open; the next one replaces it."""

    def __init__(self, megabytes: int, plug_in: PlugIn | None) -> None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        self._limit = pages * resource.getpagesize() + megabytes * MEBIBYTE
        self.plug_in = plug_in
        self._name = ("", "")
        self._store: ox.Store | None = None
        self._attachments = Attachments()

    def open(self, job: Header) -> EmbeddedReader:
        """Return a reader of the version that a job is about."""
        folder = Path(job["folder"])
        store = self._open_store(folder, job["recorded"])
        recorded = datetime.fromisoformat(job["recorded"])
        version = Version(job["version"], recorded, 0, "", job["dataset"], job["base"])
        limits = AnswerLimits(job["rows"], job["size"])
        reader = EmbeddedReader(store, version, limits, folder, self._attachments)
        if self.plug_in is not None:
            reader.offer_functions(self.plug_in.open_functions(reader))
        return reader

    def _open_store(self, folder: Path, recorded: str) -> ox.Store:
        if self._store is None or self._name != (str(folder), recorded):
            self._attachments.close()
            self._cap_memory(folder)
            try:
                self._store = ox.Store.read_only(str(folder / CHECKPOINT))
            except OSError as error:
                raise store_problem(error, folder / CHECKPOINT) from error
            self._name = (str(folder), recorded)
        return self._store

    def _cap_memory(self, folder: Path) -> None:
        # Attachments are mapped, and shared by all processes; they are not what a query takes.
        mapped = sum(path.stat().st_size for path in folder.glob("*") if path.is_file())
        resource.setrlimit(resource.RLIMIT_AS, (self._limit + mapped, resource.RLIM_INFINITY))


def main() -> None:
    """Answer jobs until the other end closes."""
    connection = Connection(int(sys.argv[1]))
    plug_in = load_plug_in(sys.argv[3]) if sys.argv[3] else None
    _leave_network()
    _prepare_signals()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    versions = _Versions(int(sys.argv[2]), plug_in)
    connection.send_bytes(b"ready")
    while True:
        try:
            job = json.loads(connection.recv_bytes())
        except EOFError:
            return
        header, body = _answer(job, versions)
        connection.send_bytes(json.dumps(header).encode())
        connection.send_bytes(body)


def _answer(job: Header, versions: _Versions) -> tuple[Header, bytes]:
    signal.setitimer(signal.ITIMER_REAL, job["seconds"] + _GRACE_SECONDS)
    try:
        return _carry_out(job, versions)
    except StyrgrafError as error:
        return _tell_error(error)
    except MemoryError:
        os.abort()
    except Exception as error:  # the other end raises it, with its traceback in the log
        return {"failure": f"{type(error).__name__}: {error}"}, b""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _carry_out(job: Header, versions: _Versions) -> tuple[Header, bytes]:
    reader = versions.open(job)
    if "task" in job:
        assert versions.plug_in is not None  # noqa: S101 -- whoever names a task names a plug-in
        return {}, versions.plug_in.find_task(job["task"])(reader, job["arguments"])
    if "dump" in job:
        with Path(job["dump"]).open("wb") as file:
            file.writelines(reader.dump(job["media_type"], job["graph"]))
        return {}, b""
    dataset = QueryDataset(tuple(job["default_graphs"]), tuple(job["named_graphs"]))
    answer = reader.query(job["text"], job["media_type"], dataset)
    return {"form": answer.form, "media_type": answer.media_type}, answer.body


def _tell_error(error: StyrgrafError) -> tuple[Header, bytes]:
    facts = {
        name: fact if isinstance(fact, int) else str(fact) for name, fact in error.facts.items()
    }
    phrases = {name: fact for name, fact in error.facts.items() if isinstance(fact, Phrase)}
    header = {"error": type(error).__name__, "message": error.message, "facts": facts}
    report = getattr(error, "report", None)
    body = serialize_report(report) if isinstance(report, ValidationReport) else b""
    return header | {"phrases": phrases}, body


def _leave_network() -> None:
    # Defence in depth behind the refusal of SERVICE; many containers do not allow it.
    kinds = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    ctypes.CDLL(None).unshare(kinds)


def _prepare_signals() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is for the parent
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


if __name__ == "__main__":
    main()
