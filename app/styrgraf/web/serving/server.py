"""The production server: uvicorn with our connection and our bridge to the application."""

from __future__ import annotations

import contextlib
import logging
import resource
import socket
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Any, cast

import uvicorn
from flask import Flask

from styrgraf.errors import SettingError
from styrgraf.graph.store import TaskReader
from styrgraf.language import N_
from styrgraf.settings import Settings
from styrgraf.web.serving.answering import AT_ONCE_KEY
from styrgraf.web.serving.bridge import Bridge
from styrgraf.web.serving.control import Control
from styrgraf.web.serving.logs import Logs
from styrgraf.web.serving.metrics import Metrics
from styrgraf.web.serving.protocol import CONNECTIONS, LimitedProtocol, Limits

DRAIN_SECONDS = 5
"""How long requests that are under way are given when the service is to end."""
_FILES_BESIDE_CONNECTIONS = 1000
_IDLE_SECONDS = 15
_BACKLOG = 2048


def open_listener(settings: Settings) -> socket.socket:
    """Return a socket bound as the settings say. Raises SettingError where that cannot be.

    More may be opened beside it by `open_beside`, but not by another service: the address is
    first taken for ourselves alone, which fails where anybody has it.
    """
    try:
        found = socket.getaddrinfo(
            settings.bind_host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, _, _, _, address = found[0]
        with socket.create_server(address[:2], family=family) as alone:
            taken = alone.getsockname()[:2]
        return socket.create_server(taken, family=family, backlog=_BACKLOG, reuse_port=True)
    except OSError as error:
        raise SettingError(
            N_(
                "The service cannot listen on {host} port {port}: {reason}. "
                "Choose another with --port, or stop what uses it."
            ),
            host=settings.bind_host,
            port=settings.port,
            reason=error.strerror or error,
        ) from error


def open_beside(listener: socket.socket) -> socket.socket:
    """Return another socket on the same address; the system shares connections out evenly."""
    address = listener.getsockname()[:2]
    return socket.create_server(address, family=listener.family, backlog=_BACKLOG, reuse_port=True)


class WebServer(uvicorn.Server):
    """One server over one listener; `run` in any thread, `stop` from any other."""

    def __init__(
        self,
        app: Flask,
        reader: TaskReader,
        listener: socket.socket,
        settings: Settings,
        folder: str = "",
    ) -> None:
        """Serve `app`; `folder` is where web processes find each other, if there are several."""
        metrics = Metrics(reader)
        self._logs = Logs(settings)
        self._control = Control(reader, metrics, folder)
        self._control.install(app)
        self.bridge = Bridge(
            app,
            settings,
            _identifier_of(reader),
            (metrics, self._logs),
            app.extensions.get(AT_ONCE_KEY),
        )
        metrics.count_waiting = lambda: self.bridge.threads.waiting
        metrics.count_kept = lambda: self.bridge.cache.size
        super().__init__(_configure(self.bridge, settings))
        self._listener = listener

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the server."""
        yield

    def serve_until_stopped(self) -> None:
        """Serve; requests that are under way when it stops get some seconds."""
        _allow_open_files(CONNECTIONS + _FILES_BESIDE_CONNECTIONS)
        # The bridge tells of faults, and the access log of what the connection refuses.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._control.start()
        try:
            self.run(sockets=[self._listener])
        finally:
            self._control.close()
            self.bridge.threads.close()
            self._logs.close()

    def stop(self) -> None:
        """Have the server end, soon."""
        self.should_exit = True


def _configure(bridge: Bridge, settings: Settings) -> uvicorn.Config:
    protocol = partial(LimitedProtocol, limits=Limits(settings.body_seconds))
    return uvicorn.Config(
        cast(Any, bridge),
        http=cast(Any, protocol),
        loop="uvloop",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=_BACKLOG,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _identifier_of(reader: TaskReader) -> Callable[[], Hashable]:
    """Return what tells the version of the graph that is current."""

    def identify() -> Hashable:
        version = reader.version()
        return (version.base, version.number, version.recorded)

    return identify


def _allow_open_files(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
