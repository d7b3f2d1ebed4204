"""The headers of stored queries: `#+ key: value` lines that say what a query asks and takes.

    #+ summary: What the query answers, in English
    #+ summary-sv: Detsamma på svenska
    #+ question: CQ7                                     (or none)
    #+ params: area:iri required choices=support-areas; on:date default=today     (or none)
    #+ returns: area, unit
    #+ tags: organisation
    #+ example: area=support-area/ekonomi                (values that have an answer)
    #+ drawing: unit, area, role                         (from, to, and what stands on the line)

The last two may be left out. No IO here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from styrgraf.errors import ParameterError, SettingError
from styrgraf.graph.inspection import read_query_form
from styrgraf.graph.parameters import (
    NUMBER_KINDS,
    PARAMETER_TYPES,
    RANGED_KINDS,
    Parameter,
    read_value,
)
from styrgraf.language import N_

_KEYS = ("summary", "summary-sv", "question", "params", "returns", "tags")
TRIPLE_COLUMNS = ("subject", "predicate", "object")
"""The columns of what a CONSTRUCT or DESCRIBE answers, where it is shown as a table."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The columns of an answer that are drawn: from which thing, to which, by which word."""

    start: str
    end: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """A question with a name; `form` is select, ask, construct or describe.

    `example` are values of parameters that have an answer.
    """

    name: str
    family: str
    summary: Mapping[str, str]
    question: str | None
    params: tuple[Parameter, ...]
    returns: tuple[str, ...]
    tags: tuple[str, ...]
    text: str
    form: str
    example: Mapping[str, str] = field(default_factory=dict)
    drawing: Drawing | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the answer as a table."""
        return self.returns if self.form == "select" else TRIPLE_COLUMNS


def parse_stored_query(text: str, path: Path) -> StoredQuery:
    """Return the stored query that a file holds. Raises SettingError for a header not right."""
    header = _parse_header(text, path)
    question = header["question"]
    query = StoredQuery(
        name=path.stem,
        family=path.parent.name,
        summary={"en": header["summary"], "sv": header["summary-sv"]},
        question=None if question == "none" else question,
        params=tuple(_parse_parameter(part, path) for part in _split(header["params"], ";")),
        returns=_split(header["returns"], ","),
        tags=_split(header["tags"], ","),
        text=text,
        form=read_query_form(text),
        example=_parse_example(header.get("example", "none"), path),
        drawing=_parse_drawing(header.get("drawing", "none"), path),
    )
    _check_references(query, path)
    return query


def _parse_header(text: str, path: Path) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        key, _, value = line[2:].partition(":")
        header[key.strip()] = value.strip()
    for key in _KEYS:
        if not header.get(key):
            raise header_error(path, key)
    return header


_OPTIONS = frozenset({"default", "choices", "unit", "min", "max", "decimals"})


def _parse_parameter(text: str, path: Path) -> Parameter:
    declaration, *words = text.split()
    name, _, kind = declaration.partition(":")
    options = dict(word.split("=", 1) for word in words if "=" in word)
    flags = {word for word in words if "=" not in word}
    if kind not in PARAMETER_TYPES or flags - {"required"} or set(options) - _OPTIONS:
        raise header_error(path, "params")
    parameter = Parameter(
        name,
        kind,
        "required" in flags,
        options.get("default"),
        options.get("choices"),
        options.get("unit"),
        options.get("min"),
        options.get("max"),
        int(options["decimals"]) if "decimals" in options else None,
    )
    if not _is_sound(parameter):
        raise header_error(path, "params")
    return parameter


def _is_sound(parameter: Parameter) -> bool:
    """Tell whether the options suit the kind, and the default the options."""
    of_numbers = (parameter.unit, parameter.decimals)
    of_ranges = (parameter.least, parameter.most)
    if parameter.kind not in NUMBER_KINDS and of_numbers != (None, None):
        return False
    if parameter.kind not in RANGED_KINDS and of_ranges != (None, None):
        return False
    try:
        for value in (*of_ranges, parameter.default):
            if value is not None:
                read_value(parameter, value)
    except ParameterError:
        return False
    return True


def _parse_example(text: str, path: Path) -> dict[str, str]:
    parts = _split(text, ";")
    if not all("=" in part for part in parts):
        raise header_error(path, "example")
    return {name.strip(): value.strip() for name, _, value in (p.partition("=") for p in parts)}


def _parse_drawing(text: str, path: Path) -> Drawing | None:
    columns = _split(text, ",")
    if not columns:
        return None
    if len(columns) not in {2, 3}:
        raise header_error(path, "drawing")
    return Drawing(*columns)


def _check_references(query: StoredQuery, path: Path) -> None:
    """Hold the example to the parameters, and the drawing to the columns."""
    names = {parameter.name: parameter for parameter in query.params}
    if set(query.example) - set(names):
        raise header_error(path, "example")
    drawing = query.drawing
    drawn = {drawing.start, drawing.end, drawing.label or drawing.end} if drawing else set()
    if drawn - set(query.columns):
        raise header_error(path, "drawing")


def _split(text: str, separator: str) -> tuple[str, ...]:
    if text == "none":
        return ()
    return tuple(part.strip() for part in text.split(separator) if part.strip())


def header_error(path: Path, key: str) -> SettingError:
    """Return the error that tells at which key a header is not right."""
    return SettingError(
        N_("The header of the stored query {file} is not right at “{key}”."), file=path, key=key
    )
