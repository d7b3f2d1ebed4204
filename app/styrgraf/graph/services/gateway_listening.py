"""Where query processes meet the gateway: a listener on loopback, in their own network.

It is made by the query process, since only what is inside its network can listen there, and is
handed to the parent, which answers. Linux only.
"""

from __future__ import annotations

import fcntl
import socket
import struct

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP
_REQUEST = struct.Struct("16sh14x")  # struct ifreq with its flags
_LOOPBACK = b"lo"
_SIGN = b"g"


def open_gateway_listener(*, own_network: bool) -> socket.socket:
    """Return a listener on loopback; `own_network` says that loopback has to be switched on."""
    if own_network:
        _switch_on_loopback()
    return socket.create_server(("127.0.0.1", 0))


def send_listener(connection: socket.socket, listener: socket.socket) -> str:
    """Hand a listener over, and return the address by which it is reached."""
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    socket.send_fds(connection, [_SIGN], [listener.fileno()])
    listener.close()
    return address


def receive_listener(connection: socket.socket) -> socket.socket:
    """Take a listener that another process hands over. Raises EOFError where it has ended."""
    sign, handles, _, _ = socket.recv_fds(connection, len(_SIGN), 1)
    if sign != _SIGN or not handles:
        raise EOFError
    return socket.socket(fileno=handles[0])


def _switch_on_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        found = fcntl.ioctl(control, _GET_FLAGS, _REQUEST.pack(_LOOPBACK, 0))
        flags = _REQUEST.unpack(found)[1]
        fcntl.ioctl(control, _SET_FLAGS, _REQUEST.pack(_LOOPBACK, flags | _UP))
