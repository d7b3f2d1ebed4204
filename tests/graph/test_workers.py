"""The pool of query processes: answers in parts, turns, and every way in which a query ends."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.errors import (
    AnswerTooLargeError,
    BusyError,
    QueryMemoryError,
    QueryStoppedError,
    QuerySyntaxError,
    QueryTimeoutError,
    StyrgrafError,
    TooManyQueriesError,
)
from styrgraf.graph.asking import Asked, RunningQuery
from styrgraf.graph.isolation import runs, workers
from styrgraf.graph.isolation.lanes import TO_PROVE_AT_FIRST
from styrgraf.graph.loading import load_files
from styrgraf.graph.published import PublishedStore, open_local_reader, open_reader
from styrgraf.settings import Settings
from tests.tiny import BASE, copy_data, write_turtle

QUICK = "ASK { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
VALUES = " ".join(str(number) for number in range(100))
LARGE = f"SELECT ?a ?b ?c {{ VALUES ?a {{ {VALUES} }} VALUES ?b {{ {VALUES} }} VALUES ?c {{ 1 }} }}"
SECONDS = 30.0


class Client:
    """A client that can leave."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], None]] = []
        self._gone = threading.Event()

    def has_left(self) -> bool:
        return self._gone.is_set()

    def on_leave(self, callback: Callable[[], None]) -> None:
        self._callbacks.append(callback)

    def leave(self) -> None:
        self._gone.set()
        for callback in self._callbacks:
            callback()


@pytest.fixture(scope="module")
def settings(tiny_settings: Settings) -> Settings:
    """Four processes, three of them for queries; many rows are allowed."""
    return replace(
        tiny_settings,
        query_workers=4,
        query_rows=1_000_000,
        answer_megabytes=200,
        query_seconds=SECONDS,
        queue_seconds=SECONDS,
    )


@pytest.fixture
def reader(settings: Settings) -> Iterator[PublishedStore]:
    """A reader whose clients no other test knows."""
    with open_reader(settings) as opened:
        yield opened


def wait_for(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.01)


def ask(reader: PublishedStore, asked: Asked) -> bytes:
    with reader.stream(asked) as answer:
        return b"".join(answer)


def find_run(reader: PublishedStore, identifier: str) -> RunningQuery | None:
    return next((run for run in reader.running() if run.identifier == identifier), None)


def kill_process(reader: PublishedStore, identifier: str) -> None:
    for run in reader._pool._runs:
        if run.request.identifier == identifier:
            assert run.process is not None
            os.kill(run.process.number, signal.SIGKILL)


def test_a_small_answer_comes_whole(reader: PublishedStore) -> None:
    with reader.stream(Asked("SELECT ?s { ?s ?p ?o } LIMIT 5", client="a")) as answer:
        parts = list(answer)
    assert (answer.complete, len(parts), answer.form) == (True, 1, "select")
    assert len(json.loads(parts[0])["results"]["bindings"]) == 5
    assert reader.running() == ()


@pytest.mark.parametrize("client", ["", "a"])
def test_a_large_answer_comes_in_parts(reader: PublishedStore, client: str) -> None:
    with reader.stream(Asked(LARGE, client=client)) as answer:
        parts = list(answer)
    assert not answer.complete
    assert min(map(len, parts[:-1])) >= 64 * 1024
    assert len(json.loads(b"".join(parts))["results"]["bindings"]) == 10_000
    assert reader.query(LARGE).body == b"".join(parts)


def test_errors_before_the_first_part_are_raised_at_once(reader: PublishedStore) -> None:
    with pytest.raises(QuerySyntaxError):
        reader.stream(Asked("SELECT * {", client="a"))
    with pytest.raises(AnswerTooLargeError, match="10 rows"):
        reader.stream(Asked(LARGE, client="a", rows=10))


def test_an_answer_that_grows_too_large_breaks_off(reader: PublishedStore) -> None:
    answer = reader.stream(Asked(LARGE, client="a", rows=9_000))
    parts = []
    with answer, pytest.raises(AnswerTooLargeError, match="9000 rows"):
        parts.extend(answer)
    assert not answer.complete
    assert reader.running() == ()
    assert ask(reader, Asked(QUICK, client="a"))


