"""How tests ask a stored query and read its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from styrgraf.assets import find_asset
from styrgraf.graph.queries import bind_parameters, load_stored_queries
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Term

BASE = "https://w3id.org/styrgraf/kth/id/"
QUERIES = find_asset("queries")
FILES = {path.stem: path for path in sorted(QUERIES.glob("*/*.rq")) if path.parent.name != "derive"}
LANGUAGES = {"lang": Literal("sv")}
UNLISTED_VALUES: dict[str, Term] = {
    "word": Literal("arkiv"),
    "thing": Iri(BASE + "decision/2023-04-05-handlingsplan"),
}
"""Values of required parameters that no other query lists."""

Row = tuple[str, ...]


@cache
def read_header(path: Path) -> dict[str, str]:
    """Return the `#+` lines of a query by key."""
    return dict(re.findall(r"^#\+ ([a-z-]+): (.*)$", path.read_text(), re.MULTILINE))


def ask(reader: Reader, name: str, values: Mapping[str, Term] = LANGUAGES) -> list[Row]:
    """Return the rows of a stored query as texts: `unit:kth` for a thing, '' for no value."""
    query = load_stored_queries()[name]
    answer = reader.select(bind_parameters(query, values))
    return [
        tuple(_write_cell(row.get(variable)) for variable in answer.variables)
        for row in answer.rows
    ]


def list_values(reader: Reader, name: str) -> list[dict[str, Term]]:
    """Return all the values that a stored query can be asked with, as its choices list them."""
    parameters = read_header(FILES[name])["params"]
    asked: list[dict[str, Term]] = [LANGUAGES if "lang:" in parameters else {}]
    for parameter in re.findall(r"(\w+):\w+ required(?: choices=([\w-]+))?", parameters):
        variable, choices = parameter
        values = list_choices(reader, choices) if choices else [UNLISTED_VALUES[variable]]
        asked = [{**each, variable: value} for each in asked for value in values]
    return asked


def list_choices(reader: Reader, name: str) -> list[Term]:
    """Return the first column of a query of choices."""
    query = load_stored_queries()[name]
    values = LANGUAGES if "lang:" in read_header(FILES[name])["params"] else {}
    answer = reader.select(bind_parameters(query, values))
    return [row[answer.variables[0]] for row in answer.rows]


def to_value(text: str) -> Term:
    """Return the term that a value in a table of answers stands for."""
    return Iri(BASE + text.replace(":", "/", 1)) if ":" in text else Literal(text)


def _write_cell(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, Iri) and term.value.startswith(BASE):
        return term.value.removeprefix(BASE).replace("/", ":", 1)
    return term.value
