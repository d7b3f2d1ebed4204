"""Who may run next: no client starves, no lane is wholly held by long ones, no cap is exceeded."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from styrgraf.graph.isolation.lanes import (
    QUICK_SECONDS,
    TO_PROVE_AT_FIRST,
    Lane,
    Reason,
    Refusal,
    Rules,
    Ticket,
)

CLIENTS = st.sampled_from(["a", "b", "c", "d"])
RULES = Rules(places=4, slots=2, queue=8, quick_places=1)


class Lanes(RuleBasedStateMachine):
    """Any order of submitting, starting, lengthening, leaving and finishing."""

    def __init__(self) -> None:
        super().__init__()
        self.lane = Lane(Rules(places=5, slots=2, queue=3, quick_places=1))
        self.now = 0.0
        self.waiting: list[Ticket] = []
        self.running: list[Ticket] = []

    @rule(seconds=st.sampled_from([0.0, 0.01, 0.3, 1.0, 20.0]))
    def pass_time(self, seconds: float) -> None:
        self.now += seconds

    @rule(client=CLIENTS)
    def submit(self, client: str) -> None:
        ticket = Ticket(client)
        refusal = self.lane.submit(ticket, self.now)
        if refusal is None:
            self.waiting.append(ticket)
        else:
            assert refusal == Refusal(Reason.QUEUE_FULL, 1)

    @rule()
    def start(self) -> None:
        while (ticket := self.lane.start_next(self.now)) is not None:
            self.waiting.remove(ticket)
            self.running.append(ticket)

    @precondition(lambda self: self.running)
    @rule(data=st.data())
    def lengthen(self, data: st.DataObject) -> None:
        ticket = data.draw(st.sampled_from(self.running))
        refusal = self.lane.lengthen(ticket, self.now)
        if refusal is not None:
            assert refusal.reason in {Reason.OWN_LONG, Reason.ALL_LONG}
            self.finish_one(ticket, is_answered=False)

    @precondition(lambda self: self.running)
    @rule(data=st.data(), is_answered=st.booleans())
    def finish(self, data: st.DataObject, is_answered: bool) -> None:
        self.finish_one(data.draw(st.sampled_from(self.running)), is_answered=is_answered)

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        ticket = data.draw(st.sampled_from(self.waiting))
        self.lane.leave(ticket)
        self.waiting.remove(ticket)

    def finish_one(self, ticket: Ticket, *, is_answered: bool) -> None:
        self.lane.finish(ticket, self.now, is_answered=is_answered)
        self.running.remove(ticket)

    @invariant()
    def caps_hold(self) -> None:
        rules = self.lane.rules
        by_client = Counter(ticket.client for ticket in self.running)
        long_by_client = Counter(ticket.client for ticket in self.running if ticket.long)
        assert len(self.running) == self.lane.running <= rules.places
        assert sum(not ticket.quick for ticket in self.running) <= rules.places
        assert max(by_client.values(), default=0) <= rules.slots
        assert max(long_by_client.values(), default=0) <= rules.own_long_places
        assert long_by_client.total() == self.lane.long <= rules.long_places < rules.places
        waiting = Counter(ticket.client for ticket in self.waiting)
        assert len(self.waiting) == self.lane.waiting
        assert max(waiting.values(), default=0) <= rules.queue + rules.slots

    @invariant()
    def a_free_lane_keeps_nobody_waiting(self) -> None:
        self.start()
        if not self.running:
            assert not self.waiting


TestLanes = Lanes.TestCase


@dataclass
class Simulation:
    """Clients that ask in a lane as the pool has it, on a clock of its own."""

    lane: Lane
    now: float = 0.0
    ends: list[tuple[float, int, Ticket]] = field(default_factory=list)
    takes: dict[Ticket, float] = field(default_factory=dict)
    waits: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)

    @property
    def asking(self) -> set[str]:
        """Who has queries that wait or run."""
        running = {ticket.client for _, _, ticket in self.ends}
        return running | set(self.lane._queued)

    def ask(self, client: str, seconds: float) -> None:
        ticket = Ticket(client)
        if self.lane.submit(ticket, self.now) is not None:
            self.refused[client] += 1
            return
        self.takes[ticket] = seconds
        self.dispatch()

    def dispatch(self) -> None:
        while (ticket := self.lane.start_next(self.now)) is not None:
            self.waits[ticket.client].append(self.now - ticket.submitted)
            ends = self.now + min(self.takes[ticket], QUICK_SECONDS + 0.001)
            heapq.heappush(self.ends, (ends, id(ticket), ticket))

    def run_until(self, until: float) -> None:
        while self.ends and self.ends[0][0] <= until:
            self.now, _, ticket = heapq.heappop(self.ends)
            rest = (ticket.started or 0.0) + self.takes[ticket] - self.now
            if rest > 0.0001 and self.lane.lengthen(ticket, self.now) is None:
                heapq.heappush(self.ends, (self.now + rest, id(ticket), ticket))
                continue
            self.refused[ticket.client] += rest > 0.0001
            self.answered[ticket.client] += rest <= 0.0001
            self.lane.finish(ticket, self.now, is_answered=rest <= 0.0001)
            self.dispatch()
        self.now = until


@pytest.mark.parametrize("greedy", [1, 2, 40])
def test_an_innocent_client_is_soon_served_among_greedy_ones(greedy: int) -> None:
    simulation = Simulation(Lane(RULES))
    for tick in range(200):
        simulation.run_until(tick / 10)
        simulation.ask("innocent", 0.01)
        if tick >= 10:
            for number in range(greedy):
                simulation.ask(f"greedy {number}", 10.0)
    assert simulation.refused["innocent"] == 0
    assert len(simulation.waits["innocent"]) >= 195
    assert max(simulation.waits["innocent"]) <= 0.01


def test_a_quick_client_waits_for_sly_ones_as_long_as_a_quick_query_may_take() -> None:
    """A sly client asks quick queries between its long ones, so that it goes first as well."""
    simulation = Simulation(Lane(RULES))
    for tick in range(400):
        simulation.run_until(tick / 10)
        simulation.ask("innocent", 0.01)
        for number in range(20 if tick >= 10 else 0):
            simulation.ask(f"sly {number}", 0.01 if (tick + number) % 3 else 10.0)
    assert simulation.refused["innocent"] == 0
    waits = simulation.waits["innocent"]
    assert max(waits) <= 1.0  # once, when all of them are new
    assert max(waits[50:]) <= QUICK_SECONDS + 0.05


def test_newcomers_and_long_queries_leave_the_quick_place_free() -> None:
    lane = Lane(Rules(places=3, slots=2, queue=8, quick_places=1))
    for _ in range(TO_PROVE_AT_FIRST):
        first = Ticket("quick")
        lane.submit(first, 0.0)
        assert lane.start_next(0.0) is first
        lane.finish(first, 0.1, is_answered=True)
    newcomers = [Ticket(f"newcomer {number}") for number in range(3)]
    for ticket in newcomers:
        lane.submit(ticket, 0.2)
    assert [lane.start_next(0.2) for _ in range(3)] == [*newcomers[:2], None]
    again = Ticket("quick")
    lane.submit(again, 0.3)
    assert lane.start_next(0.3) is again
    assert lane.lengthen(newcomers[0], 0.5) is None
    assert lane.lengthen(newcomers[1], 0.5) is not None


def test_a_newcomer_is_served_among_greedy_ones() -> None:
    simulation = Simulation(Lane(RULES))
    for tick in range(250):
        simulation.run_until(tick / 10)
        for number in range(40):
            simulation.ask(f"greedy {number}", 10.0)
        if tick == 200:
            simulation.ask("newcomer", 0.01)
    assert simulation.waits["newcomer"][0] <= 1.0


def test_clients_with_long_queries_wait_for_each_other_and_are_all_answered() -> None:
    simulation = Simulation(Lane(RULES))
    answered = 0
    for tick in range(500):
        simulation.run_until(tick / 10)
        for client in ("ann", "bo", "cecilia"):
            waiting = any(ticket.client == client for _, _, ticket in simulation.ends)
            if not waiting and not simulation.lane.waiting:
                simulation.ask(client, 2.0)
    answered = sum(len(waits) for waits in simulation.waits.values())
    assert min(len(waits) for waits in simulation.waits.values()) > answered / 6
    assert sum(simulation.refused.values()) < 15


@given(
    st.lists(st.tuples(CLIENTS, st.sampled_from([0.01, 0.2, 3.0])), min_size=1, max_size=60),
    st.integers(2, 5),
    st.integers(0, 1),
)
def test_whoever_waits_is_served_in_the_end(
    asked: list[tuple[str, float]], common: int, quick: int
) -> None:
    rules = Rules(places=common + quick, slots=2, queue=100, quick_places=quick)
    simulation = Simulation(Lane(rules))
    for number, (client, seconds) in enumerate(asked):
        simulation.run_until(number * 0.05)
        simulation.ask(client, seconds)
    simulation.run_until(1000.0)
    assert simulation.lane.waiting == simulation.lane.running == 0


def test_who_is_turned_away_waits_for_a_long_place_and_is_not_tried_again() -> None:
    lane = Lane(Rules(places=2, slots=2, queue=8))
    held, late = Ticket("other"), Ticket("a")
    for ticket in (held, late):
        assert lane.submit(ticket, 0.0) is None
        assert lane.start_next(0.0) is ticket
    assert lane.lengthen(held, 0.3) is None
    assert lane.lengthen(late, 0.3) == Refusal(Reason.ALL_LONG, 1)
    lane.finish(late, 0.3, is_answered=False)
    again = Ticket("a")
    assert lane.submit(again, 0.4) is None
    assert lane.start_next(0.4) is None
    lane.finish(held, 5.0, is_answered=True)
    assert lane.start_next(5.0) is again
    assert again.long


def test_clients_that_ask_again_at_once_are_answered_one_after_the_other() -> None:
    """Eight clients with queries of two seconds, who heed no advice to wait."""
    simulation = Simulation(Lane(RULES))
    for tick in range(1000):
        simulation.run_until(tick / 20)
        for client in map(str, range(8)):
            if client not in simulation.asking:
                simulation.ask(client, 2.0)
    assert sum(simulation.refused.values()) <= 8
    assert simulation.answered.total() >= 2 * 50 / 2.0 - 8
    assert max(simulation.answered.values()) <= min(simulation.answered.values()) + 2


def test_the_service_itself_is_bound_by_places_alone() -> None:
    lane = Lane(Rules(places=2, slots=1, queue=0))
    tickets = [Ticket("") for _ in range(20)]
    assert [lane.submit(ticket, 0.0) for ticket in tickets] == [None] * 20
    started = [lane.start_next(0.0), lane.start_next(0.0)]
    assert started == tickets[:2]
    assert lane.start_next(0.0) is None
    assert lane.lengthen(tickets[0], 1.0) is lane.lengthen(tickets[1], 1.0) is None


def test_clients_are_forgotten_when_there_are_many() -> None:
    lane = Lane(Rules(places=2, slots=1, queue=1))
    for number in range(5000):
        ticket = Ticket(f"client {number}")
        lane.submit(ticket, float(number))
        assert lane.start_next(float(number)) is ticket
        lane.finish(ticket, float(number), is_answered=True)
    assert len(lane._clients) <= 1000


def test_clients_that_are_not_bound_take_turns_and_are_never_stopped() -> None:
    lane = Lane(Rules(places=1, slots=1, queue=0, binds_clients=False))
    many = [Ticket("many") for _ in range(10)]
    one = Ticket("one")
    assert [lane.submit(ticket, 0.0) for ticket in (*many, one)] == [None] * 11
    first = lane.start_next(0.1)
    assert first is many[0]
    assert lane.lengthen(first, 2.0) is None
    lane.finish(first, 2.0, is_answered=True)
    assert lane.start_next(2.0) is one
