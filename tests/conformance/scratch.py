"""A scratch instance of the real service, whose default graph is the unnamed one.

Data is put into it by the store's own writer, a version for each dataset; questions go over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from styrgraf.graph.published import open_reader
from styrgraf.graph.versions import VersionWriter, open_writer
from styrgraf.settings import Settings
from tests.conformance.manifests import Quads
from tests.serving import Answer, Service, run_service
from tests.tiny import make_dataset

DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Scratch:
    """The running service, and what is in its store."""

    service: Service
    settings: Settings
    held: Quads | None = None
    asked: int = 0

    def hold(self, quads: Quads) -> None:
        """Publish a version that holds these quads and nothing else."""
        if self.held != quads:
            with self.write() as writer:
                writer.clear_all()
                writer.load_engine_quads(quads)
            self.held = quads

    @contextmanager
    def write(self) -> Iterator[VersionWriter]:
        """Give the store's writer, and publish what it did; nothing where it fails."""
        self.held = None
        with open_writer(self.settings) as writer:
            yield writer
            writer.publish("suite")

    def ask(self, text: str, accept: str) -> Answer:
        """Ask a query, by each of the three ways in turn."""
        self.asked += 1
        if self.asked % 3 == 0:
            return self.service.post("/sparql", text, DIRECT, accept)
        if self.asked % 3 == 1:
            return self.service.post("/sparql", urlencode({"query": text}), FORM, accept)
        return self.service.get("/sparql", accept, query=text)


@contextmanager
def run_scratch(folder: Path) -> Iterator[Scratch]:
    """Run a scratch instance in a folder until the block ends."""
    dataset = make_dataset(folder / "dataset", name="suite")
    settings = Settings(
        data_dir=folder / "data",
        dataset=str(dataset),
        query_workers=2,
        default_graph="unnamed",
        cache_megabytes=0,
    )
    with open_writer(settings) as writer:
        writer.publish("suite")
    with open_reader(settings) as reader, run_service(settings, reader) as service:
        yield Scratch(service, settings)
