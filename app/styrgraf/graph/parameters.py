"""Typed values of query parameters: text in, RDF terms out. No IO here."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyoxigraph as ox

from styrgraf.errors import ParameterError
from styrgraf.graph.literals import tell_fault
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import ID_PATH, PREFIXES, XSD

_LOCAL_IRI = re.compile(r"[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def today() -> date:
    """Return the date in Sweden."""
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()


def parse_value(name: str, kind: str, value: str, base: str = "") -> Term:
    """Return the term that `value` is as a parameter of this kind. Raises ParameterError."""
    try:
        return PARAMETER_TYPES[kind](value, base)
    except (ValueError, UnicodeEncodeError):
        raise ParameterError(
            _EXPECTATIONS[kind], name=name, value=value.encode("utf-8", "replace").decode()
        ) from None


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
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError(value)
    return Literal(date.fromisoformat(value).isoformat(), XSD + "date")


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
    return Literal(value)


def _parse_language(value: str, base: str) -> Term:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError(value)
    return Literal(value.lower())


PARAMETER_TYPES: dict[str, Callable[[str, str], Term]] = {
    "iri": _parse_iri,
    "date": _parse_date,
    "string": _parse_string,
    "integer": _parse_integer,
    "decimal": _parse_decimal,
    "language": _parse_language,
}

_EXPECTATIONS = {
    "iri": N_("The parameter {name} is “{value}”; it must be an IRI."),
    "date": N_("The parameter {name} is “{value}”; it must be a date, YYYY-MM-DD, or today."),
    "string": N_("The parameter {name} is “{value}”; it must be a text."),
    "integer": N_("The parameter {name} is “{value}”; it must be a whole number."),
    "decimal": N_("The parameter {name} is “{value}”; it must be a number."),
    "language": N_("The parameter {name} is “{value}”; it must be a language tag, such as sv."),
}
