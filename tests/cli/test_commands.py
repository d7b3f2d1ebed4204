"""Commands: what they print, what they leave behind, how they end."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf import __version__
from styrgraf.cli.commands import styrgraf as group
from styrgraf.graph.queries import load_stored_queries
from styrgraf.graph.versions import read_current
from tests.cli.conftest import CommandLine
from tests.tiny import BASE, write_turtle

GRAPH_FILES = Path(__file__).parents[1] / "graph"
LABELS = "SELECT ?name { ?post <http://www.w3.org/2004/02/skos/core#prefLabel> ?name . "
COMMANDS = sorted(group.commands)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_help_of_each_command_has_examples(
    styrgraf: CommandLine, command: str, language: str
) -> None:
    done = styrgraf.run("--lang", language, command, "--help")
    assert done.returncode == 0
    assert f"\n  styrgraf {command}" in done.stdout
    assert "--lang [sv|en]" in done.stdout


def test_the_help_lists_all_commands(styrgraf: CommandLine) -> None:
    done = styrgraf.run("--help")
    on_authority = {"breaks", "delegations", "who", "why-not"}
    assert {"export", "load", "query", "serve", "validate", *on_authority} <= set(COMMANDS)
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)


def test_the_help_of_all_commands_is_in_the_language_asked_for(styrgraf: CommandLine) -> None:
    by_option = styrgraf.run("--lang", "sv", "--help")
    by_environment = styrgraf.run("--help", LC_ALL="sv_SE.UTF-8")
    assert by_option.stdout == by_environment.stdout
    for english in ("Usage", "OPTIONS", "Show the", "Load files", "Examples", "knowledge graph"):
        assert english not in by_option.stdout


def test_stored_queries_in_examples_exist() -> None:
    examples = group.commands["query"].examples  # type: ignore[attr-defined]
    names = [word for example in examples for word in example.split()[2:3]]
    assert {name for name in names if not name.endswith(".rq")} <= set(load_stored_queries())


def test_query_without_a_name_lists_the_stored_queries_in_the_language_asked_for(
    styrgraf: CommandLine,
) -> None:
    queries = load_stored_queries()
    for language in ("sv", "en"):
        listed = styrgraf.run("query", "--lang", language).stdout
        assert queries["dated-decisions"].summary[language] in listed
        assert "support-area-codes" in listed
        assert "represented-units" not in listed


def test_the_version_is_told(styrgraf: CommandLine) -> None:
    assert __version__ in styrgraf.run("--version").stdout


@pytest.mark.parametrize(
    "arguments", [["fly"], ["query", "a", "b"], ["query", "--fly", "x"], ["serve", "x"]]
)
def test_wrong_use_ends_with_2_and_a_usage_line(
    styrgraf: CommandLine, arguments: list[str]
) -> None:
    done = styrgraf.run(*arguments)
    assert done.returncode == 2
    assert "styrgraf" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_query_from_a_file_is_answered_as_a_table(styrgraf: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?post ?type { ?post a ?type FILTER(?post = <id/post/chair>) }")
    done = styrgraf.run("query", str(path))
    assert done.returncode == 0, done.stderr
    assert "post/chair" in done.stdout
    assert "org:Post" in done.stdout


def test_a_query_is_answered_as_csv_json_and_turtle(styrgraf: CommandLine, tmp_path: Path) -> None:
    select, construct = tmp_path / "select.rq", tmp_path / "construct.rq"
    select.write_text("SELECT ?name { <id/post/chair> skos:prefLabel ?name } ORDER BY ?name")
    select.write_text("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n" + select.read_text())
    construct.write_text("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t FILTER(?s = <id/post/chair>) }")
    rows = list(csv.reader(styrgraf.run("query", str(select), "--format", "csv").stdout.split()))
    assert rows == [["name"], ["chair"], ["ordförande"]]
    answer = json.loads(styrgraf.run("query", str(select), "--format", "json").stdout)
    assert len(answer["results"]["bindings"]) == 2
    for arguments in ([], ["--format", "turtle"]):
        turtle = styrgraf.run("query", str(construct), *arguments).stdout
        assert len(list(ox.parse(turtle, ox.RdfFormat.TURTLE))) == 1


def test_an_ask_is_answered_with_yes_or_no(styrgraf: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "ask.rq"
    path.write_text("ASK { <id/post/chair> ?p ?o }")
    assert styrgraf.run("--lang", "en", "query", str(path)).stdout == "yes\n"


def test_parameters_of_a_file_with_a_header_are_bound(
    styrgraf: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "typed.rq"
    path.write_text(
        "#+ summary: Types\n#+ summary-sv: Typer\n#+ question: none\n"
        "#+ params: thing:iri required\n#+ returns: type\n#+ tags: none\n"
        "SELECT ?type { $thing a ?type }"
    )
    done = styrgraf.run("query", str(path), "-p", "thing=post/chair", "--format", "csv")
    assert done.stdout.split() == ["type", "http://www.w3.org/ns/org#Post"]
    for arguments in ([], ["-p", "thing"], ["-p", "thing=no iri"], ["-p", "colour=red"]):
        wrong = styrgraf.run("query", str(path), *arguments)
        assert wrong.returncode == 2
        assert wrong.stderr.startswith("styrgraf: ")


def test_an_unknown_query_name_is_told_with_the_nearest(styrgraf: CommandLine) -> None:
    done = styrgraf.run("query", "dated-decision")
    assert done.returncode == 2
    assert "dated-decisions" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_format_that_is_not_for_the_answer_is_told(styrgraf: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "ask.rq"
    path.write_text("ASK {}")
    for word in ("docx", "turtle"):
        done = styrgraf.run("query", str(path), "--format", word)
        assert done.returncode == 2
        assert "json" in done.stderr


def test_a_query_that_never_ends_is_stopped_with_a_sentence(
    styrgraf: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "endless.rq"
    path.write_text("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    done = styrgraf.run("query", str(path), "--query-seconds", "0.5")
    assert done.returncode == 2
    assert "0.5 s" in done.stderr


def test_files_are_loaded_and_the_version_is_told(
    own_styrgraf: CommandLine, tmp_path: Path
) -> None:
    path = write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")
    done = own_styrgraf.run("load", str(path), "--graph", "source/own")
    assert done.returncode == 0, done.stderr
    assert "version 2" in done.stderr
    exported = own_styrgraf.run("export", "--graph", "source/own", "--format", "ntriples")
    assert f"{BASE}id/thing/mine" in exported.stdout


def test_without_files_the_shipped_data_is_loaded_anew(own_styrgraf: CommandLine) -> None:
    assert "version 2" in own_styrgraf.run("load").stderr


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("truncated.ttl", 2, "line 6"),
        ("wrong_datatype.ttl", 2, "2023-02-30"),
        ("cycle.ttl", 1, "circle"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_and_nothing_changes(
    own_styrgraf: CommandLine, name: str, code: int, told: str
) -> None:
    done = own_styrgraf.run("load", str(GRAPH_FILES / name), "--graph", "source/own")
    assert done.returncode == code
    assert told in done.stderr + done.stdout
    assert "styrgraf: " in done.stderr
    assert "Traceback" not in done.stderr
    assert read_current(own_styrgraf.settings.data_dir).number == 1


def test_a_data_directory_that_cannot_be_one_is_told(styrgraf: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for command in (["load"], ["export"], ["serve"]):
        done = styrgraf.run(*command, "--data-dir", str(tmp_path / "file" / "below"))
        assert done.returncode == 2
        assert "file" in done.stderr
        assert "Traceback" not in done.stderr


def test_another_dataset_is_refused(styrgraf: CommandLine) -> None:
    done = styrgraf.run("export", DATASET="kth")
    assert done.returncode == 2
    assert "tiny" in done.stderr


def test_what_conforms_ends_with_0_and_what_does_not_with_1(styrgraf: CommandLine) -> None:
    fine = styrgraf.run("validate")
    assert fine.returncode == 0
    assert "conforms" in fine.stdout
    broken = styrgraf.run("validate", str(GRAPH_FILES / "cycle.ttl"))
    assert broken.returncode == 1
    lines = broken.stdout.splitlines()
    assert lines[0].startswith("Violation delegation/back")
    assert lines[-1] == "The data breaks the shapes (violations: 2, warnings: 4)."


def test_a_report_is_written_as_turtle(styrgraf: CommandLine) -> None:
    done = styrgraf.run("validate", str(GRAPH_FILES / "cycle.ttl"), "--format", "turtle")
    assert done.returncode == 1
    assert any(
        "ValidationReport" in str(quad) for quad in ox.parse(done.stdout, ox.RdfFormat.TURTLE)
    )


def test_an_export_is_whole_or_not_there(styrgraf: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "all.nq"
    assert styrgraf.run("export", "-o", str(path)).returncode == 0
    version = read_current(styrgraf.settings.data_dir)
    assert path.read_bytes().count(b"\n") == version.quads
    assert [file.name for file in tmp_path.iterdir()] == ["all.nq"]
    missing = styrgraf.run("export", "-o", str(tmp_path / "nowhere" / "all.nq"))
    assert missing.returncode == 2
    assert "all.nq" in missing.stderr


def test_an_export_of_an_unknown_graph_is_told(styrgraf: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "none.ttl"
    done = styrgraf.run("export", "--graph", "nowhere", "-o", str(path))
    assert done.returncode == 2
    assert "graph/nowhere" in done.stderr
    assert not path.exists()


def test_what_is_exported_can_be_loaded_again(own_styrgraf: CommandLine, tmp_path: Path) -> None:
    path = write_turtle(tmp_path / "own.ttl", ':mine :p [ :q 1.5 ], "ö"@sv .')
    own_styrgraf.run("load", str(path), "--graph", "source/own")
    dump = tmp_path / "dump.trig"
    own_styrgraf.run("export", "--graph", "source/own", "--format", "trig", "-o", str(dump))
    before = read_current(own_styrgraf.settings.data_dir).quads
    done = own_styrgraf.run("load", str(dump), "--graph", "source/own")
    assert done.returncode == 0, done.stderr
    assert read_current(own_styrgraf.settings.data_dir).quads == before


@pytest.mark.parametrize(
    ("variables", "arguments", "language"),
    [
        ({"LC_ALL": "", "LANG": "sv_SE.UTF-8"}, [], "sv"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "sv_SE.UTF-8"}, [], "en"),
        ({"LC_ALL": "C", "LANG": ""}, [], "sv"),
        ({"LC_ALL": "en_GB.UTF-8"}, ["--lang", "sv"], "sv"),
    ],
)
def test_the_language_is_chosen_by_option_then_environment_then_swedish(
    variables: dict[str, str], arguments: list[str], language: str
) -> None:
    from styrgraf.cli.framework import choose_language

    assert choose_language(arguments, variables) == language
