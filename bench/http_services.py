"""The services that are timed: ours without and with its cache, and those that can be had."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bench import http_fuseki, http_virtuoso
from bench.first_answers import take_free_port
from bench.graphs.loading import Written, publish_graph
from bench.http_servers import Peer, Service, await_idleness, run_service
from styrgraf import __version__

OURS = "Styrgraf"
CACHED = "Styrgraf, cached"
RDFLIB = "rdflib-endpoint"
VIRTUOSO = "Virtuoso"
FUSEKI = "Fuseki"
SETTINGS = {
    "QUERY_WORKERS": "8",
    "QUEUE_SECONDS": "30",
    "TRUSTED_PROXIES": "1",
    "SLOW_LOG": "",
}
"""Each connection is a client of its own, as a proxy in front would tell it; the rest is as
delivered, but for more query processes and for more patience where all of them are busy."""


@contextmanager
def run_ours(written: Written, folder: Path) -> Iterator[tuple[Service, Service]]:
    """Run ours twice over one version: without its cache of answers, and with it."""
    loaded = publish_graph(written, folder)

    def command(port: int) -> list[str]:
        data = ["--data-dir", str(loaded.data_dir), "--dataset", loaded.dataset]
        return [sys.executable, "-m", "styrgraf", "serve", "--port", str(port), *data]

    uncached = {**SETTINGS, "CACHE_MEGABYTES": "0"}
    with (
        run_service(OURS, __version__, "/sparql", command, uncached) as plain,
        run_service(CACHED, __version__, "/sparql", command, SETTINGS) as cached,
    ):
        for service in (plain, cached):
            await_idleness(service.process, calm=2.0, most=300)  # the version comes into memory
        yield plain, cached


@contextmanager
def run_rdflib(written: Written, folder: Path) -> Iterator[Service]:
    """Run rdflib-endpoint as its own command does: the graph in memory."""

    def command(port: int) -> list[str]:
        options = ["--host", "127.0.0.1", "--port", str(port)]
        return [sys.executable, "-m", "rdflib_endpoint", "serve", *options, str(written.triples)]

    with run_service(RDFLIB, version("rdflib-endpoint"), "/", command) as service:
        yield service


@contextmanager
def run_virtuoso(written: Written, folder: Path) -> Iterator[Service]:
    """Run Virtuoso over the named graphs; its default graph is their union."""
    port = take_free_port()

    def command(http_port: int) -> list[str]:
        return http_virtuoso.list_command(folder, written.quads.parent, port, http_port)

    release = http_virtuoso.read_version()
    with run_service(VIRTUOSO, release, "/sparql", command) as service:
        http_virtuoso.load(written, port)
        yield service


@contextmanager
def run_fuseki(written: Written, folder: Path) -> Iterator[Service]:
    """Run Fuseki over a TDB2 of the named graphs, and of their merge as the default graph."""
    jars = http_fuseki.collect_jars(folder)
    http_fuseki.load(written, jars, folder)

    def command(port: int) -> list[str]:
        return http_fuseki.list_command(jars, folder, port)

    with run_service(FUSEKI, http_fuseki.RELEASE, "/graph/sparql", command) as service:
        yield service


def _find_rdflib_lack() -> str | None:
    if find_spec("rdflib_endpoint"):
        return None
    return "not installed; it is in the dependency group bench: pip install rdflib-endpoint[web]"


PEERS = (
    Peer(VIRTUOSO, http_virtuoso.find_lack, run_virtuoso),
    Peer(FUSEKI, http_fuseki.find_lack, run_fuseki),
    Peer(RDFLIB, _find_rdflib_lack, run_rdflib),
)
