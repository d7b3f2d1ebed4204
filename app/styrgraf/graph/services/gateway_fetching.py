"""Asking another server on behalf of a query: one address, one request, one answer, no more.

The host is resolved once and the connection goes to that address; no redirect is followed; what
the server sends is neither parsed nor stored.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from styrgraf.errors import RemoteServiceError
from styrgraf.graph.services.federation import read_origin
from styrgraf.language import N_

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PART_BYTES = 64 * 1024
_MOST_HEADER = 200
_SAFE = "/?%:@!$&'()*+,;=~"

_UNREACHABLE = N_("{origin} was not reached: {reason}.")
_PRIVATE = N_(
    "{origin} has the address {address}, which is not a public one; list it by that address."
)
_LATE = N_("{origin} did not answer within {seconds} s.")
_REDIRECT = N_("{origin} answered with a redirect, which is not followed.")
_STATUS = N_("{origin} answered with status {status}.")
_LARGE = N_("{origin} answered with more than {limit} bytes.")
_GARBLED = N_("{origin} answered with what is no HTTP: {reason}.")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request as the engine makes it, but for where it goes."""

    address: str
    method: str
    body: bytes
    media_type: str
    accept: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer as the other server gave it."""

    media_type: str
    body: bytes


def fetch(request: Outgoing, seconds: float, most_bytes: int) -> Incoming:
    """Send a request and return its answer, all within `seconds`. Raises RemoteServiceError."""
    origin = read_origin(request.address) or request.address
    end = time.monotonic() + seconds
    try:
        connection = _connect(request.address, seconds)
    except TimeoutError:
        raise _late(origin, seconds) from None
    except (OSError, UnicodeError) as error:
        raise _unreachable(origin, error) from error
    # Each step may take its time; that all of them end in time is for this to see to.
    guard = threading.Timer(max(end - time.monotonic(), 0.0), _break_off, [connection])
    guard.daemon = True
    guard.start()
    try:
        with _secure(connection, request.address) as secured:
            answer = _exchange(secured, request, origin, most_bytes)
    except (OSError, http.client.HTTPException) as error:
        if time.monotonic() >= end:
            raise _late(origin, seconds) from None
        if isinstance(error, ssl.SSLError):
            raise _unreachable(origin, error) from error
        raise RemoteServiceError(_GARBLED, origin=origin, reason=type(error).__name__) from error
    finally:
        guard.cancel()
        connection.close()
    if time.monotonic() >= end:  # broken off, an answer without a length looks whole
        raise _late(origin, seconds)
    return answer


def choose_address(host: str, port: int) -> tuple[str, int]:
    """Resolve a host, once, to the address to connect to.

    An address that is not a public one is taken only where the host is that address itself.
    """
    literal = _read_address(host)
    if literal is not None:
        return str(literal), port
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not _is_public(address):
            raise RemoteServiceError(_PRIVATE, origin=host, address=address)
    return addresses[0], port


def _connect(address: str, seconds: float) -> socket.socket:
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return socket.create_connection(choose_address(parts.hostname or "", port), timeout=seconds)


def _secure(connection: socket.socket, address: str) -> socket.socket:
    """Return a connection that the server has shown its certificate on, for https."""
    parts = urlsplit(address)
    if parts.scheme != "https":
        return connection
    return ssl.create_default_context().wrap_socket(connection, server_hostname=parts.hostname)


def _exchange(
    connected: socket.socket, request: Outgoing, origin: str, most_bytes: int
) -> Incoming:
    parts = urlsplit(request.address)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.sock = connected
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += f"?{quote(parts.query, safe=_SAFE)}"
    headers = {"Accept": request.accept, "User-Agent": "Styrgraf", "Connection": "close"}
    if request.body:
        headers["Content-Type"] = request.media_type
    connection.request(request.method, target, request.body or None, headers)
    with connection.getresponse() as response:
        if HTTPStatus.MULTIPLE_CHOICES <= response.status < HTTPStatus.BAD_REQUEST:
            raise RemoteServiceError(_REDIRECT, origin=origin)
        if response.status != HTTPStatus.OK:
            raise RemoteServiceError(_STATUS, origin=origin, status=response.status)
        body = _read_body(response, most_bytes, origin)
        return Incoming((response.getheader("Content-Type") or "")[:_MOST_HEADER], body)


def _read_body(response: http.client.HTTPResponse, most_bytes: int, origin: str) -> bytes:
    body = bytearray()
    while part := response.read(_PART_BYTES):
        body += part
        if len(body) > most_bytes:
            raise RemoteServiceError(_LARGE, origin=origin, limit=most_bytes)
    if response.length:
        raise http.client.IncompleteRead(bytes(body))
    return bytes(body)


def _break_off(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _unreachable(origin: str, error: Exception) -> RemoteServiceError:
    reason = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or error
    return RemoteServiceError(_UNREACHABLE, origin=origin, reason=reason)


def _late(origin: str, seconds: float) -> RemoteServiceError:
    return RemoteServiceError(_LATE, origin=origin, seconds=f"{seconds:g}")


def _read_address(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    return mapped.is_global and not mapped.is_multicast
