"""Who and what is let in: host names, proxies, the path prefix, the size of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from styrgraf.graph.asking import PAGE_CLIENT
from styrgraf.settings import Settings
from styrgraf.web.addresses import public_host, public_prefix
from styrgraf.web.serving.clients import current_client

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BODY_BYTES = 2 * 1024 * 1024
"""Most bytes of a request body."""

FOREIGN_KEY = "styrgraf.foreign_host"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_MOST_HOST_CHARACTERS = 270
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?", re.IGNORECASE)


def install_access(app: Flask, settings: Settings) -> None:
    """Check the Host header before anything else, and believe proxies only where told to."""
    trusted = _LOOPBACK | {public_host(settings), *map(str.lower, settings.trusted_hosts)}
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = BODY_BYTES
    # A redirect to "the same address, tidied" would be built from the Host header.
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False

    app.before_request(_refuse_foreign_host)
    app.before_request(_name_page_client)
    app.wsgi_app = HostCheck(app.wsgi_app, trusted)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    if prefix := public_prefix(settings):
        app.wsgi_app = UnderPrefix(app.wsgi_app, prefix)  # type: ignore[method-assign]


def read_host_name(host: str) -> str | None:
    """Return the name in a Host header in lower case, or None where it is malformed."""
    found = _HOST.fullmatch(host) if len(host) <= _MOST_HOST_CHARACTERS else None
    return (found[1] or found[2]).lower() if found else None


def _refuse_foreign_host() -> None:
    if request.environ.get(FOREIGN_KEY):
        raise SecurityError


def _name_page_client() -> None:
    """Say for whom pages ask, so that clients take turns; the context is the request's own."""
    PAGE_CLIENT.set(current_client())


class HostCheck:
    """A WSGI application that is told of no host but ours, and of others only that they are.

    So nothing is made of a name that is not ours, not even the page that refuses it.
    """

    def __init__(self, application: WSGIApplication, trusted: frozenset[str]) -> None:
        self.application = application
        self.trusted = trusted

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Check the header; only HTTP/1.0 may name nobody (RFC 9112, section 3.2)."""
        host = environ.get("HTTP_HOST")
        if host is None:
            foreign = environ.get("SERVER_PROTOCOL") != "HTTP/1.0"
        else:
            foreign = read_host_name(host) not in self.trusted
        if foreign:
            environ[FOREIGN_KEY] = True
            environ["HTTP_HOST"] = "localhost"
        return self.application(environ, start_response)


class UnderPrefix:
    """A WSGI application that stands under a path, whether or not the proxy cuts it off."""

    def __init__(self, application: WSGIApplication, prefix: str) -> None:
        self.application = application
        self.prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Move the prefix from the path to the script name."""
        path = environ.get("PATH_INFO", "")
        if path == self.prefix or path.startswith(self.prefix + "/"):
            environ["PATH_INFO"] = path.removeprefix(self.prefix) or "/"
        environ["SCRIPT_NAME"] = self.prefix
        return self.application(environ, start_response)
