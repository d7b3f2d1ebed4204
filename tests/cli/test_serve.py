"""`styrgraf serve`: starts, tells where, takes up new versions, stops clean."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.tiny import write_turtle


@contextmanager
def serve(line: CommandLine, *arguments: str) -> Iterator[tuple[str, list[str]]]:
    """Serve until the block ends; give the address and what has been told so far."""
    process = line.start("serve", *arguments)
    told: list[str] = []
    assert process.stderr
    try:
        for text in process.stderr:
            told.append(text)
            if found := re.search(r"http://[\d.]+:\d+/", text):
                break
        else:
            pytest.fail("".join(told))
        yield found.group(), told
    finally:
        process.send_signal(signal.SIGTERM)
        _, rest = process.communicate(timeout=20)
        told.append(rest)
        assert process.returncode == 0, told


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return bytes(answer.read())


def list_processes(data_dir: Path) -> set[str]:
    """Return the query processes that have files below a data directory open."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            links = [str(link.readlink()) for link in (process / "fd").iterdir()]
        except OSError:
            continue
        if any(link.startswith(str(data_dir)) for link in links):
            found.add(process.name)
    return found


def test_a_loaded_service_starts_and_answers_with_less_than_two_seconds_of_work(
    styrgraf: CommandLine,
) -> None:
    """The work is measured, not the wait: what else the machine does is not the service's."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with serve(styrgraf) as (address, told):
        assert json.loads(get(address + "healthz"))["version"] == 1
        assert not any("version" in text for text in told)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


def test_the_first_start_loads_and_says_so(own_styrgraf: CommandLine, tmp_path: Path) -> None:
    with serve(own_styrgraf, "--data-dir", str(tmp_path / "new")) as (address, told):
        assert get(address)
        assert "version 1" in told[0]


def test_changed_files_are_loaded_at_start_and_it_is_said(own_styrgraf: CommandLine) -> None:
    posts = Path(own_styrgraf.settings.dataset) / "source" / "one" / "posts.ttl"
    posts.write_text(posts.read_text() + "# a remark\n")
    with serve(own_styrgraf) as (_, told):
        assert "changed" in told[0]
        assert "version 2" in told[1]


def test_a_load_beside_the_service_is_taken_up_and_no_request_fails(
    own_styrgraf: CommandLine, tmp_path: Path
) -> None:
    path = write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")
    failures: list[Exception] = []
    seen: list[tuple[float, int]] = []
    stop = threading.Event()

    def ask_again_and_again(address: str) -> None:
        while not stop.is_set():
            try:
                number = json.loads(get(address + "healthz"))["version"]
            except Exception as error:
                failures.append(error)
            else:
                seen.append((time.monotonic(), number))

    with serve(own_styrgraf) as (address, _):
        thread = threading.Thread(target=ask_again_and_again, args=[address])
        thread.start()
        done = own_styrgraf.run("load", str(path), "--graph", "source/own")
        ended = time.monotonic()
        time.sleep(1.5)
        stop.set()
        thread.join()
    assert done.returncode == 0, done.stderr
    assert failures == []
    assert min(moment for moment, number in seen if number == 2) < ended + 1


def test_processes_end_with_the_service(own_styrgraf: CommandLine) -> None:
    data_dir = own_styrgraf.settings.data_dir
    with serve(own_styrgraf) as (address, _):
        get(address + "sparql?query=ASK%20%7B%7D")
        assert list_processes(data_dir)
    assert list_processes(data_dir) == set()


def test_a_port_in_use_is_told(styrgraf: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = styrgraf.run_anew("serve", "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_service_open_to_others_says_so(styrgraf: CommandLine) -> None:
    process = styrgraf.start("serve", "--bind-host", "0.0.0.0")
    assert process.stderr
    try:
        told = [process.stderr.readline(), process.stderr.readline()]
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert "http://0.0.0.0:" in told[0]
    assert "other machines" in told[1]


def test_an_address_that_is_not_ours_is_told(styrgraf: CommandLine) -> None:
    done = styrgraf.run_anew("serve", "--bind-host", "192.0.2.1")
    assert done.returncode == 2
    assert "192.0.2.1" in done.stderr


def test_ctrl_c_ends_it_as_well(styrgraf: CommandLine) -> None:
    process: subprocess.Popen[str] = styrgraf.start("serve")
    assert process.stderr
    assert "http://" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in rest


def list_web_processes(address: str) -> set[int]:
    """Return the processes that accept connections to an address, by asking the system."""
    port = int(address.rstrip("/").rpartition(":")[2])
    listeners = {f"socket:[{inode}]" for inode in find_listeners(port)}
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
            links = [str(link.readlink()) for link in (process / "fd").iterdir()]
        except OSError:
            continue
        if b"forkserver" in line and listeners & set(links):
            found.add(int(process.name))
    return found


def find_listeners(port: int) -> list[str]:
    """Return the inodes of the sockets that listen on a port of 127.0.0.1."""
    lines = Path("/proc/net/tcp").read_text().splitlines()
    rows = [line.split() for line in lines]
    return [row[9] for row in rows if row[1] == f"0100007F:{port:04X}" and row[3] == "0A"]


def test_a_web_process_that_dies_is_replaced_and_the_others_go_on(
    own_styrgraf: CommandLine,
) -> None:
    with serve(own_styrgraf, "--web-processes", "2") as (address, _):
        before = list_web_processes(address)
        assert len(before) == 2
        killed = min(before)
        os.kill(killed, signal.SIGKILL)
        for _ in range(20):
            assert json.loads(get(address + "healthz"))["status"] == "ok"
        deadline = time.monotonic() + 20
        while len(list_web_processes(address) - {killed}) < 2:
            assert time.monotonic() < deadline
            get(address + "healthz")
    assert list_web_processes_left(own_styrgraf) == set()


def list_web_processes_left(line: CommandLine) -> set[str]:
    """Return the processes that still hold the data directory, after a moment to end in."""
    deadline = time.monotonic() + 5
    while (found := list_processes(line.settings.data_dir)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def test_nothing_outlives_a_service_that_is_killed(own_styrgraf: CommandLine) -> None:
    process = own_styrgraf.start("serve", "--web-processes", "2")
    assert process.stderr
    found = re.search(r"http://[\d.]+:\d+/", process.stderr.readline())
    assert found
    web = list_web_processes(found.group())
    assert len(web) == 2
    process.kill()
    process.communicate(timeout=20)
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{number}/fd").exists() for number in web):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert list_web_processes_left(own_styrgraf) == set()


def test_what_is_under_way_when_the_service_is_stopped_is_answered(
    own_styrgraf: CommandLine,
) -> None:
    process = own_styrgraf.start("serve")
    assert process.stderr
    found = re.search(r"http://([\d.]+):(\d+)/", process.stderr.readline())
    assert found
    with socket.create_connection((found[1], int(found[2])), timeout=20) as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n"
            b"Content-Type: application/sparql-query\r\nAccept: application/json\r\n\r\nASK"
        )
        get(found.group() + "healthz")
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.sendall(b" {}")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
    _, rest = process.communicate(timeout=20)
    assert (process.returncode, "Traceback" in rest) == (0, False)


def test_connections_are_shared_out_among_the_processes(own_styrgraf: CommandLine) -> None:
    with serve(own_styrgraf, "--web-processes", "2") as (address, _):
        host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
        connections = [socket.create_connection((host, int(port))) for _ in range(64)]
        for connection in connections:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
        counts = [count_connections(process) for process in list_web_processes(address)]
        for connection in connections:
            connection.close()
    assert len(counts) == 2
    assert min(counts) >= 12


def count_connections(process: int) -> int:
    """Return how many sockets a process has open."""
    links = [str(link.readlink()) for link in Path(f"/proc/{process}/fd").iterdir()]
    return sum(link.startswith("socket:") for link in links)
