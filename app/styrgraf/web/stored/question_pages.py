"""The page of a stored query: its form with what is wrong in it, its answer, how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template, url_for

from styrgraf.errors import ParameterError
from styrgraf.governance.statements import Page
from styrgraf.graph.parameters import NUMBER_KINDS, Parameter
from styrgraf.graph.queries import bind_parameters, find_stored_query
from styrgraf.graph.query_headers import StoredQuery
from styrgraf.language import N_, translate
from styrgraf.namespaces import ID_PATH
from styrgraf.web.column_words import COLUMN_WORDS, name_column
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.paging import page_address
from styrgraf.web.services import current_addresses, current_reader, current_version
from styrgraf.web.solutions import read_text
from styrgraf.web.stored.question_answers import link_answer
from styrgraf.web.stored.question_drawings import draw_on_page
from styrgraf.web.stored.question_offers import list_question_downloads
from styrgraf.web.stored.question_requests import (
    LANGUAGE,
    MOST_ROWS_FOR_PEOPLE,
    USUAL_ROWS,
    QuestionRequest,
)
from styrgraf.web.stored.question_tables import AnswerTable, is_number, load_table
from styrgraf.web.terms import shorten_iri

FAMILIES: dict[str, str] = {
    "decisions": N_("Decisions and cases"),
    "organisation": N_("Organisation"),
    "authority": N_("Delegation and authority"),
    "goals": N_("Goals and plans"),
    "quality": N_("Sources and what they leave open"),
}
LONGEST_LIST = 250
"""Choices in a list; of more, some are suggested while one types."""
MOST_SUGGESTIONS = 1_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be chosen, what it is called, and in which language."""

    value: str
    label: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A form field for a parameter, with what was typed and the sentence on what is wrong in it.

    `choices` is empty for free text; a `long` list only suggests.
    """

    name: str
    label: str
    kind: str
    required: bool
    value: str
    choices: tuple[Choice, ...] = ()
    fault: str = ""
    unit: str = ""
    hint: str = ""

    @property
    def long(self) -> bool:
        """Tell whether there are too many choices for a list."""
        return len(self.choices) > LONGEST_LIST

    @property
    def unlisted(self) -> bool:
        """Tell whether the value is not among the choices; it is kept in the list all the same."""
        return bool(self.value) and self.value not in {each.value for each in self.choices}


@dataclass(frozen=True, slots=True)
class Example:
    """A stored query as a link."""

    summary: str
    address: str


def render_question(asked: QuestionRequest) -> tuple[str, AnswerTable | None]:
    """Return the page, and the table on it where the question is answered."""
    answered = asked.asked and not asked.faults
    table = load_table(asked) if answered else None
    if table and asked.page > _count_pages(asked, table):
        asked = _turn_to_last(asked, table)
        table = load_table(asked)
    fields = list_fields(asked)
    return _render(asked, table, fields), table


def _turn_to_last(asked: QuestionRequest, table: AnswerTable) -> QuestionRequest:
    last = _count_pages(asked, table)
    return QuestionRequest(asked.query, asked.typed, asked.terms, asked.faults, last, asked.size)


def _count_pages(asked: QuestionRequest, table: AnswerTable) -> int:
    return max(1, -(-table.total // (asked.size or USUAL_ROWS)))


def _render(asked: QuestionRequest, table: AnswerTable | None, fields: list[Field]) -> str:
    query = asked.query
    page = Page(table.rows, asked.page, asked.size or USUAL_ROWS, table.total) if table else None
    return render_template(
        "question.html",
        query=query,
        summary=query.summary[current_language()],
        family=gettext(FAMILIES.get(query.family, query.family)),
        fields=fields,
        faults=list(_tell_faults(asked, {field.name for field in fields})),
        text=strip_header(asked.text if table else query.text),
        table=table,
        page=page,
        page_address=page_address,
        drawing=draw_on_page(asked, table) if table else None,
        is_number=is_number,
        permalink=link_answer(asked) if table else "",
        downloads=list_question_downloads(query) if table else (),
        example=None if table and asked.typed else find_example(query, fields),
        sizes=(USUAL_ROWS, 500, MOST_ROWS_FOR_PEOPLE),
    )


def list_fields(asked: QuestionRequest) -> list[Field]:
    """Return the fields of the form, filled in as it was sent."""
    faults = {str(fault.facts["name"]): fault for fault in asked.faults if asked.asked}
    return [
        _make_field(parameter, asked, faults.get(parameter.name))
        for parameter in asked.query.params
        if parameter.name != LANGUAGE
    ]


def _make_field(
    parameter: Parameter, asked: QuestionRequest, fault: ParameterError | None
) -> Field:
    term = asked.terms.get(parameter.name)
    value = term.value if term and parameter.kind in {"iri", "date"} else None
    if value and not parameter.choices:
        value = shorten_iri(value, current_addresses().base).removeprefix(ID_PATH)
    typed = asked.typed.get(parameter.name, parameter.default or "")
    return Field(
        parameter.name,
        name_column(parameter.name),
        "number" if parameter.kind in NUMBER_KINDS else parameter.kind,
        parameter.required,
        value if value and not fault else typed,
        load_choices(parameter.choices) if parameter.choices else (),
        _tell_fault(fault) if fault else "",
        parameter.unit or "",
        _HINTS.get(parameter.kind, "") if not parameter.choices else "",
    )


_HINTS = {
    "date": N_("A date, YYYY-MM-DD"),
    "iri": N_("An IRI, or type/name as in decision/2022-03-22-organisation"),
    "number": N_("A number, as 4000000 or 4 000 000,50"),
}


def _tell_faults(asked: QuestionRequest, fields: set[str]) -> Iterator[tuple[str, str]]:
    """Yield every fault with its field, empty where it is at none of the form's."""
    if asked.asked:
        for fault in asked.faults:
            name = str(fault.facts["name"])
            yield name if name in fields else "", _tell_fault(fault)


