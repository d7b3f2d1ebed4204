"""Compilers, functions and tasks that a higher floor brings to versions and query processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.errors import (
    NonConformingError,
    QueryMemoryError,
    QueryTimeoutError,
    StoreMissingError,
    SyntaxInFileError,
    UnknownNameError,
    UnofferedQueryError,
)
from styrgraf.graph.inference import Compiled, Compiler
from styrgraf.graph.loading import ensure_loaded, load_dataset, load_files, validate_shipped
from styrgraf.graph.published import PublishedStore, open_local_reader
from styrgraf.graph.reports import ValidationReport
from styrgraf.graph.versions import find_current, read_current
from styrgraf.model import Iri, Literal, Triple
from styrgraf.namespaces import RDF, SG, XSD
from styrgraf.settings import Settings
from tests.graph.plug_in import COMPILER, COUNT_FILE, COUNTED, FUNCTIONS, NAME
from tests.tiny import BASE, copy_data

OWN = f"{BASE}graph/source/own"
PREFIX = f"PREFIX f: <{FUNCTIONS}> "
LABELLED = """\
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/tiny/id/post/deputy> a org:Post ; skos:prefLabel "vice"@sv, "deputy"@en .
"""


@pytest.fixture(scope="module")
def compiled_settings(
    tiny_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A data directory whose version 2 was made with a compiler."""
    settings = copy_data(tiny_settings, tmp_path_factory.mktemp("compiled"))
    load_dataset(settings, compilers=[COMPILER])
    return settings


@pytest.fixture
def changing_settings(compiled_settings: Settings, tmp_path: Path) -> Settings:
    """A copy that a test may change."""
    return copy_data(compiled_settings, tmp_path)


@pytest.fixture(scope="module")
def reader(compiled_settings: Settings) -> Iterator[PublishedStore]:
    """A reader whose processes have the plug-in."""
    with open_local_reader(compiled_settings, NAME) as opened:
        yield opened


def write_deputy(folder: Path) -> Path:
    path = folder / "deputy.ttl"
    path.write_text(LABELLED)
    return path


def read_total(reader: PublishedStore) -> str:
    return reader.open_attachment(COUNT_FILE, reader.version(), Path.read_text)


def test_what_a_compiler_makes_is_in_the_inferred_graph_and_beside_the_version(
    reader: PublishedStore,
) -> None:
    question = f"SELECT ?n {{ GRAPH <graph/inferred> {{ <id/post/chair> <{COUNTED.value}> ?n }} }}"
    assert reader.select(question).rows == ({"n": Literal("2", XSD + "integer")},)
    assert read_total(reader) == "2"


def test_what_users_load_is_compiled_with_the_rest(
    changing_settings: Settings, tmp_path: Path
) -> None:
    load_files(changing_settings, [write_deputy(tmp_path)], OWN, compilers=[COMPILER])
    with open_local_reader(changing_settings, NAME) as reader:
        assert read_total(reader) == "4"
        assert reader.ask(f"ASK {{ <id/post/deputy> <{COUNTED.value}> 2 }}")


def test_a_compiler_sees_the_external_graph_and_what_was_inferred(
    own_settings: Settings,
) -> None:
    seen: set[str] = set()

    def look(reader: object) -> Compiled:
        rows = reader.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows  # type: ignore[attr-defined]
        seen.update(row["g"].value.removeprefix(f"{BASE}graph/") for row in rows)
        return Compiled()

    external = Path(own_settings.dataset) / "external"
    external.mkdir()
    (external / "pages.ttl").write_text("<a:b> <a:b> <a:b> .")
    load_dataset(own_settings, compilers=[Compiler("look", look)])
    assert {"external", "ontology", "shapes", "source/one"} <= seen


def test_a_version_is_made_anew_when_a_compiler_changes(changing_settings: Settings) -> None:
    assert not ensure_loaded(changing_settings, compilers=[COMPILER]).is_new
    changed = Compiler("labels 2", COMPILER.compile)
    assert ensure_loaded(changing_settings, compilers=[changed]).is_new


