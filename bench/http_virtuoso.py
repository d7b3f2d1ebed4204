"""Virtuoso as Debian has it, with room for the graph in memory, in a temporary folder."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from bench.graphs.loading import Written

SERVER = "virtuoso-t"
CLIENT = "isql-vt"
_INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 3
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{port}
DisableUnixSocket = 1
MaxClientConnections = 64
CheckpointInterval = 0
CaseMode = 2
DirsAllowed = {folder}, {data}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
AdjustVectorSize = 0
ThreadsPerQuery = 4
AsyncQueueMaxThreads = 10
IndexTreeMaps = 64
MaxMemPoolSize = 200000000

[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = {folder}
ServerThreads = 40
MaxClientConnections = 40
MaxKeepAlives = 64
KeepAliveTimeout = 60
HTTPThreadSize = 280000
EnabledGzipContent = 1
Charset = UTF-8

[SPARQL]
ResultSetMaxRows = 100000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
"""
_LOAD = """ld_dir('{folder}', '{name}', '{graph}');
rdf_loader_run();
checkpoint;
"""


def find_lack() -> str | None:
    """Return why Virtuoso cannot be asked, if so."""
    if shutil.which(SERVER) and shutil.which(CLIENT):
        return None
    return "not installed; in Debian: apt-get install virtuoso-opensource-7"


def read_version() -> str:
    """Return the version of the server."""
    told = subprocess.run([SERVER, "-?"], capture_output=True, text=True, check=False)
    found = re.search(r"Version (\d+(?:\.\d+)+)", told.stdout + told.stderr)
    return found[1] if found else ""


def list_command(folder: Path, data: Path, port: int, http_port: int) -> list[str]:
    """Write the settings of a server; return the command that runs it until it is ended."""
    settings = folder / "virtuoso.ini"
    settings.write_text(_INI.format(folder=folder, data=data, port=port, http_port=http_port))
    return [SERVER, "-f", "+wait", "-c", str(settings)]


def load(written: Written, port: int) -> None:
    """Load the quads in bulk."""
    commands = _LOAD.format(
        folder=written.quads.parent, name=written.quads.name, graph="urn:x-bench:none"
    )
    subprocess.run(
        [CLIENT, f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF"],
        input=commands,
        text=True,
        check=True,
        capture_output=True,
    )
