"""Every shape and rule has an example that keeps it and one that breaks it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from styrgraf.namespaces import SH
from tests.shapes.focus import EXAMPLES, SGSH, is_exercised, list_rules, list_shapes
from tests.shapes.reports import (
    parse_example,
    read_header,
    read_names,
    shipped_shapes,
    validate_file,
)

VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
EXAMPLE_BASE = "https://example.org/styrgraf/"
_COMPONENTS = {"qualifiedValueShape": "QualifiedMinCount", "sparql": "SPARQL"}


def name_of(path: Path) -> str:
    return path.stem


def component_of(parameter: str) -> str:
    """Return the constraint component (SHACL, section 4) that a parameter belongs to."""
    stem = _COMPONENTS.get(parameter, parameter[0].upper() + parameter[1:])
    return f"{stem}ConstraintComponent"


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_a_valid_example_has_no_findings(path: Path) -> None:
    assert validate_file(path) == ()


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_a_valid_example_exercises_the_shapes_that_it_shows(path: Path) -> None:
    data = parse_example(path)
    idle = [
        name for name in read_names(path, "shows") if not is_exercised(shipped_shapes(), data, name)
    ]
    assert idle == []


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_an_invalid_example_fails_for_its_named_reason_alone(path: Path) -> None:
    found = {(finding.shape, finding.severity) for finding in validate_file(path)}
    assert found == {(read_names(path, "fails")[0], read_header(path)["severity"][0])}


def test_every_shape_has_a_valid_example() -> None:
    shown = {name for path in VALID for name in read_names(path, "shows")}
    assert sorted(set(list_shapes(shipped_shapes())) ^ shown) == []


def test_every_shape_with_a_rule_has_an_invalid_example() -> None:
    broken = {name for path in INVALID for name in read_names(path, "fails")}
    ruled = {name for name in list_shapes(shipped_shapes()) if list_rules(shipped_shapes(), name)}
    assert sorted(ruled ^ broken) == []


def test_every_rule_of_every_shape_is_broken_by_an_example() -> None:
    broken = {
        (finding.shape, finding.component) for path in INVALID for finding in validate_file(path)
    }
    rules = {
        (name, component_of(str(parameter).removeprefix(SH)))
        for name in list_shapes(shipped_shapes())
        for parameter in list_rules(shipped_shapes(), name)
    }
    assert sorted(rules - broken) == []


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=name_of)
def test_an_example_is_marked_as_an_example(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "# A made-up example: " in text
    things = {str(node) for node in parse_example(path).subjects() if str(node).startswith("http")}
    assert [thing for thing in things if not thing.startswith(EXAMPLE_BASE)] == []


def test_the_names_in_examples_are_names_of_shapes() -> None:
    named = {name for path in VALID for name in read_names(path, "shows")}
    named |= {name for path in INVALID for name in read_names(path, "fails")}
    assert [
        name for name in sorted(named) if (SGSH[name], None, None) not in shipped_shapes()
    ] == []