def test_a_preview_tells_that_more_exists(reader: PublishedStore) -> None:
    with reader.stream(Asked(LARGE, client="a", preview=7000)) as answer:
        assert (answer.complete, answer.more) == (True, True)
        assert len(json.loads(b"".join(answer))["results"]["bindings"]) == 7000
    with reader.stream(Asked(LARGE, client="a", preview=10_000)) as answer:
        assert (answer.complete, answer.more) == (True, False)
    graph = "CONSTRUCT WHERE { ?s ?p ?o }"
    with reader.stream(Asked(graph, client="a", preview=3)) as answer:
        assert answer.more
        assert b"".join(answer).count(b"\n") == 3


def test_a_limit_may_be_lowered_and_not_raised(tiny_settings: Settings) -> None:
    with open_local_reader(replace(tiny_settings, query_seconds=1.0)) as reader:
        with pytest.raises(QueryTimeoutError, match=r"after 0\.3 s"):
            reader.stream(Asked(ENDLESS, seconds=0.3))
        with pytest.raises(QueryTimeoutError, match="after 1 s"):
            reader.stream(Asked(ENDLESS, seconds=60.0))
        with pytest.raises(AnswerTooLargeError, match="1000 rows"):
            reader.query(LARGE)
        with pytest.raises(AnswerTooLargeError, match="1000 rows"):
            ask(reader, Asked(LARGE, rows=10_000_000))


def test_a_client_that_leaves_stops_its_query(reader: PublishedStore) -> None:
    client = Client()
    with ThreadPoolExecutor() as threads:
        asked = Asked(ENDLESS, client="a", identifier="one", departure=client)
        running = threads.submit(reader.stream, asked)
        wait_for(lambda: find_run(reader, "one"))
        client.leave()
        assert isinstance(running.exception(SECONDS / 2), QueryStoppedError)
    assert reader.running() == ()


def test_a_client_that_has_left_is_not_asked_for(reader: PublishedStore) -> None:
    client = Client()
    client.leave()
    with pytest.raises(QueryStoppedError):
        reader.stream(Asked(ENDLESS, client="a", departure=client))
    assert ask(reader, Asked(QUICK, client="a"))


def test_a_client_that_leaves_while_it_waits_leaves_the_queue(settings: Settings) -> None:
    with (
        open_reader(replace(settings, client_slots=1)) as reader,
        ThreadPoolExecutor() as threads,
    ):
        client = Client()
        first = threads.submit(reader.stream, Asked(ENDLESS, client="a", identifier="one"))
        wait_for(lambda: find_run(reader, "one"))
        waiting = threads.submit(reader.stream, Asked(QUICK, client="a", departure=client))
        wait_for(lambda: reader._pool._waiting)
        client.leave()
        assert isinstance(waiting.exception(SECONDS / 2), QueryStoppedError)
        assert not reader._pool._waiting
        assert reader.stop("one", "a")
        assert isinstance(first.exception(SECONDS), QueryStoppedError)


def test_a_client_that_leaves_in_the_midst_of_an_answer_frees_the_process(
    reader: PublishedStore,
) -> None:
    client = Client()
    answer = reader.stream(Asked(LARGE, client="a", departure=client))
    parts = iter(answer)
    assert next(parts)
    client.leave()
    with pytest.raises(QueryStoppedError):
        list(parts)
    assert reader.running() == ()


def test_an_answer_that_is_closed_early_frees_the_process(reader: PublishedStore) -> None:
    with reader.stream(Asked(LARGE, client="a")) as answer:
        assert next(iter(answer))
        assert reader.running()
    assert reader.running() == ()
    assert ask(reader, Asked(QUICK, client="a"))


def test_a_client_that_reads_no_further_is_given_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "READING_SECONDS", 0.5)
    with open_reader(replace(settings, query_seconds=0.5)) as reader:
        answer = reader.stream(Asked(LARGE, client="a"))
        assert not answer.complete
        wait_for(lambda: reader.running() == ())
        with pytest.raises(QueryTimeoutError):
            list(answer)


def test_a_slow_reader_has_more_time_than_its_query(settings: Settings) -> None:
    with open_reader(replace(settings, query_seconds=5.0)) as reader:
        with reader.stream(Asked(LARGE, client="a")) as answer:
            parts = [next(iter(answer))]
            time.sleep(5.5)
            parts.extend(answer)
        assert len(json.loads(b"".join(parts))["results"]["bindings"]) == 10_000


