"""What is counted, for Prometheus: by each process for itself, summed when somebody asks.

prometheus-client's own way to share counters among processes keeps them in files; we already ask
the processes, so they tell their samples, and these are added up. A process that is replaced
begins anew, which Prometheus takes for what it is: a counter that has been reset.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.metrics_core import Metric

from styrgraf.errors import StyrgrafError
from styrgraf.graph.store import TaskReader
from styrgraf.web.serving.exchanges import QUERY_KEY, REASON_KEY, ROUTE_KEY, Exchange

_REASONS = {
    "QueryTimeoutError": "time",
    "QueryMemoryError": "memory",
    "AnswerTooLargeError": "size",
    "QueryStoppedError": "stopped",
    "departed": "departed",
    "TooManyQueriesError": "too many",
    "BusyError": "busy",
}
_NOT_SUMMED = frozenset(("styrgraf_version",))
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

Sample = list[Any]
"""Name of the metric, its kind, its documentation; and samples of name, labels, value."""


class Metrics:
    """The counters of this process; an observer of exchanges."""

    def __init__(self, reader: TaskReader) -> None:
        self._reader = reader
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "styrgraf_requests", "Requests answered.", ("route", "status"), registry=self._registry
        )
        self._queries = Histogram(
            "styrgraf_query_seconds",
            "Seconds until a query was answered.",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._ended = Counter(
            "styrgraf_queries_ended",
            "Queries that were not answered, by reason.",
            ("reason",),
            registry=self._registry,
        )
        self._cache = Counter(
            "styrgraf_cache_lookups",
            "Requests by what the cache did.",
            ("did",),
            registry=self._registry,
        )
        self._measure = {
            name: Gauge(f"styrgraf_{name}", text, registry=self._registry)
            for name, text in (
                ("queries_running", "Queries that run."),
                ("requests_waiting", "Requests that wait for a thread."),
                ("cache_bytes", "Bytes of answers that are kept."),
                ("query_resident_bytes", "Resident memory of the processes of running queries."),
                ("web_resident_bytes", "Resident memory of the web processes."),
                ("version", "Number of the version that is served."),
            )
        }
        self._known: dict[tuple[int, tuple[str, ...]], Counter] = {}
        self.count_waiting: Callable[[], int] = lambda: 0
        self.count_kept: Callable[[], int] = lambda: 0

    def __call__(self, exchange: Exchange) -> None:
        """Count an exchange that has ended."""
        route = exchange.noted(ROUTE_KEY) or ("cache" if exchange.environ is None else "none")
        self._find(self._requests, route, str(exchange.status or "none")).inc()
        if exchange.cache:
            self._find(self._cache, _name_cache(exchange.cache)).inc()
        if not exchange.noted(QUERY_KEY):
            return
        self._queries.observe(exchange.seconds)
        reason = exchange.reason or exchange.noted(REASON_KEY)
        if reason in _REASONS:
            self._ended.labels(_REASONS[reason]).inc()

    def _find(self, counter: Counter, *labels: str) -> Counter:
        """Return a counter's own for some labels; all labels are of our making, so few."""
        key = (id(counter), labels)
        if key not in self._known:
            self._known[key] = counter.labels(*labels)
        return self._known[key]

    def take_sample(self) -> list[Sample]:
        """Return what this process has counted, as values that JSON can hold."""
        running = self._reader.running()
        self._measure["queries_running"].set(len(running))
        self._measure["requests_waiting"].set(self.count_waiting())
        self._measure["cache_bytes"].set(self.count_kept())
        self._measure["query_resident_bytes"].set(sum(query.resident for query in running))
        self._measure["web_resident_bytes"].set(_read_resident_bytes())
        self._measure["version"].set(_find_version(self._reader))
        return [
            [
                metric.name,
                metric.type,
                metric.documentation,
                [[sample.name, sample.labels, sample.value] for sample in metric.samples],
            ]
            for metric in self._registry.collect()
        ]


class _Summed:
    """A collector over the samples of several processes."""

    def __init__(self, samples: Iterable[list[Sample]]) -> None:
        self._samples = list(samples)

    def collect(self) -> Iterator[Metric]:
        """Yield each metric once, its values added up."""
        metrics: dict[str, Metric] = {}
        sums: dict[str, dict[tuple[Any, ...], float]] = {}
        for name, kind, text, samples in (one for many in self._samples for one in many):
            metrics.setdefault(name, Metric(name, text, kind))
            summed = sums.setdefault(name, {})
            for sample, labels, value in samples:
                if sample.endswith("_created"):
                    continue
                key = (sample, tuple(labels.items()))
                known = summed.get(key, 0.0)
                summed[key] = max(known, value) if name in _NOT_SUMMED else known + value
        for name, metric in metrics.items():
            for (sample, labels), value in sums[name].items():
                metric.add_sample(sample, dict(labels), value)
            yield metric


def write_metrics(samples: Iterable[list[Sample]]) -> Response:
    """Return the samples of all processes as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(_Summed(samples))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


@lru_cache(maxsize=64)
def _name_cache(status: bytes) -> str:
    return status.partition(b"; ")[2].partition(b";")[0].decode("ascii").removeprefix("fwd=")


def _read_resident_bytes() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def _find_version(reader: TaskReader) -> int:
    try:
        return reader.version().number
    except StyrgrafError:
        return 0
