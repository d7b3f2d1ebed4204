"""A PostgreSQL server of our own, on a socket in a temporary folder, never as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")
USER = "bench"

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "fsync": "off",
    # Both make so small a query faster: no compiling, and no planning anew.
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
}


def find_lack() -> str | None:
    """Return why PostgreSQL cannot be asked, if so."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed; it is in the dependency group bench"
    if not _find_program("initdb"):
        return "PostgreSQL's server is not installed; in Debian: apt-get install postgresql"
    return None


def _find_program(name: str) -> str | None:
    """Return a program of the server, of the newest that Debian has installed."""
    installed = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(installed[-1]) if installed else shutil.which(name)


@contextmanager
def run_server() -> Iterator[Any]:
    """Start a server on a socket in a temporary folder; yield a connection; end it."""
    with tempfile.TemporaryDirectory(prefix="styrgraf-") as name:
        owner = _choose_owner(Path(name))
        data = str(Path(name) / "data")
        options = " ".join(f"-c {key}='{each}'" for key, each in SETTINGS.items())
        _run(owner, "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale")
        log = ("-l", f"{name}/log", "-o", f"{options} -c unix_socket_directories='{name}'")
        _run(owner, "pg_ctl", "-D", data, "-w", *log, "start")
        try:
            connect = import_module("psycopg").connect
            with connect(host=name, user=USER, dbname="postgres", autocommit=True) as connection:
                yield connection
        finally:
            _run(owner, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _choose_owner(folder: Path) -> str | None:
    """Return the user that the server is to run as, and give it the folder: never root."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    owner = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, owner)
    return owner


def _run(owner: str | None, program: str, *arguments: str) -> None:
    path = _find_program(program)
    if path is None:
        raise SystemExit(f"PostgreSQL's {program} is not installed")
    group = pwd.getpwnam(owner).pw_gid if owner else None
    command = [path, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=owner, group=group, cwd="/")
