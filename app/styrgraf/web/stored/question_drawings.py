"""The answer to a stored query as a drawing, where its header says which columns are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flask_babel import gettext

from styrgraf.errors import AnswerTooLargeError
from styrgraf.exchange.diagrams import Box, Branch, draw_tree
from styrgraf.exchange.edges import MOST_EDGES, Edge, list_branches
from styrgraf.graph.query_headers import Drawing
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Solution
from styrgraf.web.languages import current_language
from styrgraf.web.services import current_addresses
from styrgraf.web.stored.question_requests import QuestionRequest
from styrgraf.web.stored.question_tables import AnswerTable, load_table, tell_term
from styrgraf.web.terms import show_iri

_LETTERING = 'font-family="Figtree, Segoe UI, Arial, Liberation Sans, sans-serif"'


def draw_on_page(asked: QuestionRequest, table: AnswerTable) -> str:
    """Return the drawing of all rows, empty where there is none or it would be too large."""
    drawing = asked.query.drawing
    if drawing is None or table.total > MOST_EDGES:
        return ""
    whole = table if len(table.rows) == table.total else load_table(replace(asked, size=None))
    return draw_rows(whole.rows, drawing, whole.labels, _title(asked))


def draw_alone(asked: QuestionRequest, drawing: Drawing) -> str:
    """Return the drawing as a document: letters and addresses that need no page around them.

    Raises AnswerTooLargeError.
    """
    table = load_table(asked)
    if len(table.rows) > MOST_EDGES:
        raise AnswerTooLargeError(
            N_("The drawing would have {count} lines; {most} can be drawn. Ask for fewer rows."),
            count=len(table.rows),
            most=MOST_EDGES,
        )
    svg = draw_rows(table.rows, drawing, table.labels, _title(asked), outside=True)
    return svg.replace("<svg ", f"<svg {_LETTERING} ", 1)


def draw_rows(
    rows: Iterable[Solution],
    drawing: Drawing,
    labels: Mapping[str, Literal],
    title: str,
    *,
    outside: bool = False,
) -> str:
    """Return the SVG of what the columns of `drawing` hold in rows; empty where they hold nothing.

    `labels` are what things are called. A drawing that stands `outside` a page has absolute
    addresses, and says it where it is empty.
    """
    addresses = current_addresses()

    def show(iri: str) -> Box:
        shown = show_iri(iri, addresses, labels)
        language = "" if shown.language == current_language() else shown.language
        address = shown.href or ""
        if outside and address and not shown.outward:
            address = addresses.absolute(address)
        return Box(shown.text, address=address, language=language)

    branches = list_branches(_list_edges(drawing, rows, labels), show, gettext("see above"))
    if not branches and not outside:
        return ""
    none = (Branch(Box(gettext("Nothing is stated about this in the graph."))),)
    return draw_tree(branches or none, title, _describe(), "drawing")


def _title(asked: QuestionRequest) -> str:
    return asked.query.summary[current_language()]


def _describe() -> str:
    return str(gettext("From left to right. All that is drawn stands in the table as well."))


def _list_edges(
    drawing: Drawing, rows: Iterable[Solution], labels: Mapping[str, Literal]
) -> Iterator[Edge]:
    for row in rows:
        start, end = row.get(drawing.start), row.get(drawing.end)
        word = row.get(drawing.label)
        if isinstance(start, Iri) and isinstance(end, Iri):
            yield Edge(start.value, end.value, tell_term(word, labels) if word else "")
