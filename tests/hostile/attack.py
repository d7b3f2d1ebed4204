"""The attack: every hostile request against a running service, families beside one another."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.hostile import heavy
from tests.hostile.battery import BATTERY
from tests.hostile.canary import CANARY_SECONDS, Asked, Song, listen_to_canary
from tests.hostile.checking import find_faults
from tests.hostile.requests import BUSY, Hostile
from tests.hostile.running import Measured, Running
from tests.hostile.sending import Outcome, Target, Trap, send_crowd, send_hostile, start_senders

_TRIES = 6
_HEAVY_AT_ONCE = 3
_OTHERS_AT_ONCE = 3
_STORM_CLIENTS = 24
_STORM_SECONDS = 7.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A hostile request and the moments between which it was under way."""

    started: float
    ended: float
    name: str


@dataclass(slots=True)
class Attack:
    """What came of it all."""

    outcomes: dict[Hostile, Outcome] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    baseline: Song = field(default_factory=Song)
    songs: dict[str, Song] = field(default_factory=dict)
    before: Measured | None = None
    most: float = 0.0
    after: Measured | None = None
    storm: dict[str, int] = field(default_factory=dict)
    trap_reached: bool = False
    sent: list[Sent] = field(default_factory=list)

    def note(self, hostile: Hostile, outcome: Outcome, allowed: frozenset[int | str]) -> None:
        """Remember an outcome and what is wrong with it."""
        self.outcomes[hostile] = outcome
        for fault in find_faults(hostile, outcome, allowed):
            self.faults.append(f"{hostile.family}: {hostile.name}: {fault}")

    def name_company(self, asked: Asked) -> list[str]:
        """Return which hostile requests were under way while the canary waited for an answer."""
        ended = asked.moment + asked.seconds
        return [one.name for one in self.sent if one.started < ended and one.ended > asked.moment]

    @contextmanager
    def accompany(self, hostile: Hostile) -> Iterator[None]:
        """Remember when a hostile request was under way."""
        started = time.monotonic()
        yield
        self.sent.append(Sent(started, time.monotonic(), hostile.name))


def attack(running: Running, battery: Sequence[Hostile] = BATTERY) -> Attack:
    """Send the whole battery, then much of it at once, with a canary throughout."""
    found = Attack()
    trap = Trap()
    target = Target(running.host, running.port, trap.port)
    watch = _Watch(running)
    try:
        with listen_to_canary(running.host, running.port) as found.baseline:
            time.sleep(CANARY_SECONDS)
        found.before = running.measure()
        steps = {"one by one": _send_each, "crowds": _send_crowds, "all at once": _storm}
        for name, step in steps.items():
            with listen_to_canary(running.host, running.port) as song:
                time.sleep(CANARY_SECONDS)
                step(found, target, battery)
            found.songs[name] = song
        time.sleep(1)
        found.after = running.measure()
        found.trap_reached = trap.was_reached()
    finally:
        found.most = watch.stop()
        trap.close()
    return found


class _Watch:
    """Measures memory twice a second."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._stopped = threading.Event()
        self._most = 0.0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stopped.wait(0.5):
            self._most = max(self._most, self._running.measure().megabytes)

    def stop(self) -> float:
        """Stop, and return the most megabytes that were seen."""
        self._stopped.set()
        self._thread.join()
        return self._most


def _is_heavy(hostile: Hostile) -> bool:
    return hostile in heavy.REQUESTS


def _send_each(found: Attack, target: Target, battery: Sequence[Hostile]) -> None:
    """Send each request: heavy ones, light ones and slow ones beside one another."""
    single = [hostile for hostile in battery if hostile.count == 1]
    slow = [hostile for hostile in single if hostile.family == "slow"]
    hard = [hostile for hostile in single if _is_heavy(hostile)]
    others = [hostile for hostile in single if hostile not in {*slow, *hard}]
    groups = ((slow, len(slow)), (hard, _HEAVY_AT_ONCE), (others, _OTHERS_AT_ONCE))
    pools = [(start_senders(size or 1), group) for group, size in groups]
    sources = _list_sources()
    for pool, group in pools:
        for hostile in group:
            pool.submit(_report_failure(found, _send_one), found, target, hostile, next(sources))
    for pool, _ in pools:
        pool.shutdown(wait=True)


def _send_one(found: Attack, target: Target, hostile: Hostile, source: str) -> None:
    """Send a request; where others were before it, or held it up, come back."""
    for _ in range(_TRIES):
        with found.accompany(hostile):
            outcome = send_hostile(hostile, target, source)
        if outcome.status not in BUSY | ({504} - hostile.statuses):
            break
        time.sleep(min(2.0, float(outcome.headers.get("retry-after", 1))))
    found.note(hostile, outcome, hostile.statuses)


def _send_crowds(found: Attack, target: Target, battery: Sequence[Hostile]) -> None:
    """Send the crowds in two waves of more than a thousand connections each."""
    crowds = [hostile for hostile in battery if hostile.count > 1]
    for wave in (crowds[::2], crowds[1::2]):
        with start_senders(len(crowds) or 1) as pool:
            for number, hostile in enumerate(wave):
                sources = [f"127.0.1.{100 + number * 20 + source}" for source in range(20)]
                send = _report_failure(found, _send_one_crowd)
                pool.submit(send, found, target, hostile, sources)


def _send_one_crowd(found: Attack, target: Target, hostile: Hostile, sources: list[str]) -> None:
    with found.accompany(hostile):
        outcome = send_crowd(hostile, target, sources)
    found.note(hostile, outcome, hostile.statuses)


def _storm(found: Attack, target: Target, battery: Sequence[Hostile]) -> None:
    """Let many greedy clients send whatever is heavy, without pause."""
    raging = [one for one in battery if _is_heavy(one) or one.family == "tokeniser"]
    end = time.monotonic() + _STORM_SECONDS
    lock = threading.Lock()

    def rage(number: int) -> None:
        order = random.Random(number)
        while time.monotonic() < end:
            hostile = order.choice(raging)
            with found.accompany(hostile):
                outcome = send_hostile(hostile, target, f"127.0.1.{number + 1}")
            with lock:
                key = str(outcome.status)
                found.storm[key] = found.storm.get(key, 0) + 1
                allowed = hostile.statuses | BUSY | {504}  # even what is quick by itself
                for fault in find_faults(hostile, outcome, allowed):
                    found.faults.append(f"storm: {hostile.family}: {hostile.name}: {fault}")

    with start_senders(_STORM_CLIENTS) as pool:
        for number in range(_STORM_CLIENTS):
            pool.submit(_report_failure(found, rage), number)


def _report_failure(found: Attack, send: Callable[..., None]) -> Callable[..., None]:
    def guarded(*arguments: object) -> None:
        try:
            send(*arguments)
        except Exception as error:  # a test that fails in a thread would pass in silence
            names = [one.name for one in arguments if isinstance(one, Hostile)]
            found.faults.append(f"{names}: {type(error).__name__}: {error}")

    return guarded


def _list_sources() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"127.0.1.{number % 250 + 1}"
