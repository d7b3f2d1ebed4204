"""The ontology keeps the hygiene rules, and each rule catches its fault and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, Store

from styrgraf.namespaces import PREFIXES
from tests.ontology.rules import HERE, ONTOLOGY, RULES, find_faults, load_ontology

FAULTS = {
    path.relative_to(HERE / "faults").parts[0].removesuffix(".ttl"): path
    for path in sorted((HERE / "faults").rglob("*.ttl"))
}
CANONICAL = {
    "integer": r"0|-?[1-9][0-9]*",
    "decimal": r"-?(0|[1-9][0-9]*)\.(0|[0-9]*[1-9])",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "boolean": r"true|false",
}


@pytest.fixture(scope="module")
def ontology() -> Store:
    return load_ontology(sorted(ONTOLOGY.glob("*.ttl")))


@pytest.mark.parametrize("rule", RULES)
def test_the_ontology_keeps_the_rule(ontology: Store, rule: str) -> None:
    assert find_faults(ontology, rule) == []


def test_every_rule_has_a_faulty_file() -> None:
    assert sorted(FAULTS) == sorted(RULES)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_breaks_the_rule_it_is_named_after_and_no_other(fault: str) -> None:
    store = load_ontology([FAULTS[fault]])
    assert [rule for rule in RULES if find_faults(store, rule)] == [fault]


def test_a_sound_file_breaks_no_rule() -> None:
    store = load_ontology([HERE / "sound.ttl"])
    assert [rule for rule in RULES if find_faults(store, rule)] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_tells_problem_and_solution_and_answers_term_and_value(rule: str) -> None:
    lines = RULES[rule].splitlines()
    assert lines[0].startswith("# Problem: ")
    assert lines[1].startswith("# Solution: ")
    assert "SELECT DISTINCT ?term ?value WHERE {" in lines


def find_odd_forms(path: Path) -> list[str]:
    """Return the typed literals of a file as written that are not in canonical form."""
    objects = [quad.object for quad in pyoxigraph.parse(path=str(path))]
    literals = [term for term in objects if isinstance(term, Literal)]
    patterns = [(term, CANONICAL.get(term.datatype.value.rpartition("#")[2])) for term in literals]
    return [str(term) for term, form in patterns if form and not re.fullmatch(form, term.value)]


def test_every_literal_is_written_in_canonical_form() -> None:
    assert {path.name: find_odd_forms(path) for path in ONTOLOGY.glob("*.ttl")} == {
        path.name: [] for path in ONTOLOGY.glob("*.ttl")
    }


@pytest.mark.parametrize("literal", ["01", "1.10", '"1"^^xsd:boolean', '"+1"^^xsd:integer'])
def test_a_literal_that_is_not_canonical_is_found(tmp_path: Path, literal: str) -> None:
    path = tmp_path / "odd.ttl"
    path.write_text(f"@prefix xsd: <{PREFIXES['xsd']}> .\n<urn:a> <urn:b> {literal} .\n")
    assert len(find_odd_forms(path)) == 1


def test_the_files_use_the_prefixes_of_the_product() -> None:
    declared = re.compile(r"^@prefix (\w*): <([^>]*)> \.$", re.MULTILINE)
    for path in ONTOLOGY.glob("*.ttl"):
        prefixes = dict(declared.findall(path.read_text()))
        assert prefixes.items() <= PREFIXES.items(), path.name
        assert list(prefixes) == sorted(prefixes), path.name


def test_a_file_of_the_ontology_stays_readable() -> None:
    sizes = {path.name: len(path.read_text().splitlines()) for path in ONTOLOGY.glob("*.ttl")}
    assert {name: size for name, size in sizes.items() if size > 400} == {}
