"""Who asks: the name of a token, else an address; and the request's own identifier.

Tokens are taken from the header Authorization alone, never from an address.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any, cast

from flask import has_request_context, request

from styrgraf.graph.asking import Departure
from styrgraf.settings import Settings

ADMINISTRATOR = "administrator"
CLIENT_KEY = "styrgraf.client"
DEPARTURE_KEY = "styrgraf.departure"
IDENTIFIER_KEY = "styrgraf.request"
IDENTIFIER_HEADER = "X-Request-ID"

_IDENTIFIER = re.compile(rb"[A-Za-z0-9-]{8,64}")
_BEARER = re.compile(rb"bearer +([\x21-\x7e]+)", re.IGNORECASE)


def current_client() -> str:
    """Return who asks: the name of a token, or an address; empty outside of a request."""
    return client_of(request.environ) if has_request_context() else ""


def current_departure() -> Departure | None:
    """Return what tells when the client leaves, where the server can tell."""
    return departure_of(request.environ) if has_request_context() else None


def request_identifier() -> str:
    """Return the identifier of this request, which its answer names."""
    return identifier_of(request.environ)


def client_of(environ: Mapping[str, Any]) -> str:
    """Return who asks, by the environment of a request."""
    return str(environ.get(CLIENT_KEY) or environ.get("REMOTE_ADDR") or "unknown")


def departure_of(environ: Mapping[str, Any]) -> Departure | None:
    """Return what tells when the client leaves, by the environment of a request."""
    return cast("Departure | None", environ.get(DEPARTURE_KEY))


def identifier_of(environ: MutableMapping[str, Any]) -> str:
    """Return the identifier of a request by its environment; one is made where there is none."""
    if IDENTIFIER_KEY not in environ:
        sent = environ.get("HTTP_X_REQUEST_ID", "").encode("latin-1")
        environ[IDENTIFIER_KEY] = choose_identifier(sent)
    return str(environ[IDENTIFIER_KEY])


def is_administrator() -> bool:
    """Tell whether the request carries the administrator's token."""
    return current_client() == ADMINISTRATOR


def choose_identifier(sent: bytes | None) -> str:
    """Return the identifier that the client sent, where it has the form of one, or a new one."""
    if sent is not None and _IDENTIFIER.fullmatch(sent):
        return sent.decode("ascii")
    return secrets.token_hex(16)


class ClientNames:
    """Tells who a request is from, by the settings' tokens and proxies."""

    def __init__(self, settings: Settings) -> None:
        self._proxies = settings.trusted_proxies
        self._tokens = [
            (name.strip(), secret.strip().encode())
            for name, _, secret in (token.partition(":") for token in settings.client_tokens)
            if name.strip() and secret.strip()
        ]
        if settings.admin_token:
            self._tokens.append((ADMINISTRATOR, settings.admin_token.encode()))

    def name(self, headers: Mapping[bytes, bytes], forwarded: bytes, peer: str) -> str:
        """Return the client of a request whose X-Forwarded-For headers are joined in `forwarded`.

        A token that is not known makes nobody of its sender: he is known by his address.
        """
        authorization = headers.get(b"authorization")
        if authorization is not None and (found := _BEARER.fullmatch(authorization.strip())):
            token = found[1]
            # All are compared, so that time does not tell which came near.
            names = [name for name, secret in self._tokens if hmac.compare_digest(secret, token)]
            if names:
                return names[-1] if names[-1] == ADMINISTRATOR else f"token {names[-1]}"
        if self._proxies and forwarded:
            hops = forwarded.decode("latin-1").split(",")
            if len(hops) >= self._proxies and (
                address := name_address(hops[-self._proxies].strip())
            ):
                return address
        return name_address(peer) or "unknown"


@lru_cache(maxsize=4096)
def name_address(text: str) -> str:
    """Return an address as clients are known by it, or nothing where it is none.

    One who has one IPv6 address has 2^64 of them, so these are known by their network.
    """
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


class ConnectionDeparture:
    """Tells a query when the client that waits for its answer has left."""

    def __init__(self) -> None:
        self._left = False
        self._callbacks: list[Callable[[], None]] = []

    def has_left(self) -> bool:
        """Tell whether nobody waits any more."""
        return self._left

    def on_leave(self, callback: Callable[[], None]) -> None:
        """Have `callback` called when the client leaves; at once where it has left."""
        self._callbacks.append(callback)
        if self._left:
            self.leave()

    def leave(self) -> None:
        """Note that the client has left; each callback is taken by one thread only."""
        self._left = True
        while self._callbacks:
            try:
                callback = self._callbacks.pop()
            except IndexError:
                return
            callback()