def test_what_a_compiler_makes_is_validated_with_the_rest(changing_settings: Settings) -> None:
    def make_circle(reader: object) -> Compiled:
        circle = Iri(f"{BASE}id/delegation/circle")
        kind = Triple(circle, Iri(RDF + "type"), Iri(SG + "DelegationOfAuthority"))
        return Compiled((kind, Triple(circle, Iri(SG + "subDelegationOf"), circle)), {"bare": b""})

    bare = [Compiler("circle", make_circle)]
    before = find_current(changing_settings.data_dir)
    assert not validate_shipped(changing_settings, compilers=bare).conforms
    with pytest.raises(NonConformingError):
        load_dataset(changing_settings, compilers=bare)
    assert find_current(changing_settings.data_dir) == before
    assert not (before / "bare").exists()


def test_an_attachment_that_is_missing_says_what_to_do(tiny_settings: Settings) -> None:
    with (
        open_local_reader(tiny_settings) as reader,
        pytest.raises(StoreMissingError, match="styrgraf load"),
    ):
        read_total(reader)


def test_an_attachment_is_opened_once_per_version_by_all_threads(
    changing_settings: Settings, tmp_path: Path
) -> None:
    opened: list[Path] = []

    def open_slowly(path: Path) -> str:
        opened.append(path)
        time.sleep(0.2)
        return path.read_text()

    with open_local_reader(changing_settings) as reader, ThreadPoolExecutor(8) as threads:
        first = reader.version()

        def ask(_: int) -> str:
            return reader.open_attachment(COUNT_FILE, reader.version(), open_slowly)

        assert set(threads.map(ask, range(16))) == {"2"}
        load_files(changing_settings, [write_deputy(tmp_path)], OWN, compilers=[COMPILER])
        assert set(threads.map(ask, range(16))) == {"4"}
        assert reader.open_attachment(COUNT_FILE, first, open_slowly) == "2"
    assert len(opened) == 2


def test_few_versions_are_kept_open_and_none_after_the_reader(
    changing_settings: Settings,
) -> None:
    opened: list[int] = []
    with open_local_reader(changing_settings) as reader:
        versions = []
        for _ in range(5):
            versions.append(reader.version())
            load_dataset(changing_settings, compilers=[COMPILER])
        for version in (*versions, versions[-1], versions[0]):
            reader.open_attachment(COUNT_FILE, version, lambda path: opened.append(1))
    assert len(opened) == 6
    reader.open_attachment(COUNT_FILE, versions[0], lambda path: opened.append(1))
    assert len(opened) == 7


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?n { BIND(f:total() AS ?n) }",
        "SELECT ?n { VALUES ?n { 1 2 3 } FILTER(?n = f:total()) }",
        "SELECT ?n { { SELECT (f:same(?m) AS ?n) { VALUES ?m { 2 } } } }",
        "SELECT (f:total() AS ?n) {}",
    ],
)
def test_a_function_is_called_wherever_an_expression_stands(
    reader: PublishedStore, text: str
) -> None:
    assert reader.select(PREFIX + text).rows == ({"n": Literal("2", XSD + "integer")},)


@pytest.mark.parametrize(
    "written", ["<a:b>", '"x"', '"x"@sv', "1.5", "true", '"2026-01-01"^^x:date']
)
def test_terms_go_into_functions_and_come_out_as_they_are(
    reader: PublishedStore, written: str
) -> None:
    text = f"PREFIX x: <{XSD}> {PREFIX} ASK {{ FILTER(sameTerm(f:same({written}), {written})) }}"
    assert reader.ask(text)


def test_functions_make_terms(reader: PublishedStore) -> None:
    text = 'ASK { FILTER(isBlank(f:make("blank")) && f:make("sv") = "på svenska"@sv) }'
    assert reader.ask(PREFIX + text)


