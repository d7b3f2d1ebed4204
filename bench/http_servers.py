"""Servers in processes of their own on loopback: started, awaited, measured, ended by their id."""

from __future__ import annotations

import http.client
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.first_answers import take_free_port
from bench.graphs.loading import Written

START_SECONDS = 600.0
_PROBE = "ASK { ?thing ?property ?value }"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Service:
    """A service that runs: its name, version, port, path of its endpoint, process."""

    name: str
    version: str
    port: int
    path: str
    process: int


@dataclass(frozen=True)
class Peer:
    """A service that may be had: what it lacks, if anything, and how it is run on a graph."""

    name: str
    find_lack: Callable[[], str | None]
    run: Callable[[Written, Path], AbstractContextManager[Service]]


@contextmanager
def run_service(
    name: str,
    release: str,
    path: str,
    command: Callable[[int], list[str]],
    settings: Mapping[str, str] | None = None,
) -> Iterator[Service]:
    """Start a service on a free port; yield it when it answers; end it."""
    port = take_free_port()
    environment = {**os.environ, **(settings or {})}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command(port), stdout=subprocess.DEVNULL, stderr=log, env=environment
        )
        try:
            if not _comes_up(process, port, path):
                log.seek(0)
                raise SystemExit(f"{name} did not start: {log.read()[-2000:].decode()}")
            yield Service(name, release, port, path, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def ask(service: Service, text: str, media_type: str, seconds: float = 60.0) -> tuple[int, bytes]:
    """Return status and body of the answer to a query."""
    return _get(service.port, f"{service.path}?{urlencode({'query': text})}", media_type, seconds)


def use_processor(process: int) -> float:
    """Return the seconds of processor time that a process and those below it have used."""
    return sum(map(use_processor_alone, list_processes(process)))


def list_processes(process: int) -> list[int]:
    """Return a process and those below it."""
    found = [process]
    for number in found:
        try:
            tasks = Path(f"/proc/{number}/task").iterdir()
            below = [child for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue  # it has ended
        found += map(int, below)
    return found


def use_processor_alone(process: int) -> float:
    """Return the seconds of processor time that a process has used; none when it has ended."""
    try:
        columns = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(columns[11]) + int(columns[12])) / _TICKS


def await_idleness(process: int, calm: float = 0.1, most: float = 60.0) -> None:
    """Return when a process, and those below it, have done nothing for `calm` seconds.

    They may still be at what was asked and given up, or at what they prepare after their start.
    """
    end = time.monotonic() + most
    before, since = use_processor(process), time.monotonic()
    while time.monotonic() < min(end, since + calm):
        time.sleep(0.1)
        now = use_processor(process)
        if abs(now - before) > 2.5 / _TICKS:
            since = time.monotonic()
        before = now


def _comes_up(process: subprocess.Popen[bytes], port: int, path: str) -> bool:
    end = time.monotonic() + START_SECONDS
    while not _answers(port, path):
        if process.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _answers(port: int, path: str) -> bool:
    address = f"{path}?{urlencode({'query': _PROBE})}"
    try:
        return _get(port, address, "application/sparql-results+json", 60)[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def _get(port: int, address: str, media_type: str, seconds: float) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", address, headers={"Accept": media_type})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
