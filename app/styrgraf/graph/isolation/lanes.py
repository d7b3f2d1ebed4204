"""Who of those that wait may run next: the decisions alone. No IO here, and no clock.

A lane is a number of places that clients share. Whose query takes long needs one of the long
places, which are all but one, so that the last place is always soon free again: a newcomer is
turned away where there is none, and who is known for long queries waits for one. Quick places, if
any, are for clients whose last queries were quick, so that they need not wait for newcomers. The
service itself, the client without a name, is bound by the places alone.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import Enum

QUICK_SECONDS = 0.25
"""A query that runs longer is long."""
TO_PROVE_AT_FIRST = 3
"""So many quick queries in a row make a newcomer known for them."""
TO_PROVE_AGAIN = 8
"""So many are needed after a long one."""
RETRY_SECONDS = 1
"""What one who is turned away is told; he then waits in the queue."""

_UNKNOWN_PATIENCE = 0.5
_PATIENCE = 1.0
_LONG_DELAY = 0.5
_QUICK_IN_ROW = 4
_FORGET_SECONDS = 120.0
_CLIENTS_KEPT = 1000


class Reason(Enum):
    """Why a query is turned away."""

    QUEUE_FULL = "the client has as many waiting as it may"
    OWN_LONG = "the client has its share of long queries"
    ALL_LONG = "all places for long queries are taken"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A query is turned away; ask again after `retry` seconds."""

    reason: Reason
    retry: int = RETRY_SECONDS


