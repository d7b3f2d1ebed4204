"""A module imports only from lower floors, and heavy libraries have one owner each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "app" / "styrgraf"

FLOORS = {
    "cli": 4,
    "__main__": 5,
    "web": 3,
    "governance": 2,
    "exchange": 2,
    "graph": 1,
    "closing": 0,
    "errors": 0,
    "language": 0,
    "namespaces": 0,
    "settings": 0,
    "assets": 0,
    "formats": 0,
    "model": 0,
    "__init__": 0,
}

OWNERS = {
    "click": {"cli"},
    "rich": {"cli"},
    "flask": {"web"},
    "flask_babel": {"web"},
    "werkzeug": {"web"},
    "uvicorn": {"web"},
    "prometheus_client": {"web"},
    "xlsxwriter": {"exchange"},
    "networkx": {"governance", "exchange"},
    "pygraphviz": {"exchange"},
    "pyoxigraph": {"graph"},
    "rdflib": {"graph"},
    "oxrdflib": {"graph"},
    "pyshacl": {"graph"},
    "SPARQLWrapper": {"graph"},
    "sqlite3": {"graph"},
}


def list_modules(package: Path) -> list[Path]:
    return sorted(package.rglob("*.py"))


def name_room(package: Path, module: Path) -> str:
    relative = module.relative_to(package)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def list_imports(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def find_breaches(room: str, text: str) -> list[str]:
    breaches = []
    for name in list_imports(text):
        top, _, rest = name.partition(".")
        if top == "styrgraf":
            target = rest.split(".")[0]
            known = target if target in FLOORS else "__init__"
            if known != room and FLOORS[known] >= FLOORS[room]:
                breaches.append(f"{room} imports {name}, which is not on a lower floor")
        elif room not in OWNERS.get(top, {room}):
            breaches.append(f"{room} imports {top}, which {OWNERS[top]} owns")
    return breaches


def test_no_module_imports_upwards_or_sideways_or_a_library_that_another_room_owns() -> None:
    breaches = [
        f"{module.relative_to(PACKAGE)}: {breach}"
        for module in list_modules(PACKAGE)
        for breach in find_breaches(name_room(PACKAGE, module), module.read_text())
        if FLOORS[name_room(PACKAGE, module)] or "styrgraf" not in breach
    ]
    assert breaches == []


@pytest.mark.parametrize(
    ("room", "text"),
    [
        ("graph", "from styrgraf.web import create_app"),
        ("governance", "import styrgraf.exchange.diagrams"),
        ("governance", "import pyoxigraph"),
        ("exchange", "from flask import Flask"),
        ("web", "import rdflib"),
        ("web", "def late():\n    from styrgraf.cli import main"),
    ],
)
def test_the_floor_test_sees_a_breach_made_on_purpose(room: str, text: str) -> None:
    assert len(find_breaches(room, text)) == 1


def test_every_room_has_a_floor() -> None:
    rooms = {name_room(PACKAGE, module) for module in list_modules(PACKAGE)}
    assert rooms <= FLOORS.keys()


def test_floor_zero_has_no_import_cycle() -> None:
    imports = {
        room: {
            name.split(".")[1]
            for name in list_imports((PACKAGE / f"{room}.py").read_text())
            if name.startswith("styrgraf.")
        }
        - {room}
        for room, floor in FLOORS.items()
        if floor == 0
    }
    while leaves := {room for room, targets in imports.items() if not targets & imports.keys()}:
        imports = {room: targets for room, targets in imports.items() if room not in leaves}
    assert imports == {}
