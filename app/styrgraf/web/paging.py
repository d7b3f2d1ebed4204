"""Long lists in pages: the number asked for, and where the neighbours are."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from styrgraf.errors import ParameterError
from styrgraf.language import N_
from styrgraf.web.addresses import this_address

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
    return this_address(anchor, **{parameter: str(number)})


def link_pages(answer: Response, number: int, last: int, locate: Callable[[int], str]) -> None:
    """Name the other pages of a list in headers (RFC 8288).

    A page for people names its next one in its text alone: Firefox fetches beforehand what the
    header calls next, which the content security policy refuses with a complaint.
    """
    pages = {"first": 1, "last": last}
    if number > 1:
        pages["prev"] = min(number - 1, last)
    if number < last and answer.mimetype != "text/html":
        pages["next"] = number + 1
    for relation, page in pages.items():
        answer.headers.add("Link", f'<{locate(page)}>; rel="{relation}"')
