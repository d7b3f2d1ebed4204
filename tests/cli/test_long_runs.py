"""What must hold however often: loads that are killed, versions that come while others read."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.publication import load_files, open_reader
from styrgraf.graph.published import PublishedStore
from styrgraf.model import Version
from tests.cli.conftest import CommandLine
from tests.tiny import BASE, write_turtle

pytestmark = pytest.mark.early

GRAPH = f"{BASE}graph/source/own"
COUNT = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{GRAPH}> {{ ?s <{BASE}id/thing/p> ?o }} }}"
DELEGATION = """\
:delegation{number} a <https://w3id.org/styrgraf/ns#DelegationOfAuthority> ;
  <http://www.w3.org/2004/02/skos/core#prefLabel> "rätt {number}"@sv, "right {number}"@en .
"""
BATCH = 50


def write_batch(folder: Path, number: int) -> Path:
    lines = "\n".join(f":s{number}-{row} :p {row} ." for row in range(BATCH))
    lines += DELEGATION.format(number=number)
    return write_turtle(folder / f"batch{number}.ttl", lines)


def count_own(reader: PublishedStore) -> int:
    return int(reader.select(COUNT).rows[0]["n"].value)


def count_indexed(reader: PublishedStore, version: Version | None = None) -> int:
    """Count the batches that the index of authority knows."""
    return open_authority(reader, version).index.delegation_count


@pytest.mark.long
def test_a_load_that_is_killed_at_any_moment_is_done_whole_or_not_at_all(
    own_styrgraf: CommandLine, tmp_path: Path, soak: bool
) -> None:
    settings, chance = own_styrgraf.settings, random.Random(20260401)
    begin = time.monotonic()
    done = own_styrgraf.run_anew("load", str(write_batch(tmp_path, 0)), "--graph", GRAPH)
    assert done.returncode == 0, done.stderr
    usual = time.monotonic() - begin
    with open_reader(settings) as reader:
        for number in range(1, 41 if soak else 4):
            path = write_batch(tmp_path, number)
            before, version = count_own(reader), reader.version().number
            process = own_styrgraf.start("load", str(path), "--graph", GRAPH)
            time.sleep(chance.uniform(0.3, 1.1) * usual)
            process.kill()
            process.communicate()
            gained = reader.version().number - version
            assert gained in {0, 1}
            assert count_own(reader) - before == gained * BATCH
            assert count_indexed(reader) * BATCH == count_own(reader)
            assert open_authority(reader).version == reader.version().number
    again = own_styrgraf.run("load", str(write_batch(tmp_path, 99)), "--graph", GRAPH)
    assert again.returncode == 0, again.stderr


@pytest.mark.long
def test_no_reader_fails_or_sees_half_a_version_while_versions_come(
    own_styrgraf: CommandLine, tmp_path: Path, soak: bool
) -> None:
    settings = replace(own_styrgraf.settings, query_workers=2)
    stop = threading.Event()

    def read_on(reader: PublishedStore) -> int:
        seen = 0
        while not stop.is_set():
            version = reader.version()
            count = count_own(reader)
            assert count % BATCH == 0
            assert count >= max(seen, count_indexed(reader, version) * BATCH)
            seen = count
        return seen

    rounds = 60 if soak else 3
    with open_reader(settings) as reader, ThreadPoolExecutor(4) as threads:
        running = [threads.submit(read_on, reader) for _ in range(4)]
        try:
            for number in range(rounds):
                load_files(settings, [write_batch(tmp_path, number)], GRAPH)
            time.sleep(1)
        finally:
            stop.set()
        assert [task.result() for task in running] == [rounds * BATCH] * 4
