"""Long lists in pages: the number asked for, and where the neighbours are."""

from __future__ import annotations

from flask import request, url_for

from styrgraf.errors import ParameterError
from styrgraf.language import N_

_PARAMETER = "page"
MOST_PAGES = 1_000_000


def read_page_number() -> int:
    """Return the page asked for, from 1. Raises ParameterError for what is no page number."""
    text = request.args.get(_PARAMETER, "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
    if not 1 <= number <= MOST_PAGES:
        raise ParameterError(
            N_("The parameter page holds “{value}”; it takes a number from 1."),
            parameter=_PARAMETER,
            value=text[:80],
        )
    return number


def page_address(number: int) -> str:
    """Return the address of another page of the list that this request shows."""
    kept = {name: values for name, values in request.args.lists() if name != _PARAMETER}
    values = {**(request.view_args or {}), **kept, _PARAMETER: number}
    return url_for(request.endpoint or "", **values)
