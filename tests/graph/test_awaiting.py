"""An event loop that waits for queries without threads: the same answers, ends and errors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import uvloop

from styrgraf.errors import (
    AnswerTooLargeError,
    BusyError,
    QueryMemoryError,
    QueryStoppedError,
    QuerySyntaxError,
    QueryTimeoutError,
    TooManyQueriesError,
)
from styrgraf.graph.asking import Asked
from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings
from tests.graph.test_workers import (
    ENDLESS,
    LARGE,
    QUICK,
    Client,
    ask,
    find_run,
    kill_process,
    wait_for,
)
from tests.loops import Runner, open_loop


@pytest.fixture
def reader(tiny_settings: Settings) -> Iterator[PublishedStore]:
    settings = replace(tiny_settings, query_workers=4, query_rows=1_000_000, answer_megabytes=200)
    with open_reader(settings) as opened:
        yield opened


@pytest.fixture
def lone_reader(tiny_settings: Settings) -> Iterator[PublishedStore]:
    """A reader with one process, whose clients may wait for it for a moment only."""
    settings = replace(tiny_settings, query_workers=1, queue_seconds=0.4, query_seconds=5.0)
    with open_reader(settings) as opened:
        yield opened


@pytest.fixture(params=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Iterator[Runner[object]]:
    """Run a coroutine in a loop of this kind."""
    with open_loop(uvloop.new_event_loop if request.param == "uvloop" else None) as running:
        yield running


async def ask_soon(reader: PublishedStore, asked: Asked) -> bytes:
    answer = await reader.stream_soon(asked)
    with answer:
        return await asyncio.to_thread(b"".join, answer)


async def seen(reader: PublishedStore, identifier: str) -> None:
    while find_run(reader, identifier) is None:
        await asyncio.sleep(0.01)


def test_a_small_answer_is_the_same_and_whole(reader, run):
    asked = Asked("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 5", client="a")
    answer = run(reader.stream_soon(asked))
    assert answer.complete
    assert b"".join(answer) == ask(reader, asked)
    assert reader.running() == ()


def test_a_large_answer_comes_in_parts_that_threads_take(reader, run):
    for _ in range(3):  # a process that a loop has waited for is waited for by threads again
        body = run(ask_soon(reader, Asked(LARGE, client="a")))
        assert len(json.loads(body)["results"]["bindings"]) == 10_000
        assert ask(reader, Asked(LARGE, client="a")) == body


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked("SELECT * {", client="a"), QuerySyntaxError),
        (Asked(LARGE, client="a", rows=10), AnswerTooLargeError),
        (Asked(ENDLESS, client="a", seconds=0.1), QueryTimeoutError),
    ],
    ids=["syntax", "rows", "time"],
)
def test_errors_are_raised_as_they_are_in_threads(reader, run, asked, error):
    with pytest.raises(error):
        run(reader.stream_soon(asked))
    assert run(ask_soon(reader, Asked(QUICK, client="b")))


def test_a_client_that_leaves_stops_its_query(reader, run):
    client = Client()

    async def leave_soon() -> None:
        asked = Asked(ENDLESS, client="a", identifier="leaving", departure=client)
        query = asyncio.create_task(reader.stream_soon(asked))
        await seen(reader, "leaving")
        client.leave()
        await query

    with pytest.raises(QueryStoppedError):
        run(leave_soon())
    assert reader.running() == ()


def test_a_task_that_is_cancelled_stops_its_query(reader, run):
    async def cancel_soon() -> None:
        asked = Asked(ENDLESS, client="a", identifier="cancelled")
        query = asyncio.create_task(reader.stream_soon(asked))
        await seen(reader, "cancelled")
        query.cancel()
        await query

    with pytest.raises(asyncio.CancelledError):
        run(cancel_soon())
    wait_for(lambda: reader.running() == ())


def test_a_process_that_is_killed_is_told(reader, run):
    async def kill_soon() -> None:
        query = asyncio.create_task(
            reader.stream_soon(Asked(ENDLESS, client="a", identifier="killed"))
        )
        await seen(reader, "killed")
        kill_process(reader, "killed")
        await query

    with pytest.raises(QueryMemoryError):
        run(kill_soon())
    assert run(ask_soon(reader, Asked(QUICK, client="a")))


def test_who_waits_has_his_turn_when_the_one_before_has_ended(lone_reader, run):
    async def wait_for_another() -> bytes:
        first = asyncio.create_task(
            lone_reader.stream_soon(Asked(ENDLESS, client="a", identifier="first", seconds=0.2))
        )
        await seen(lone_reader, "first")
        body = await ask_soon(lone_reader, Asked(QUICK, client="b"))
        with pytest.raises(QueryTimeoutError):
            await first
        return body

    assert run(wait_for_another())


def test_who_has_waited_too_long_is_told(lone_reader, run):
    async def wait_too_long() -> None:
        client = Client()
        first = asyncio.create_task(
            lone_reader.stream_soon(
                Asked(ENDLESS, client="a", identifier="first", departure=client)
            )
        )
        await seen(lone_reader, "first")
        with pytest.raises(BusyError, match=r"0\.4"):
            await lone_reader.stream_soon(Asked(QUICK, client="b"))
        client.leave()
        with pytest.raises(QueryStoppedError):
            await first

    run(wait_too_long())


def test_two_hundred_at_once_are_all_answered_or_told(reader, run):
    async def ask_all() -> list[bytes | BaseException]:
        asked = [Asked(QUICK, client=f"client {number % 40}") for number in range(200)]
        return await asyncio.gather(
            *(ask_soon(reader, each) for each in asked), return_exceptions=True
        )

    found = run(ask_all())
    answered = [each for each in found if isinstance(each, bytes)]
    refused = [each for each in found if isinstance(each, BaseException)]
    assert len(answered) >= 100
    assert all(isinstance(each, TooManyQueriesError) for each in refused)
    wait_for(lambda: reader.running() == ())
