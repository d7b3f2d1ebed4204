"""Rehearsals, the health register and the support of decisions, run as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator

from styrgraf.assets import find_schema
from styrgraf.namespaces import RDF, SG, SH
from tests.cli.conftest import CommandLine

RECALL = ("rehearse", "--recall", "delegation/rektor-dekan-inkop-2021", "--on", "2022-01-01")


def test_a_rehearsal_is_a_sentence_then_what_is_lost(example: CommandLine) -> None:
    done = example.run(*RECALL)
    assert done.returncode == 0, done.stderr
    head, _, rest = done.stdout.partition("\n\n")
    assert "authority is lost in 6 cases." in head
    assert head.endswith("This is a rehearsal: nothing is written.")
    assert "dean – Purchasing (decide), from 2022-01-01, before 2023-07-01: Yes, at most" in rest


def test_a_rehearsal_as_json_and_csv_counts_the_same(example: CommandLine) -> None:
    value = json.loads(example.run(*RECALL, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(example.run(*RECALL, "--format", "csv").stdout)))
    assert len([row for row in rows if row["what"] == "lost"]) == len(value["authority"]) == 6


def test_a_draft_in_a_file_is_tried(example: CommandLine, tmp_path: Path) -> None:
    draft = tmp_path / "draft.rdfp"
    draft.write_text(
        "D <https://w3id.org/styrgraf/example/id/delegation/rektor-dekan-inkop-2021> "
        "<https://w3id.org/styrgraf/ns#delegate> "
        "<https://w3id.org/styrgraf/example/id/post/dekan> .\n"
    )
    done = example.run("rehearse", "--draft", str(draft), "--on", "2022-01-01")
    assert done.returncode == 0, done.stderr
    assert "If the draft is adopted from 2022-01-01 on, authority is lost" in done.stdout


def test_a_draft_that_breaks_the_shapes_ends_with_1_and_says_how(
    example: CommandLine, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.ttl"
    draft.write_text(
        "@prefix sg: <https://w3id.org/styrgraf/ns#> ."
        "<https://w3id.org/styrgraf/example/id/recall/utkast> a sg:Recall ."
    )
    done = example.run("rehearse", "--draft", str(draft))
    assert done.returncode == 1
    assert "The draft breaks the shapes" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rehearse",), "Say one thing"),
        ((*RECALL, "--vacate", "post/rektor"), "Say one thing"),
        (("rehearse", "--vacate", "post/finns-inte"), "There is no post"),
        (("rehearse", "--recall", "x", "--on", "2022-02-30"), "There is no delegation"),
        (("rehearse", "--draft", "/finns/inte.ttl"), "cannot be read"),
        (("health", "--days", "-1"), "no number of days"),
        (("health", "--on", "igår"), "no date"),
        (("competence", "--format", "xml"), "xml"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(
    example: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    done = example.run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr


def test_the_register_is_told_by_kind_and_as_csv(example: CommandLine) -> None:
    done = example.run("health", "--on", "2024-06-01")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("On 2024-06-01, there are ")
    assert "Source has ended [source-ended, R8] (2)" in done.stdout
    rows = list(csv.DictReader(io.StringIO(example.run("health", "--format", "csv").stdout)))
    assert {"code", "thing", "other", "by_engine"} <= set(rows[0])


def test_the_support_of_decisions_is_told_in_swedish_too(example: CommandLine) -> None:
    done = example.run("competence")
    assert done.returncode == 0, done.stderr
    assert "Support in delegation is not shown (" in done.stdout
    value = json.loads(example.run("competence", "--format", "json", "--lang", "sv").stdout)
    assert {each["support"] for each in value["decisions"]} == {"yes", "no", "not-told"}


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (RECALL, SG + "AuthorityAnswer"),
        (("health", "--on", "2024-06-01"), SH + "ValidationReport"),
        (("competence",), SG + "AuthorityAnswer"),
    ],
)
def test_json_conforms_to_its_schema_and_turtle_can_be_read(
    example: CommandLine, arguments: tuple[str, ...], kind: str
) -> None:
    written = json.loads(example.run(*arguments, "--format", "json").stdout)
    Draft202012Validator(json.loads(find_schema("authority").read_text())).validate(written)
    done = example.run(*arguments, "--format", "ttl")
    assert done.returncode == 0, done.stderr
    types = {
        quad.object
        for quad in ox.parse(done.stdout, ox.RdfFormat.TURTLE)
        if quad.predicate.value == RDF + "type"
    }
    assert ox.NamedNode(kind) in types