@dataclass(eq=False, slots=True)
class Ticket:
    """One query in a lane; `quick`: it was started as the next of a quick client."""

    client: str
    submitted: float = 0.0
    started: float | None = None
    long: bool = False
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Places of a lane; what one client may have running, and waiting beside that.

    `quick_places` of the places are kept for clients that are known for quick queries. Where
    clients are not bound they take turns, and no more.
    """

    places: int
    slots: int
    queue: int
    binds_clients: bool = True
    quick_places: int = 0

    def binds(self, client: str) -> bool:
        """Tell whether slots and long places are for this client, or the places alone."""
        return self.binds_clients and client != ""

    @property
    def long_places(self) -> int:
        """How many may be long at a time; a single place has nothing to keep free."""
        return max(1, self.common_places - 1)

    @property
    def common_places(self) -> int:
        """How many are for everyone."""
        return self.places - self.quick_places

    @property
    def own_long_places(self) -> int:
        """How many of one client may be long at a time."""
        return max(1, self.long_places // 2)


@dataclass(slots=True)
class _Client:
    """What is known of a client. `is_quick`: by its last queries; None: not known yet.

    `to_prove`: how many quick queries in a row still make it known for them.
    """

    waiting: deque[Ticket] = field(default_factory=deque)
    running: int = 0
    long: int = 0
    last_started: float = 0.0
    last_seen: float = 0.0
    is_quick: bool | None = None
    to_prove: int = TO_PROVE_AT_FIRST

    def order(self) -> float:
        """Return the time that the next of its queries stands at in the queue.

        It is never before the client's last start, so clients take turns.
        """
        delay = _LONG_DELAY if self.is_quick is False else 0.0
        return max(self.waiting[0].submitted, self.last_started) + delay


class Lane:
    """Tickets are submitted, started, perhaps lengthened, and finished; `now` never goes back."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.waiting = 0
        self.running = 0
        self.long = 0
        self._quick = 0
        self._quick_in_row = 0
        self._clients: OrderedDict[str, _Client] = OrderedDict()
        self._queued: dict[str, _Client] = {}

    def find_patience(self, ticket: Ticket) -> float:
        """Return for how long a query may run, by the clock on the wall, before it is long.

        Where nobody else waits but for long queries, a busy machine is not held against it.
        """
        waiting = {
            client.is_quick for name, client in self._queued.items() if name != ticket.client
        }
        if True in waiting:
            return QUICK_SECONDS
        return _UNKNOWN_PATIENCE if None in waiting else _PATIENCE

    def submit(self, ticket: Ticket, now: float) -> Refusal | None:
        """Put a ticket into the queue, unless its client has too many there."""
        client = self._find(ticket.client, now)
        if self.rules.binds(ticket.client):
            free = max(0, self.rules.slots - client.running)
            if len(client.waiting) >= self.rules.queue + free:
                return Refusal(Reason.QUEUE_FULL)
        ticket.submitted = now
        client.waiting.append(ticket)
        self._queued[ticket.client] = client
        self.waiting += 1
        return None

    def start_next(self, now: float) -> Ticket | None:
        """Return the ticket that runs from now on, if any may."""
        if not self.waiting or self.running >= self.rules.places:
            return None
        quick, other = self._find_next()
        client = quick if quick and (not other or self._quick_in_row < _QUICK_IN_ROW) else other
        if client is None:
            return None
        takes_quick = client is quick
        self._quick_in_row = self._quick_in_row + 1 if takes_quick else 0
        ticket = client.waiting[0]
        self.leave(ticket)
        ticket.started = client.last_started = now
        client.running += 1
        self.running += 1
        ticket.quick = takes_quick
        self._quick += takes_quick
        if client.is_quick is False and self._has_long_place(ticket.client, client):
            self._make_long(ticket, client)
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Take a ticket that waits out of the queue."""
        client = self._queued[ticket.client]
        client.waiting.remove(ticket)
        self.waiting -= 1
        if not client.waiting:
            del self._queued[ticket.client]

    def lengthen(self, ticket: Ticket, now: float) -> Refusal | None:
        """Give a ticket that is not quick a long place, if there is one."""
        client = self._find(ticket.client, now)
        client.is_quick = False
        client.to_prove = TO_PROVE_AGAIN
        self._no_longer_quick(ticket)
        if ticket.long:
            return None
        if self._has_long_place(ticket.client, client):
            self._make_long(ticket, client)
            return None
        is_own = client.long >= self.rules.own_long_places
        return Refusal(Reason.OWN_LONG if is_own else Reason.ALL_LONG)

    def finish(self, ticket: Ticket, now: float, *, is_answered: bool) -> None:
        """Free the place of a ticket; a quick answer speaks for its client."""
        client = self._find(ticket.client, now)
        client.running -= 1
        self.running -= 1
        self._no_longer_quick(ticket)
        if ticket.long:
            client.long -= 1
            self.long -= 1
        if is_answered and ticket.started is not None and now - ticket.started <= QUICK_SECONDS:
            client.to_prove -= 1
            if client.to_prove <= 0:
                client.is_quick = True

    def _find_next(self) -> tuple[_Client | None, _Client | None]:
        """Return who may start: of those known for quick queries, who go first, and of the others.

        So many of the first in a row are followed by one of the others, so that nobody starves.
        """
        found: list[_Client | None] = [None, None]
        orders = [float("inf"), float("inf")]
        for name, client in self._queued.items():
            kind = not _goes_first(name, client)
            order = client.order()
            if order < orders[kind] and self._may_start(name, client):
                found[kind], orders[kind] = client, order
        return found[0], found[1]

    def _may_start(self, name: str, client: _Client) -> bool:
        if not self.rules.binds(name):
            return True
        if client.running >= self.rules.slots:
            return False
        if _goes_first(name, client):
            return True
        left = self.rules.common_places - (self.running - self._quick)
        if client.is_quick is None or left <= 0:
            return left > 0
        # The last free place is not for those who are known for long queries.
        return left > 1 or self._has_long_place(name, client)

    def _has_long_place(self, name: str, client: _Client) -> bool:
        if not self.rules.binds(name):
            return True
        return self.long < self.rules.long_places and client.long < self.rules.own_long_places

    def _no_longer_quick(self, ticket: Ticket) -> None:
        self._quick -= ticket.quick
        ticket.quick = False

    def _make_long(self, ticket: Ticket, client: _Client) -> None:
        ticket.long = True
        client.long += 1
        self.long += 1

    def _find(self, name: str, now: float) -> _Client:
        client = self._clients.get(name)
        if client is None:
            self._forget(now)
            client = self._clients[name] = _Client()
        self._clients.move_to_end(name)
        client.last_seen = now
        return client

    def _forget(self, now: float) -> None:
        while len(self._clients) >= _CLIENTS_KEPT:
            name, oldest = next(iter(self._clients.items()))
            is_idle = not oldest.running and not oldest.waiting
            if not is_idle or now - oldest.last_seen < _FORGET_SECONDS:
                return
            del self._clients[name]


def _goes_first(name: str, client: _Client) -> bool:
    """Tell whether a client is known for quick queries, or is the service itself."""
    return client.is_quick is True or not name
