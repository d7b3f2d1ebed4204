"""One query process: `python -m styrgraf.graph.worker_process FD`.

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
from styrgraf.graph.embedded import EmbeddedReader, store_problem
from styrgraf.graph.limits import MEBIBYTE, AnswerLimits
from styrgraf.model import QueryDataset, Version

_GRACE_SECONDS = 1.0
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

Header = dict[str, Any]


class _Checkpoints:
    """The checkpoint that is open; the next one replaces it."""

    def __init__(self) -> None:
        self._name = ("", "")
        self._store: ox.Store | None = None

    def open(self, path: str, recorded: str) -> ox.Store:
        if self._store is None or self._name != (path, recorded):
            try:
                self._store = ox.Store.read_only(path)
            except OSError as error:
                raise store_problem(error, path) from error
            self._name = (path, recorded)
        return self._store


def main() -> None:
    """Answer jobs until the other end closes."""
    connection = Connection(int(sys.argv[1]))
    _leave_network()
    _prepare_signals()
    _cap_memory(int(sys.argv[2]))
    checkpoints = _Checkpoints()
    connection.send_bytes(b"ready")
    while True:
        try:
            job = json.loads(connection.recv_bytes())
        except EOFError:
            return
        header, body = _answer(job, checkpoints)
        connection.send_bytes(json.dumps(header).encode())
        connection.send_bytes(body)


def _answer(job: Header, checkpoints: _Checkpoints) -> tuple[Header, bytes]:
    signal.setitimer(signal.ITIMER_REAL, job["seconds"] + _GRACE_SECONDS)
    try:
        return _carry_out(job, checkpoints)
    except StyrgrafError as error:
        facts = {
            name: fact if isinstance(fact, int) else str(fact) for name, fact in error.facts.items()
        }
        return {"error": type(error).__name__, "message": error.message, "facts": facts}, b""
    except MemoryError:
        os.abort()
    except Exception as error:  # the other end raises it, with its traceback in the log
        return {"failure": f"{type(error).__name__}: {error}"}, b""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _carry_out(job: Header, checkpoints: _Checkpoints) -> tuple[Header, bytes]:
    store = checkpoints.open(job["checkpoint"], job["recorded"])
    recorded = datetime.fromisoformat(job["recorded"])
    version = Version(job["version"], recorded, 0, "", job["dataset"], job["base"])
    reader = EmbeddedReader(store, version, AnswerLimits(job["rows"], job["size"]))
    if "dump" in job:
        with Path(job["dump"]).open("wb") as file:
            file.writelines(reader.dump(job["media_type"], job["graph"]))
        return {}, b""
    dataset = QueryDataset(tuple(job["default_graphs"]), tuple(job["named_graphs"]))
    answer = reader.query(job["text"], job["media_type"], dataset)
    return {"form": answer.form, "media_type": answer.media_type}, answer.body


def _leave_network() -> None:
    # Defence in depth behind the refusal of SERVICE; many containers do not allow it.
    kinds = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    ctypes.CDLL(None).unshare(kinds)


def _prepare_signals() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is for the parent
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _cap_memory(megabytes: int) -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
