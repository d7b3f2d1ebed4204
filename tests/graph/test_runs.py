"""When a query is no quick one any more: by its processor time, and by others' patience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from styrgraf.graph.isolation.lanes import QUICK_SECONDS, Lane, Rules, Ticket
from styrgraf.graph.isolation.processes import QueryProcess
from styrgraf.graph.isolation.runs import Request, Run

RULES = Rules(places=4, slots=2, queue=8)
LITTLE = 0.01


@dataclass
class Used:
    """A process that has used so much of the processor."""

    seconds: float

    def measure_processor(self) -> float:
        """Return the seconds."""
        return self.seconds


def make_run(used: float, *, quick: bool, waiting: str = "") -> Run:
    """Return a run that began at 0; `waiting` is a newcomer in the queue."""
    lane = Lane(RULES)
    ticket = Ticket("a", quick=quick)
    if waiting:
        assert lane.submit(Ticket(waiting), 0.0) is None
    process = cast(QueryProcess, Used(used))
    return Run(Request({}, 10.0, client="a"), lane, ticket, lambda: None, process)


@pytest.mark.parametrize("quick", [False, True])
def test_who_has_used_the_processor_for_long_is_overdue(quick: bool) -> None:
    assert make_run(QUICK_SECONDS, quick=quick).is_overdue(0.3)


@pytest.mark.parametrize(("waiting", "patience"), [("", 1.0), ("b", 0.5)])
def test_others_wait_for_a_query_no_longer_than_their_patience(
    waiting: str, patience: float
) -> None:
    run = make_run(LITTLE, quick=False, waiting=waiting)
    assert not run.is_overdue(patience - 0.01)
    assert run.is_overdue(patience)


def test_a_busy_machine_is_not_held_against_a_quick_client() -> None:
    run = make_run(LITTLE, quick=True, waiting="b")
    assert not run.is_overdue(1.9)
    assert run.is_overdue(2.0)


def test_a_quick_client_whose_query_works_is_not_held_up_by_others() -> None:
    run = make_run(QUICK_SECONDS / 2, quick=True, waiting="b")
    assert not run.is_overdue(0.49)
    assert run.is_overdue(0.5)
