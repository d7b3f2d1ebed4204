"""How many query processes there are, and whom they are for. No IO here."""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.graph.asking import PAGE_CLIENT
from styrgraf.graph.isolation.lanes import Lane, Rules, Ticket
from styrgraf.graph.isolation.runs import Request
from styrgraf.settings import Settings

_TASK_PLACES = 2
_QUICK_PLACES = 1
_LEAST_FOR_LANES = 3


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """Number of query processes and their MiB; seconds in the queue; what one client may have."""

    workers: int
    megabytes: int
    queue_seconds: float
    client_slots: int
    client_queue: int

    @property
    def has_lanes(self) -> bool:
        """Whether there are enough for lanes of their own; up to two processes are one lane."""
        return self.workers >= _LEAST_FOR_LANES

    @classmethod
    def of(cls, settings: Settings) -> PoolLimits:
        """Return the limits that the settings tell."""
        return cls(
            settings.query_workers,
            settings.query_megabytes,
            settings.queue_seconds,
            settings.client_slots,
            settings.client_queue,
        )


class Lanes:
    """The lanes of a pool: for the service's own pages, for queries of clients, and for tasks.

    Up to two processes are one lane, which all share.
    """

    def __init__(self, limits: PoolLimits) -> None:
        workers = limits.workers
        pages = max(1, workers // 4) if limits.has_lanes else 0
        slots, queue = limits.client_slots, limits.client_queue
        common = workers - pages
        quick = _QUICK_PLACES if pages else 0
        self.queries = Lane(Rules(common + quick, slots, queue, quick_places=quick))
        turns_only = Rules(pages, slots, queue, binds_clients=False)
        self.pages = Lane(turns_only) if pages else self.queries
        # Tasks and dumps are rare and take long, so they have processes beside the others, as the
        # quick place has, which is soon free again.
        self.tasks = Lane(Rules(_TASK_PLACES, slots, queue)) if pages else self.queries

    def choose(self, request: Request) -> Lane:
        """Return the lane of a request."""
        if request.is_task:
            return self.tasks
        return self.queries if request.client else self.pages

    def make_ticket(self, request: Request) -> Ticket:
        """Return a ticket for the lane of a request."""
        if self.choose(request) is self.pages is not self.queries:
            return Ticket(PAGE_CLIENT.get())
        return Ticket(request.client)
