"""A process that has read the code of the command line, and forks one for each command.

`python -m tests.cli.warm FD`: a message over the socket tells arguments and environment and hands
over standard output and error; the answer is the exit code. What a command does is done in a
process of its own, as ever; only its start is quicker.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

_MOST = 100_000
_ROOMS = ("cli", "graph", "governance")


@dataclass(frozen=True, slots=True)
class Warm:
    """The process, by its socket."""

    control: socket.socket

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, as `subprocess.run` does."""
        told = json.dumps({"arguments": arguments, "environment": dict(environment)}).encode()
        with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
            socket.send_fds(self.control, [told], [output.fileno(), errors.fileno()])
            code = int(self.control.recv(16))
            output.seek(0)
            errors.seek(0)
            return subprocess.CompletedProcess(arguments, code, output.read(), errors.read())


@contextmanager
def start_warm(environment: Mapping[str, str]) -> Iterator[Warm]:
    """Have the process until the block ends."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(120)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env=environment,
        )
    with ours:
        yield Warm(ours)
    process.wait(20)


def main() -> None:
    """Fork for each message, until the other end closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    _read_code()
    gc.freeze()
    while True:
        message, handed, _, _ = socket.recv_fds(control, _MOST, 2)
        if not message:
            return
        process = os.fork()
        if process == 0:
            control.close()
            _become_command(json.loads(message), handed)
        for each in handed:
            os.close(each)
        _, status = os.waitpid(process, 0)
        control.send(str(os.waitstatus_to_exitcode(status)).encode())


def _read_code() -> None:
    for room in _ROOMS:
        package = importlib.import_module(f"styrgraf.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def _become_command(told: Mapping[str, Sequence[str]], handed: Sequence[int]) -> None:
    from styrgraf.cli import main as run_command

    for number, each in enumerate(handed, start=1):
        os.dup2(each, number)
        os.close(each)
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.argv = ["styrgraf", *told["arguments"]]
    run_command()


if __name__ == "__main__":
    main()
