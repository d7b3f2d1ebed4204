"""The query page for browsers: the editor, and below it the answer or what was wrong.

Without scripts it is a form; with them static/js/editor.js mounts the editor over the same form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, json, render_template, url_for

from styrgraf.errors import BusyError, LimitError, RefusedError, StyrgrafError, UsageError
from styrgraf.graph.answers import parse_solutions
from styrgraf.graph.asking import Asked, StreamedAnswer
from styrgraf.graph.queries import StoredQuery, load_stored_queries
from styrgraf.model import Solutions
from styrgraf.namespaces import PREFIXES
from styrgraf.web.answers import list_downloads
from styrgraf.web.endpoint.editor_words import translate_words
from styrgraf.web.endpoint.endpoint_requests import EndpointRequest
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import HTML, JSON_RESULTS, TURTLE, Offer
from styrgraf.web.problems import Problem, describe_error
from styrgraf.web.results import MOST_ROWS, ResultTable, lay_out_table, list_iris
from styrgraf.web.services import current_addresses, current_reader
from styrgraf.web.serving.clients import current_client, current_departure, request_identifier
from styrgraf.web.stored.questions import FAMILIES
from styrgraf.web.terms import cut_text

MOST_TURTLE = 200_000
"""Characters of a graph on a page; downloads hold all of it."""

_EXTENSIONS = {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "rdfxml": "rdf"}
_TITLES = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "rdfxml": "RDF/XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
}
_NOTHING = EndpointRequest()


@dataclass(frozen=True, slots=True)
class Mistake:
    """The line of a query that an error is about, parted where the error begins."""

    line: int
    column: int
    before: str
    at: str
    after: str


def show_editor(found: EndpointRequest = _NOTHING) -> str:
    """Return the page with a query in it that has not been asked."""
    return _render(found)


def answer_in_editor(found: EndpointRequest, form: str) -> Response:
    """Answer a browser; what is wrong with a query, or too much, is told beside its text."""
    try:
        page = _render(found, form, **_ask(found, form))
    except BusyError:
        raise
    except (UsageError, RefusedError, LimitError) as error:
        return refuse_in_editor(found, error)
    return Response(page, content_type=HTML.content_type)


def refuse_in_editor(found: EndpointRequest, error: StyrgrafError) -> Response:
    """Return the page with the query's text kept and the error at its line."""
    problem = describe_error(error)
    page = _render(found, problem=problem, mistake=_find_mistake(found.text, problem))
    answer = Response(page, problem.status, content_type=HTML.content_type)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _ask(found: EndpointRequest, form: str) -> dict[str, object]:
    """Return what the page shows of the answer: a table, a yes or no, or Turtle."""
    if form == "select":
        most = min(MOST_ROWS, found.preview or MOST_ROWS)
        solutions, more = ask_solutions(found, most)
        return {"table": _lay_out(solutions), "more": more}
    if form == "ask":
        with _stream(found, JSON_RESULTS) as answer:
            return {"truth": json.loads(b"".join(answer))["boolean"]}
    with _stream(found, TURTLE) as answer:
        text, cut = cut_text(_read_start(answer), MOST_TURTLE)
    return {"turtle": text, "cut": cut}


def ask_solutions(found: EndpointRequest, most: int) -> tuple[Solutions, bool]:
    """Return the first rows of the answer to a SELECT, and whether there are more."""
    with _stream(found, JSON_RESULTS, most) as answer:
        return parse_solutions(b"".join(answer)), answer.more


def _stream(found: EndpointRequest, offer: Offer, preview: int | None = None) -> StreamedAnswer:
    asked = Asked(
        found.text,
        offer.engine_type,
        found.dataset,
        client=current_client(),
        identifier=request_identifier(),
        seconds=found.seconds,
        preview=preview,
        departure=current_departure(),
    )
    return current_reader().stream(asked)


def _read_start(answer: StreamedAnswer) -> str:
    """Return the beginning of a text, no more of it read than a page shows."""
    parts: list[bytes] = []
    for part in answer:
        parts.append(part)
        if sum(map(len, parts)) > 4 * MOST_TURTLE:
            break
    return b"".join(parts).decode(errors="ignore")


def _lay_out(solutions: Solutions) -> ResultTable:
    labels = load_labels(current_reader(), list_iris(solutions), current_language())
    return lay_out_table(solutions, current_addresses(), labels)


def _render(found: EndpointRequest, form: str = "", **shown: object) -> str:
    return render_template(
        "sparql.html",
        query=found.text,
        form=form,
        downloads=list_downloads(form),
        dataset={
            "default-graph-uri": found.dataset.default_graphs,
            "named-graph-uri": found.dataset.named_graphs,
        },
        examples=_list_examples(),
        words=translate_words(),
        prefixes=PREFIXES,
        formats={kind: _describe_formats(kind) for kind in ("select", "construct")},
        **shown,
    )


def _describe_formats(form: str) -> list[dict[str, str]]:
    """Return the downloads as the editor's script offers them."""
    return [
        {
            "name": offer.name,
            "type": offer.media_type,
            "title": _TITLES.get(offer.name, offer.name.upper()),
            "extension": _EXTENSIONS.get(offer.name, offer.name),
        }
        for offer in list_downloads(form)
    ]


def _list_examples() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return address and summary of the stored queries by family."""
    queries = [query for query in load_stored_queries().values() if "choices" not in query.tags]
    return [
        (gettext(title), [_link(query) for query in queries if query.family == family])
        for family, title in FAMILIES.items()
    ]


def _link(query: StoredQuery) -> tuple[str, str]:
    address = url_for("editor_data.show_example", name=query.name)
    return address, query.summary[current_language()]


def _find_mistake(text: str, problem: Problem) -> Mistake | None:
    line, column = problem.facts.get("line"), problem.facts.get("column")
    lines: Sequence[str] = text.splitlines()
    if not isinstance(line, int) or not isinstance(column, int) or not 0 < line <= len(lines):
        return None
    whole = lines[line - 1].rstrip()
    start = max(column - 1, 0)
    if start >= len(whole):  # found missing at the end: the last word is what lacks something
        start = len(whole) - len(whole.split(" ")[-1])
    end = start + 1
    while end < len(whole) and whole[end].isalnum():
        end += 1
    return Mistake(line, column, whole[:start][-200:], whole[start:end], whole[end:][:200])
