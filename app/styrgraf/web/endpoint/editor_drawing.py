"""The answer to a query of one's own as a drawing: from what one column holds to another's."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request

from styrgraf.errors import AnswerTooLargeError, ParameterError
from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.edges import MOST_EDGES, Edge, list_branches
from styrgraf.exchange.strokes import Box
from styrgraf.language import N_
from styrgraf.model import Iri, QueryDataset, Solutions
from styrgraf.web.addresses import is_iri
from styrgraf.web.drawings import answer_drawing, make_drawing
from styrgraf.web.endpoint.editor import ask_solutions
from styrgraf.web.endpoint.endpoint_requests import EndpointRequest
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import DRAWING_OFFERS
from styrgraf.web.representations import choose_offer
from styrgraf.web.results import list_iris
from styrgraf.web.services import current_addresses, current_reader
from styrgraf.web.terms import show_iri


def draw_answer() -> Response:
    """Draw the answer to the request's `query`, from its column `start` to its column `end`."""
    offer = choose_offer(DRAWING_OFFERS)
    query, start, end = (request.values.get(name, "").strip() for name in ("query", "start", "end"))
    if not (query and start and end):
        raise ParameterError(N_("A drawing takes query, start and end; start and end are columns."))
    solutions, more = ask_solutions(EndpointRequest(query, _read_dataset()), MOST_EDGES)
    if more:
        raise AnswerTooLargeError(
            N_("The drawing would have more than {most} lines; ask for fewer rows."),
            most=MOST_EDGES,
        )
    drawing = _draw(solutions, list(_list_edges(solutions, start, end)))
    return answer_drawing(offer, [drawing], in_page=True)


def _read_dataset() -> QueryDataset:
    default, named = (
        tuple(graph for graph in request.values.getlist(name) if is_iri(graph))
        for name in ("default-graph-uri", "named-graph-uri")
    )
    return QueryDataset(default, named)


def _list_edges(solutions: Solutions, start: str, end: str) -> Iterator[Edge]:
    for row in solutions.rows:
        one, other = row.get(start), row.get(end)
        if isinstance(one, Iri) and isinstance(other, Iri):
            yield Edge(one.value, other.value)


def _draw(solutions: Solutions, edges: list[Edge]) -> Drawing:
    addresses = current_addresses()
    labels = load_labels(current_reader(), list_iris(solutions), current_language())

    def show(iri: str) -> Box:
        shown = show_iri(iri, addresses, labels)
        language = "" if shown.language == current_language() else shown.language
        return Box(shown.text, address=shown.href or "", language=language, iri=iri)

    branches = list_branches(edges, show, gettext("see above"))
    title = gettext("The answer as a drawing")
    told = gettext("From left to right. All that is drawn stands in the table as well.")
    return make_drawing(branches, title, told, "drawing")
