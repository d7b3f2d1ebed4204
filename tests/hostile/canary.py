"""The innocent client: asks every 100 ms, each time on a new connection, and notes how it went.

A process of its own, so that nothing but the service and the machine holds it up:
`python -m tests.hostile.canary HOST PORT SOURCE` asks until its standard input closes, then
writes what it noted as JSON.
"""

# ruff: noqa: E501 -- what is sent stands as it is

from __future__ import annotations

import http.client
import json
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

BOUND = 0.5
CANARY_SECONDS = 4.0
"""How long it asks before the others come; a client that nobody knows yet may have to wait.

Each web process has to know it.
"""

_PAUSE = 0.1
_PATIENCE = 10.0
_LOOKUP = "SELECT ?label { <https://w3id.org/styrgraf/example/id/post/rektor> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?label # %d"
_PATHS = (
    "/sparql?{query}",
    "/healthz",
    "/sparql?{query}",
    "/doc/post/rektor?format=turtle",
    "/sparql?{query}",
    "/id/post/rektor",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the canary: when, how it was answered (0: not at all), in how long."""

    moment: float
    path: str
    status: int
    seconds: float

    @property
    def is_answered(self) -> bool:
        return self.status in {200, 303}


@dataclass(slots=True)
class Song:
    """All that a canary noted."""

    asked: list[Asked] = field(default_factory=list)

    @property
    def worst(self) -> float:
        return max((one.seconds for one in self.asked), default=0.0)

    @property
    def failed(self) -> list[Asked]:
        return [one for one in self.asked if not one.is_answered]

    @property
    def late(self) -> list[Asked]:
        return [one for one in self.asked if one.seconds > BOUND]

    @property
    def is_fine(self) -> bool:
        """Whether each was answered, and within the bound."""
        return not self.failed and not self.late

    def describe(self) -> str:
        """Tell in one line how it went."""
        slowest = sorted((one.seconds for one in self.asked), reverse=True)
        middle = slowest[len(slowest) // 2] if slowest else 0.0
        return (
            f"asked {len(self.asked)} times, worst {self.worst * 1000:.0f} ms, "
            f"median {middle * 1000:.0f} ms, {len(self.late)} late, {len(self.failed)} failed"
        )


@contextmanager
def listen_to_canary(host: str, port: int, source: str = "127.0.0.2") -> Iterator[Song]:
    """Let a canary sing while the block runs; what it noted is there when the block has ended."""
    song = Song()
    arguments = [sys.executable, "-m", "tests.hostile.canary", host, str(port), source]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield song
    finally:
        told, _ = process.communicate(timeout=_PATIENCE * 2)
        song.asked += [Asked(*note) for note in json.loads(told)]


def _ask(host: str, port: int, source: str, number: int) -> tuple[float, str, int, float]:
    path = _PATHS[number % len(_PATHS)]
    target = path.format(query=urlencode({"query": _LOOKUP % number}))
    started = time.monotonic()
    connection = http.client.HTTPConnection(
        host, port, timeout=_PATIENCE, source_address=(source, 0)
    )
    try:
        connection.request("GET", target)
        answer = connection.getresponse()
        answer.read()
        status = answer.status
    except (OSError, http.client.HTTPException):
        status = 0
    finally:
        connection.close()
    return started, path, status, time.monotonic() - started


def _sing(host: str, port: int, source: str) -> None:
    notes = []
    following = time.monotonic()
    while not select.select([sys.stdin], [], [], max(0.0, following - time.monotonic()))[0]:
        notes.append(_ask(host, port, source, len(notes)))
        following = max(following + _PAUSE, time.monotonic())
    json.dump(notes, sys.stdout)


if __name__ == "__main__":
    _sing(sys.argv[1], int(sys.argv[2]), sys.argv[3])
