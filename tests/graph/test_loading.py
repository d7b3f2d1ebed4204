"""Loading: all or nothing, and what users loaded stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.errors import (
    DataError,
    NonConformingError,
    SettingError,
    StoreMissingError,
    SyntaxInFileError,
    UnacceptableDataError,
    UsageError,
)
from styrgraf.graph.loading import (
    ensure_loaded,
    load_dataset,
    load_files,
    validate_files,
    validate_shipped,
)
from styrgraf.graph.published import open_local_reader
from styrgraf.graph.reports import Severity, ValidationReport, read_report
from styrgraf.graph.shipped import compute_shipped_digest, list_shipped_files, read_dataset
from styrgraf.graph.versions import read_current
from styrgraf.settings import Settings
from tests.tiny import BASE, make_dataset, write_turtle

HERE = Path(__file__).parent
OWN = f"{BASE}graph/source/own"


def ask(settings: Settings, text: str) -> bool:
    with open_local_reader(settings) as reader:
        return reader.ask(text)


def test_the_first_load_is_version_one_with_time_and_digest(tiny_settings: Settings) -> None:
    version = read_current(tiny_settings.data_dir)
    assert version.number == 1
    assert version.recorded.year >= 2025
    assert version.shipped_digest == compute_shipped_digest(read_dataset(tiny_settings))
    assert (version.dataset, version.base) == ("tiny", BASE)


def test_each_folder_is_a_graph(tiny_settings: Settings) -> None:
    with open_local_reader(tiny_settings) as reader:
        rows = reader.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").rows
    graphs = [row["g"].value.removeprefix(f"{BASE}graph/") for row in rows]
    assert {"ontology", "shapes", "source/one"} <= set(graphs)


def test_nothing_is_loaded_again_while_files_are_as_they_were(own_settings: Settings) -> None:
    loaded = ensure_loaded(own_settings)
    assert not loaded.is_new
    assert loaded.version.number == 1


def test_changed_files_become_a_new_version_and_what_users_loaded_stays(
    own_settings: Settings, tmp_path: Path
) -> None:
    load_files(own_settings, [write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")], OWN)
    posts = Path(own_settings.dataset) / "source" / "one" / "posts.ttl"
    posts.write_text(posts.read_text().replace("chair", "head"))
    loaded = ensure_loaded(own_settings)
    assert loaded.is_new
    assert loaded.version.number == 3
    assert ask(own_settings, "ASK { <id/thing/mine> ?p 1 . <id/post/head> a ?type }")
    assert not ask(own_settings, "ASK { <id/post/chair> ?p ?o }")


def test_a_graph_whose_folder_is_gone_is_gone(own_settings: Settings) -> None:
    source = Path(own_settings.dataset) / "source"
    (source / "one").rename(source / "two")
    ensure_loaded(own_settings)
    assert ask(own_settings, "ASK { GRAPH <graph/source/two> { ?s ?p ?o } }")
    assert not ask(own_settings, "ASK { GRAPH <graph/source/one> { ?s ?p ?o } }")


def test_files_are_added_and_seen(own_settings: Settings, tmp_path: Path) -> None:
    path = write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")
    steps: list[str] = []
    loaded = load_files(own_settings, [path], OWN, steps.append)
    assert loaded.version.number == 2
    assert len(steps) == 4
    assert ask(own_settings, f"ASK {{ GRAPH <{OWN}> {{ <id/thing/mine> ?p 1 }} }}")
    assert loaded.version.quads == read_current(own_settings.data_dir).quads


def test_loading_the_same_again_changes_no_statement(
    own_settings: Settings, tmp_path: Path
) -> None:
    path = write_turtle(tmp_path / "own.ttl", ":mine :p [ :q ( 1 2 ) ] .")
    first = load_files(own_settings, [path], OWN).version
    second = load_files(own_settings, [path], OWN).version
    assert (first.number, second.number) == (2, 3)
    assert first.quads == second.quads


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("truncated.ttl", SyntaxInFileError),
        ("wrong_datatype.ttl", UnacceptableDataError),
        ("cycle.ttl", NonConformingError),
    ],
)
def test_a_load_that_fails_leaves_everything_as_it_was(
    own_settings: Settings, tmp_path: Path, name: str, kind: type[DataError]
) -> None:
    good = write_turtle(tmp_path / "good.ttl", ":mine :p 1 .")
    before = read_current(own_settings.data_dir)
    with pytest.raises(kind):
        load_files(own_settings, [good, HERE / name], OWN)
    assert read_current(own_settings.data_dir) == before
    assert not ask(own_settings, "ASK { <id/thing/mine> ?p ?o }")
    assert load_files(own_settings, [good], OWN).version.number == 2


def test_a_cycle_of_delegations_is_told_as_one(own_settings: Settings) -> None:
    with pytest.raises(NonConformingError) as caught:
        load_files(own_settings, [HERE / "cycle.ttl"], OWN)
    report = caught.value.report
    assert isinstance(report, ValidationReport)
    violations = [result for result in report.results if result.severity is Severity.VIOLATION]
    assert {result.focus_node.rpartition("/")[2] for result in violations} == {"there", "back"}
    assert any("circle" in result.message("en") for result in violations)


def test_shipped_graphs_are_not_loaded_into(own_settings: Settings, tmp_path: Path) -> None:
    path = write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")
    for graph in ("ontology", "shapes", "inferred", "source/one"):
        with pytest.raises(UnacceptableDataError, match="source/own"):
            load_files(own_settings, [path], f"{BASE}graph/{graph}")


def test_a_graph_is_named_by_an_absolute_iri(own_settings: Settings, tmp_path: Path) -> None:
    path = write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")
    with pytest.raises(UsageError, match="absolute"):
        load_files(own_settings, [path], "own graph")


def test_files_need_the_shipped_data_first(tiny_settings: Settings, tmp_path: Path) -> None:
    settings = replace(tiny_settings, data_dir=tmp_path / "new")
    path = write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")
    with pytest.raises(StoreMissingError):
        load_files(settings, [path], OWN)


def test_a_shipped_file_that_does_not_parse_is_named(own_settings: Settings) -> None:
    broken = Path(own_settings.dataset) / "source" / "one" / "posts.ttl"
    broken.write_text("nothing")
    with pytest.raises(SyntaxInFileError, match=r"data/source/one/posts\.ttl"):
        load_dataset(own_settings)
    assert read_current(own_settings.data_dir).number == 1


def test_the_report_of_a_load_is_kept_with_its_version(own_settings: Settings) -> None:
    loaded = load_dataset(own_settings)
    assert loaded.report
    assert loaded.report.conforms
    assert read_report(own_settings, loaded.version) == loaded.report


def test_files_are_validated_without_being_loaded(tiny_settings: Settings) -> None:
    before = read_current(tiny_settings.data_dir)
    assert not validate_files(tiny_settings, [HERE / "cycle.ttl"]).conforms
    assert validate_shipped(tiny_settings).conforms
    assert read_current(tiny_settings.data_dir) == before


def test_files_are_validated_with_the_data_that_they_refer_to(
    tiny_settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "reporting.ttl"
    path.write_text(
        "@prefix org: <http://www.w3.org/ns/org#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"<{BASE}id/post/deputy> a org:Post ; org:reportsTo <{BASE}id/post/chair> ;\n"
        '  skos:prefLabel "ställföreträdare"@sv, "deputy"@en .\n'
    )
    assert validate_files(tiny_settings, [path], with_dataset=True).conforms


@pytest.mark.parametrize("text", ["", 'name = "x"', 'name = "x"\nbase = "x"\n[title]\nsv = "x"'])
def test_a_dataset_that_is_not_described_is_told(
    tiny_settings: Settings, tmp_path: Path, text: str
) -> None:
    (tmp_path / "dataset.toml").write_text(text)
    with pytest.raises(SettingError, match=r"dataset\.toml"):
        read_dataset(replace(tiny_settings, dataset=str(tmp_path)))


@pytest.mark.parametrize("name", ["nowhere", "/nowhere", "../data"])
def test_a_dataset_that_is_not_there_is_told(tiny_settings: Settings, name: str) -> None:
    with pytest.raises(SettingError, match="DATASET"):
        read_dataset(replace(tiny_settings, dataset=name))


def test_names_of_product_graphs_are_not_for_datasets(
    tiny_settings: Settings, tmp_path: Path
) -> None:
    folder = make_dataset(tmp_path / "dataset")
    (folder / "inferred").mkdir()
    with pytest.raises(SettingError, match="inferred"):
        list_shipped_files(read_dataset(replace(tiny_settings, dataset=str(folder))))


def test_the_digest_is_of_names_and_bytes(own_settings: Settings) -> None:
    dataset = read_dataset(own_settings)
    before = compute_shipped_digest(dataset)
    posts = dataset.folder / "source" / "one" / "posts.ttl"
    posts.rename(posts.with_name("other.ttl"))
    renamed = compute_shipped_digest(dataset)
    posts.with_name("other.ttl").write_text("")
    assert len({before, renamed, compute_shipped_digest(dataset)}) == 3


@pytest.mark.parametrize(("line", "example"), [("", False), ("example = true\n", True)])
def test_a_dataset_tells_whether_it_is_made_up(
    own_settings: Settings, line: str, example: bool
) -> None:
    path = Path(own_settings.dataset) / "dataset.toml"
    path.write_text(line + path.read_text())
    assert read_dataset(own_settings).example is example


def test_a_dataset_cannot_be_half_made_up(own_settings: Settings) -> None:
    path = Path(own_settings.dataset) / "dataset.toml"
    path.write_text('example = "partly"\n' + path.read_text())
    with pytest.raises(SettingError, match="true or false"):
        read_dataset(own_settings)
