"""Sending a hostile request, and what came of it."""

from __future__ import annotations

import http.client
import os
import select
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from tests.hostile.requests import BROKEN, CLOSED, HELD, TRAP, Hostile, Repeated, Status

MOST_READ = 200 * 1024 * 1024
_LEEWAY = 4.0
_SMALL = 4096
_WAY = 10


def start_senders(count: int) -> ThreadPoolExecutor:
    """Return threads to send from, which give way to the service: elsewhere they would not
    take from the processors of its machine.
    """
    return ThreadPoolExecutor(count, initializer=_give_way)


def _give_way() -> None:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _WAY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one request, and how many seconds it took."""

    status: Status
    seconds: float
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Target:
    """The service, and the listener that nobody may reach."""

    host: str
    port: int
    trap: int

    def connect(self, source: str, seconds: float, *, small: bool = False) -> socket.socket:
        """Connect from an address of loopback; `small` takes in little that is not read."""
        connection = socket.socket()
        try:
            if small:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL)
            connection.settimeout(seconds)
            connection.bind((source, 0))
            connection.connect((self.host, self.port))
        except BaseException:
            connection.close()
            raise
        return connection


def send_hostile(hostile: Hostile, target: Target, source: str) -> Outcome:
    """Send one request and wait for what comes of it, no longer than a little over its bound."""
    started = time.monotonic()
    patience = hostile.seconds + 5
    with target.connect(source, patience) as connection:
        left = threading.Event()
        sender = threading.Thread(target=_send_parts, args=(hostile, connection, target, left))
        sender.start()
        try:
            status, headers, body = _read_answer(connection, hostile.method)
        finally:
            left.set()
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            sender.join()
    return Outcome(status, time.monotonic() - started, headers, body)


def send_crowd(hostile: Hostile, target: Target, sources: list[str]) -> Outcome:
    """Hold many connections at once, each of which says the same; tell what became of most."""
    started = time.monotonic()
    held = hostile.seconds - _LEEWAY
    parts = [content for content, _ in _list_sendings(hostile, target)]
    connections = [
        target.connect(sources[number % len(sources)], hostile.seconds, small=True)
        for number in range(hostile.count)
    ]
    for connection in connections:
        connection.setblocking(False)
    while (passed := time.monotonic() - started) < held:
        if parts:
            content = parts.pop(0)
            for connection in connections:
                with suppress(OSError):
                    connection.send(content)
        time.sleep(min(1.0, max(0.0, held - passed)))
    statuses = [_peek(connection) for connection in connections]
    for connection in connections:
        connection.close()
    common = max(set(statuses), key=statuses.count)
    return Outcome(common, time.monotonic() - started)


def _peek(connection: socket.socket) -> Status:
    try:
        start = connection.recv(12)
    except BlockingIOError:
        return HELD
    except OSError:
        return CLOSED
    return int(start[9:12]) if start.startswith(b"HTTP/1.") else CLOSED


def _send_parts(
    hostile: Hostile, connection: socket.socket, target: Target, left: threading.Event
) -> None:
    with suppress(OSError):
        for content, pause in _list_sendings(hostile, target):
            if pause and left.wait(pause):
                return
            connection.sendall(content)


def _list_sendings(hostile: Hostile, target: Target) -> Iterator[tuple[bytes, float]]:
    trap = b"%05d" % target.trap
    for part in hostile.parts:
        if isinstance(part, Repeated):
            for _ in range(part.times):
                yield part.content, part.pause
        else:
            yield part.replace(TRAP.encode(), trap), 0.0


def _read_answer(connection: socket.socket, method: str) -> tuple[Status, dict[str, str], bytes]:
    """Read one answer, or the first of several."""
    response = http.client.HTTPResponse(connection, method=method)
    try:
        response.begin()
    except TimeoutError:
        return HELD, {}, b""
    except (http.client.HTTPException, OSError):
        return CLOSED, {}, b""
    headers = {name.lower(): value for name, value in response.getheaders()}
    try:
        body = response.read(MOST_READ) if response.length is None else response.read()
    except (http.client.HTTPException, OSError):
        return BROKEN, headers, b""
    return response.status, headers, body


class Trap:
    """A listener on loopback that remembers whether anybody came."""

    def __init__(self) -> None:
        self._listener = _listen_on_a_long_port()
        self.port: int = self._listener.getsockname()[1]

    def was_reached(self) -> bool:
        """Tell whether anybody has connected."""
        return bool(select.select([self._listener], [], [], 0)[0])

    def close(self) -> None:
        """Stop listening."""
        self._listener.close()


def _listen_on_a_long_port() -> socket.socket:
    while True:
        listener = socket.create_server(("127.0.0.1", 0))
        if listener.getsockname()[1] >= 10**4:  # as many digits as the marker has
            return listener
        listener.close()
