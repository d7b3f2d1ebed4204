"""The stored queries as questions: a list by family, and a page with form and answer for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext

from styrgraf.graph.parameters import parse_value
from styrgraf.graph.queries import (
    Parameter,
    StoredQuery,
    bind_parameters,
    find_stored_query,
    load_stored_queries,
)
from styrgraf.language import N_
from styrgraf.model import Literal, Solution, Solutions
from styrgraf.web.answers import ALL_OFFERS, answer_query, list_downloads, list_offers
from styrgraf.web.column_words import name_column
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, JSON
from styrgraf.web.representations import (
    FORMAT_PARAMETER,
    choose_offer,
    link_representations,
)
from styrgraf.web.results import ResultTable, lay_out_table, list_iris
from styrgraf.web.services import current_addresses, current_reader, current_version
from styrgraf.web.solutions import read_text

blueprint = Blueprint("questions", __name__)

FAMILIES: dict[str, str] = {
    "decisions": N_("Decisions and cases"),
    "organisation": N_("Organisation"),
    "authority": N_("Delegation and authority"),
    "goals": N_("Goals and plans"),
    "quality": N_("Sources and what they leave open"),
}
_LANGUAGE = "lang"
_EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Field:
    """A form field for a parameter; `choices` are value and label, empty for free text."""

    name: str
    label: str
    kind: str
    required: bool
    value: str
    choices: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A stored query as a link."""

    summary: str
    address: str


@blueprint.get("/questions")
def show_questions() -> Response:
    """List the stored queries by family."""
    offer = choose_offer((JSON, HTML))
    if offer is JSON:
        answer = jsonify([_describe(query) for query in load_stored_queries().values()])
    else:
        families = [
            (gettext(title), [query for query in _list_questions() if query.family == family])
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
    offers = list_offers(query.form)
    offer = choose_offer(offers, known=ALL_OFFERS)
    values = _read_values(query)
    if offer is HTML and not _is_answerable(query, values):
        return Response(_render(query, values), content_type=offer.content_type)
    text = bind_parameters(query, values, current_version().base)
    if offer is HTML:
        answer = Response(_render(query, values, text), content_type=offer.content_type)
    else:
        answer = answer_query(text, offer)
    return link_representations(answer, offer, offers)


def list_examples() -> list[Example]:
    """Return some stored queries without parameters of their own, to begin with."""
    plain = [query for query in _list_questions() if not _own_parameters(query)]
    return [_make_example(query) for query in plain[:_EXAMPLES]]


def _make_example(query: StoredQuery) -> Example:
    text = bind_parameters(query, _read_values(query, {}))
    address = url_for("sparql.ask_by_get", query=_strip_header(text))
    return Example(query.summary[current_language()], address)


def _list_questions() -> list[StoredQuery]:
    return [query for query in load_stored_queries().values() if "choices" not in query.tags]


def _strip_header(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+"))


def _describe(query: StoredQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "family": query.family,
        "summary": query.summary[current_language()],
        "question": query.question,
        "parameters": [
            {"name": each.name, "type": each.kind, "required": each.required}
            for each in query.params
        ],
        "returns": query.returns,
        "address": url_for("questions.show_question", name=query.name),
    }


def _read_values(query: StoredQuery, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the parameters of the request; the language of the page is also the query's."""
    values = dict(request.args.items()) if given is None else dict(given)
    values.pop(FORMAT_PARAMETER, None)
    values.pop(_LANGUAGE, None)
    if any(parameter.name == _LANGUAGE for parameter in query.params):
        values[_LANGUAGE] = current_language()
    return values


def _own_parameters(query: StoredQuery) -> list[Parameter]:
    return [parameter for parameter in query.params if parameter.name != _LANGUAGE]


def _is_answerable(query: StoredQuery, values: Mapping[str, str]) -> bool:
    """Tell whether there is anything to answer: a form just opened is no error."""
    asked = set(values) - {_LANGUAGE}
    return bool(asked) or not any(parameter.required for parameter in query.params)


def _render(query: StoredQuery, values: Mapping[str, str], text: str | None = None) -> str:
    return render_template(
        "question.html",
        query=query,
        summary=query.summary[current_language()],
        family=gettext(FAMILIES.get(query.family, query.family)),
        fields=[_make_field(parameter, values) for parameter in _own_parameters(query)],
        text=_strip_header(text or query.text),
        table=_load_table(text) if text and query.form == "select" else None,
        answered=text is not None,
        downloads=list_downloads(query.form),
    )


def _load_table(text: str) -> ResultTable:
    """Load the answer; what a column ending in `_label` says is the label of the one before."""
    solutions = current_reader().select(text)
    shown = Solutions(
        tuple(name for name in solutions.variables if not _is_label(name, solutions.variables)),
        solutions.rows,
    )
    labels = load_labels(current_reader(), list_iris(solutions), current_language())
    for row in solutions.rows:
        labels.update(_read_labels(row))
    table = lay_out_table(shown, current_addresses(), labels)
    return ResultTable(tuple(map(name_column, table.columns)), table.rows, table.total)


def _is_label(name: str, variables: tuple[str, ...]) -> bool:
    return name.endswith("_label") and name.removesuffix("_label") in variables


def _read_labels(row: Solution) -> dict[str, Literal]:
    return {
        read_text(row, name.removesuffix("_label")): label
        for name, label in row.items()
        if _is_label(name, tuple(row)) and isinstance(label, Literal)
    }


def _make_field(parameter: Parameter, values: Mapping[str, str]) -> Field:
    return Field(
        parameter.name,
        name_column(parameter.name),
        parameter.kind,
        parameter.required,
        _complete_value(parameter, values.get(parameter.name) or parameter.default or ""),
        _load_choices(parameter.choices) if parameter.choices else (),
    )


def _complete_value(parameter: Parameter, value: str) -> str:
    """Return a value as the choices have it: an IRI in full, whatever short form was given."""
    if not value or parameter.kind != "iri":
        return value
    term = parse_value(parameter.name, parameter.kind, value, current_version().base)
    return term.value


def _load_choices(name: str) -> tuple[tuple[str, str, str], ...]:
    """Return value, label and the label's language of each choice, by label."""
    query = find_stored_query(name)
    solutions = current_reader().select(bind_parameters(query, _read_values(query, {})))
    first = solutions.variables[0]
    choices = [
        (read_text(row, first), row.get(f"{first}_label", row[first])) for row in solutions.rows
    ]
    shown = ((value, label.value, getattr(label, "language", "")) for value, label in choices)
    return tuple(sorted(shown, key=lambda choice: (choice[1].lower(), choice[0])))
