"""What a query process has given up: network, new programs, files to write, and life on its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings

_TRY = """
import json, os, socket, sys, threading
from pathlib import Path
from styrgraf.graph.isolation.sandbox import enter_sandbox

folder = Path(sys.argv[1])
held = enter_sandbox(keeps_sockets=sys.argv[2] == "keeps sockets")

def attempt(act):
    try:
        act()
    except OSError as error:
        return type(error).__name__
    return "done"

def write():
    with (folder / "old").open("a") as file:
        file.write("more")

def run_thread():
    thread = threading.Thread(target=len, args=("",))
    thread.start()
    thread.join()

attempts = {
    "read": lambda: (folder / "old").read_text(),
    "thread": run_thread,
    "pair": socket.socketpair,
    "socket": socket.socket,
    "local socket": lambda: socket.socket(socket.AF_UNIX),
    "write": write,
    "create": lambda: (folder / "new").write_text(""),
    "remove": lambda: (folder / "old").unlink(),
    "rename": lambda: (folder / "old").rename(folder / "new"),
    "make folder": lambda: (folder / "new").mkdir(),
    "mode": lambda: (folder / "old").chmod(0o777),
    "link": lambda: (folder / "new").symlink_to("old"),
    "fork": os.fork,
    "run": lambda: os.execv("/bin/true", ["/bin/true"]),
    "spawn": lambda: os.posix_spawn("/bin/true", ["/bin/true"], {}),
}
print(json.dumps([held, {name: attempt(act) for name, act in attempts.items()}]))
"""
ALLOWED = {"read", "thread", "pair"}


def try_all(folder: Path, sockets: str) -> tuple[dict[str, bool], dict[str, str]]:
    """Return what a process tells that has entered the sandbox and tried what it should not."""
    (folder / "old").write_text("as it was")
    done = subprocess.run(
        [sys.executable, "-c", _TRY, str(folder), sockets],
        capture_output=True,
        check=True,
        timeout=60,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    held, attempts = json.loads(done.stdout)
    return held, attempts


def test_what_a_query_does_not_need_is_refused(tmp_path: Path) -> None:
    held, attempts = try_all(tmp_path, "no sockets")
    if not held["system_calls"]:
        pytest.skip("this system allows no filter of system calls")
    assert {name for name, outcome in attempts.items() if outcome == "done"} == ALLOWED
    assert set(attempts.values()) <= {"done", "PermissionError", "BlockingIOError"}
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("old", "as it was")]


def test_sockets_stay_where_they_are_needed_and_nothing_else(tmp_path: Path) -> None:
    held, attempts = try_all(tmp_path, "keeps sockets")
    if not held["system_calls"]:
        pytest.skip("this system allows no filter of system calls")
    allowed = {name for name, outcome in attempts.items() if outcome == "done"}
    assert allowed == ALLOWED | {"socket", "local socket"}


@pytest.fixture(scope="module")
def reader(tiny_settings: Settings) -> Iterator[PublishedStore]:
    """A reader with one process."""
    with open_reader(tiny_settings) as opened:
        opened.ask("ASK {}")
        yield opened


def read_status(number: int) -> dict[str, str]:
    text = Path(f"/proc/{number}/status").read_text()
    return {
        name: value.strip()
        for name, _, value in (line.partition(":") for line in text.splitlines())
    }


def test_a_query_process_is_in_the_sandbox_and_the_service_tells_so(
    reader: PublishedStore,
) -> None:
    told = reader.protections()
    assert set(told) == {"network", "no_new_privileges", "system_calls", "read_only"}
    status = read_status(reader._pool._idle[0].number)
    assert status["NoNewPrivs"] == str(int(told["no_new_privileges"]))
    assert (status["Seccomp"] == "2") == told["system_calls"]


def test_a_query_process_is_in_a_network_of_its_own(reader: PublishedStore) -> None:
    here = Path("/proc/self/ns/net").readlink()
    there = Path(f"/proc/{reader._pool._idle[0].number}/ns/net").readlink()
    assert (here != there) == reader.protections()["network"]


def test_a_query_process_has_no_secrets_of_the_service(
    tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_TOKEN", "a-secret")
    with open_reader(tiny_settings) as reader:
        reader.ask("ASK {}")
        number = reader._pool._idle[0].number
        assert b"a-secret" not in Path(f"/proc/{number}/environ").read_bytes()


def test_query_processes_end_with_the_service_that_is_killed(tiny_settings: Settings) -> None:
    text = (
        "import os, sys\n"
        "from dataclasses import replace\n"
        "from pathlib import Path\n"
        "from styrgraf.graph.published import open_reader\n"
        "from styrgraf.settings import Settings\n"
        "reader = open_reader(Settings(Path(sys.argv[1]), sys.argv[2], query_workers=1))\n"
        "reader.ask('ASK {}')\n"
        "print(reader._pool._idle[0].number, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", text, str(tiny_settings.data_dir), tiny_settings.dataset],
        capture_output=True,
        check=False,
        timeout=60,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    number = int(done.stdout)
    for _ in range(500):
        if not is_alive(number):
            return
        threading.Event().wait(0.02)
    raise AssertionError("it lives on")


def is_alive(number: int) -> bool:
    try:
        return read_status(number).get("State", "Z")[0] not in "ZX"
    except OSError:
        return False
