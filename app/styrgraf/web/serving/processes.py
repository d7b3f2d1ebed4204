"""The web processes at one address, and the supervisor that keeps them alive.

Each accepts from a socket of its own, among which the system shares connections out; from one
common socket, whoever woke first took nearly all. The supervisor holds the sockets, so that what
waits at one whose process dies is taken up by the next. Each process is started from a clean one
(multiprocessing's "forkserver") and opens a reader of its own; none outlives the supervisor, whose
end it notices by a pipe. The clean one is started by whoever starts the supervisor, early.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from types import FrameType
from typing import NoReturn

from styrgraf.errors import StyrgrafError
from styrgraf.governance.publication import open_reader
from styrgraf.settings import Settings
from styrgraf.web import create_app
from styrgraf.web.serving.server import DRAIN_SECONDS, WebServer, open_beside

_MOST_DEFAULT = 2
_LEAST_WORKERS = 3  # so that pages and queries each have their own
_GRACE_SECONDS = 2.0
_LONGEST_PAUSE = 30.0
_START_SECONDS = 30.0
_SWITCH_SECONDS = 0.0005

_logger = logging.getLogger(__name__)


def stop_on_signals() -> None:
    """Have SIGTERM and SIGINT end this process in order, with exit code 0."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _exit)


def serve_in_processes(
    settings: Settings, listener: socket.socket, announce: Callable[[], None]
) -> None:
    """Serve until SIGTERM or SIGINT; what is under way is then given some seconds.

    `announce` is called once all processes are ready to answer.
    """
    supervisor = Supervisor(settings, listener, announce)
    with _stop_told_by_signals() as told:
        supervisor.run(told)


def count_processes(settings: Settings) -> int:
    """Return how many web processes there are."""
    return settings.web_processes or min(_MOST_DEFAULT, os.cpu_count() or 1)


@dataclass(eq=False, slots=True)
class _Child:
    number: int
    process: ForkServerProcess
    lifeline: Connection
    begun: float
    failures: int


class Supervisor:
    """Starts the web processes, and another in place of each that ends."""

    def __init__(
        self, settings: Settings, listener: socket.socket, announce: Callable[[], None]
    ) -> None:
        self._announce = announce
        self._settings = settings
        count = count_processes(settings)
        self._listeners = [listener, *(open_beside(listener) for _ in range(count - 1))]
        self._context = multiprocessing.get_context("forkserver")
        self._children: list[_Child] = []
        self._folder = ""

    def run(self, told: Connection) -> None:
        """Keep the processes running until something is told."""
        with tempfile.TemporaryDirectory(prefix="styrgraf-") as self._folder:
            try:
                for number in range(len(self._listeners)):
                    self._start(number)
                self._await_ready(told)
                self._announce()
                while told not in wait([told, *(one.process.sentinel for one in self._children)]):
                    self._replace_ended(told)
            finally:
                self._stop()

    def _start(self, number: int, failures: int = 0) -> None:
        ours, theirs = multiprocessing.Pipe()
        with theirs:
            process = self._context.Process(
                target=run_web_process,
                args=(self._settings, self._listeners[number], theirs, self._folder),
                name=f"web {number}",
            )
            process.start()
        self._children.append(_Child(number, process, ours, time.monotonic(), failures))

    def _await_ready(self, told: Connection) -> None:
        """Wait until all processes are ready, one has ended, or something is told."""
        for child in self._children:
            if told in wait([told, child.lifeline, child.process.sentinel], _START_SECONDS):
                return

    def _replace_ended(self, told: Connection) -> None:
        """Start anew what has ended; after a pause where it ends again and again."""
        for child in [one for one in self._children if not one.process.is_alive()]:
            self._children.remove(child)
            child.lifeline.close()
            lived = time.monotonic() - child.begun
            failures = 0 if lived > _LONGEST_PAUSE else child.failures + 1
            _logger.error(
                "Web process %d ended with code %s after %.0f s; another is started.",
                child.process.pid,
                child.process.exitcode,
                lived,
            )
            if failures > 1 and told.poll(min(2.0 ** (failures - 2), _LONGEST_PAUSE)):
                return
            self._start(child.number, failures)

    def _stop(self) -> None:
        for child in self._children:
            child.process.terminate()
        deadline = time.monotonic() + DRAIN_SECONDS + _GRACE_SECONDS
        for child in self._children:
            child.process.join(max(0.1, deadline - time.monotonic()))
            if child.process.is_alive():
                child.process.kill()
                child.process.join()
            child.lifeline.close()
        for listener in self._listeners[1:]:
            listener.close()


def run_web_process(
    settings: Settings, listener: socket.socket, lifeline: Connection, folder: str
) -> None:
    """Be one web process until told to end, or until the supervisor has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor tells, and tells all
    signal.signal(signal.SIGTERM, _exit)
    # With one thread at work, each of the others waits this long for its turn, many times over.
    sys.setswitchinterval(_SWITCH_SECONDS)
    count = count_processes(settings)
    workers = max(_LEAST_WORKERS, -(-settings.query_workers // count))
    with open_reader(replace(settings, query_workers=workers)) as reader:
        server = WebServer(create_app(settings, reader), reader, listener, settings, folder)
        with suppress(StyrgrafError):  # whoever asks will be told
            reader.ask("ASK {}")  # so that the first to ask waits for no process to start
        signal.signal(signal.SIGTERM, lambda *_: server.stop())
        gc.freeze()  # what is there now stays; no request pays for looking through it
        lifeline.send_bytes(b"ready")
        threading.Thread(target=_stop_when_alone, args=[lifeline, server], daemon=True).start()
        server.serve_until_stopped()


def _stop_when_alone(lifeline: Connection, server: WebServer) -> None:
    lifeline.poll(None)
    server.stop()


@contextmanager
def _stop_told_by_signals() -> Iterator[Connection]:
    """Give a connection that has something to read once a signal to stop has come."""
    ours, theirs = multiprocessing.Pipe(duplex=False)

    def tell(*_: object) -> None:
        theirs.send_bytes(b"stop")

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    with ours, theirs:
        try:
            yield ours
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _exit(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
