"""The production server: waitress, which takes a body whole before it occupies a thread."""

from __future__ import annotations

import logging
import resource
import signal
import socket
from types import FrameType
from typing import NoReturn

from flask import Flask
from waitress.server import BaseWSGIServer, create_server

from styrgraf.errors import SettingError
from styrgraf.language import N_
from styrgraf.settings import Settings
from styrgraf.web.access import BODY_BYTES

_CONNECTIONS = 2000
_FILES_BESIDE_CONNECTIONS = 200
# Up to here the application refuses a body, as a problem like any other; beyond, the server does.
_MOST_BODY_BYTES = 8 * BODY_BYTES
_THREADS_PER_QUERY_WORKER = 4


def open_listener(settings: Settings) -> socket.socket:
    """Return a socket bound as the settings say. Raises SettingError where that cannot be."""
    try:
        found = socket.getaddrinfo(
            settings.bind_host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=1024)
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


def stop_on_signals() -> None:
    """Have SIGTERM and SIGINT end this process in order, with exit code 0."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)


def serve_app(app: Flask, listener: socket.socket, settings: Settings) -> None:
    """Serve until the process is to end; requests that are under way get five seconds."""
    _allow_open_files(_CONNECTIONS + _FILES_BESIDE_CONNECTIONS)
    # A request that waits for a thread is no news to the one who reads the log.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = make_server(app, listener, settings)
    try:
        server.run()
    finally:
        server.close()


def make_server(app: Flask, listener: socket.socket, settings: Settings) -> BaseWSGIServer:
    """Return the server, ready to run on the listener."""
    return create_server(
        app,
        sockets=[listener],
        threads=max(8, settings.query_workers * _THREADS_PER_QUERY_WORKER),
        connection_limit=_CONNECTIONS,
        channel_request_lookahead=1,  # lets the application see that a client has left
        max_request_body_size=_MOST_BODY_BYTES,
        clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
        asyncore_use_poll=True,
        log_socket_errors=False,
        ident=None,
    )


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _allow_open_files(wanted: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
