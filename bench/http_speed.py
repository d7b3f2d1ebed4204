"""Time the query service over HTTP beside Virtuoso, Fuseki and rdflib-endpoint on one made graph.

Run with `make bench-http`. All are asked the same twelve queries, about things drawn by chance, by
wrk with 1, 8 and 32 clients, services in turn; each round counts answers a second, and a ratio is
the median of those of the rounds. Ours runs with all its isolation: each query in a process that
can be killed, without network; once with no answers kept, once with its cache.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench.graphs.loading import Written, write_graph
from bench.http_answers import Compared, compare_answers
from bench.http_load import TEXTS, Plan, Rates, find_wrk_lack, measure_question
from bench.http_queries import AGAIN, LOOKUP, QUESTIONS, Question
from bench.http_servers import Service
from bench.http_services import CACHED, PEERS, RDFLIB, run_ours
from bench.http_table import Measured, renew, write_report

TRIPLES = 1_000_000
LEVELS = (1, 8, 32)
ROUNDS = 3
LOOKUP_SECONDS = 2
COMPARED = 5
"""Texts of each query whose answers are compared; for the slow rdflib-endpoint one."""

REPEATED = 500
"""Texts that are asked again and again, to time what is kept."""

README = Path(__file__).parents[1] / "README.md"


def main() -> None:
    """Measure; print the report, or write it into README.md."""
    options = read_options(sys.argv[1:])
    report = run(options)
    print(report, end="")
    if options.write:
        README.write_text(renew(README.read_text(), report))


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the run is told."""
    parser = argparse.ArgumentParser(prog="make bench-http", description=__doc__)
    parser.add_argument("--triples", type=int, default=TRIPLES, help="of the graph, at least")
    parser.add_argument("--seed", type=int, default=1, help="of the graph and of what is asked")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of wrk for each figure")
    parser.add_argument("--seconds", type=int, default=1, help="of a round")
    parser.add_argument("--clients", type=int, nargs="+", default=LEVELS)
    parser.add_argument("--without", nargs="*", default=[], help="names of peers to leave out")
    parser.add_argument("--write", action="store_true", help="renew the table in README.md")
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> str:
    """Return the report of a whole run."""
    if lack := find_wrk_lack():
        raise SystemExit(lack)
    lacking = {peer.name: lack for peer in PEERS if (lack := peer.find_lack())}
    lacking |= dict.fromkeys(options.without, "left out by an option")
    with tempfile.TemporaryDirectory(prefix="styrgraf-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "graph").mkdir()
        tell("graph")
        written = write_graph(folder / "graph", options.triples, options.seed)
        tell("services")
        services = start_services(written, folder, lacking, stack)
        compared, rates = measure(services, written, options, folder)
    measured = Measured(
        services={service.name: service.version for service in services},
        triples=written.size,
        levels=tuple(options.clients),
        rounds=options.rounds,
        seed=options.seed,
        rates=rates,
        compared=tuple(compared),
        lacking=lacking,
    )
    return write_report(measured)


def start_services(
    written: Written, folder: Path, lacking: dict[str, str], stack: ExitStack
) -> list[Service]:
    """Start all at once, each in a folder of its own; ours come first."""
    with ThreadPoolExecutor() as threads:
        running: list[Future[Service]] = []
        for peer in PEERS:
            if peer.name not in lacking:
                place = folder / peer.name.lower()
                place.mkdir()
                running.append(threads.submit(stack.enter_context, peer.run(written, place)))
        own = folder / "own"
        own.mkdir()
        ours = stack.enter_context(run_ours(written, own))
        return [*ours, *(each.result() for each in running)]


def measure(
    services: Sequence[Service], written: Written, options: argparse.Namespace, folder: Path
) -> tuple[list[Compared], dict[tuple[str, str, int], Rates]]:
    """Return how answers compare, and the rates by query, service and number of clients."""
    compared: list[Compared] = []
    rates: dict[tuple[str, str, int], Rates] = {}
    for question in QUESTIONS:
        tell(question.name)
        texts = question.bind(TEXTS, written.organisations, options.seed)
        compared += compare(question, services, texts)
        seconds = max(options.seconds, LOOKUP_SECONDS * (question.name == LOOKUP))
        plan = Plan(tuple(options.clients), options.rounds, seconds)
        crowd, alone = choose_services(question, services)
        found = measure_question(question, crowd, alone, texts, plan, folder)
        rates |= {(question.name, name, level): each for (name, level), each in found.items()}
        if question.name == LOOKUP:
            crowd = [service for service in services if service.name != RDFLIB]
            found = measure_question(question, crowd, [], texts[:REPEATED], plan, folder)
            rates |= {(AGAIN, name, level): each for (name, level), each in found.items()}
    return compared, rates


def compare(
    question: Question, services: Sequence[Service], texts: Sequence[str]
) -> list[Compared]:
    """Return how the answers of all others compare with ours."""
    ours, peers = services[0], services[1:]
    slow = [service for service in peers if service.name == RDFLIB]
    quick = [service for service in peers if service.name != RDFLIB]
    return [
        *compare_answers(question, ours, quick, texts[:COMPARED]),
        *compare_answers(question, ours, slow, texts[:1]),
    ]


def choose_services(
    question: Question, services: Sequence[Service]
) -> tuple[list[Service], list[Service]]:
    """Return who is asked by many clients, and who by one alone.

    The cache is timed on texts that come again; rdflib-endpoint takes seconds for much of the mix.
    """
    alone = [each for each in services if each.name == RDFLIB and question.name != LOOKUP]
    left_out = {CACHED, *(each.name for each in alone)}
    return [each for each in services if each.name not in left_out], alone


def tell(step: str) -> None:
    """Say what begins."""
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
