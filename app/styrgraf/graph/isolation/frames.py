"""What the service and its query processes say to each other: frames over a socket.

A frame is a kind, a header as JSON and a body of bytes. A job is one frame, with the text of a
query as its body; its answer is one WHOLE, or a FIRST, PARTs and an END, or, at any time, an ERROR.
Jobs differ in their bodies more than in their headers, so both sides remember those.
"""

from __future__ import annotations

import json
import os
import select
import socket
import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

JOB, WHOLE, FIRST, PART, END, ERROR = (bytes([number]) for number in range(1, 7))

_HEAD = struct.Struct("!cII")
_MOST_HEADER = 64 * 1024 * 1024
_MOST_BODY = 2**31
_READ_BYTES = 256 * 1024
_JOIN_BYTES = 128 * 1024

Header = dict[str, Any]


class Frame(NamedTuple):
    """One frame."""

    kind: bytes
    header: Header
    body: bytes


class FrameSocket:
    """Sends and receives frames over a socket, which it takes; one thread uses it at a time.

    It is closed when nobody holds it any more.
    """

    def __init__(self, channel: socket.socket) -> None:
        self._number = channel.detach()
        self._received = bytearray()

    def send(self, kind: bytes, header: Mapping[str, Any] | None = None, body: bytes = b"") -> None:
        """Send a frame. Raises OSError."""
        told = _write_header(kind, header) if header else b""
        start = _HEAD.pack(kind, len(told), len(body)) + told
        if len(body) <= _JOIN_BYTES:
            self._send_bytes(start + body)
        else:
            self._send_bytes(start)
            self._send_bytes(body)

    def fileno(self) -> int:
        """Return the number by which it can be waited for."""
        return self._number

    def wait(self, seconds: float) -> None:
        """Wait until something comes. Raises TimeoutError."""
        poll = select.poll()
        poll.register(self._number, select.POLLIN)
        if not poll.poll(seconds * 1000):
            raise TimeoutError

    def receive(self) -> Frame:
        """Wait for a frame. Raises EOFError, OSError, and ValueError for what is none."""
        while (frame := self.take()) is None:
            self.read()
        return frame

    def read(self) -> None:
        """Read what has come, or wait until something comes. Raises EOFError and OSError."""
        received = os.read(self._number, _READ_BYTES)
        if not received:
            raise EOFError
        self._received += received

    def take(self) -> Frame | None:
        """Return a frame where all of it has been read. Raises ValueError for what is none."""
        if len(self._received) < _HEAD.size:
            return None
        kind, header_size, body_size = _HEAD.unpack_from(self._received)
        if header_size > _MOST_HEADER or body_size > _MOST_BODY:
            raise ValueError("a frame is larger than any frame")
        start, end = _HEAD.size, _HEAD.size + header_size
        if len(self._received) < end + body_size:
            return None
        header = _read_header(kind, bytes(self._received[start:end])) if header_size else {}
        body = bytes(memoryview(self._received)[end : end + body_size])
        del self._received[: end + body_size]
        return Frame(kind, header, body)

    def _send_bytes(self, data: bytes) -> None:
        sent = os.write(self._number, data)
        while sent < len(data):
            sent += os.write(self._number, memoryview(data)[sent:])

    def __del__(self) -> None:
        # Only now it is sure that no thread waits for it, whose number another file may get.
        os.close(self._number)


def _write_header(kind: bytes, header: Mapping[str, Any]) -> bytes:
    if kind == JOB:
        try:
            return _write_known(tuple(header.items()))
        except TypeError:  # it holds what has no hash
            pass
    return json.dumps(header).encode()


@lru_cache(maxsize=128)
def _write_known(items: tuple[tuple[str, Any], ...]) -> bytes:
    return json.dumps(dict(items)).encode()


def _read_header(kind: bytes, told: bytes) -> Header:
    header: Header = _read_known(told) if kind == JOB else json.loads(told)
    return header


@lru_cache(maxsize=8)
def _read_known(told: bytes) -> Header:
    header: Header = json.loads(told)
    return header
