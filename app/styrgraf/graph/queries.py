"""Stored queries: `.rq` files with a header (query_headers.py), and the binding of parameters.

A parameter stands in the text as `$area`. Without `required` and `default` it may be left out,
and is then a variable that anything matches.
"""

from __future__ import annotations

import difflib
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from styrgraf.assets import find_asset
from styrgraf.errors import ParameterError, ParametersError, UnknownNameError, UsageError
from styrgraf.graph.inspection import read_query_form
from styrgraf.graph.parameters import Parameter, read_value
from styrgraf.graph.query_headers import StoredQuery, header_error, parse_stored_query
from styrgraf.graph.terms import serialize_term
from styrgraf.graph.tokens import tokenize
from styrgraf.language import N_
from styrgraf.model import Term

__all__ = [
    "Parameter",
    "ReadParameters",
    "StoredQuery",
    "bind_parameters",
    "bind_terms",
    "find_stored_query",
    "load_stored_queries",
    "parse_stored_query",
    "read_parameters",
    "read_query",
]

_DERIVATIONS = "derive"


@dataclass(frozen=True, slots=True)
class ReadParameters:
    """Parameters as they were read: terms by name, and a fault for each that cannot be."""

    terms: Mapping[str, Term]
    faults: tuple[ParameterError, ...]

    def demand(self) -> Mapping[str, Term]:
        """Return the terms. Raises ParametersError with all the faults."""
        if self.faults:
            told = " ".join(str(fault) for fault in self.faults)
            raise ParametersError(told.replace("{", "{{").replace("}", "}}"), self.faults)
        return self.terms


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
            raise header_error(path, "name")
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
    Raises ParametersError with every parameter that is unknown, missing or malformed.
    """
    return bind_terms(query.text, read_parameters(query, values.items(), base).demand())


def read_parameters(
    query: StoredQuery,
    values: Iterable[tuple[str, str]],
    base: str = "",
    others: Iterable[str] = (),
) -> ReadParameters:
    """Return the parameters that names and values are, with every fault among them.

    `others` are names that may stand beside them once, and are somebody else's to read.
    """
    given = list(values)
    terms: dict[str, Term] = {}
    faults = list(_find_strangers(query, [name for name, _ in given], tuple(others)))
    for parameter in query.params:
        value = dict(given).get(parameter.name, "").strip() or parameter.default
        try:
            if value is not None:
                terms[parameter.name] = read_value(parameter, value, base)
            elif parameter.required:
                raise ParameterError(
                    N_("The query {query} needs the parameter “{name}”; it takes {takes}."),
                    query=query.name,
                    name=parameter.name,
                    takes=_tell_parameters(query),
                )
        except ParameterError as fault:
            faults.append(fault)
    return ReadParameters(terms, tuple(faults))


def _find_strangers(
    query: StoredQuery, names: list[str], others: tuple[str, ...]
) -> Iterable[ParameterError]:
    """Yield a fault for each name that the query does not know, or that is given again."""
    known = [*(parameter.name for parameter in query.params), *others]
    for name, count in Counter(names).items():
        if name not in known:
            yield _tell_stranger(query, name, known)
        elif count > 1:
            yield ParameterError(
                N_("The parameter “{name}” is given {count} times; give it once."),
                name=name,
                count=count,
            )


def _tell_stranger(query: StoredQuery, name: str, known: list[str]) -> ParameterError:
    nearest = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    shown = name.encode("utf-8", "replace").decode()[:80]
    if nearest:
        return ParameterError(
            N_("There is no parameter “{name}”; nearest is “{nearest}”. {query} takes {takes}."),
            name=shown,
            nearest=nearest[0],
            query=query.name,
            takes=_tell_parameters(query),
        )
    return ParameterError(
        N_("The query {query} has no parameter “{name}”; it takes {takes}."),
        query=query.name,
        name=shown,
        takes=_tell_parameters(query),
    )


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
