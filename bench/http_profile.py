"""Where the time of a lookup over HTTP goes: `python -m bench.http_profile`.

Serves a graph made by chance, has wrk look things up, and tells how much processor time each
answer takes in the web processes and in the query processes, by what the system counts of them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.graphs.loading import write_graph
from bench.http_load import TEXTS, Rates, find_wrk_lack, run_round, write_requests
from bench.http_queries import LOOKUP, QUESTIONS
from bench.http_servers import list_processes, use_processor_alone
from bench.http_services import run_ours

_OF_QUERIES = "styrgraf.graph.isolation"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.http_profile", description=__doc__)
    parser.add_argument("--triples", type=int, default=100_000, help="of the graph, at least")
    parser.add_argument("--seconds", type=int, default=8, help="of each round, at least 3")
    parser.add_argument("--clients", type=int, nargs="+", default=(1, 32))
    options = parser.parse_args()
    if lack := find_wrk_lack():
        raise SystemExit(lack)
    question = next(question for question in QUESTIONS if question.name == LOOKUP)
    with tempfile.TemporaryDirectory(prefix="styrgraf-bench-") as name:
        folder = Path(name)
        written = write_graph(folder, options.triples, seed=1)
        with run_ours(written, folder) as (service, _):
            file = folder / "requests.txt"
            write_requests(question, service, question.bind(TEXTS, written.organisations, 1), file)
            run_round(Rates(), service, question, file, max(options.clients), 1)
            for clients in options.clients:
                rates = Rates()
                asked = (rates, service, question, file, clients, options.seconds)
                with ThreadPoolExecutor() as thread:
                    running = thread.submit(run_round, *asked)
                    # Queries that wrk leaves behind end their processes, so the end is left out.
                    time.sleep(1)
                    before = read_times(service.process)
                    time.sleep(options.seconds - 2)
                    used = sum_kinds(before, read_times(service.process))
                    running.result()
                print(describe(clients, rates.middle, used, options.seconds - 2))


Used = dict[tuple[str, int], float]


def read_times(process: int) -> Used:
    """Return the seconds that each process below has used, by its kind and number."""
    used: Used = {}
    for number in list_processes(process):
        try:
            command = Path(f"/proc/{number}/cmdline").read_text()
        except OSError:
            continue  # it has ended
        kind = "query processes" if _OF_QUERIES in command else "web processes"
        used[kind, number] = use_processor_alone(number)
    return used


def sum_kinds(before: Used, after: Used) -> Counter[str]:
    """Return the seconds of each kind between; those of processes that have ended are not known."""
    used: Counter[str] = Counter()
    for (kind, number), seconds in after.items():
        used[kind] += seconds - before.get((kind, number), 0.0)
    return used


def describe(clients: int, rate: float, used: Counter[str], seconds: int) -> str:
    """Return a line that tells of a round: microseconds of each kind for an answer."""
    shares = (f"{kind} {1e6 * each / seconds / rate:.0f} µs" for kind, each in used.items())
    return f"{clients} clients: {rate:.0f} answers a second; of an answer: {', '.join(shares)}"


if __name__ == "__main__":
    main()
