"""The stored queries as questions: a list by family, and for each a form, an answer, an API."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, url_for

from styrgraf.errors import ParameterError
from styrgraf.graph.parameters import Parameter
from styrgraf.graph.queries import (
    ReadParameters,
    bind_parameters,
    find_stored_query,
    load_stored_queries,
)
from styrgraf.graph.query_headers import StoredQuery
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import HTML, JSON
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.stored.question_answers import answer_question, tell_rows
from styrgraf.web.stored.question_offers import KNOWN_OFFERS, list_question_offers
from styrgraf.web.stored.question_pages import FAMILIES, Example, render_question, strip_header
from styrgraf.web.stored.question_requests import LANGUAGE, name_fault, read_question_request

__all__ = ["FAMILIES", "Example", "blueprint", "list_examples", "list_questions"]

blueprint = Blueprint("questions", __name__)

_EXAMPLES = 8


@blueprint.get("/questions")
def show_questions() -> Response:
    """List the stored queries by family."""
    offer = choose_offer((JSON, HTML))
    if offer is JSON:
        answer = jsonify([_describe(query) for query in load_stored_queries().values()])
    else:
        families = [
            (gettext(title), [query for query in list_questions() if query.family == family])
            for family, title in FAMILIES.items()
        ]
        answer = Response(
            render_template("questions.html", families=families), mimetype=HTML.media_type
        )
    return link_representations(answer, offer, (JSON, HTML))


@blueprint.get("/questions/<name>")
def show_question(name: str) -> Response:
    """Show the form of a stored query, and its answer where its parameters are given."""
    query = find_stored_query(name)
    offers = list_question_offers(query)
    try:
        offer = choose_offer(offers, known=KNOWN_OFFERS)
        asked = read_question_request(query, offer)
    except ParameterError as error:
        raise name_fault(error) from None
    if offer is HTML:
        text, table = render_question(asked)
        status = HTTPStatus.BAD_REQUEST if asked.asked and asked.faults else HTTPStatus.OK
        answer = Response(text, status, content_type=offer.content_type)
        if table:
            tell_rows(answer, asked, table.total)
    else:
        ReadParameters(asked.terms, asked.faults).demand()
        answer = answer_question(asked, offer)
    return link_representations(answer, offer, offers)


def list_examples() -> list[Example]:
    """Return some stored queries without parameters of their own, to begin with."""
    plain = [query for query in list_questions() if not _own_parameters(query)]
    return [_make_example(query) for query in plain[:_EXAMPLES]]


def list_questions() -> list[StoredQuery]:
    """Return the stored queries that are questions, and not lists of choices."""
    return [query for query in load_stored_queries().values() if "choices" not in query.tags]


def _make_example(query: StoredQuery) -> Example:
    takes = {parameter.name for parameter in query.params}
    values = {LANGUAGE: current_language()} if LANGUAGE in takes else {}
    address = url_for("sparql.ask_by_get", query=strip_header(bind_parameters(query, values)))
    return Example(query.summary[current_language()], address)


def _own_parameters(query: StoredQuery) -> list[Parameter]:
    return [parameter for parameter in query.params if parameter.name != LANGUAGE]


def _describe(query: StoredQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "family": query.family,
        "summary": query.summary[current_language()],
        "question": query.question,
        "parameters": [_describe_parameter(each) for each in query.params],
        "returns": query.returns,
        "formats": [offer.name for offer in list_question_offers(query) if not offer.source],
        "example": query.example,
        "address": url_for("questions.show_question", name=query.name),
    }


def _describe_parameter(parameter: Parameter) -> dict[str, object]:
    told = {
        "default": parameter.default,
        "choices": parameter.choices,
        "unit": parameter.unit,
        "minimum": parameter.least,
        "maximum": parameter.most,
        "decimals": parameter.decimals,
    }
    described = {"name": parameter.name, "type": parameter.kind, "required": parameter.required}
    return described | {name: value for name, value in told.items() if value is not None}
