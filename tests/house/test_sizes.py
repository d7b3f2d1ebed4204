"""Functions and files keep the sizes that the house is built for."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median, quantiles

PACKAGE = Path(__file__).parents[2] / "app" / "styrgraf"
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}


def measure_functions() -> dict[str, int]:
    sizes = {}
    for module in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                sizes[f"{module.name}:{node.lineno} {node.name}"] = lines
    return sizes


def measure_files() -> dict[str, int]:
    return {
        str(module.relative_to(PACKAGE)): module.read_text().count("\n")
        for module in PACKAGE.rglob("*.py")
        if module.stat().st_size
    }


def test_functions_are_small() -> None:
    sizes = measure_functions()
    assert {name: size for name, size in sizes.items() if size > 60} == {}
    assert median(sizes.values()) <= 8
    assert quantiles(sizes.values(), n=10)[8] <= 25


def test_files_are_small() -> None:
    sizes = measure_files()
    assert {name: size for name, size in sizes.items() if size > 400} == {}
    assert median(sizes.values()) <= 150
    assert quantiles(sizes.values(), n=10)[8] <= 300


def test_no_module_has_a_name_that_says_nothing() -> None:
    stems = {path.stem for path in PACKAGE.rglob("*") if path.suffix in {".py", ""}}
    assert stems & FORBIDDEN_NAMES == set()
