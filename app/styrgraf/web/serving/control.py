"""What web processes ask each other: which queries run, to stop one, what has been counted.

Each listens on a socket in a folder that only its user may enter; one JSON line is asked, one is
answered. A process that does not answer is left out.
"""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from styrgraf.graph.store import TaskReader
from styrgraf.web.serving.metrics import Metrics

_EXTENSION = "styrgraf.control"
_SECONDS = 3.0
_MOST_BYTES = 16 * 1024 * 1024

Asked = Mapping[str, Any]


class Control:
    """This process's own answers, and those of the others."""

    def __init__(self, reader: TaskReader, metrics: Metrics, folder: str = "") -> None:
        self._reader = reader
        self._metrics = metrics
        self._folder = folder
        self._own = Path(folder) / f"web-{os.getpid()}"
        self._answers: Mapping[str, Callable[[Asked], Any]] = {
            "running": self._list_running,
            "stop": self._stop,
            "metrics": lambda _: metrics.take_sample(),
        }

    def install(self, app: Flask) -> None:
        """Let the application ask all processes."""
        app.extensions[_EXTENSION] = self

    def start(self) -> None:
        """Answer the other processes, where there are any."""
        if not self._folder:
            return
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(self._own))
        listener.listen()
        threading.Thread(target=self._serve, args=[listener], daemon=True).start()

    def close(self) -> None:
        """Be asked no more."""
        if self._folder:
            self._own.unlink(missing_ok=True)

    def ask_all(self, asked: Asked) -> list[Any]:
        """Return the answers of all processes, this one's first."""
        return [self._answers[asked["ask"]](asked), *self._ask_others(asked)]

    def _ask_others(self, asked: Asked) -> Iterator[Any]:
        if not self._folder:
            return
        for path in sorted(Path(self._folder).glob("web-*")):
            if path == self._own:
                continue
            try:
                yield _ask(path, asked)
            except (OSError, ValueError):
                continue

    def _serve(self, listener: socket.socket) -> None:
        with listener:
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=self._reply, args=[connection], daemon=True).start()

    def _reply(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as file:
            connection.settimeout(_SECONDS)
            try:
                asked = json.loads(file.readline(_MOST_BYTES))
                file.write(json.dumps(self._answers[asked["ask"]](asked)).encode() + b"\n")
                file.flush()
            except (OSError, ValueError, KeyError):
                return

    def _list_running(self, _: Asked) -> list[dict[str, Any]]:
        return [
            {
                "id": query.identifier,
                "client": query.client,
                "query": query.text,
                "started": query.started.isoformat(timespec="seconds"),
                "seconds": round(query.seconds, 1),
                "bytes": query.resident,
                "long": query.long,
            }
            for query in self._reader.running()
        ]

    def _stop(self, asked: Asked) -> bool:
        return self._reader.stop(asked["id"], asked["client"])


def current_control() -> Control:
    """Return what asks all processes; where nobody serves, there is only this one."""
    found = current_app.extensions.get(_EXTENSION)
    if not isinstance(found, Control):
        reader = current_app.extensions["styrgraf"].reader
        found = Control(reader, Metrics(reader))
    return found


def _ask(path: Path, asked: Asked) -> Any:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_SECONDS)
        connection.connect(str(path))
        with connection.makefile("rwb") as file:
            file.write(json.dumps(asked).encode() + b"\n")
            file.flush()
            return json.loads(file.readline(_MOST_BYTES))