def test_what_runs_is_told_and_can_be_stopped_by_its_client_or_an_administrator(
    reader: PublishedStore,
) -> None:
    with ThreadPoolExecutor() as threads:
        tasks = [
            threads.submit(reader.stream, Asked(ENDLESS, client=client, identifier=f"of-{client}"))
            for client in ("ann", "bo")
        ]
        wait_for(lambda: len(reader.running()) == 2 and all(run.long for run in reader.running()))
        run = find_run(reader, "of-ann")
        assert run is not None
        assert (run.client, run.text) == ("ann", ENDLESS)
        assert 0 < run.seconds < SECONDS
        assert run.resident > 1_000_000
        assert not reader.stop("of-ann", "bo")
        assert not reader.stop("", None)
        assert reader.stop("of-ann", "ann")
        assert reader.stop("of-bo", None)
        assert not reader.stop("of-bo", None)
        assert all(isinstance(task.exception(SECONDS), QueryStoppedError) for task in tasks)


def test_a_process_that_is_killed_while_it_answers_is_told_and_replaced(
    reader: PublishedStore,
) -> None:
    with ThreadPoolExecutor() as threads:
        asked = Asked(ENDLESS, client="a", identifier="one")
        running = threads.submit(reader.stream, asked)
        wait_for(lambda: find_run(reader, "one"))
        wait_for(lambda: any(run.process for run in reader._pool._runs))
        kill_process(reader, "one")
        assert isinstance(running.exception(SECONDS), QueryMemoryError)
    assert ask(reader, Asked(QUICK, client="a"))


def test_a_process_that_is_killed_in_the_midst_of_its_answer_breaks_it_off(
    reader: PublishedStore,
) -> None:
    answer = reader.stream(Asked(LARGE, client="a", identifier="one"))
    kill_process(reader, "one")
    with answer, pytest.raises(QueryMemoryError):
        list(answer)


def test_all_processes_are_made_anew_when_their_template_is_killed(
    reader: PublishedStore,
) -> None:
    assert ask(reader, Asked(QUICK, client="a"))
    template = reader._pool._templates._current._process
    assert template is not None
    template.kill()
    template.wait()

    def is_answered() -> bool:
        with suppress(QueryMemoryError):
            return bool(ask(reader, Asked(QUICK, client="a")))
        return False

    wait_for(is_answered)
    assert all(ask(reader, Asked(QUICK, client="a")) for _ in range(20))


def test_a_spare_is_ready_when_a_process_is_killed(reader: PublishedStore) -> None:
    wait_for(reader.is_in_memory)
    wait_for(lambda: len(reader._pool._idle) == 5)
    with pytest.raises(QueryTimeoutError):
        reader.stream(Asked(ENDLESS, client="a", seconds=0.1))
    assert len(reader._pool._idle) >= 4
    wait_for(lambda: len(reader._pool._idle) == 5)


def test_a_client_has_its_slots_and_its_queue_and_no_more(settings: Settings) -> None:
    limits = replace(settings, client_slots=1, client_queue=1)
    with open_reader(limits) as reader, ThreadPoolExecutor() as threads:
        first = threads.submit(reader.stream, Asked(ENDLESS, client="a", identifier="one"))
        wait_for(lambda: find_run(reader, "one"))
        second = threads.submit(reader.stream, Asked(QUICK, client="a"))
        wait_for(lambda: reader._pool._waiting)
        with pytest.raises(TooManyQueriesError) as refused:
            reader.stream(Asked(QUICK, client="a"))
        assert refused.value.facts["retry"] == 1
        assert ask(reader, Asked(QUICK, client="b"))
        assert ask(reader, Asked(QUICK))
        assert reader.stop("one", "a")
        assert isinstance(first.exception(SECONDS), QueryStoppedError)
        assert second.result(SECONDS).complete


def test_the_second_long_query_of_a_client_is_stopped(reader: PublishedStore) -> None:
    with ThreadPoolExecutor() as threads:
        first = threads.submit(reader.stream, Asked(ENDLESS, client="a", identifier="one"))
        wait_for(lambda: (run := find_run(reader, "one")) and run.long)
        with pytest.raises(TooManyQueriesError) as stopped:
            reader.stream(Asked(ENDLESS, client="a"))
        assert stopped.value.facts["retry"] == 1
        assert ask(reader, Asked(QUICK, client="a"))
        assert ask(reader, Asked(QUICK, client="b"))
        assert reader.stop("one", None)
        assert isinstance(first.exception(SECONDS), QueryStoppedError)


