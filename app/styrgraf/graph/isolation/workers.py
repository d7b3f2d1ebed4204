"""The pool of query processes: threads wait in it for their turn, and no query stays for ever.

Who may run is for the lanes to say. Whatever ends a run first - its answer, its deadline, its
client, an administrator - ends it under the one lock: its place is free again, its process is
idle or dead, and all others find it over. Whoever waits for its frames then meets their end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from styrgraf.errors import BusyError, StyrgrafError
from styrgraf.graph.asking import RunningQuery
from styrgraf.graph.isolation.frames import END, ERROR, JOB, WHOLE, Frame
from styrgraf.graph.isolation.lanes import QUICK_SECONDS, Lane, Ticket
from styrgraf.graph.isolation.places import Lanes, PoolLimits
from styrgraf.graph.isolation.processes import QueryProcess, Template
from styrgraf.graph.isolation.runs import (
    READING_SECONDS,
    Request,
    Run,
    read_error,
    was_refused,
    was_stopped,
)
from styrgraf.graph.isolation.templates import Templates
from styrgraf.graph.services.gateway import Gateway
from styrgraf.language import N_

_GRACE_SECONDS = 2.0
_GROWTH_BYTES = 128 * 1024 * 1024
_MEASURE_EVERY = 64
_WARM_SECONDS = 30.0


class WorkerPool:
    """Query processes that threads share."""

    def __init__(
        self, limits: PoolLimits, plug_in: str = "", gateway: Gateway | None = None
    ) -> None:
        self.queue_seconds = limits.queue_seconds
        self._limits = limits
        self._lanes = Lanes(limits)
        self._templates = Templates(
            lambda held: Template(limits.megabytes, plug_in, gateway, held),
            self._drop_idle,
            self._is_used,
        )
        self._lock = threading.Lock()
        self._idle: list[QueryProcess] = []
        self._runs: list[Run] = []
        self._waiting: dict[Ticket, Run] = {}
        self._warming: Mapping[str, Any] | None = None
        self._ended = 0
        self._is_closed = False
        self._is_active = False
        self._watch = threading.Condition(self._lock)
        self._watch_at = float("inf")
        self._wanted = threading.Condition(self._lock)
        self._templates.start()
        self._threads = [
            threading.Thread(target=work, name=f"query-{work.__name__.strip('_')}", daemon=True)
            for work in (self._keep_watch, self._keep_spare)
        ]
        for thread in self._threads:
            thread.start()

    def start(self, request: Request) -> Run:
        """Wait for the turn of a request and hand its job to a process.

        Raises TooManyQueriesError, BusyError, QueryStoppedError and StoreUnusableError.
        """
        turn = threading.Condition(self._lock)
        run = self.submit(request, turn.notify)
        try:
            until = time.monotonic() + self.queue_seconds
            with self._lock:
                while run.ticket in self._waiting and (left := until - time.monotonic()) > 0:
                    turn.wait(left)
            self.begin(run)
        except BaseException:
            self.give_up(run)
            raise
        return run

    def submit(self, request: Request, wake: Callable[[], None]) -> Run:
        """Put a request into its lane, where it may have its turn at once; `begin` it then.

        Raises TooManyQueriesError.
        """
        lane = self._lanes.choose(request)
        run = Run(request, lane, self._lanes.make_ticket(request), wake)
        with self._lock:
            refusal = lane.submit(run.ticket, time.monotonic())
            if refusal is not None:
                raise was_refused(refusal)
            self._waiting[run.ticket] = run
            self._start_next(lane)
        if request.departure is not None:
            request.departure.on_leave(lambda: self.give_up(run))
            if request.departure.has_left():
                self.give_up(run)
        return run

    def is_waiting(self, run: Run) -> bool:
        """Tell whether a run has still not had its turn."""
        return run.ticket in self._waiting

    def begin(self, run: Run, *, may_fork: bool = True) -> bool:
        """Hand the job of a run to a process; tell whether there was one, or could be forked.

        A run that still waits has waited too long. Raises what has ended the run, BusyError and
        StoreUnusableError.
        """
        self._check_turn(run)
        process = self._take_idle() or (self._templates.fork() if may_fork else None)
        if process is not None:
            self._hand_over(run, process)
        return process is not None

    def receive(self, run: Run) -> Frame:
        """Wait for the next frame of a run; the last one ends it. Raises what ended it else."""
        process = self.return_to(run)
        try:
            frame = process.frames.receive()
        except (EOFError, OSError, ValueError):
            raise self.lose_process(run) from None
        return self.accept(run, process, frame)

    def return_to(self, run: Run) -> QueryProcess:
        """Return the process of a run, whose next frame is waited for. Raises what ended it."""
        with self._lock:
            if run.process is None or run.is_over:
                raise run.verdict or was_stopped()
            if run.away_since is not None:
                run.away += time.monotonic() - run.away_since
                run.away_since = None
            return run.process

    def lose_process(self, run: Run) -> StyrgrafError:
        """End a run whose frames have ended; return why they have."""
        self._end(run, run.process_is_gone())
        return run.verdict or was_stopped()

    def accept(self, run: Run, process: QueryProcess, frame: Frame) -> Frame:
        """Note a frame that has come, and return it; the last one ends the run.

        Raises the error that it tells of, and what has ended the run meanwhile.
        """
        if frame.kind in {WHOLE, END, ERROR}:
            process.processor_seconds = frame.header.get("processor", process.processor_seconds)
            self._end(run, None)
            if run.verdict is not None:
                raise run.verdict
        if frame.kind == ERROR:
            raise read_error(frame)
        with self._lock:
            run.away_since = time.monotonic()
        return frame

    def give_up(self, run: Run) -> None:
        """End a run whose answer nobody wants any more."""
        self._end(run, was_stopped())

    def running(self) -> tuple[RunningQuery, ...]:
        """Return the queries that run."""
        with self._lock:
            now = time.monotonic()
            return tuple(run.describe(now) for run in self._runs if run.process is not None)

    def stop(self, identifier: str, client: str | None) -> bool:
        """Stop a client's query, or anyone's (None), running or waiting."""
        with self._lock:
            found = [
                run
                for run in (*self._runs, *self._waiting.values())
                if identifier
                and run.request.identifier == identifier
                and client in {None, run.request.client}
            ]
        return sum(self._end(run, was_stopped()) for run in found) > 0

    def protections(self) -> Mapping[str, bool]:
        """Return by name what holds the query processes, and whether the system allows it."""
        return self._templates.protections()

    def warm(self, job: Mapping[str, Any], *, in_memory: bool = False) -> None:
        """Have new processes do a job about nothing first, which opens the version it names.

        It may be held in memory as well, if there is more than a process or two.
        """
        with self._lock:
            self._warming = job
            self._wanted.notify()
        if in_memory and self._limits.has_lanes:
            self._templates.hold(job)

    def is_in_memory(self) -> bool:
        """Tell whether the version that was last named is held in memory."""
        return self._templates.is_holding(self._warming)

    def close(self) -> None:
        """End all processes; what they were doing ends with QueryStoppedError."""
        with self._lock:
            self._is_closed = True
            runs = [*self._runs, *self._waiting.values()]
            idle, self._idle = self._idle, []
            self._watch.notify()
            self._wanted.notify()
        processes = [*idle, *(run.process for run in runs if run.process is not None)]
        for run in runs:
            self._end(run, was_stopped())
        for process in idle:
            process.kill()
        self._templates.close()
        for process in processes:
            process.wait()
        for thread in self._threads:
            thread.join()

    def _check_turn(self, run: Run) -> None:
        with self._lock:
            if run.ticket in self._waiting:
                self._leave_queue(run)
                run.is_over, run.verdict = True, self._was_kept_waiting()
            if run.verdict is not None:
                raise run.verdict

    def _was_kept_waiting(self) -> StyrgrafError:
        return BusyError(
            N_("All query processes were busy for {seconds} s; try again in a moment."),
            seconds=f"{self.queue_seconds:.1f}",
            retry=1,
        )

    def _hand_over(self, run: Run, process: QueryProcess) -> None:
        with self._lock:
            if run.is_over:
                self._idle.append(process)
                raise run.verdict or was_stopped()
            run.process = process
            run.started = run.ticket.started = time.monotonic()
            run.look_at = run.started + min(QUICK_SECONDS, run.request.seconds)
            self._is_active = True
            if run.look_at < self._watch_at:
                self._watch.notify()
        alarm = run.request.seconds + READING_SECONDS + _GRACE_SECONDS
        try:
            process.frames.send(JOB, {**run.request.job, "alarm": alarm}, run.request.body)
        except OSError:
            raise self.lose_process(run) from None

    def _take_idle(self) -> QueryProcess | None:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_alive():
                    return process
        return None

    def _end(self, run: Run, verdict: StyrgrafError | None) -> bool:
        """End a run, once: with a verdict its process is killed, without it becomes idle."""
        with self._lock:
            if run.is_over:
                return False
            run.is_over, run.verdict = True, verdict
            if run.ticket in self._waiting:
                self._leave_queue(run)
                run.wake()
                return True
            now = time.monotonic()
            run.lane.finish(run.ticket, now, is_answered=verdict is None)
            self._runs.remove(run)
            if run.process is not None:
                self._put_back(run, run.process)
            self._start_next(run.lane)
            if len(self._idle) < self._count_wanted():
                self._wanted.notify()
        return True

    def _put_back(self, run: Run, process: QueryProcess) -> None:
        self._ended += 1
        is_measured = run.ticket.long or self._ended % _MEASURE_EVERY == 0
        has_grown = is_measured and process.measure_growth() > _GROWTH_BYTES
        is_slowed = run.ticket.long and not process.hurry()
        is_old = not self._templates.is_current(process)
        if run.verdict is not None or has_grown or is_slowed or is_old or self._is_closed:
            process.kill()
        else:
            self._idle.append(process)

    def _drop_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
            self._wanted.notify()
        for process in idle:
            process.kill()

    def _is_used(self, template: Template) -> bool:
        with self._lock:
            return any(run.process and run.process.template is template for run in self._runs)

    def _leave_queue(self, run: Run) -> None:
        del self._waiting[run.ticket]
        run.lane.leave(run.ticket)

    def _start_next(self, lane: Lane) -> None:
        if not lane.waiting:
            return
        now = time.monotonic()
        while (ticket := lane.start_next(now)) is not None:
            run = self._waiting.pop(ticket)
            self._runs.append(run)
            run.wake()

    def _keep_watch(self) -> None:
        """End what takes too long, as long as the pool is open."""
        while self._wait_for_watch():
            with self._lock:
                runs = tuple(self._runs)
            for run in runs:
                verdict = self._judge(run)
                if verdict is not None:
                    self._end(run, verdict)

    def _wait_for_watch(self) -> bool:
        with self._lock:
            now = time.monotonic()
            begun = [run for run in self._runs if run.process is not None]
            times = [min(run.look_at, run.find_deadline(now)) for run in begun]
            # Under quick queries, one after the other, it wakes by itself and need not be woken.
            rest = now + QUICK_SECONDS if self._is_active else float("inf")
            self._watch_at = min(times, default=rest)
            self._is_active = bool(times)
            if not self._is_closed and self._watch_at > now:
                is_idle = self._watch_at == float("inf")
                self._watch.wait(None if is_idle else self._watch_at - now)
            self._watch_at = 0.0
            return not self._is_closed

    def _judge(self, run: Run) -> StyrgrafError | None:
        with self._lock:
            now = time.monotonic()
            if run.is_over or run.process is None:
                return None
            if now >= run.find_deadline(now):
                return run.time_is_up()
            if now < run.look_at:
                return None
            if not run.is_overdue(now):
                run.put_off(now)
                return None
            refusal = run.lane.lengthen(run.ticket, now)
            run.look_at = float("inf")
            run.process.slow_down()
            return None if refusal is None else was_refused(refusal)

    def _keep_spare(self) -> None:
        """Keep a process ready for each free place, and one to replace the next that is killed."""
        while self._wait_for_want():
            try:
                process = self._templates.fork()
                self._warm_up(process)
            except (StyrgrafError, EOFError, OSError, ValueError):
                time.sleep(_GRACE_SECONDS / 10)
                continue
            with self._lock:
                if self._is_closed or not self._templates.is_current(process):
                    process.kill()
                else:
                    self._idle.insert(0, process)

    def _warm_up(self, process: QueryProcess) -> None:
        if self._warming is not None:
            process.frames.send(JOB, {**self._warming, "alarm": _WARM_SECONDS})
            process.frames.wait(_WARM_SECONDS)
            process.frames.receive()

    def _wait_for_want(self) -> bool:
        with self._lock:
            while not self._is_closed and len(self._idle) >= self._count_wanted():
                self._wanted.wait()
            return not self._is_closed

    def _count_wanted(self) -> int:
        workers = self._limits.workers
        return max(0, workers - len(self._runs)) + (workers > 1)
