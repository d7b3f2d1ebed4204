"""The answer to a stored query as a drawing, where its header says which columns are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from styrgraf.errors import AnswerTooLargeError
from styrgraf.exchange.drawings import Drawing as Drawn
from styrgraf.exchange.edges import MOST_EDGES, Edge, list_branches
from styrgraf.exchange.strokes import Box
from styrgraf.graph.query_headers import Drawing
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Solution
from styrgraf.web.drawings import make_drawing
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.services import current_addresses
from styrgraf.web.stored.question_requests import QuestionRequest
from styrgraf.web.stored.question_tables import AnswerTable, load_table, tell_term
from styrgraf.web.terms import show_iri


def draw_on_page(asked: QuestionRequest, table: AnswerTable) -> Drawn | None:
    """Return the drawing of all rows; None where there is none or it would be too large."""
    drawing = asked.query.drawing
    if drawing is None or table.total > MOST_EDGES:
        return None
    whole = table if len(table.rows) == table.total else load_table(replace(asked, size=None))
    return draw_rows(whole.rows, drawing, whole.labels, _title(asked))


def draw_alone(asked: QuestionRequest, drawing: Drawing) -> Drawn:
    """Return the drawing where it is all that is asked for. Raises AnswerTooLargeError."""
    table = load_table(asked)
    if len(table.rows) > MOST_EDGES:
        raise AnswerTooLargeError(
            N_("The drawing would have {count} lines; {most} can be drawn. Ask for fewer rows."),
            count=len(table.rows),
            most=MOST_EDGES,
        )
    return draw_rows(table.rows, drawing, table.labels, _title(asked))


def draw_rows(
    rows: Iterable[Solution],
    drawing: Drawing,
    labels: Mapping[str, Literal],
    title: str,
) -> Drawn:
    """Return the drawing of what the columns of `drawing` hold in rows.

    `labels` are what things are called.
    """
    addresses = current_addresses()

    def show(iri: str) -> Box:
        shown = show_iri(iri, addresses, labels)
        language = "" if shown.language == current_language() else shown.language
        return Box(shown.text, address=shown.href or "", language=language, iri=iri)

    branches = list_branches(_list_edges(drawing, rows, labels), show, gettext("see above"))
    return make_drawing(branches, title, _describe(), "drawing")


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
