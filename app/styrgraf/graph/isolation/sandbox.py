"""What a query process gives up before it is asked anything: network, files to write, new programs.

Each of these is a defence behind others: queries that would send requests are refused by their
text, and checkpoints are opened read-only. Where the system allows one not, the rest still hold,
and the service tells which. Linux only: `unshare`, `prctl` and a filter of system calls
(seccomp, classic BPF), for x86_64 and aarch64.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import struct
from collections.abc import Iterable

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CLONE_THREAD = 0x00010000

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_FILTER_MODE = 2

_OPEN_FILES = 1024

# Instructions of classic BPF: load a word, jump if equal / greater or equal / any bit, return.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x40000000

# Numbers of system calls: asm/unistd_64.h, and asm-generic/unistd.h (aarch64).
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NETWORK = {
    "x86_64": (41, 42, 43, 49, 50, 288),  # socket connect accept bind listen accept4
    "aarch64": (198, 203, 202, 200, 201, 242),
}
_REFUSED = {
    "x86_64": (
        *(57, 58, 59, 322),  # fork vfork execve execveat
        *(101, 310, 311, 155, 161, 165, 166, 272, 308),  # ptrace process_vm_* mount unshare
        *(82, 83, 84, 85, 86, 87, 88, 264, 316, 258, 263, 265, 266, 133, 259),  # names of files
        *(90, 91, 92, 93, 94, 260, 268, 452, 76, 77, 285, 188, 189, 190, 197),  # and what they hold
        *(248, 249, 250, 298, 321, 323, 425, 426, 427, 175, 313, 246, 320),  # keys, bpf, io_uring
    ),
    "aarch64": (
        *(221, 281),  # execve execveat
        *(117, 270, 271, 41, 51, 40, 39, 97, 268),
        *(38, 276, 34, 35, 36, 37, 33),
        *(52, 53, 54, 55, 452, 45, 46, 47, 5, 6, 7, 14),
        *(217, 218, 219, 241, 280, 282, 425, 426, 427, 105, 273, 104, 294),
    ),
}
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_OPENING = {"x86_64": ((2, 1), (257, 2)), "aarch64": ((56, 2),)}  # open, openat: place of flags
_OPENAT2 = 437
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_libc = ctypes.CDLL(None, use_errno=True)


def leave_network() -> bool:
    """Move this process, and those it will fork, to a network of its own that leads nowhere."""
    kinds = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    return bool(_libc.unshare(kinds) == 0)


def die_with_parent() -> None:
    """Have this process killed when the one that forked it ends."""
    _libc.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)


def enter_sandbox(*, keeps_sockets: bool = False) -> dict[str, bool]:
    """Give up what a query does not need; tell by name what the system allowed.

    `keeps_sockets` leaves sockets to it, in whatever network it is.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _lower_limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    no_privileges = _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    filtered = no_privileges and _filter_calls(keeps_sockets=keeps_sockets)
    return {"no_new_privileges": no_privileges, "system_calls": filtered, "read_only": True}


def _lower_limit(limit: int, value: int) -> None:
    most = resource.getrlimit(limit)[1]
    value = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(limit, (value, value))


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _filter_calls(*, keeps_sockets: bool) -> bool:
    machine = platform.machine()
    if machine not in _MACHINES:
        return False
    text = b"".join(_write_filter(machine, keeps_sockets=keeps_sockets))
    program = _Program(len(text) // 8, text)
    return bool(_libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)


def _write_filter(machine: str, *, keeps_sockets: bool) -> Iterable[bytes]:
    refused = _REFUSED[machine] + (() if keeps_sockets else _NETWORK[machine])
    yield _instruct(_LOAD, _MACHINE)
    yield from _unless(_EQUAL, _MACHINES[machine], _KILL)
    yield _instruct(_LOAD, _NUMBER)
    if machine == "x86_64":
        yield from _when(_AT_LEAST, _X32, _KILL)
    for number in refused:
        yield from _when(_EQUAL, number, _FAIL | errno.EPERM)
    for number in (_CLONE3, _OPENAT2):  # their arguments cannot be seen; callers fall back
        yield from _when(_EQUAL, number, _FAIL | errno.ENOSYS)
    for number, place in _OPENING[machine]:
        yield _instruct(_EQUAL, number, 0, 4)
        yield _instruct(_LOAD, _ARGUMENTS + 8 * place)
        yield _instruct(_ANY_BIT, _WRITING, 0, 1)
        yield _instruct(_RETURN, _FAIL | errno.EACCES)
        yield _instruct(_RETURN, _ALLOW)
    yield _instruct(_EQUAL, _CLONE[machine], 0, 3)
    yield _instruct(_LOAD, _ARGUMENTS)
    yield _instruct(_ANY_BIT, _CLONE_THREAD, 1, 0)
    yield _instruct(_RETURN, _FAIL | errno.EPERM)
    yield _instruct(_RETURN, _ALLOW)


def _instruct(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _when(code: int, value: int, verdict: int) -> Iterable[bytes]:
    yield _instruct(code, value, 0, 1)
    yield _instruct(_RETURN, verdict)


def _unless(code: int, value: int, verdict: int) -> Iterable[bytes]:
    yield _instruct(code, value, 1, 0)
    yield _instruct(_RETURN, verdict)
