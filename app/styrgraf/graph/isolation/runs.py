"""One job on its way through the pool: what it is, since when, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from styrgraf import errors
from styrgraf.errors import (
    BusyError,
    NonConformingError,
    QueryMemoryError,
    QueryStoppedError,
    QueryTimeoutError,
    StyrgrafError,
    TooManyQueriesError,
)
from styrgraf.graph.asking import Departure, RunningQuery
from styrgraf.graph.isolation.frames import Frame
from styrgraf.graph.isolation.lanes import QUICK_SECONDS, Lane, Reason, Refusal, Ticket
from styrgraf.graph.isolation.processes import QueryProcess
from styrgraf.graph.reports import parse_report
from styrgraf.language import N_, Phrase

SHOWN_CHARACTERS = 500
READING_SECONDS = 30.0
"""How long a client may take to read, in all, beyond the time that its query may take."""

_LOOK_SECONDS = 0.05
_LITTLE_SECONDS = QUICK_SECONDS / 3
_MOST_HELD_UP = 2.0

_TIMEOUT = N_("The query was stopped after {seconds} s; narrow it, or ask for less.")
_MEMORY = N_(
    "The query needed more memory or nesting than it may use and was stopped; "
    "narrow it, or ask for less."
)
_TASK_TIMEOUT = N_("The calculation was stopped after {seconds} s; ask for less.")
_TASK_MEMORY = N_(
    "The calculation needed more memory or nesting than it may use and was stopped; ask for less."
)
_REFUSALS: dict[Reason, tuple[type[BusyError], str]] = {
    Reason.QUEUE_FULL: (
        TooManyQueriesError,
        N_("You have too many queries running and waiting; try again in {retry} s."),
    ),
    Reason.OWN_LONG: (
        TooManyQueriesError,
        N_(
            "The query was stopped, as you have others that take long; narrow it, or try again "
            "in {retry} s."
        ),
    ),
    Reason.ALL_LONG: (
        BusyError,
        N_(
            "The query was stopped, as many take long at the moment; narrow it, or try again "
            "in {retry} s."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A job and what the pool must know of it; `text` is the query, or what is shown of a task."""

    job: Mapping[str, Any]
    seconds: float
    client: str = ""
    identifier: str = ""
    text: str = ""
    departure: Departure | None = None
    is_task: bool = False

    @property
    def body(self) -> bytes:
        """What the query process is sent beside the job."""
        return b"" if self.is_task else self.text.encode()


@dataclass(eq=False, slots=True)
class Run:
    """A request in a lane. Its fields are changed under the lock of the pool alone.

    Its time runs from when it has a process. `wake` is called, under the lock, when it need not
    wait for its turn any more.
    """

    request: Request
    lane: Lane
    ticket: Ticket
    wake: Callable[[], None]
    process: QueryProcess | None = None
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    verdict: StyrgrafError | None = None
    is_over: bool = False
    started: float = 0.0
    look_at: float = 0.0
    away: float = 0.0
    away_since: float | None = None

    def find_deadline(self, now: float) -> float:
        """Return when it must have ended; while its client reads, time stands still for a while."""
        away = self.away + (now - self.away_since if self.away_since is not None else 0.0)
        return self.started + self.request.seconds + min(away, READING_SECONDS)

    def is_overdue(self, now: float) -> bool:
        """Tell whether it is no quick query: by its processor time, and by others' patience.

        The query of a quick client that has had little of the processor is held up by others.
        """
        used = self.process.measure_processor() if self.process is not None else 0.0
        if used >= QUICK_SECONDS:
            return True
        taken = now - self.started
        if self.ticket.quick and used < _LITTLE_SECONDS and taken < _MOST_HELD_UP:
            return False
        return taken >= self.lane.find_patience(self.ticket)

    def put_off(self, now: float) -> None:
        """Look at it again in a moment."""
        self.look_at = now + _LOOK_SECONDS

    def describe(self, now: float) -> RunningQuery:
        """Return what is shown of it."""
        resident = self.process.measure_memory() if self.process is not None else 0
        request = self.request
        return RunningQuery(
            request.identifier,
            request.client,
            request.text[:SHOWN_CHARACTERS],
            self.since,
            round(now - self.started, 3),
            resident,
            self.ticket.long,
        )

    def time_is_up(self) -> StyrgrafError:
        """Return the error for a run that took too long."""
        message = _TASK_TIMEOUT if self.request.is_task else _TIMEOUT
        return QueryTimeoutError(message, seconds=f"{self.request.seconds:g}")

    def process_is_gone(self) -> StyrgrafError:
        """Return the error for a run whose process ended by itself."""
        return QueryMemoryError(_TASK_MEMORY if self.request.is_task else _MEMORY)


def was_stopped() -> StyrgrafError:
    """Return the error for a run that was stopped, or whose client has left."""
    return QueryStoppedError(N_("The query was stopped."))


def was_refused(refusal: Refusal) -> BusyError:
    """Return the error for a run that a lane turned away."""
    kind, message = _REFUSALS[refusal.reason]
    return kind(message, retry=refusal.retry)


def read_error(frame: Frame) -> Exception:
    """Return the error that a query process tells of."""
    header = frame.header
    if "failure" in header:
        return RuntimeError(header["failure"])
    facts = header["facts"] | {name: Phrase(text) for name, text in header["phrases"].items()}
    if header["error"] == NonConformingError.__name__:
        return NonConformingError(header["message"], parse_report(frame.body), **facts)
    kind = getattr(errors, header["error"], StyrgrafError)
    error = kind(header["message"], **facts)
    return error if isinstance(error, StyrgrafError) else StyrgrafError(header["message"], **facts)
