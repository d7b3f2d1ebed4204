"""Long lists in pages: the number asked for, and where the neighbours are."""

from __future__ import annotations

from flask import request, url_for

from styrgraf.errors import ParameterError
from styrgraf.language import N_

_PARAMETER = "page"
MOST_PAGES = 1_000_000


def read_page_number(parameter: str = _PARAMETER) -> int:
    """Return the page asked for, from 1. Raises ParameterError for what is no page number."""
    text = request.args.get(parameter, "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
    if not 1 <= number <= MOST_PAGES:
        raise ParameterError(
            N_("The parameter {parameter} holds “{value}”; it takes a number from 1."),
            parameter=parameter,
            value=text[:80],
        )
    return number


def page_address(number: int, parameter: str = _PARAMETER, anchor: str | None = None) -> str:
    """Return the address of another page of a list that this request shows."""
    kept = {name: values for name, values in request.args.lists() if name != parameter}
    values = {**(request.view_args or {}), **kept, parameter: number}
    return url_for(request.endpoint or "", _anchor=anchor, **values)
