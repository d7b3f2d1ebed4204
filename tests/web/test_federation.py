"""SERVICE over HTTP: who is listed is asked anew each time, what fails there is a 502."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from styrgraf.graph.loading import load_dataset
from styrgraf.graph.published import open_reader
from styrgraf.settings import Settings
from tests.graph.test_gateway import Other, run_other
from tests.serving import Service, run_service
from tests.tiny import make_dataset

Opened = tuple[Service, str, type[Other]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("federation")
    dataset = make_dataset(folder / "dataset")
    tiny = Settings(data_dir=folder / "data", dataset=str(dataset), query_workers=2)
    load_dataset(tiny)
    with run_other() as (origin, other):
        settings = replace(tiny, service_origins=(origin,), service_seconds=1.0)
        with open_reader(settings) as reader, run_service(settings, reader) as service:
            yield service, origin, other


def test_an_answer_with_service_is_not_kept(opened: Opened) -> None:
    service, origin, other = opened
    query = f"SELECT ?s {{ SERVICE <{origin}/fresh> {{ ?s ?p ?o }} }}"
    for _ in range(2):
        answer = service.get("/sparql", "text/csv", query=query)
        assert (answer.status, answer.text) == (200, "s\r\nother\r\n")
        assert "etag" not in answer.headers
        assert "no-store" in answer.headers["cache-control"]
    assert sum(path == "/fresh" for _, path, _, _ in other.asked) == 2


@pytest.mark.parametrize(
    ("path", "word"), [("redirect", "redirect"), ("slow", "1 s"), ("error", "500")]
)
def test_what_fails_there_is_a_bad_gateway(opened: Opened, path: str, word: str) -> None:
    service, origin, _ = opened
    query = f"SELECT ?s {{ SERVICE <{origin}/{path}> {{ ?s ?p ?o }} }}"
    answer = service.get("/sparql?lang=en", "text/plain, */*;q=0.1", query=query)
    assert answer.status == 502
    assert word in answer.text
    assert origin in answer.text


def test_who_is_not_listed_is_named_and_refused(opened: Opened) -> None:
    service, origin, _ = opened
    with run_other() as (unlisted, never_asked):
        query = f"SELECT ?s {{ SERVICE SILENT <{unlisted}/> {{ ?s ?p ?o }} }}"
        answer = service.get("/sparql", query=query)
        assert answer.status == 403
        assert unlisted in answer.text
        assert origin in answer.text
        assert never_asked.asked == []
