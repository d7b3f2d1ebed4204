"""Clients that send endless queries, for long: no growth, no failed canary, nobody starves."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from styrgraf.settings import Settings
from tests.hostile import heavy
from tests.hostile.canary import CANARY_SECONDS, listen_to_canary
from tests.hostile.requests import BROKEN, CLOSED, Hostile, Status
from tests.hostile.running import (
    BASE_MEGABYTES,
    QUERY_MEGABYTES,
    WORKERS,
    Measured,
    Running,
    serve,
)
from tests.hostile.sending import Target, send_hostile, start_senders

pytestmark = pytest.mark.alone

WARM_SECONDS = 5.0
GROWTH_MEGABYTES = 60
"""What allocators may keep and caches may fill after the first seconds."""

FILES_OF_A_PROCESS = 10
"""How much more a query process may have open that has read more of the store."""

_ENDLESS = [one for one in heavy.REQUESTS if one.family in {"cross products", "text bombs"}]
_ALLOWED: frozenset[Status] = frozenset({422, 429, 503, 504, BROKEN})


@contextmanager
def rage(running: Running, clients: int) -> Iterator[Counter[Status]]:
    """Let clients, each from an address of its own, send endless queries until the block ends.

    They come a little later than who asks already.
    """
    time.sleep(CANARY_SECONDS)
    stop, seen, lock = threading.Event(), Counter[Status](), threading.Lock()
    target = Target(running.host, running.port, 0)

    def send_without_end(number: int) -> None:
        order = random.Random(number)
        while not stop.is_set():
            hostile: Hostile = order.choice(_ENDLESS)
            outcome = send_hostile(hostile, target, f"127.0.1.{number + 1}")
            with lock:
                seen[outcome.status] += 1
            if outcome.status in {429, 503}:
                stop.wait(0.2)  # sooner than told to

    with start_senders(clients) as pool:
        futures = [pool.submit(send_without_end, number) for number in range(clients)]
        try:
            yield seen
        finally:
            stop.set()
    for future in futures:
        future.result()


def settle(running: Running, seconds: float = 15.0) -> Measured:
    """Wait until nothing is being replaced any more, and measure."""
    end = time.monotonic() + seconds
    measured = running.measure()
    while time.monotonic() < end:
        time.sleep(0.5)
        following = running.measure()
        calm = (following.processes, following.files) == (measured.processes, measured.files)
        measured = following
        if calm and not measured.zombies:
            return measured
    return measured


@pytest.mark.long
def test_twenty_clients_with_endless_queries_neither_fill_memory_nor_hold_up_others(
    hostile_settings: Settings, soak: bool
) -> None:
    seconds = 300.0 if soak else 20.0
    measured: list[Measured] = []
    with serve(hostile_settings) as running:
        with rage(running, 20):  # opens the store in every query process
            time.sleep(WARM_SECONDS)
        before = settle(running)
        with (
            listen_to_canary(running.host, running.port) as song,
            rage(running, 20) as seen,
        ):
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                time.sleep(1)
                measured.append(running.measure())
        after = settle(running)
        log = "".join(running.log)
    print(f"\n{song.describe()}; answers {dict(seen)}; {before} -> {after}")
    assert song.is_fine, (song.describe(), song.failed)
    assert len(song.asked) > seconds * 5
    assert set(seen) <= _ALLOWED | {CLOSED}
    assert seen[CLOSED] == 0
    assert max(one.megabytes for one in measured) <= WORKERS * QUERY_MEGABYTES + BASE_MEGABYTES
    assert (after.processes, after.zombies) == (before.processes, 0)
    assert after.files <= before.files + FILES_OF_A_PROCESS * WORKERS
    assert after.megabytes <= before.megabytes + GROWTH_MEGABYTES
    assert "Traceback" not in log


def test_forty_greedy_clients_do_not_starve_another(hostile_settings: Settings) -> None:
    with (
        serve(hostile_settings) as running,
        listen_to_canary(running.host, running.port) as song,
        rage(running, 40) as seen,
    ):
        time.sleep(8)
    assert song.is_fine, (song.describe(), song.failed)
    assert seen[429] + seen[503] > 0
    assert set(seen) <= _ALLOWED
