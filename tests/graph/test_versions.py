"""One writer at a time; versions appear whole, and what fails leaves the last one standing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf.errors import StoreLockedError, StoreMissingError, WrongDatasetError
from styrgraf.graph.lock import hold_lock
from styrgraf.graph.published import open_local_reader
from styrgraf.graph.versions import find_current, open_writer, read_current
from styrgraf.model import Iri, Quad
from styrgraf.settings import Settings
from tests.tiny import BASE, make_dataset

NODE = Iri(f"{BASE}id/thing/node")
GRAPH = Iri(f"{BASE}graph/own")

_WRITER = """
import os, sys, time
from pathlib import Path
from styrgraf.graph.versions import open_writer
from styrgraf.model import Iri, Quad
from styrgraf.settings import Settings
node, graph = Iri("{node}"), Iri("{graph}")
with open_writer(Settings(data_dir=Path({data_dir!r}), dataset={dataset!r})) as writer:
    writer.load([Quad(node, node, node, graph)])
    print("writing", flush=True)
    time.sleep(60)
"""


def start_writer(settings: Settings) -> subprocess.Popen[str]:
    """Start a process that has written something and holds the lock."""
    script = _WRITER.format(
        node=NODE.value,
        graph=GRAPH.value,
        data_dir=str(settings.data_dir),
        dataset=settings.dataset,
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdout
    assert process.stdout.readline() == "writing\n"
    return process


def test_what_is_written_is_seen_when_it_is_published_and_not_before(
    own_settings: Settings,
) -> None:
    question = f"ASK {{ <{NODE.value}> ?p ?o }}"
    with open_local_reader(own_settings) as reader:
        with open_writer(own_settings) as writer:
            writer.load([Quad(NODE, NODE, NODE, GRAPH)])
            assert writer.ask(question)
            assert not reader.ask(question)
            version = writer.publish("digest")
        assert reader.ask(question)
        assert reader.version() == version
    assert version.number == 2
    assert version.shipped_digest == "digest"
    assert version.recorded.utcoffset() is not None


def test_a_writer_that_does_not_publish_changes_nothing(own_settings: Settings) -> None:
    before = read_current(own_settings.data_dir)
    with open_writer(own_settings) as writer:
        writer.clear(f"{BASE}graph/source/one")
    assert read_current(own_settings.data_dir) == before
    with open_writer(own_settings) as writer:
        assert writer.count_quads() == before.quads


def test_a_second_writer_is_refused_and_told_who_writes(own_settings: Settings) -> None:
    process = start_writer(own_settings)
    try:
        with pytest.raises(StoreLockedError, match=str(process.pid)), open_writer(own_settings):
            pass
    finally:
        process.kill()
        process.communicate()


def test_a_lock_is_free_again_when_its_holder_is_done(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with hold_lock(path, 0), pytest.raises(StoreLockedError, match=str(os.getpid())):
        hold_lock(path, 0.1).__enter__()
    with hold_lock(path, 0):
        pass


def test_a_writer_killed_in_the_middle_leaves_the_last_version_and_a_free_lock(
    own_settings: Settings,
) -> None:
    before = read_current(own_settings.data_dir)
    process = start_writer(own_settings)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert read_current(own_settings.data_dir) == before
    with open_writer(own_settings) as writer:
        assert not writer.ask(f"ASK {{ <{NODE.value}> ?p ?o }}")
        assert writer.count_quads() == before.quads
        assert writer.publish("digest").number == before.number + 1


def test_a_version_that_was_not_finished_is_made_anew(own_settings: Settings) -> None:
    leftover = own_settings.data_dir / "versions" / "2"
    for folder in (leftover, leftover.with_name("2.unfinished")):
        (folder / "checkpoint").mkdir(parents=True)
    with open_writer(own_settings) as writer:
        assert writer.publish("digest").number == 2
    assert find_current(own_settings.data_dir) == leftover
    with open_local_reader(own_settings) as reader:
        assert reader.ask("ASK { ?s ?p ?o }")


def test_versions_follow_each_other_in_one_transaction_too(own_settings: Settings) -> None:
    with open_writer(own_settings) as writer:
        numbers = [writer.publish("a").number, writer.publish("b").number]
    assert numbers == [2, 3]


def test_publishing_is_quick(own_settings: Settings) -> None:
    with open_writer(own_settings) as writer:
        writer.load([Quad(NODE, NODE, NODE, GRAPH)])
        started = time.process_time()
        writer.publish("digest")
        assert time.process_time() - started < 1


def test_a_writer_of_another_dataset_is_refused(own_settings: Settings, tmp_path: Path) -> None:
    other = make_dataset(tmp_path / "other", name="other")
    settings = replace(own_settings, dataset=str(other))
    with pytest.raises(WrongDatasetError), open_writer(settings):
        pass


def test_an_error_inside_a_transaction_comes_out_as_it_is(own_settings: Settings) -> None:
    with pytest.raises(ZeroDivisionError), open_writer(own_settings):
        raise ZeroDivisionError
    with open_writer(own_settings):
        pass


def test_the_first_writer_starts_from_nothing(tiny_settings: Settings, tmp_path: Path) -> None:
    settings = replace(tiny_settings, data_dir=tmp_path / "new")
    with open_writer(settings) as writer:
        assert writer.version().number == 0
        assert writer.count_quads() == 0
    with pytest.raises(StoreMissingError):
        read_current(settings.data_dir)


def test_the_unnamed_graph_may_be_a_graph_of_its_own(own_settings: Settings) -> None:
    settings = replace(own_settings, default_graph="unnamed")
    here, there, name = ox.NamedNode("a:here"), ox.NamedNode("a:there"), ox.NamedNode("a:graph")
    with open_writer(settings) as writer:
        writer.clear_all()
        writer.load_engine_quads([ox.Quad(here, here, here), ox.Quad(there, there, there, name)])
        assert writer.publish("unnamed").quads == 2
    with open_local_reader(settings) as reader:
        assert reader.select("SELECT ?s { ?s ?p ?o }").rows == ({"s": Iri("a:here")},)
        assert reader.select("SELECT ?s { GRAPH ?g { ?s ?p ?o } }").rows == ({"s": Iri("a:there")},)
        assert b"".join(reader.dump("text/turtle", "")).count(b"a:here") == 3


def test_the_default_graph_is_dumped_as_the_merge(own_settings: Settings) -> None:
    with open_local_reader(own_settings) as reader:
        lines = b"".join(reader.dump("application/n-triples", "")).splitlines()
    assert 0 < len(lines) == len(set(lines))
