"""Typed values of query parameters: text in, RDF terms out. No IO here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pyoxigraph as ox

from styrgraf.errors import ParameterError
from styrgraf.graph.literals import tell_fault
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import ID_PATH, PREFIXES, XSD

NUMBER_KINDS = ("number", "integer", "decimal")
RANGED_KINDS = ("date", *NUMBER_KINDS)
"""The kinds of parameter that may have a least and a most."""

_LOCAL_IRI = re.compile(r"[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])")
_ENGLISH_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")
_SHOWN = 80
"""Characters of a wrong value that a message repeats."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a stored query; `choices` names the query whose first column may be given.

    `least` and `most` are the ends of its range, both included; `unit` is what a number counts;
    `decimals` are those that it may have.
    """

    name: str
    kind: str
    required: bool = False
    default: str | None = None
    choices: str | None = None
    unit: str | None = None
    least: str | None = None
    most: str | None = None
    decimals: int | None = None


def today() -> date:
    """Return the date in Sweden."""
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()


def read_value(parameter: Parameter, value: str, base: str = "") -> Term:
    """Return the term that `value` is for a parameter. Raises ParameterError, also out of range."""
    term = parse_value(parameter.name, parameter.kind, value, base)
    for end, sentence, is_outside in (
        (parameter.least, _TOO_LITTLE, _is_less),
        (parameter.most, _TOO_MUCH, _is_more),
    ):
        if end is not None and is_outside(term.value, _read_end(parameter.kind, end)):
            raise ParameterError(sentence, name=parameter.name, value=_cut(value), end=end)
    if parameter.decimals is not None and _count_decimals(term.value) > parameter.decimals:
        raise ParameterError(
            N_("The parameter {name} is “{value}”; it may have {decimals} decimals at most."),
            name=parameter.name,
            value=_cut(value),
            decimals=parameter.decimals,
        )
    return term


def parse_value(name: str, kind: str, value: str, base: str = "") -> Term:
    """Return the term that `value` is as a parameter of this kind. Raises ParameterError."""
    try:
        return PARAMETER_TYPES[kind](value, base)
    except (ValueError, UnicodeEncodeError):
        raise ParameterError(_EXPECTATIONS[kind], name=name, value=_cut(value)) from None


_TOO_LITTLE = N_("The parameter {name} is “{value}”; it must be {end} or more.")
_TOO_MUCH = N_("The parameter {name} is “{value}”; it must be {end} or less.")


def _is_less(value: str, end: str) -> bool:
    return _make_comparable(value) < _make_comparable(end)


def _is_more(value: str, end: str) -> bool:
    return _make_comparable(value) > _make_comparable(end)


def _make_comparable(value: str) -> Decimal:
    """Return a number that sorts as the number or the date does."""
    return Decimal(value.replace("-", "") if _is_date(value) else value)


def _is_date(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))


def _read_end(kind: str, end: str) -> str:
    return PARAMETER_TYPES[kind](end, "").value


def _count_decimals(value: str) -> int:
    return len(value.partition(".")[2].rstrip("0"))


def _cut(value: str) -> str:
    shown = value.encode("utf-8", "replace").decode()
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"


def _parse_iri(value: str, base: str) -> Term:
    if base and _LOCAL_IRI.fullmatch(value):
        value = base + ID_PATH + value
    prefix, colon, local = value.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        value = PREFIXES[prefix] + local
    return Iri(ox.NamedNode(value).value)


def _parse_date(value: str, base: str) -> Term:
    if value == "today":
        return Literal(today().isoformat(), XSD + "date")
    if not value.isascii() or not _is_date(value):
        raise ValueError(value)
    return Literal(date.fromisoformat(value).isoformat(), XSD + "date")


def _parse_number(value: str, base: str) -> Term:
    """Read a number as it is written in Swedish or English: 4000000.5 or 4 000 000,5.

    `1,000` may be read in two ways, and is refused.
    """
    written = value.replace("−", "-")
    if spaced := _SPACED.match(written):
        written = re.sub(r"[ \u00a0\u2009\u202f]", "", spaced[0]) + written[spaced.end() :]
    if not _NUMBER.fullmatch(written) or _ENGLISH_THOUSANDS.fullmatch(written):
        raise ValueError(value)
    written = written.replace(",", ".")
    return _parse_decimal(written, base) if "." in written else _parse_integer(written, base)


def _parse_integer(value: str, base: str) -> Term:
    if not value.isascii() or tell_fault(value, XSD + "integer"):
        raise ValueError(value)
    return Literal(str(int(value)), XSD + "integer")


def _parse_decimal(value: str, base: str) -> Term:
    if not value.isascii() or tell_fault(value, XSD + "decimal"):
        raise ValueError(value)
    return Literal(value, XSD + "decimal")


def _parse_string(value: str, base: str) -> Term:
    value.encode()
    if "\0" in value:
        raise ValueError(value)
    return Literal(value)


def _parse_language(value: str, base: str) -> Term:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError(value)
    return Literal(value.lower())


PARAMETER_TYPES: dict[str, Callable[[str, str], Term]] = {
    "iri": _parse_iri,
    "date": _parse_date,
    "string": _parse_string,
    "number": _parse_number,
    "integer": _parse_integer,
    "decimal": _parse_decimal,
    "language": _parse_language,
}

_EXPECTATIONS = {
    "iri": N_("The parameter {name} is “{value}”; it must be an IRI."),
    "date": N_("The parameter {name} is “{value}”; it must be a date, YYYY-MM-DD, or today."),
    "string": N_("The parameter {name} is “{value}”; it must be a text."),
    "number": N_("The parameter {name} is “{value}”; it must be a number, as 4000000 or 2.5."),
    "integer": N_("The parameter {name} is “{value}”; it must be a whole number."),
    "decimal": N_("The parameter {name} is “{value}”; it must be a number."),
    "language": N_("The parameter {name} is “{value}”; it must be a language tag, such as sv."),
}
