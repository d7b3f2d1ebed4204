"""Reading what is published, through processes that can be killed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.errors import (
    AnswerTooLargeError,
    BusyError,
    OutgoingRequestError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    ReadOnlyError,
    StoreMissingError,
    StoreUnusableError,
    StyrgrafError,
    UnknownNameError,
    UsageError,
    WrongDatasetError,
)
from styrgraf.graph.loading import load_dataset, load_files
from styrgraf.graph.published import PublishedStore, open_local_reader, open_reader
from styrgraf.graph.versions import find_current
from styrgraf.model import Iri, Literal, QueryDataset
from styrgraf.settings import Settings
from tests.tiny import BASE, make_dataset, write_turtle

LABEL = "SELECT ?name { <id/post/chair> <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) = CONCAT(STR(?f), STR(?i))) }"
DOUBLING = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(30))
GREEDY = f'SELECT (STRLEN(?s30) AS ?length) {{ BIND("a long text" AS ?s0) {DOUBLING} }}'


def test_a_query_is_answered_with_the_version_it_is_from(tiny_reader: PublishedStore) -> None:
    names = {row["name"] for row in tiny_reader.select(LABEL).rows}
    assert names == {
        Literal.in_language("ordförande", "sv"),
        Literal.in_language("chair", "en"),
    }
    assert tiny_reader.query(LABEL).version == tiny_reader.version().number == 1


def test_a_query_that_never_ends_is_stopped_and_the_next_is_answered(
    tiny_settings: Settings,
) -> None:
    with open_local_reader(replace(tiny_settings, query_seconds=3.0)) as reader:
        started = time.monotonic()
        with pytest.raises(QueryTimeoutError, match="after 3 s"):
            reader.query(ENDLESS)
        assert time.monotonic() - started < 15
        assert reader.ask("ASK { ?s ?p ?o }")


def test_a_query_that_eats_memory_is_stopped_and_the_next_is_answered(
    tiny_settings: Settings,
) -> None:
    with open_local_reader(replace(tiny_settings, query_seconds=60.0)) as reader:
        with pytest.raises(QueryMemoryError):
            reader.query(GREEDY)
        assert reader.ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("joint", ["||", "+"])
def test_a_query_that_would_overflow_the_stack_is_refused(
    tiny_reader: PublishedStore, joint: str
) -> None:
    with pytest.raises(QuerySyntaxError, match="parts"):
        tiny_reader.query(f"SELECT * {{ FILTER({joint.join(['?a'] * 5_000)}) }}")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {", QuerySyntaxError),
        (f"SELECT * {{ FILTER({'(' * 20_000}1{')' * 20_000}) }}", QuerySyntaxError),
        ("INSERT DATA { GRAPH <a:g> { <a:b> <a:b> 1 } }", ReadOnlyError),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", OutgoingRequestError),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", AnswerTooLargeError),
    ],
)
def test_errors_come_out_of_the_process_as_they_are(
    tiny_reader: PublishedStore, text: str, kind: type[StyrgrafError]
) -> None:
    with pytest.raises(kind) as caught:
        tiny_reader.query(text)
    assert type(caught.value) is kind
    assert caught.value.describe("en") == str(caught.value)


def test_a_query_waits_a_bounded_time_for_a_free_process(tiny_settings: Settings) -> None:
    settings = replace(tiny_settings, queue_seconds=0.2, query_seconds=3.0)
    with open_local_reader(settings) as reader, ThreadPoolExecutor() as threads:
        busy = threads.submit(reader.query, ENDLESS)
        time.sleep(1)
        with pytest.raises(BusyError):
            reader.query(LABEL)
        assert isinstance(busy.exception(timeout=10), QueryTimeoutError)


def test_processes_are_gone_when_the_reader_is_closed(tiny_settings: Settings) -> None:
    def children() -> set[str]:
        tasks = Path("/proc/self/task").iterdir()
        return {pid for task in tasks for pid in (task / "children").read_text().split()}

    before = children()
    with open_local_reader(tiny_settings) as reader:
        reader.ask("ASK {}")
        assert children() > before
    assert children() == before


def test_a_process_that_is_killed_while_it_waits_is_not_asked(
    tiny_settings: Settings,
) -> None:
    with open_local_reader(tiny_settings) as reader:
        reader.ask("ASK {}")
        for process in reader._pool._idle:
            process.kill()
            assert process.wait()
        assert reader.ask("ASK { ?s ?p ?o }")


def test_a_dump_comes_whole(tiny_reader: PublishedStore) -> None:
    body = b"".join(tiny_reader.dump("application/n-quads"))
    assert body.count(b"\n") == tiny_reader.version().quads
    one = b"".join(tiny_reader.dump("text/turtle", f"{BASE}graph/source/one"))
    assert "ordförande" in one.decode()


def test_a_dump_of_an_unknown_graph_fails_before_its_first_byte(
    tiny_reader: PublishedStore,
) -> None:
    with pytest.raises(UnknownNameError):
        tiny_reader.dump("text/turtle", f"{BASE}graph/nowhere")


def test_a_new_version_is_taken_up_within_a_second_and_no_query_fails(
    own_settings: Settings, tmp_path: Path
) -> None:
    addition = write_turtle(tmp_path / "more.ttl", ":new :p :new .")
    question = "ASK { <id/thing/new> ?p ?o }"
    stop = threading.Event()

    def ask_again_and_again(reader: PublishedStore) -> list[float]:
        seen = []
        while not stop.is_set():
            if reader.ask(question):
                seen.append(time.monotonic())
            assert reader.select(LABEL).rows
        return seen

    with open_reader(replace(own_settings, query_workers=2)) as reader:
        with ThreadPoolExecutor(4) as threads:
            running = [threads.submit(ask_again_and_again, reader) for _ in range(4)]
            load_files(own_settings, [addition], f"{BASE}graph/source/own")
            published = time.monotonic()
            time.sleep(2)
            stop.set()
            first_seen = [task.result()[0] for task in running]
        assert max(first_seen) - published < 1
        assert reader.version().number == 2


def test_the_version_that_was_current_stays_readable(
    own_settings: Settings, tmp_path: Path
) -> None:
    before = find_current(own_settings.data_dir)
    load_dataset(own_settings)
    assert find_current(own_settings.data_dir) != before
    assert (before / "checkpoint" / "CURRENT").is_file()


def test_an_empty_data_directory_says_what_to_do(tiny_settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="styrgraf load"):
        open_reader(replace(tiny_settings, data_dir=tmp_path))


def test_a_data_directory_that_cannot_be_one_is_told(
    tiny_settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for path in (file, file / "below"):
        with pytest.raises(StoreUnusableError, match="file"):
            open_reader(replace(tiny_settings, data_dir=path))
        with pytest.raises(StoreUnusableError, match="file"):
            load_dataset(replace(tiny_settings, data_dir=path))


def test_another_dataset_on_the_same_directory_is_refused(
    tiny_settings: Settings, tmp_path: Path
) -> None:
    other = make_dataset(tmp_path / "other", name="other")
    elsewhere = make_dataset(tmp_path / "elsewhere", base="https://example.org/elsewhere/")
    for folder in (other, elsewhere):
        settings = replace(tiny_settings, dataset=str(folder))
        with pytest.raises(WrongDatasetError, match="tiny"):
            open_reader(settings)
        with pytest.raises(WrongDatasetError, match="tiny"):
            load_dataset(settings)


@pytest.mark.parametrize("graph", ["not an iri", ""])
def test_a_graph_that_is_no_iri_is_told(tiny_reader: PublishedStore, graph: str) -> None:
    with pytest.raises(UsageError, match="absolute"):
        tiny_reader.query("ASK {}", dataset=QueryDataset((graph,)))


def test_half_a_character_is_told(tiny_reader: PublishedStore) -> None:
    with pytest.raises(QuerySyntaxError, match="no character"):
        tiny_reader.query('SELECT ("\ud800" AS ?v) {}')


def test_a_checkpoint_that_is_damaged_is_told(own_settings: Settings) -> None:
    checkpoint = find_current(own_settings.data_dir) / "checkpoint"
    (checkpoint / "CURRENT").unlink()
    with open_local_reader(own_settings) as reader, pytest.raises(StoreUnusableError):
        reader.ask("ASK {}")


def test_select_gives_terms(tiny_reader: PublishedStore) -> None:
    rows = tiny_reader.select("SELECT ?g { GRAPH ?g { <id/post/chair> a ?type } }").rows
    assert rows == ({"g": Iri(f"{BASE}graph/source/one")},)
