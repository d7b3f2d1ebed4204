"""Query processes as the service holds them: forked from a template, killed by their handles."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from styrgraf.errors import StoreUnusableError
from styrgraf.graph.isolation.frames import FrameSocket
from styrgraf.graph.services.gateway import Gateway
from styrgraf.graph.services.gateway_listening import receive_listener
from styrgraf.language import N_

_START_SECONDS = 60.0
_HOLD_SECONDS = 600.0
_END_SECONDS = 1.0
_SLOW = 15
_TICKS = os.sysconf("SC_CLK_TCK")
_KEPT_VARIABLES = ("PATH", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH")


class QueryProcess:
    """A query process: frames to and from it, and a handle that is never another process's."""

    def __init__(self, number: int, handle: int, frames: FrameSocket, template: Template) -> None:
        self.number = number
        self.template = template
        self.frames = frames
        self.processor_seconds = 0.0
        self._handle = handle
        self._priority = 0
        self._shared = self._measure_own()

    def kill(self) -> None:
        """End the process, whatever it does; who waits for its frames meets the end of them."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def is_alive(self) -> bool:
        """Tell whether the process has not ended."""
        return not self.wait(0)

    def slow_down(self) -> None:
        """Let other processes go first where the processor is wanted by many."""
        with suppress(OSError):
            self._priority = os.getpriority(os.PRIO_PROCESS, self.number)
            os.setpriority(os.PRIO_PROCESS, self.number, _SLOW)

    def hurry(self) -> bool:
        """Undo that; tell whether the system allows it."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.number, self._priority)
            return True
        return False

    def wait(self, seconds: float = _END_SECONDS) -> bool:
        """Wait for the end of the process; tell whether it has ended."""
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def measure_memory(self) -> int:
        """Return bytes resident, with what it shares with its template."""
        return self._read_pages()[0] * resource.getpagesize()

    def measure_growth(self) -> int:
        """Return how many bytes of its own it has beyond those that it began with."""
        return self._measure_own() - self._shared

    def _measure_own(self) -> int:
        resident, shared = self._read_pages()
        return (resident - shared) * resource.getpagesize()

    def _read_pages(self) -> tuple[int, int]:
        try:
            words = Path(f"/proc/{self.number}/statm").read_text(encoding="ascii").split()
        except OSError:
            return 0, 0
        return int(words[1]), int(words[2])

    def measure_processor(self) -> float:
        """Return the seconds of processor time it has taken since the end of its last job."""
        try:
            text = Path(f"/proc/{self.number}/stat").read_text(encoding="ascii")
        except OSError:
            return 0.0
        words = text.rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / _TICKS - self.processor_seconds

    def __del__(self) -> None:
        os.close(self._handle)


class Template:
    """The process that query processes are forked from; it is started when it is first needed.

    It may hold a version in memory: the part of a job that names one. Threads may share it.
    """

    def __init__(
        self,
        megabytes: int,
        plug_in: str,
        gateway: Gateway | None = None,
        held: Mapping[str, Any] | None = None,
    ) -> None:
        told = {"megabytes": megabytes, "plug_in": plug_in, "services": gateway is not None}
        self.held = held
        self._options = json.dumps({**told, "held": held})
        self._gateway = gateway
        self._detach: Callable[[], None] = _do_nothing
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._protections: Mapping[str, bool] = {}
        self._is_closed = False

    def fork(self) -> QueryProcess:
        """Return a new query process. Raises StoreUnusableError where there can be none."""
        with self._lock:
            for _ in range(1 if self.held else 2):
                if self._is_closed or (self.held and not self._protections):
                    break
                try:
                    return self._fork(self._open())
                except (OSError, ValueError, IndexError):
                    self._end()  # it was killed from outside; another takes its place
        raise StoreUnusableError(N_("The query processes cannot be started."))

    def start(self) -> None:
        """Start the template, without waiting until it can fork."""
        with self._lock:
            if self._process is None and not self._is_closed:
                self._launch()

    def protections(self) -> Mapping[str, bool]:
        """Return by name what holds the query processes, and whether the system allows it."""
        with self._lock, suppress(OSError, ValueError):
            self._open()
        return self._protections

    def kill(self) -> None:
        """End it at once, also while another thread waits for it to start."""
        self._is_closed = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End it, and all that it has forked."""
        with self._lock:
            self._is_closed = True
            self._end()

    def _open(self) -> socket.socket:
        if self._process is None and not self._is_closed:
            self._launch()
        if self._control is None:
            raise OSError
        if not self._protections:
            if self._gateway is not None:
                self._detach = self._gateway.attach(receive_listener(self._control))
            self._protections = json.loads(self._control.recv(4096))
        return self._control

    def _launch(self) -> None:
        ours, theirs = socket.socketpair()
        ours.settimeout(_HOLD_SECONDS if self.held else _START_SECONDS)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 -- our own module, no shell
                [
                    sys.executable,
                    "-m",
                    "styrgraf.graph.isolation.worker_process",
                    str(theirs.fileno()),
                    self._options,
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_write_environment(),
            )
        self._control = ours

    def _fork(self, control: socket.socket) -> QueryProcess:
        ours, theirs = socket.socketpair()
        frames = FrameSocket(ours)
        with theirs:
            socket.send_fds(control, [b"fork"], [theirs.fileno()])
        number, handles, _, _ = socket.recv_fds(control, 32, 1)
        return QueryProcess(int(number), handles[0], frames, self)

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
        self._detach()
        self._detach = _do_nothing
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._control = None
        self._protections = {}


def _do_nothing() -> None:
    """Stand for letting go of what is not held."""


def _write_environment() -> dict[str, str]:
    # No secrets of the service. Two arenas keep the address space, which the memory limit counts,
    # near what is used.
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT_VARIABLES or name.startswith(("LC_", "PYTHON"))
    }
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {**kept, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"}
