"""The template of query processes: `python -m styrgraf.graph.isolation.worker_process FD OPTIONS`.

It loads all that answering takes, leaves the network, and then forks a query process for each
socket that comes over its own: that takes milliseconds, and what is loaded is shared. It answers
with a handle on the process, and ends, with all it has forked, when the other end closes.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from styrgraf.graph.functions import load_plug_in
from styrgraf.graph.isolation.query_process import Means, answer_jobs
from styrgraf.graph.isolation.resident import load_store
from styrgraf.graph.isolation.sandbox import die_with_parent, enter_sandbox, leave_network
from styrgraf.graph.services.gateway_listening import open_gateway_listener, send_listener

_LATER = 5


def main() -> None:
    """Fork a query process for each socket that comes, until the other end closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    options = json.loads(sys.argv[2])
    plug_in = load_plug_in(options["plug_in"]) if options["plug_in"] else None
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is for the service
    _give_way()
    own_network, services = leave_network(), bool(options["services"])
    protections = {"network": own_network} | _try_sandbox(keeps_sockets=services)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them but by their handles
    held = options["held"]
    store = load_store(Path(held["folder"])) if held else None
    gc.collect()
    gc.freeze()
    gateway = ""
    if services:
        gateway = send_listener(control, open_gateway_listener(own_network=own_network))
    control.send(json.dumps(protections).encode())
    means = Means(options["megabytes"], plug_in, gateway, held, store)
    while True:
        message, handed, _, _ = socket.recv_fds(control, 16, 1)
        if not message:
            return
        channel = socket.socket(fileno=handed[0])
        process = os.fork()
        if process == 0:
            control.close()
            _become_query_process(channel, means)
        channel.close()
        handle = os.pidfd_open(process)
        socket.send_fds(control, [str(process).encode()], [handle])
        os.close(handle)


def _become_query_process(channel: socket.socket, means: Means) -> None:
    die_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    enter_sandbox(keeps_sockets=bool(means.gateway))
    try:
        answer_jobs(channel, means)
    finally:
        os._exit(0)


def _give_way() -> None:
    """Have query processes come after the web processes where the processor is wanted by many.

    As a batch they do not take it from a web process that has just sent them a job.
    """
    os.nice(_LATER)
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _try_sandbox(*, keeps_sockets: bool) -> dict[str, bool]:
    """Return what the system allows, as a process tells that has tried and is gone."""
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process == 0:
        theirs.send(json.dumps(enter_sandbox(keeps_sockets=keeps_sockets)).encode())
        os._exit(0)
    theirs.close()
    with ours:
        told = ours.recv(4096)
    os.waitpid(process, 0)
    return dict(json.loads(told)) if told else {"system_calls": False}


if __name__ == "__main__":
    main()
