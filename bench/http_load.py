"""Load by wrk: so many clients that ask without pause, services in turn, round by round."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from math import ceil
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.http_queries import Question
from bench.http_servers import Service, ask, await_idleness

SCRIPT = Path(__file__).with_name("http_requests.lua")
TOO_SLOW = 2.0
"""Seconds of a request beyond which a service is asked one at a time instead of by wrk."""

TEXTS = 20_000
"""Drawings of each query, asked in turn: most texts come once, so that no plan kept by its text,
nor any other cache of a service, answers for the query."""

_STRIDE = 6007
"""So far from each other rounds start in the file."""

MOST_SECONDS = 6
"""Of a round, however long the queries take."""


@dataclass
class Rates:
    """Answers a second, by round, of one service to one query from so many clients."""

    rounds: list[float] = field(default_factory=list)
    least: float = 0.0
    """What a round could not have told from none: half an answer in its time."""

    refused: int = 0
    broken: int = 0

    @property
    def middle(self) -> float:
        """Return the median of the rounds."""
        return median(self.rounds)


def find_wrk_lack() -> str | None:
    """Return why wrk cannot be used, if so."""
    return None if shutil.which("wrk") else "wrk is not installed; in Debian: apt-get install wrk"


def write_requests(question: Question, service: Service, texts: Sequence[str], file: Path) -> None:
    """Write the paths that wrk is to ask."""
    lines = (f"{service.path}?{urlencode({'query': text})}\n" for text in texts)
    file.write_text("".join(lines))


def run_round(
    rates: Rates, service: Service, question: Question, file: Path, clients: int, seconds: int
) -> None:
    """Add one round of wrk; wait until the service has done with what was given up."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s", "-s", str(SCRIPT)]
    place = [f"http://127.0.0.1:{service.port}", "--"]
    start = _STRIDE * len(rates.rounds) + clients
    asked = [str(file), question.media_type, str(clients), str(start)]
    told = subprocess.run(
        [*command, *place, *asked], check=True, capture_output=True, text=True
    ).stdout
    found = json.loads(told.strip().splitlines()[-1])
    rates.rounds.append(found["answers"] / found["microseconds"] * 1e6)
    rates.least = max(rates.least, 0.5 / seconds)
    rates.refused += found["refused"]
    rates.broken += found["broken"]
    await_idleness(service.process)


def run_single(rates: Rates, service: Service, question: Question, text: str) -> float:
    """Add a round of one request; return its seconds."""
    begin = time.perf_counter()
    status, _ = ask(service, text, question.media_type, 120)
    seconds = time.perf_counter() - begin
    rates.rounds.append(1 / seconds)
    rates.refused += status != 200
    return seconds


@dataclass(frozen=True)
class Plan:
    """How load is made: by how many clients, in how many rounds of how many seconds."""

    levels: tuple[int, ...]
    rounds: int
    seconds: int


def measure_question(
    question: Question,
    services: Sequence[Service],
    alone: Sequence[Service],
    texts: Sequence[str],
    plan: Plan,
    folder: Path,
) -> dict[tuple[str, int], Rates]:
    """Return the rates of each service at each number of clients, after a round for warmth.

    Those of `alone`, and who takes longer than TOO_SLOW, get one request a round from one client,
    and one in all if it takes so long. Rounds last longer where queries do, for all alike.
    """
    slow, quick, longest = [*alone], [], 0.0
    for service in services:
        taken = run_single(Rates(), service, question, texts[0])
        if taken > TOO_SLOW:
            slow.append(service)
            continue
        quick.append(service)
        longest = max(longest, taken)
        file = folder / f"{service.port}.txt"
        write_requests(question, service, texts, file)
        run_round(Rates(), service, question, file, max(plan.levels), plan.seconds)
    found: dict[tuple[str, int], Rates] = {}
    for service in slow:
        run_alone(found.setdefault((service.name, 1), Rates()), service, question, texts, plan)
    for _ in range(plan.rounds):
        for level, service in product(plan.levels, quick):
            rates = found.setdefault((service.name, level), Rates())
            file = folder / f"{service.port}.txt"
            seconds = min(max(plan.seconds, ceil(longest * level)), MOST_SECONDS)
            run_round(rates, service, question, file, level, seconds)
    return found


def run_alone(
    rates: Rates, service: Service, question: Question, texts: Sequence[str], plan: Plan
) -> None:
    """Add a request for each round; where one takes longer than TOO_SLOW, it stands for all."""
    for text in texts[: plan.rounds]:
        if run_single(rates, service, question, text) > TOO_SLOW:
            rates.rounds += rates.rounds[-1:] * (plan.rounds - len(rates.rounds))
            return
