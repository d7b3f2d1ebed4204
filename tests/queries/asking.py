"""How tests ask a stored query and read its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from styrgraf.assets import find_asset
from styrgraf.graph.queries import bind_parameters, load_stored_queries
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Solutions, Term
from styrgraf.namespaces import ID_PATH

BASE = "https://w3id.org/styrgraf/kth/"
QUERIES = find_asset("queries")
FILES = {path.stem: path for path in sorted(QUERIES.glob("*/*.rq")) if path.parent.name != "derive"}
UNLISTED_VALUES = {"word": "arkiv", "thing": "decision/2023-04-05-handlingsplan"}
"""Values of required parameters that no other query lists."""

Row = tuple[str, ...]
Values = Mapping[str, str]


@cache
def read_header(path: Path) -> dict[str, str]:
    """Return the `#+` lines of a query by key."""
    return dict(re.findall(r"^#\+ ([a-z-]+): (.*)$", path.read_text(), re.MULTILINE))


def bind(name: str, values: Values | None = None, base: str = BASE) -> str:
    """Return the text of a stored query bound to values as a user gives them."""
    return bind_parameters(load_stored_queries()[name], values or {}, base)


def ask(reader: Reader, name: str, values: Values | None = None, base: str = BASE) -> list[Row]:
    """Return the rows of a stored query as texts: `unit:kth` for a thing, '' for no value."""
    answer = _answer(reader, name, values, base)
    things = base + ID_PATH
    return [
        tuple(_write_cell(row.get(each), things) for each in answer.variables)
        for row in answer.rows
    ]


def list_values(reader: Reader, name: str) -> list[dict[str, str]]:
    """Return all the values that a stored query can be asked with, as its choices list them."""
    asked: list[dict[str, str]] = [{}]
    for parameter in load_stored_queries()[name].params:
        if parameter.required:
            values = (
                _list_choices(reader, parameter.choices)
                if parameter.choices
                else [UNLISTED_VALUES[parameter.name]]
            )
            asked = [{**each, parameter.name: value} for each in asked for value in values]
    return asked


def _list_choices(reader: Reader, name: str) -> list[str]:
    """Return the first column of a query of choices."""
    answer = _select(reader, bind(name))
    return [row[answer.variables[0]].value for row in answer.rows]


def _answer(reader: Reader, name: str, values: Values | None, base: str) -> Solutions:
    """Return the answer as rows; those of a CONSTRUCT are its triples, in their order."""
    query, text = load_stored_queries()[name], bind(name, values, base)
    if query.form == "select":
        return _select(reader, text)
    triples = sorted(reader.construct(text), key=str)
    rows = (dict(zip(query.columns, triple, strict=True)) for triple in triples)
    return Solutions(query.columns, tuple(rows))


@cache
def _select(reader: Reader, text: str) -> Solutions:
    # Published versions do not change, and several tests look at the same answers.
    return reader.select(text)


def _write_cell(term: Term | None, things: str) -> str:
    if term is None:
        return ""
    if isinstance(term, Iri) and term.value.startswith(things):
        return term.value.removeprefix(things).replace("/", ":", 1)
    return term.value
