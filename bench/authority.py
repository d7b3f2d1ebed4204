"""Time "may P decide M on D" with the index of authority beside PostgreSQL, SPARQL and networkx.

Run with `make bench-authority`. All decide the same questions about the same made organisations,
by the same rules: windows, recalls and orders, matters at or below, limits, conditions, permission
to go on, the way up to original authority, vacant posts and their substitutes. Each has its own
form of the question at hand before the clock starts: ours IRIs, PostgreSQL numbers.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from bench import authority_postgres, authority_sparql
from bench.authority_graphs import AskedOf, draw_questions, make_facts
from bench.authority_measures import (
    Decider,
    Times,
    check_agreement,
    compare,
    sum_up,
    take_turns,
    tell,
)
from bench.authority_networkx import Walk, build_graph, name_decider
from bench.authority_table import OURS, Decided, Measured, Twice, renew, write_report
from bench.postgres_server import find_lack, run_server
from styrgraf.governance.authority.facts import AuthorityFacts
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Verdict

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 7
QUESTIONS = 400
"""In each round."""

CHECKED = 600
"""So many further questions on which all must agree before the clock starts."""

HOLDERS = "holders"
LEAST = "the least"
README = Path(__file__).parents[1] / "README.md"

Result = TypeVar("Result")


def main() -> None:
    """Measure each size in a process of its own; print the table."""
    options = _read_options()
    lacking = find_lack()
    if lacking:
        tell(f"without PostgreSQL: {lacking}")
    with tempfile.TemporaryDirectory() as name:
        measured = [
            run_apart(measure, size, min(options.sizes), options.seed, Path(name))
            for size in sorted(options.sizes)
        ]
    report = write_report(measured, lacking, options.seed)
    print(report, end="")
    if options.write:
        README.write_text(renew(README.read_text(), report))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-authority", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="delegations")
    parser.add_argument("--seed", type=int, default=1, help="of organisations and questions")
    parser.add_argument("--write", action="store_true", help="renew the table in README.md")
    return parser.parse_args()


def run_apart(work: Callable[..., Result], *arguments: object) -> Result:
    """Return what work gives in a process of its own, which gives its memory back."""
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=lambda: sending.send(work(*arguments)))
    process.start()
    sending.close()
    try:
        found: Result = receiving.recv()
    except EOFError as error:
        raise SystemExit("the measuring has stopped; see above") from error
    process.join()
    return found


def measure(size: int, least: int, seed: int, folder: Path) -> Measured:
    """Return all that is measured with so many delegations."""
    tell(f"{size:,} delegations: facts")
    facts = make_facts(size, seed)
    delegations = len(facts.delegations)
    path = folder / str(size)
    tell("index")
    seconds = run_apart(write_index, facts, path)
    before = measure_resident()
    authority = open_warm(path)
    resident = measure_resident() - before
    with ExitStack() as stack:
        tell("networkx")
        walk = Walk(build_graph(facts))
        questions = choose_questions(facts, seed, walk)
        deciders = [
            name_ours(OURS, authority, questions),
            name_decider(walk, questions),
            *fill_servers(facts, questions, stack),
        ]
        del facts
        tell("agreement")
        check_agreement([_cut(each, 0, CHECKED) for each in deciders])
        timed = [_cut(each, CHECKED, len(questions)) for each in deciders]
        further = [
            name_holders(authority, questions[CHECKED:]),
            name_least(folder / str(least), least, seed),
        ]
        times = take_turns([*timed, *further], ROUNDS)
        check_agreement(timed)
    ours = times[OURS]
    return Measured(
        delegations=delegations,
        questions=len(questions),
        deciders=tuple(_describe(each, times[each.name], ours) for each in timed),
        holders=_compare_twice(times[HOLDERS], ours),
        growth=_compare_twice(ours, times[LEAST]),
        build_seconds=seconds,
        file_bytes=path.stat().st_size,
        resident_bytes=resident,
    )


def _cut(decider: Decider, start: int, end: int) -> Decider:
    return replace(decider, arguments=decider.arguments[start:end])


def write_index(facts: AuthorityFacts, path: Path) -> float:
    """Write the index; return the seconds that it took to compile."""
    begin = time.perf_counter()
    content = compile_index(facts)
    seconds = time.perf_counter() - begin
    path.write_bytes(content)
    return seconds


def open_warm(path: Path) -> Authority:
    """Map an index and read each of its pages once."""
    index = Index.open(path)
    for column in index.columns.values():
        sum(column.cast("B")[::4096])
    return Authority(index)


def measure_resident() -> int:
    """Return the bytes of this process that are in memory, mapped files included."""
    gc.collect()
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Rss:"))


def choose_questions(facts: AuthorityFacts, seed: int, walk: Walk) -> list[AskedOf]:
    """Return as many questions as are needed, every second of them with the answer yes."""
    number = CHECKED + ROUNDS * QUESTIONS
    drawn = draw_questions(facts, 2 * number, seed)
    answers = name_decider(walk, drawn).answer_all()
    yes = [each for each, answer in zip(drawn, answers, strict=True) if answer]
    no = [each for each, answer in zip(drawn, answers, strict=True) if not answer]
    pairs = zip(yes, no, strict=False)
    return [each for pair in pairs for each in pair][:number]


def fill_servers(
    facts: AuthorityFacts, questions: Sequence[AskedOf], stack: ExitStack
) -> Iterator[Decider]:
    """Yield SPARQL's, and PostgreSQL's if there is one, filled with the facts."""
    tell("SPARQL")
    folder = None
    if len(facts.delegations) > authority_sparql.MOST_IN_MEMORY:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    yield authority_sparql.build_decider(facts, questions, folder)
    if not find_lack():
        tell("PostgreSQL")
        connection = stack.enter_context(run_server())
        yield authority_postgres.build_decider(facts, questions, connection)


def name_ours(name: str, authority: Authority, questions: Sequence[AskedOf]) -> Decider:
    """Return our own decider: from IRIs to the verdict."""
    arguments = [(each.party, each.matter, each.on, each.amount) for each in questions]
    return Decider(name, authority.verdict, arguments, Verdict.YES)


def name_holders(authority: Authority, questions: Sequence[AskedOf]) -> Decider:
    """Return what lists all holders for the same matters and days."""
    arguments = [(each.matter, each.on, each.amount) for each in questions]
    return Decider(HOLDERS, authority.holders, arguments)


def name_least(path: Path, size: int, seed: int) -> Decider:
    """Return our own decider over the least number of delegations, to be timed beside."""
    facts = make_facts(size, seed)
    questions = choose_questions(facts, seed, Walk(build_graph(facts)))
    return name_ours(LEAST, open_warm(path), questions[CHECKED:])


def _describe(decider: Decider, times: Times, ours: Times) -> Decided:
    return Decided(
        name=decider.name,
        first=sum_up(times.first),
        again=sum_up(times.again),
        ratio=_compare_twice(times, ours),
        note=decider.note,
    )


def _compare_twice(slower: Times, faster: Times) -> Twice:
    return Twice(compare(slower.first, faster.first), compare(slower.again, faster.again))


if __name__ == "__main__":
    main()