@pytest.mark.parametrize("call", ["f:same()", "f:same(?nothing)", "f:same(<<( <a:b> <a:b> 1 )>>)"])
def test_a_function_without_a_value_leaves_its_variable_unbound(
    reader: PublishedStore, call: str
) -> None:
    assert reader.select(f"{PREFIX} SELECT ?v {{ BIND({call} AS ?v) }}").rows == ({},)


def test_a_function_that_breaks_breaks_the_query(reader: PublishedStore) -> None:
    with pytest.raises(RuntimeError, match="as asked"):
        reader.select(f"{PREFIX} SELECT ?v {{ BIND(f:fail() AS ?v) }}")
    assert reader.ask("ASK {}")


def test_a_function_that_needs_a_missing_attachment_says_so(tiny_settings: Settings) -> None:
    with open_local_reader(tiny_settings, NAME) as reader:
        with pytest.raises(StoreMissingError, match="styrgraf load"):
            reader.select(f"{PREFIX} SELECT ?v {{ BIND(f:total() AS ?v) }}")
        assert reader.ask("ASK { ?s ?p ?o }")


def test_an_unknown_function_is_an_error(reader: PublishedStore) -> None:
    with pytest.raises(UnofferedQueryError, match=r"calls the function <.*unheard>"):
        reader.select(f"{PREFIX} SELECT ?v {{ BIND(f:unheard() AS ?v) }}")


def test_a_query_full_of_functions_is_stopped_in_time(compiled_settings: Settings) -> None:
    values = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(6))
    with open_local_reader(replace(compiled_settings, query_seconds=2.0), NAME) as reader:
        with pytest.raises(QueryTimeoutError):
            reader.ask(f"{PREFIX} ASK {{ {values} FILTER(f:same(?v0, ?v5) = -1) }}")
        assert reader.ask("ASK {}")


def test_a_task_is_done_on_the_current_version(reader: PublishedStore) -> None:
    number = reader.version().number
    answer = reader.run_task("echo", {"b": "2", "a": "å"}, 10)
    assert answer.decode() == f"{number} [('a', 'å'), ('b', '2')]"


def test_a_task_that_takes_too_long_is_stopped(reader: PublishedStore) -> None:
    with pytest.raises(QueryTimeoutError, match=r"calculation.* 0\.5 s"):
        reader.run_task("wait", {"seconds": "60"}, 0.5)
    assert reader.run_task("wait", {"seconds": "0"}, 10) == b""


@pytest.mark.parametrize("name", ["eat", "leave"])
def test_a_task_that_ends_its_process_is_told(reader: PublishedStore, name: str) -> None:
    with pytest.raises(QueryMemoryError, match="calculation"):
        reader.run_task(name, {}, 10)
    assert reader.ask("ASK {}")


def test_errors_come_out_of_tasks_as_they_are(reader: PublishedStore) -> None:
    with pytest.raises(UnknownNameError, match="no graph x"):
        reader.run_task("refuse", {"error": "name"}, 10)
    with pytest.raises(SyntaxInFileError) as told:
        reader.run_task("refuse", {"error": "syntax"}, 10)
    assert told.value.facts["line"] == 3
    assert "DOCTYPE tas inte emot" in told.value.describe("sv")
    with pytest.raises(NonConformingError) as shaped:
        reader.run_task("refuse", {"error": "shape"}, 10)
    assert isinstance(shaped.value.report, ValidationReport)
    assert shaped.value.report.results[0].message("en") == "No."
    with pytest.raises(RuntimeError, match="as asked"):
        reader.run_task("refuse", {"error": "bug"}, 10)


def test_versions_before_compilers_stay_as_they_were(compiled_settings: Settings) -> None:
    assert read_current(compiled_settings.data_dir).number == 2
    assert not (compiled_settings.data_dir / "versions" / "1" / COUNT_FILE).exists()
