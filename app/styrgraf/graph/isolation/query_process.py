"""One query process: it answers one job after the other over a socket.

It reads published checkpoints that it opens read-only and keeps open, caps its own memory, and
ends itself soon after a job's time is up, should nobody be left to stop it. What it is asked is
hostile; what it answers is bytes.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyoxigraph as ox

from styrgraf.errors import (
    QuerySyntaxError,
    RemoteServiceError,
    StyrgrafError,
    UsageError,
)
from styrgraf.graph.attachments import Attachments
from styrgraf.graph.embedded import EmbeddedReader, store_problem
from styrgraf.graph.functions import PlugIn
from styrgraf.graph.isolation.frames import (
    END,
    ERROR,
    FIRST,
    PART,
    WHOLE,
    Frame,
    FrameSocket,
    Header,
)
from styrgraf.graph.limits import MEBIBYTE, AnswerLimits
from styrgraf.graph.reports import ValidationReport, serialize_report
from styrgraf.graph.serialization import choose_format
from styrgraf.graph.services.federation import Services, admit_query
from styrgraf.graph.versions import CHECKPOINT
from styrgraf.language import N_, Phrase
from styrgraf.model import QueryDataset, Version


@dataclass(frozen=True, slots=True)
class Means:
    """What a query process has: MiB of memory, a plug-in, the address of the gateway if any.

    `store` is what its template holds in memory, and `held` the version that it is.
    """

    megabytes: int
    plug_in: PlugIn | None
    gateway: str = ""
    held: Header | None = None
    store: ox.Store | None = None


class _Versions:
    """The version that is open; the next one replaces it, unless it is the one in memory."""

    def __init__(self, means: Means) -> None:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        self._limit = pages * resource.getpagesize() + means.megabytes * MEBIBYTE
        self.plug_in = means.plug_in
        self.gateway = means.gateway
        self._means = means  # what is in memory is never let go of: that would copy it
        self._name = ("", "")
        self._reader: EmbeddedReader | None = None
        self._attachments = Attachments()

    def open(self, job: Header) -> EmbeddedReader:
        """Return a reader of the version that a job is about."""
        name = (job["folder"], job["recorded"])
        if self._reader is None or self._name != name:
            self._reader = self._open_reader(job)
            self._name = name
        self._reader.limit_answers(AnswerLimits(job["rows"], job["size"], job.get("preview")))
        return self._reader

    def _open_reader(self, job: Header) -> EmbeddedReader:
        self._attachments.close()
        folder = Path(job["folder"])
        self._cap_memory(folder)
        recorded = datetime.fromisoformat(job["recorded"])
        version = Version(job["version"], recorded, 0, "", job["dataset"], job["base"])
        store = self._open_store(folder, job["recorded"])
        reader = EmbeddedReader(store, version, None, folder, self._attachments)
        if self.plug_in is not None:
            reader.offer_functions(self.plug_in.open_functions(reader))
        return reader

    def _open_store(self, folder: Path, recorded: str) -> ox.Store:
        held, store = self._means.held, self._means.store
        if held and store and (held["folder"], held["recorded"]) == (str(folder), recorded):
            return store
        try:
            return ox.Store.read_only(str(folder / CHECKPOINT))
        except OSError as error:
            raise store_problem(error, folder / CHECKPOINT) from error

    def _cap_memory(self, folder: Path) -> None:
        # Attachments are mapped, and shared by all processes; they are not what a query takes.
        mapped = sum(path.stat().st_size for path in folder.glob("*") if path.is_file())
        resource.setrlimit(resource.RLIMIT_AS, (self._limit + mapped, resource.RLIM_INFINITY))


class _Answer:
    """The answer to one job, sent while it comes."""

    def __init__(self, frames: FrameSocket) -> None:
        self._frames = frames
        self._is_begun = False

    def send_part(self, header: Header, part: bytes) -> None:
        """Send a part with more to come."""
        if self._is_begun:
            self._frames.send(PART, None, part)
        else:
            self._is_begun = True
            self._frames.send(FIRST, header, part)

    def end(self, header: Header, rest: bytes = b"") -> None:
        """Send what is left: the whole, if nothing was sent before."""
        header["processor"] = time.process_time()
        self._frames.send(END if self._is_begun else WHOLE, header, rest)

    def fail(self, header: Header, body: bytes = b"") -> None:
        """Send an error, at the beginning or in the midst."""
        self._frames.send(ERROR, header, body)


def answer_jobs(channel: socket.socket, means: Means) -> None:
    """Answer jobs until the other end closes."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    versions = _Versions(means)
    frames = FrameSocket(channel)
    while True:
        try:
            frame = frames.receive()
        except EOFError:
            return
        _answer(frame, versions, _Answer(frames))


def _answer(frame: Frame, versions: _Versions, answer: _Answer) -> None:
    job = frame.header
    signal.setitimer(signal.ITIMER_REAL, job["alarm"])
    try:
        _carry_out(job, frame.body, versions, answer)
    except StyrgrafError as error:
        answer.fail(*_tell_error(error))
    except MemoryError:
        os.abort()
    except Exception as error:  # the other end raises it, with its traceback in the log
        answer.fail({"failure": f"{type(error).__name__}: {error}"})
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _carry_out(job: Header, body: bytes, versions: _Versions, answer: _Answer) -> None:
    reader = versions.open(job)
    if "task" in job:
        assert versions.plug_in is not None  # noqa: S101 -- whoever names a task names a plug-in
        task = versions.plug_in.find_task(job["task"])
        answer.end({}, task(reader, job["arguments"]))
    elif "dump" in job:
        for part in reader.dump(job["media_type"], job["graph"]):
            answer.send_part({}, part)
        answer.end({})
    elif "form" in job:
        text = _direct_services(body.decode(), job.get("services"), versions.gateway)
        _answer_query(job, text, reader, answer)
    else:  # a job about nothing opens the version, so that the next job finds it open
        answer.end({})


def _answer_query(job: Header, text: str, reader: EmbeddedReader, answer: _Answer) -> None:
    wanted = choose_format(job["form"], job["media_type"])
    header = {"media_type": wanted.media_type}
    dataset = QueryDataset(tuple(job["default_graphs"]), tuple(job["named_graphs"]))
    try:
        output = reader.write_answer(
            text, wanted, dataset, lambda part: answer.send_part(header, part)
        )
    except (OSError, UsageError) as error:
        # What the engine says of a failed request names the secret of this query.
        if not job.get("services") or isinstance(error, QuerySyntaxError):
            raise
        raise RemoteServiceError(
            N_("A server that SERVICE asked did not answer as it should.")
        ) from None
    answer.end(header | {"more": output.more}, output.rest())


def _direct_services(text: str, services: Header | None, gateway: str) -> str:
    """Return the text of a query, with each SERVICE directed to the gateway."""
    if not services:
        return text
    return admit_query(text, Services(tuple(services["origins"]), gateway, services["secret"]))[1]


def _tell_error(error: StyrgrafError) -> tuple[Header, bytes]:
    facts = {
        name: fact if isinstance(fact, int) else str(fact) for name, fact in error.facts.items()
    }
    phrases = {name: fact for name, fact in error.facts.items() if isinstance(fact, Phrase)}
    header = {"error": type(error).__name__, "message": error.message, "facts": facts}
    report = getattr(error, "report", None)
    body = serialize_report(report) if isinstance(report, ValidationReport) else b""
    return header | {"phrases": phrases}, body