def _tell_fault(fault: ParameterError) -> str:
    """Return the sentence with what people call the parameter."""
    facts = dict(fault.facts)
    if "takes" not in facts or facts["name"] in COLUMN_WORDS:
        facts["name"] = name_column(str(facts["name"]))
    return translate(fault.message, current_language()).format(**facts)


def load_choices(name: str) -> tuple[Choice, ...]:
    """Return the choices that a stored query lists in its first column, by what they are called."""
    query = find_stored_query(name)
    takes = {parameter.name for parameter in query.params}
    values = {LANGUAGE: current_language()} if LANGUAGE in takes else {}
    solutions = current_reader().select(bind_parameters(query, values))
    first = solutions.variables[0]
    choices = []
    for row in solutions.rows:
        label = row.get(f"{first}_label", row[first])
        language = getattr(label, "language", "")
        choices.append(Choice(read_text(row, first), label.value, language))
    return tuple(sorted(choices, key=lambda each: (each.label.lower(), each.value)))


def find_example(query: StoredQuery, fields: list[Field]) -> Example | None:
    """Return values that have an answer here: those of the header, else the first of each list."""
    if not query.example:
        return None
    values: dict[str, str] = dict(query.example)
    listed = {parameter.name: bool(parameter.choices) for parameter in query.params}
    for field in fields:
        if field.name in values and listed[field.name]:
            values[field.name] = _find_listed(values[field.name], field)
        elif field.name in values and field.kind == "iri":
            values[field.name] = _find_known(values[field.name])
    if not all(values.values()):
        return None
    shown = ", ".join(_tell_value(name, value, fields) for name, value in values.items())
    address = url_for("questions.show_question", **{"name": query.name, **values})  # type: ignore[arg-type]
    return Example(shown, address)


def _find_listed(value: str, field: Field) -> str:
    """Return the value where it may be chosen, else the first that may; empty where none may."""
    choices = [choice.value for choice in field.choices]
    if value in choices or f"{current_version().base}{ID_PATH}{value}" in choices:
        return value
    return choices[0] if choices else ""


def _find_known(value: str) -> str:
    """Return the value where something is stated of the thing, else an empty text."""
    iri = f"{current_version().base}{ID_PATH}{value}"
    return value if current_reader().ask(f"ASK {{ <{iri}> ?property ?value }}") else ""


def _tell_value(name: str, value: str, fields: list[Field]) -> str:
    """Return a value of an example with what it is called."""
    iri = f"{current_version().base}{ID_PATH}{value}"
    labels = {
        choice.value: choice.label
        for field in fields
        if field.name == name
        for choice in field.choices
    }
    return f"{name_column(name)}: {labels.get(iri) or labels.get(value) or value}"


def strip_header(text: str) -> str:
    """Return the text of a query without the lines that describe it."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
