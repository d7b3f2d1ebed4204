"""The service as its users run it, as a process of its own, and what that process tree takes."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from styrgraf.governance.publication import load_dataset, load_files, open_local_reader
from styrgraf.settings import Settings

WORKERS = 8
QUERY_MEGABYTES = 300
BASE_MEGABYTES = 1200
"""What the web processes and the resting query processes may take together."""

LIMITS: Mapping[str, str] = {
    "QUERY_SECONDS": "1.5",
    "QUERY_MEGABYTES": str(QUERY_MEGABYTES),
    "QUERY_ROWS": "20000",
    "ANSWER_MEGABYTES": "4",
    "QUERY_WORKERS": str(WORKERS),
    "QUEUE_SECONDS": "2",
    "WEB_PROCESSES": "2",
    "BODY_SECONDS": "6",
}
_LABELS = Path(__file__).parents[1] / "web" / "data" / "hostile.ttl"
_STATUS = re.compile(r"^(PPid|State|VmRSS):\s+(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Measured:
    """A process tree at one moment."""

    processes: int
    zombies: int
    megabytes: float
    files: int


@dataclass(slots=True)
class Running:
    """A service that runs as a process."""

    host: str
    port: int
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    def measure(self) -> Measured:
        """Measure the processes of the service, memory that they share counted once for each."""
        tree = _read_tree(self.process.pid)
        shared = [_read_memory(process) for process in tree]
        return Measured(
            len(tree),
            sum(1 for state in tree.values() if state == "Z"),
            sum(shared) / 1024,
            sum(_count_files(process) for process in tree),
        )


def load_hostile(folder: Path) -> Settings:
    """Load the made-up university, and labels and IRIs that would do harm on a page."""
    settings = Settings(data_dir=folder / "data", dataset="example", query_workers=1)
    load_dataset(settings)
    text = _LABELS.read_text().replace(
        "https://example.org/tiny/", "https://w3id.org/styrgraf/example/"
    )
    (folder / "hostile.ttl").write_text(text)
    load_files(
        settings, [folder / "hostile.ttl"], "https://w3id.org/styrgraf/example/graph/source/hostile"
    )
    return settings


def digest_data(settings: Settings) -> str:
    """Return a digest of all that is in the store."""
    with open_local_reader(settings) as reader:
        lines = b"".join(reader.dump("application/n-quads")).splitlines()
        version = reader.version().number
    return f"{version} {hashlib.sha256(b''.join(sorted(lines))).hexdigest()}"


@contextmanager
def serve(settings: Settings, **limits: str) -> Iterator[Running]:
    """Serve on a free port until the block ends; it must then end in order."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    environment = (
        kept
        | LIMITS
        | limits
        | {
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "DATA_DIR": str(settings.data_dir),
            "DATASET": settings.dataset,
            "PORT": "0",
        }
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "styrgraf", "serve"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env=environment,
    )
    assert process.stderr
    running = Running("127.0.0.1", 0, process)
    told = threading.Event()
    reader = threading.Thread(target=_read_log, args=(running, told))
    reader.start()
    try:
        assert told.wait(60), running.log
        assert running.port, running.log
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
        reader.join(timeout=30)
        process.stderr.close()
    assert process.returncode == 0, running.log[-20:]


def _read_log(running: Running, told: threading.Event) -> None:
    assert running.process.stderr
    for line in running.process.stderr:
        running.log.append(line)
        found = re.search(r"http://[\d.]+:(\d+)/", line)
        if found and not running.port:
            running.port = int(found[1])
            told.set()
    told.set()


def _read_tree(root: int) -> dict[int, str]:
    """Return the process and all that descend from it, with their states."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").glob("[0-9]*/status"):
        try:
            found = dict(_STATUS.findall(entry.read_text()))
        except OSError:
            continue
        parents[int(entry.parent.name)] = (int(found["PPid"]), found["State"])
    tree = {root: parents[root][1]} if root in parents else {}
    while more := {
        process: state
        for process, (parent, state) in parents.items()
        if parent in tree and process not in tree
    }:
        tree |= more
    return tree


def _read_memory(process: int) -> int:
    """Return the proportional resident size in KiB."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else 0


def _count_files(process: int) -> int:
    try:
        return len(list(Path(f"/proc/{process}/fd").iterdir()))
    except OSError:
        return 0
