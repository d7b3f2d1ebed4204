"""A question that was understood, as pages show it: in words, with the address of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import url_for

from styrgraf.governance.search.questions import Form, Named, Understood
from styrgraf.graph.search import Entry
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.authority.authority_links import Link
from styrgraf.web.authority.authority_words import write_day
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.searching.search_views import choose_name

_ENDPOINTS = {
    Form.WHO: "authority.ask_who",
    Form.MAY: "authority.ask_may",
    Form.PARTY: "authority.show_party",
}
_MOST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class QuestionBox:
    """A question: the addresses of its answers, or what it names that is not there.

    `notes` are sentences on what was not understood; `nearest` is the question put for things of
    nearly that name; `form` is where it can be asked by choosing.
    """

    answers: tuple[Link, ...]
    notes: tuple[str, ...]
    nearest: tuple[Link, ...]
    form: Link


def show_question(question: Understood) -> QuestionBox:
    """Return a question as pages show it."""
    parts = [part for part in (question.matter, question.party) if part]
    unknown = [part for part in parts if not part.known]
    notes = [_tell_unknown(question, part) for part in unknown]
    if question.wrong_day:
        notes.append(question.wrong_day.describe(current_language()))
    links = _list_answers(question)
    answers, nearest = ((), links) if unknown else (links, ())
    return QuestionBox(answers, tuple(notes), nearest, _link_form(question))


def _tell_unknown(question: Understood, part: Named) -> str:
    if part is question.matter:
        return str(gettext("There is no matter “%(name)s” in the graph.", name=part.text))
    return str(
        gettext("There is no post, body, role or person “%(name)s” in the graph.", name=part.text)
    )


def _list_answers(question: Understood) -> tuple[Link, ...]:
    """Return the question put for each thing that it may name."""
    matters = question.matter.things if question.matter else (None,)
    parties = question.party.things if question.party else (None,)
    pairs = list(product(matters, parties))[:_MOST_ANSWERS]
    return tuple(_link_answer(question, matter, party) for matter, party in pairs)


def _link_answer(question: Understood, matter: Entry | None, party: Entry | None) -> Link:
    values = {
        "party": shorten(party.iri) if party else None,
        "matter": shorten(matter.iri) if matter else None,
        "on": question.on.isoformat() if question.on else None,
        "kind": "sign" if question.signs and matter else None,
    }
    given: dict[str, Any] = {name: value for name, value in values.items() if value}
    return Link(
        _word_question(question, matter, party), url_for(_ENDPOINTS[question.form], **given)
    )


def _word_question(question: Understood, matter: Entry | None, party: Entry | None) -> str:
    names = {
        "matter": choose_name(matter).text if matter else "",
        "party": choose_name(party).text if party else "",
        "day": write_day(question.on) if question.on else "",
    }
    if question.form is Form.WHO and question.on:
        return str(gettext("Who may decide on “%(matter)s” on %(day)s?", **names))
    if question.form is Form.WHO:
        return str(gettext("Who may decide on “%(matter)s”?", **names))
    if question.form is Form.MAY and question.on:
        return str(gettext("May %(party)s decide on “%(matter)s” on %(day)s?", **names))
    if question.form is Form.MAY:
        return str(gettext("May %(party)s decide on “%(matter)s”?", **names))
    if question.on:
        return str(gettext("What may %(party)s decide on %(day)s?", **names))
    return str(gettext("What may %(party)s decide?", **names))


def _link_form(question: Understood) -> Link:
    words = (
        gettext("Choose among all posts, bodies, roles and persons")
        if question.form is Form.PARTY
        else gettext("Choose among all matters")
    )
    return Link(words, url_for(_ENDPOINTS[question.form]))
