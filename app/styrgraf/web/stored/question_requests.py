"""A request for the answer to a stored query: its parameters, its page of rows, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import request

from styrgraf.errors import ParameterError, ParametersError
from styrgraf.graph.queries import bind_terms, read_parameters
from styrgraf.graph.query_headers import StoredQuery
from styrgraf.graph.row_ranges import COUNT, count_rows, cut_rows
from styrgraf.language import LANGUAGES, N_
from styrgraf.model import Term, Version
from styrgraf.web.endpoint.form_encoding import parse_parameters
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, Offer
from styrgraf.web.representations import FORMAT_PARAMETER
from styrgraf.web.services import current_reader, current_version
from styrgraf.web.solutions import read_number

LANGUAGE, PAGE, ROWS = "lang", "page", "rows"
BESIDE = (LANGUAGE, FORMAT_PARAMETER, PAGE, ROWS)
"""Parameters of every stored query that has rows; no query may use their names for others."""

USUAL_ROWS = 100
"""Rows of a page for people, where they do not say how many."""
MOST_ROWS_FOR_PEOPLE = 1_000
MOST_ROWS = 10_000
"""Rows in one part of an answer; without `page` and `rows`, machines get all rows at once."""
_MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """What was asked: parameters as typed and as terms, and what is wrong with them.

    `size` is the number of rows of a page; None: all rows are asked for.
    """

    query: StoredQuery
    typed: Mapping[str, str]
    terms: Mapping[str, Term]
    faults: tuple[ParameterError, ...]
    page: int = 1
    size: int | None = None

    @property
    def asked(self) -> bool:
        """Tell whether there is anything to answer: a form just opened is no error."""
        needed = any(each.required for each in self.query.params)
        return bool(self.typed) or not needed

    @property
    def text(self) -> str:
        """Return the SPARQL query with its parameters bound."""
        return bind_terms(self.query.text, self.terms)

    @property
    def first(self) -> int:
        """Return the number of the first row of the page, from 0."""
        return (self.page - 1) * (self.size or 0)

    def cut_text(self) -> str:
        """Return the query for the rows of the page, or for all where no page is asked for."""
        if self.size is None:
            return self.text
        return cut_rows(self.text, self.query.columns, self.first, self.size)

    def count_all(self) -> int:
        """Return how many rows there are on all pages."""
        return _count_all(current_version(), self.text)


def read_question_request(query: StoredQuery, offer: Offer) -> QuestionRequest:
    """Read the parameters of the request; the language of the page is also the query's."""
    beside = BESIDE if query.form == "select" or offer is HTML else BESIDE[:2]
    sent = parse_parameters(request.query_string)
    given = [(name, value) for name, value in sent if name != LANGUAGE]
    languages = [value for name, value in sent if name == LANGUAGE]
    own = {each.name for each in query.params}
    pairs = given + [(LANGUAGE, current_language())] * max(len(languages), LANGUAGE in own)
    read = read_parameters(query, pairs, current_version().base, beside)
    faults = [*read.faults, *_check_language(languages)]
    page = _read_count(PAGE, 1, _MOST_PAGES, faults) if PAGE in beside else None
    most = MOST_ROWS_FOR_PEOPLE if offer is HTML else MOST_ROWS
    size = _read_count(ROWS, 1, most, faults) if ROWS in beside else None
    if size is None and (page or offer is HTML):
        size = USUAL_ROWS
    typed = {name: value for name, value in given if name not in BESIDE}
    return QuestionRequest(query, typed, read.terms, tuple(faults), page or 1, size)


def _check_language(languages: list[str]) -> list[ParameterError]:
    return [
        ParameterError(
            N_("The parameter {name} is “{value}”; it must be one of {words}."),
            name=LANGUAGE,
            value=language[:40],
            words=", ".join(LANGUAGES),
        )
        for language in languages[:1]
        if language.lower() not in LANGUAGES
    ]


def _read_count(name: str, least: int, most: int, faults: list[ParameterError]) -> int | None:
    text = request.args.get(name, "").strip()
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
    if least <= number <= most:
        return number
    faults.append(
        ParameterError(
            N_("The parameter {name} is “{value}”; it must be a number from {least} to {most}."),
            name=name,
            value=text[:40],
            least=least,
            most=most,
        )
    )
    return None


def name_fault(error: ParameterError) -> ParametersError:
    """Return a fault that was found before the parameters were read, listed as theirs are."""
    name = error.facts.get("name") or error.facts.get("parameter") or ""
    fault = ParameterError(error.message, **{**error.facts, "name": name})
    return ParametersError(error.message, (fault,), **error.facts)


@lru_cache(maxsize=256)
def _count_all(version: Version, text: str) -> int:
    """Count the rows of a query; a version does not change, so that it is asked once."""
    return read_number(current_reader().select(count_rows(text)).rows[0], COUNT)
