"""The answer to a stored query for programs and spreadsheets: every form of it but the page."""

from __future__ import annotations

from typing import Any

from flask import Response, json, url_for

from styrgraf.exchange.spreadsheets import Cell, read_cell
from styrgraf.graph.asking import Asked
from styrgraf.model import Iri, Term
from styrgraf.namespaces import ID_PATH
from styrgraf.web.addresses import this_address
from styrgraf.web.answers import answer_asked
from styrgraf.web.column_words import name_column
from styrgraf.web.drawings import answer_drawing
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import DRAWING_OFFERS, Offer
from styrgraf.web.paging import link_pages
from styrgraf.web.services import current_addresses, current_version
from styrgraf.web.serving.clients import current_client, current_departure, request_identifier
from styrgraf.web.sheets import TABLE_CSV, TOTAL_HEADER, XLSX, Table, answer_table
from styrgraf.web.stored.question_drawings import draw_alone
from styrgraf.web.stored.question_offers import TABLE_JSON
from styrgraf.web.stored.question_requests import LANGUAGE, PAGE, ROWS, USUAL_ROWS, QuestionRequest
from styrgraf.web.stored.question_tables import AnswerTable, load_rows, load_table


def answer_question(asked: QuestionRequest, offer: Offer) -> Response:
    """Answer in the representation chosen; where a page of rows is asked for, with its links."""
    if offer in DRAWING_OFFERS and asked.query.drawing:
        return answer_drawing(offer, [draw_alone(asked, asked.query.drawing)])
    total: int | None
    if offer is TABLE_JSON:
        answer, total = _answer_json(asked)
    elif offer in {TABLE_CSV, XLSX}:
        table = load_table(asked)
        answer, total = answer_table(_describe_table(asked, table), offer), table.total
    else:
        answer = answer_asked(_ask(asked.cut_text(), offer), offer)
        total = asked.count_all() if asked.size else None
    return tell_rows(answer, asked, total)


def _ask(text: str, offer: Offer) -> Asked:
    """Return the query as the client's own: programs share the service by turns."""
    return Asked(
        text,
        offer.engine_type,
        client=current_client(),
        identifier=request_identifier(),
        departure=current_departure(),
    )


def tell_rows(answer: Response, asked: QuestionRequest, total: int | None) -> Response:
    """Say in headers how many rows there are, and where the other pages are (RFC 8288)."""
    if total is not None:
        answer.headers[TOTAL_HEADER] = str(total)
    if total is None or asked.size is None:
        return answer
    size = str(asked.size)
    last = max(1, -(-total // asked.size))
    link_pages(
        answer, asked.page, last, lambda number: this_address(**{PAGE: str(number), ROWS: size})
    )
    return answer


def _answer_json(asked: QuestionRequest) -> tuple[Response, int]:
    rows, total = load_rows(asked)
    columns = asked.query.columns
    version = current_version()
    body = {
        "question": asked.query.name,
        "summary": asked.query.summary[current_language()],
        "parameters": {name: _read_json(term) for name, term in asked.terms.items()},
        "version": version.number,
        "recorded": version.recorded.isoformat(),
        "total": total,
        "page": asked.page,
        "rowsPerPage": asked.size,
        "columns": [{"name": name, "label": name_column(name)} for name in columns],
        "rows": [{name: _read_json(row.get(name)) for name in columns} for row in rows],
    }
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, content_type=TABLE_JSON.content_type), total


def _read_json(term: Term | None) -> str | int | float | bool | None:
    """Return the value of a term in JSON; a number of more digits than JSON keeps is text."""
    cell = read_cell(term)
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    return float(cell) if not hasattr(cell, "isoformat") else cell.isoformat()


def _describe_table(asked: QuestionRequest, table: AnswerTable) -> Table:
    """Return the table with what a reader of it alone must know: the values, and how many rows."""
    headings, _ = table.list_sheet_columns()
    facts: list[tuple[str, Cell]] = []
    for name, term in asked.terms.items():
        label = table.labels.get(term.value) if isinstance(term, Iri) else None
        facts.append((name_column(name), label.value if label else term.value))
        if label:
            facts.append((f"{name_column(name)} (IRI)", term.value))
    facts += [(gettext("Rows"), len(table.rows)), (gettext("Rows on all pages"), table.total)]
    return Table(
        asked.query.name,
        asked.query.summary[current_language()],
        headings,
        table.list_sheet_rows(),
        link_answer(asked),
        facts,
    )


def link_answer(asked: QuestionRequest) -> str:
    """Return the address of this answer as a page, defaults such as today's date written out."""
    values: dict[str, Any] = {name: _shorten(term) for name, term in asked.terms.items()}
    values[LANGUAGE] = current_language()
    if asked.page > 1:
        values[PAGE] = str(asked.page)
    if asked.size not in {None, USUAL_ROWS}:
        values[ROWS] = str(asked.size)
    return url_for("questions.show_question", name=asked.query.name, **values)


def _shorten(term: Term) -> str:
    """Return a value as it is written in an address: a thing of ours as `type/name`."""
    things = current_addresses().base + ID_PATH
    return term.value.removeprefix(things) if isinstance(term, Iri) else term.value