def test_endless_queries_of_many_never_hold_all_processes(reader: PublishedStore) -> None:
    over = threading.Event()
    ended: Counter[str] = Counter()

    def send_endless_queries(number: int) -> None:
        while not over.is_set():
            try:
                reader.stream(Asked(ENDLESS, client=f"greedy {number}", identifier="greedy"))
            except StyrgrafError as error:
                ended[type(error).__name__] += 1
                over.wait(0.05)

    def stop_all() -> bool:
        reader.stop("greedy", None)
        return all(task.done() for task in tasks)

    assert all(ask(reader, Asked(QUICK, client="innocent")) for _ in range(TO_PROVE_AT_FIRST))
    with ThreadPoolExecutor(12) as threads:
        tasks = [threads.submit(send_endless_queries, number) for number in range(12)]
        try:
            wait_for(lambda: sum(run.long for run in reader.running()) == 2)
            for _ in range(20):
                started = time.monotonic()
                assert ask(reader, Asked(QUICK, client="innocent"))
                assert time.monotonic() - started < 5
                assert sum(run.long for run in reader.running()) <= 2
        finally:
            over.set()
            wait_for(stop_all)
        assert [task.result(SECONDS) for task in tasks] == [None] * 12
    assert ended["TooManyQueriesError"] + ended["BusyError"] > 0


def test_two_hundred_threads_at_once_are_all_answered_or_told(reader: PublishedStore) -> None:
    kinds: Counter[str] = Counter()
    lock = threading.Lock()

    def ask_once(number: int) -> None:
        text = LARGE if number % 20 == 0 else QUICK
        try:
            body = ask(reader, Asked(text, client=f"client {number % 40}"))
            kind = "whole" if body.endswith((b"}", b"]}}")) else "cut"
        except (BusyError, QueryStoppedError) as error:
            kind = type(error).__name__
        with lock:
            kinds[kind] += 1

    threads = [threading.Thread(target=ask_once, args=(number,)) for number in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert kinds.total() == 200
    assert kinds["cut"] == 0
    assert kinds["whole"] >= 150
    assert reader.running() == ()
    assert not reader._pool._waiting


def test_an_answer_that_is_being_read_when_a_version_comes_stays_that_of_its_version(
    settings: Settings, tmp_path: Path
) -> None:
    own = copy_data(settings, tmp_path)
    addition = write_turtle(tmp_path / "more.ttl", ":new :p :new .")
    with open_reader(own) as reader:
        whole = reader.query(LARGE).body
        with reader.stream(Asked(LARGE, client="a")) as answer:
            parts = [next(iter(answer))]
            load_files(own, [addition], f"{BASE}graph/source/own")
            assert ask(reader, Asked("ASK { <id/thing/new> ?p ?o }", client="a")).count(b"true")
            parts.extend(answer)
        assert (answer.version, b"".join(parts)) == (1, whole)


def test_closing_ends_what_runs(settings: Settings) -> None:
    with ThreadPoolExecutor() as threads:
        with open_reader(settings) as reader:
            running = threads.submit(reader.stream, Asked(ENDLESS, client="a", identifier="one"))
            wait_for(lambda: find_run(reader, "one"))
        assert isinstance(running.exception(SECONDS), QueryStoppedError)
        with pytest.raises(StyrgrafError):
            reader.stream(Asked(QUICK))


def test_tasks_take_no_place_from_pages(settings: Settings) -> None:
    with (
        open_reader(settings, "tests.graph.plug_in") as reader,
        ThreadPoolExecutor() as threads,
    ):
        arguments = {"seconds": str(SECONDS)}
        tasks = [threads.submit(reader.run_task, "wait", arguments, SECONDS) for _ in range(2)]
        wait_for(lambda: len(reader.running()) == 2)
        assert reader.ask(QUICK)
        for run in list(reader._pool._runs):
            reader._pool.give_up(run)
        assert all(isinstance(task.exception(SECONDS), QueryStoppedError) for task in tasks)


def test_a_process_that_has_grown_is_replaced(
    reader: PublishedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_GROWTH_BYTES", -1)
    monkeypatch.setattr(workers, "_MEASURE_EVERY", 1)
    wait_for(lambda: len(reader._pool._idle) == 5)
    before = {process.number for process in reader._pool._idle}
    assert ask(reader, Asked(QUICK, client="a"))
    wait_for(lambda: len(reader._pool._idle) == 5)
    assert {process.number for process in reader._pool._idle} != before
