"""Stored queries: `.rq` files with a header, and the binding of their parameters.

    #+ summary: What the query answers, in English
    #+ summary-sv: Detsamma på svenska
    #+ question: CQ7                                     (or none)
    #+ params: area:iri required choices=support-areas; on:date default=today     (or none)
    #+ returns: area, unit
    #+ tags: organisation

A parameter stands in the text as `$area`. Without `required` and `default` it may be left out,
and is then a variable that anything matches.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from styrgraf.assets import find_asset
from styrgraf.errors import ParameterError, SettingError, UnknownNameError, UsageError
from styrgraf.graph.inspection import read_query_form
from styrgraf.graph.parameters import PARAMETER_TYPES, parse_value
from styrgraf.graph.terms import serialize_term
from styrgraf.graph.tokens import tokenize
from styrgraf.language import N_
from styrgraf.model import Term

_DERIVATIONS = "derive"
_KEYS = ("summary", "summary-sv", "question", "params", "returns", "tags")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a stored query; `choices` names the query whose first column may be given."""

    name: str
    kind: str
    required: bool = False
    default: str | None = None
    choices: str | None = None


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question with a name; `form` is select, ask, construct or describe."""

    name: str
    family: str
    summary: Mapping[str, str]
    question: str | None
    params: tuple[Parameter, ...]
    returns: tuple[str, ...]
    tags: tuple[str, ...]
    text: str
    form: str


@cache
def load_stored_queries() -> Mapping[str, StoredQuery]:
    """Return the shipped stored queries by name, in the order of families and names.

    Raises SettingError, naming the file, where a header is not right.
    """
    queries: dict[str, StoredQuery] = {}
    for path in sorted(find_asset("queries").glob("*/*.rq")):
        if path.parent.name == _DERIVATIONS:
            continue
        query = parse_stored_query(path.read_text(encoding="utf-8"), path)
        if query.name in queries:
            raise _header_error(path, "name")
        queries[query.name] = query
    return queries


def find_stored_query(name: str) -> StoredQuery:
    """Return the stored query of that name. Raises UnknownNameError with the nearest names."""
    queries = load_stored_queries()
    if name in queries:
        return queries[name]
    nearest = difflib.get_close_matches(name, queries, n=3, cutoff=0.5)
    if nearest:
        raise UnknownNameError(
            N_("There is no query called “{name}”. Nearest: {nearest}."),
            name=name,
            nearest=", ".join(nearest),
        )
    raise UnknownNameError(N_("There is no query called “{name}”."), name=name)


def read_query(place: str) -> StoredQuery:
    """Return the stored query of that name, else the query in a file (`-`: standard input).

    Raises UnknownNameError where there is neither.
    """
    path = Path(place)
    if place != "-" and (place in load_stored_queries() or not path.is_file()):
        return find_stored_query(place)
    try:
        content = sys.stdin.buffer.read() if place == "-" else path.read_bytes()
        text = content.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            N_("The file {file} cannot be read: {reason}."), file=place, reason=error
        ) from error
    if text.startswith("#+"):
        return parse_stored_query(text, path)
    return StoredQuery(path.stem, "", {}, None, (), (), (), text, read_query_form(text))


def bind_parameters(query: StoredQuery, values: Mapping[str, str], base: str = "") -> str:
    """Return the text of `query` with its parameters bound to `values`, or to their defaults.

    An IRI may be given in full, with a known prefix, or as `type/slug` below `base`.
    Raises ParameterError for an unknown, missing or malformed parameter, naming what it takes.
    """
    known = {parameter.name for parameter in query.params}
    for name in values:
        if name not in known:
            raise ParameterError(
                N_("The query {query} has no parameter “{name}”; it takes {takes}."),
                query=query.name,
                name=name,
                takes=_tell_parameters(query),
            )
    bound: dict[str, Term] = {}
    for parameter in query.params:
        value = values.get(parameter.name, "").strip() or parameter.default
        if value is not None:
            bound[parameter.name] = parse_value(parameter.name, parameter.kind, value, base)
        elif parameter.required:
            raise ParameterError(
                N_("The query {query} needs the parameter “{name}”; it takes {takes}."),
                query=query.name,
                name=parameter.name,
                takes=_tell_parameters(query),
            )
    return bind_terms(query.text, bound)


def bind_terms(text: str, terms: Mapping[str, Term]) -> str:
    """Replace `$name` in a SPARQL text by the serialised term, but not in strings or comments."""
    return "".join(
        serialize_term(terms[token.text[1:]])
        if token.kind == "variable" and token.text[0] == "$" and token.text[1:] in terms
        else token.text
        for token in tokenize(text)
    )


def _tell_parameters(query: StoredQuery) -> str:
    return ", ".join(f"{parameter.name} ({parameter.kind})" for parameter in query.params) or "–"


def parse_stored_query(text: str, path: Path) -> StoredQuery:
    """Return the stored query that a file holds. Raises SettingError for a header not right."""
    header = _parse_header(text, path)
    question = header["question"]
    return StoredQuery(
        name=path.stem,
        family=path.parent.name,
        summary={"en": header["summary"], "sv": header["summary-sv"]},
        question=None if question == "none" else question,
        params=tuple(_parse_parameter(part, path) for part in _split(header["params"], ";")),
        returns=_split(header["returns"], ","),
        tags=_split(header["tags"], ","),
        text=text,
        form=read_query_form(text),
    )


def _parse_header(text: str, path: Path) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        key, _, value = line[2:].partition(":")
        header[key.strip()] = value.strip()
    for key in _KEYS:
        if not header.get(key):
            raise _header_error(path, key)
    return header


def _parse_parameter(text: str, path: Path) -> Parameter:
    declaration, *words = text.split()
    name, _, kind = declaration.partition(":")
    options = dict(word.split("=", 1) for word in words if "=" in word)
    flags = {word for word in words if "=" not in word}
    if kind not in PARAMETER_TYPES or flags - {"required"} or set(options) - {"default", "choices"}:
        raise _header_error(path, "params")
    return Parameter(
        name, kind, "required" in flags, options.get("default"), options.get("choices")
    )


def _split(text: str, separator: str) -> tuple[str, ...]:
    if text == "none":
        return ()
    return tuple(part.strip() for part in text.split(separator) if part.strip())


def _header_error(path: Path, key: str) -> SettingError:
    return SettingError(
        N_("The header of the stored query {file} is not right at “{key}”."), file=path, key=key
    )
