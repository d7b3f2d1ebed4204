"""The service under all that is hostile at once: alive, clear, unchanged, and quick to others.

The module sends the whole battery once; each test looks at one side of what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from styrgraf.settings import Settings
from tests.hostile.attack import Attack, attack
from tests.hostile.battery import BATTERY
from tests.hostile.running import (
    BASE_MEGABYTES,
    QUERY_MEGABYTES,
    WORKERS,
    Running,
    digest_data,
    serve,
)

pytestmark = pytest.mark.alone

MORE_FILES = 10
"""What a process may have open beside: files of the store that it has read, sockets just left.

Thousands of connections are made: were any kept, it would be many more.
"""


@dataclass(frozen=True, slots=True)
class Battle:
    """The service, still running, what came of the battery, and digests of the data."""

    running: Running
    found: Attack
    before: str
    settings: Settings


@pytest.fixture(scope="module")
def battle(hostile_settings: Settings) -> Iterator[Battle]:
    before = digest_data(hostile_settings)
    with serve(hostile_settings) as running:
        yield Battle(running, attack(running), before, hostile_settings)


def test_every_request_is_answered_as_allowed_in_bounded_time(battle: Battle) -> None:
    assert battle.found.faults == []
    assert len(battle.found.outcomes) == len(BATTERY) >= 100


@pytest.mark.parametrize("step", ["one by one", "crowds", "all at once"])
def test_an_innocent_client_is_answered_within_half_a_second(battle: Battle, step: str) -> None:
    song = battle.found.songs[step]
    told = f"before: {battle.found.baseline.describe()}; {step}: {song.describe()}"
    beside = {one: battle.found.name_company(one) for one in (*song.failed, *song.late)}
    assert song.is_fine, (told, beside)
    assert len(song.asked) > 50


def test_nothing_has_changed(battle: Battle) -> None:
    assert digest_data(battle.settings) == battle.before


def test_the_service_has_sent_no_request_of_its_own(battle: Battle) -> None:
    assert not battle.found.trap_reached


def test_all_processes_are_alive_and_memory_is_bounded(battle: Battle) -> None:
    before, after = battle.found.before, battle.found.after
    assert before and after
    assert battle.running.process.poll() is None
    assert (after.processes, after.zombies) == (before.processes, 0)
    assert after.files <= before.files + MORE_FILES * after.processes
    assert battle.found.most <= WORKERS * QUERY_MEGABYTES + BASE_MEGABYTES


def test_nothing_went_wrong_unseen(battle: Battle) -> None:
    log = "".join(battle.running.log)
    assert "Traceback" not in log, log[log.index("Traceback") - 500 :][:3000]
    assert "Unhandled" not in log


def test_the_battery_names_each_request_once() -> None:
    names = [hostile.name for hostile in BATTERY]
    assert len(names) == len(set(names))
