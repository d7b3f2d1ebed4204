"""Search at `/search`, and suggestions while one types at `/suggest`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from styrgraf.errors import ParameterError
from styrgraf.governance.search.finding import Found, find_things
from styrgraf.governance.search.kinds import CODES, KINDS
from styrgraf.governance.search.opening import open_search
from styrgraf.governance.search.questions import Understood, understand
from styrgraf.governance.search.ways import MOST_LISTED, MOST_WORDS
from styrgraf.graph.search import Lookup
from styrgraf.graph.words import split_words, tidy
from styrgraf.language import N_
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import HTML, JSON
from styrgraf.web.paging import link_pages, page_address, read_page_number
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.searching.question_boxes import show_question
from styrgraf.web.searching.search_forms import (
    describe_found,
    describe_suggestions,
    tabulate_found,
)
from styrgraf.web.searching.search_views import show_hits
from styrgraf.web.services import current_reader, current_version
from styrgraf.web.sheets import SHEET_OFFERS, answer_table, list_downloads

blueprint = Blueprint("search", __name__)

OFFERS = (JSON, HTML, *SHEET_OFFERS)
MOST_CHARACTERS = 1_000
MOST_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, and the place of the kind that was chosen."""

    text: str
    kind: int | None


@blueprint.get("/search")
def search() -> Response:
    """Show what is found by what was typed."""
    offer = choose_offer(OFFERS)
    number = read_page_number()
    try:
        asked = _read_asked()
    except ParameterError as error:
        if offer is HTML:
            return _render_error(error)
        raise
    with open_search(current_reader(), current_version()).open() as lookup:
        question = understand(lookup, asked.text)
        text = question.about if question else asked.text
        if offer in SHEET_OFFERS:
            found = find_things(lookup, text, asked.kind, size=MOST_LISTED)
            answer = answer_table(tabulate_found(lookup, asked.text, found), offer)
            return link_representations(answer, offer, OFFERS)
        found = find_things(lookup, text, asked.kind, number)
        if offer is JSON:
            answer = jsonify(describe_found(lookup, asked.text, asked.kind, found, question))
        else:
            page = _render(lookup, asked, text, found, question)
            answer = Response(page, content_type=HTML.content_type)
    link_pages(answer, found.page.number, found.page.last_number, page_address)
    return link_representations(answer, offer, OFFERS)


@blueprint.get("/suggest")
def suggest() -> Response:
    """Give the first things that are found by what has been typed so far."""
    offer = choose_offer((JSON,))
    asked = _read_asked()
    with open_search(current_reader(), current_version()).open() as lookup:
        question = understand(lookup, asked.text)
        text = question.about if question else asked.text
        found = find_things(lookup, text, asked.kind, size=MOST_SUGGESTIONS)
        body = describe_suggestions(lookup, asked.text, found, question, MOST_SUGGESTIONS)
    return Response(jsonify(body).data, content_type=offer.content_type)


def _read_asked() -> Asked:
    """Return what the request asks. Raises ParameterError: too long, or a kind that is none."""
    text = tidy(request.args.get("q", ""))
    if len(text) > MOST_CHARACTERS:
        raise ParameterError(
            N_("The search text has {length} characters; write at most {most}."),
            parameter="q",
            length=len(text),
            most=MOST_CHARACTERS,
        )
    code = request.args.get("kind", "")
    if code and code not in CODES:
        raise ParameterError(
            N_("“{value}” is no kind of thing to search among; there are {kinds}."),
            parameter="kind",
            value=code[:80],
            kinds=", ".join(CODES),
        )
    return Asked(text, CODES.index(code) if code else None)


def _render_error(error: ParameterError) -> Response:
    """Return the page with what is wrong, and with what was typed in its field."""
    text = tidy(request.args.get("q", ""))[:MOST_CHARACTERS]
    page = render_template("search.html", text=text, error=error.describe(current_language()))
    return Response(page, HTTPStatus.BAD_REQUEST, content_type=HTML.content_type)


def _render(
    lookup: Lookup, asked: Asked, text: str, found: Found, question: Understood | None
) -> str:
    words = split_words(found.corrected or text)
    return render_template(
        "search.html",
        text=asked.text,
        sought=text,
        found=found,
        hits=show_hits(lookup, found.page.items, words),
        facets=_list_facets(found, asked.kind),
        kind=KINDS[asked.kind].code if asked.kind is not None else "",
        kinds=KINDS,
        question=show_question(question) if question else None,
        words_cut=len(set(split_words(text))) > MOST_WORDS,
        most_words=MOST_WORDS,
        most_listed=MOST_LISTED,
        page_address=page_address,
        offers=list_downloads(OFFERS),
    )


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind to choose: its name, how many there are, where it leads, whether it is chosen."""

    name: str
    count: int
    address: str
    chosen: bool


def _list_facets(found: Found, kind: int | None) -> tuple[Facet, ...]:
    """Return the kinds of what was found, with all of them first."""
    kept: Mapping[str, Any] = {"q": request.args.get("q", "")}
    everything = Facet(
        gettext("Everything"), found.total, url_for("search.search", **kept), kind is None
    )
    return (
        everything,
        *(
            Facet(
                gettext(KINDS[place].many),
                count,
                url_for("search.search", kind=CODES[place], **kept),
                place == kind,
            )
            for place, count in sorted(found.counts.items())
        ),
    )
