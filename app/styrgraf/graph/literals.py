"""Which literals the store takes: the lexical forms of XML Schema 1.1 part 2 that it can compare.

No IO here.
"""

from __future__ import annotations

import calendar
import re

from styrgraf.language import N_, Phrase
from styrgraf.namespaces import XSD

_DATE = re.compile(r"-?(\d{4,})-(\d\d)-(\d\d)(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?")
_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))")
_BOOLEANS = frozenset({"true", "false", "1", "0"})
_LARGEST_INTEGER = 2**63
_DECIMAL_PLACES = 18
_LARGEST_DECIMAL_DIGITS = 20


def tell_fault(value: str, datatype: str) -> Phrase:
    """Return what is wrong with a literal of a kind that the store compares, or an empty text."""
    if "\0" in value:
        return Phrase(N_("the character U+0000 cannot be written in XML"))
    check = _CHECKS.get(datatype.removeprefix(XSD)) if datatype.startswith(XSD) else None
    return Phrase(check(value) if check else "")


def _check_date(value: str) -> str:
    match = _DATE.fullmatch(value)
    if not match:
        return N_("a date is written YYYY-MM-DD")
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        return N_("there is no such month")
    # The Gregorian calendar repeats after 400 years; XML Schema knows years beyond 9999.
    longest = calendar.monthrange(2000 + year % 400, month)[1]
    return "" if 1 <= day <= longest else N_("there is no such day")


def _check_integer(value: str) -> str:
    if not _INTEGER.fullmatch(value):
        return N_("an integer has digits only")
    too_long = len(value) > 25 or not -_LARGEST_INTEGER <= int(value) < _LARGEST_INTEGER
    return N_("the number is too large to be compared") if too_long else ""


def _check_decimal(value: str) -> str:
    match = _DECIMAL.fullmatch(value)
    if not match:
        return N_("a decimal number has digits and at most one point")
    whole = (match[1] or "").lstrip("0")
    places = (match[2] or match[3] or "").rstrip("0")
    too_long = len(whole) > _LARGEST_DECIMAL_DIGITS or len(places) > _DECIMAL_PLACES
    return N_("the number is too long to be compared") if too_long else ""


def _check_boolean(value: str) -> str:
    return "" if value in _BOOLEANS else N_("a boolean is true or false")


_CHECKS = {
    "date": _check_date,
    "integer": _check_integer,
    "decimal": _check_decimal,
    "boolean": _check_boolean,
}
