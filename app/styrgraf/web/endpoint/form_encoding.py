"""Parameters in an address or a form (WHATWG URL, section 5.1), read strictly: nothing is guessed.

Flask's own reading puts U+FFFD for what is no UTF-8 and keeps escapes that are none, so that a
query would mean something else than its sender wrote. No IO here.
"""

from __future__ import annotations

import re
from binascii import a2b_qp

from styrgraf.errors import ParameterError
from styrgraf.language import N_

MOST_PARAMETERS = 2000

_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2}).{0,2}", re.DOTALL)
_MOST_SHOWN = 80

Parameters = tuple[tuple[str, str], ...]


def parse_parameters(encoded: bytes) -> Parameters:
    """Return names and values in their order. Raises ParameterError naming parameter and fault."""
    if encoded.count(b"&") >= MOST_PARAMETERS:
        raise ParameterError(
            N_("The request has more than {limit} parameters."), limit=MOST_PARAMETERS
        )
    return tuple(_parse_pair(pair) for pair in encoded.split(b"&") if pair)


def list_values(parameters: Parameters, name: str) -> tuple[str, ...]:
    """Return the values of a parameter that may be repeated."""
    return tuple(value for known, value in parameters if known == name)


def find_value(parameters: Parameters, name: str) -> str | None:
    """Return the value of a parameter, None where it is missing. Raises where it is repeated."""
    values = list_values(parameters, name)
    if len(values) > 1:
        raise ParameterError(
            N_("The parameter {parameter} is given {count} times; give it once."),
            parameter=name,
            count=len(values),
        )
    return values[0] if values else None


def _parse_pair(pair: bytes) -> tuple[str, str]:
    name, _, value = pair.partition(b"=")
    return _decode(name, name), _decode(value, name)


def _decode(encoded: bytes, name: bytes) -> str:
    if b"%" in encoded and (found := _BAD_ESCAPE.search(encoded)):
        raise ParameterError(
            N_(
                "The parameter {parameter} holds “{value}”, which is no percent escape; "
                "a percent sign is written %25."
            ),
            parameter=_show(name),
            value=found.group().decode("ascii", "backslashreplace"),
        )
    try:
        return _unescape(encoded.replace(b"+", b" ")).decode()
    except UnicodeDecodeError as error:
        raise ParameterError(
            N_("The parameter {parameter} is not valid UTF-8: byte {position} cannot be read."),
            parameter=_show(name),
            position=error.start + 1,
        ) from None


def _unescape(encoded: bytes) -> bytes:
    # Quoted-printable has the same escapes behind another sign, and is read without a loop here.
    if b"%" not in encoded:
        return encoded
    return a2b_qp(encoded.replace(b"=", b"=3D").replace(b"%", b"="))


def _show(name: bytes) -> str:
    return name[:_MOST_SHOWN].decode("ascii", "backslashreplace")
