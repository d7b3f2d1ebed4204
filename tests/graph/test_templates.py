"""A version in memory is a copy for speed: the same answers, the same limits, gone without harm."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.errors import QueryMemoryError
from styrgraf.graph.asking import Asked
from styrgraf.graph.loading import load_files
from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings
from tests.tiny import BASE, write_turtle

ALL = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o"
MERGED = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
NEW = "ASK { <id/thing/new> ?p ?o }"
DOUBLING = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(30))
GREEDY = f'SELECT (STRLEN(?s30) AS ?length) {{ BIND("a long text" AS ?s0) {DOUBLING} }}'
LARGE_VALUES = " ".join(map(str, range(100)))
LARGE = f"SELECT * {{ VALUES ?a {{ {LARGE_VALUES} }} VALUES ?b {{ {LARGE_VALUES} }} }}"


@pytest.fixture
def settings(own_settings: Settings) -> Settings:
    """Three processes, and memory for the version."""
    return replace(
        own_settings, query_workers=3, memory_quads=1_000_000, query_rows=100_000, queue_seconds=30
    )


@pytest.fixture
def reader(settings: Settings) -> Iterator[PublishedStore]:
    """A reader of a version that is in memory."""
    with open_reader(settings) as opened:
        wait_for(opened.is_in_memory)
        yield opened


def wait_for(condition: Callable[[], object], seconds: float = 40.0) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


def test_memory_and_checkpoint_answer_alike(reader: PublishedStore, settings: Settings) -> None:
    with open_reader(replace(settings, memory_quads=0)) as other:
        for text in (ALL, MERGED, "CONSTRUCT WHERE { ?s ?p ?o }"):
            here, there = (each.query(text).body for each in (reader, other))
            assert sorted(here.splitlines()) == sorted(there.splitlines())
        assert not other.is_in_memory()


def test_a_version_beyond_the_setting_is_not_held(settings: Settings) -> None:
    with open_reader(replace(settings, memory_quads=10)) as reader:
        assert reader.ask("ASK { ?s ?p ?o }")
        assert not reader.is_in_memory()


def test_a_version_that_comes_in_the_midst_is_answered_at_once_and_then_held(
    reader: PublishedStore, settings: Settings, tmp_path: Path
) -> None:
    before = reader._pool._templates._current
    whole = reader.query(LARGE).body
    with reader.stream(Asked(LARGE, client="a")) as answer:
        parts = [next(iter(answer))]
        addition = write_turtle(tmp_path / "more.ttl", ":new :p :new .")
        load_files(settings, [addition], f"{BASE}graph/source/own")
        assert reader.ask(NEW)
        wait_for(lambda: reader._pool._templates._current is not before)
        assert reader.ask(NEW)
        assert before in reader._pool._templates._old
        parts.extend(answer)
    assert b"".join(parts) == whole
    wait_for(lambda: before not in reader._pool._templates._old)
    assert reader.is_in_memory()
    assert reader.ask(NEW)


def test_a_template_that_is_killed_is_replaced_and_holds_the_version_again(
    reader: PublishedStore,
) -> None:
    process = reader._pool._templates._current._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)

    def is_answered() -> bool:
        with suppress(QueryMemoryError):
            return reader.ask("ASK { ?s ?p ?o }")
        return False

    wait_for(is_answered)
    wait_for(reader.is_in_memory)
    assert all(reader.ask("ASK { ?s ?p ?o }") for _ in range(10))


def test_the_memory_limit_holds_beyond_what_is_shared(reader: PublishedStore) -> None:
    with pytest.raises(QueryMemoryError):
        reader.stream(Asked(GREEDY, client="a"))
    assert reader.ask("ASK { ?s ?p ?o }")


def test_a_reader_is_closed_while_a_version_is_loaded(settings: Settings) -> None:
    for _ in range(3):
        with open_reader(settings) as reader:
            reader.version()
        assert not reader._pool._templates._thread.is_alive()  # type: ignore[union-attr]


def test_graphs_are_merged_for_a_query_also_where_threads_were_left_behind(
    reader: PublishedStore,
) -> None:
    one, two = (f"{BASE}graph/{name}" for name in ("source/one", "ontology"))
    text = f"SELECT (COUNT(*) AS ?n) FROM <{one}> FROM <{two}> {{ ?s ?p ?o }}"
    with reader.stream(Asked(text, client="a", seconds=15.0)) as answer:
        assert b'"n"' in b"".join(answer)
