"""The form over the list of decisions: which of them are shown, and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask import request

from styrgraf.errors import ParameterError
from styrgraf.governance.decisions import (
    NOT_STATED,
    Facet,
    Kind,
    ListedDecision,
    count_values,
)
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.namespaces import ID_PATH, SG
from styrgraf.web.addresses import is_iri
from styrgraf.web.authority.authority_choices import Option, Options, shorten
from styrgraf.web.authority.authority_forms import Form, find_today
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_version

VIEWS = {"table": N_("Table"), "timeline": N_("Timeline"), "lineage": N_("How they hang together")}
FACETS: Mapping[Facet, str] = {
    Facet.DECIDER: N_("Decided by"),
    Facet.YEAR: N_("Year"),
    Facet.KIND: N_("What it does"),
    Facet.CASE: N_("Case number"),
    Facet.STATUS: N_("Status"),
}
KINDS: Mapping[Kind, str] = {
    Kind.ESTABLISHES: N_("sets something up"),
    Kind.ENDS: N_("ends something"),
    Kind.DELEGATES: N_("delegates"),
    Kind.ORDERS: N_("adopts a delegation order"),
    Kind.RECALLS: N_("recalls a delegation"),
    Kind.ASSIGNS: N_("assigns a task"),
    Kind.ELABORATES: N_("elaborates a decision"),
    Kind.SETTLES: N_("settles a matter"),
}
_MOST_CHARACTERS = 200


@dataclass(slots=True)
class DecisionForm(Form):
    """What the address says: `chosen` are the values of facets, as the graph has them."""

    chosen: dict[Facet, str] = field(default_factory=dict)
    view: str = "table"

    def value(self, name: str) -> str:
        """Return the text that a field shows."""
        return self.typed[name]

    def offer(
        self, decisions: Iterable[ListedDecision], frame: Frame
    ) -> Iterator[tuple[Facet, str, Options]]:
        """Yield each facet with its heading, and its values with how many decisions have them."""
        decisions = tuple(decisions)
        for facet, heading in FACETS.items():
            counts = count_values(decisions, facet, self.chosen)
            found = [
                Option(_write(facet, value), f"{show_value(facet, value, frame)} ({number})")
                for value, number in counts.items()
            ]
            found.sort(key=_order(facet))
            yield facet, gettext(heading), Options((tuple(found),))


def read_decision_form() -> DecisionForm:
    """Read the form of the request; what is wrong is kept at its field."""
    names = (*(facet.value for facet in Facet), "view")
    typed = {name: request.args.get(name, "").strip() for name in names}
    form = DecisionForm(typed, find_today(), names, asked=True)
    for facet in Facet:
        if typed[facet] and (value := form.read(facet, _PARSERS[facet], "")):
            form.chosen[facet] = value
    form.view = form.read("view", _parse_view, "table")
    return form


def show_value(facet: Facet, value: str, frame: Frame) -> str:
    """Return a value of a facet in words."""
    if value == NOT_STATED:
        return str(gettext("not stated"))
    if facet is Facet.KIND:
        return str(gettext(KINDS[Kind(value)]))
    return frame.label(Iri(value)) if facet in {Facet.DECIDER, Facet.STATUS} else value


def list_named(decisions: Iterable[ListedDecision], form: DecisionForm) -> frozenset[Iri]:
    """Return the things whose names the form shows."""
    named = [each.values for each in decisions] + [{k: {v} for k, v in form.chosen.items()}]
    things = {
        value
        for values in named
        for facet in (Facet.DECIDER, Facet.STATUS)
        for value in values.get(facet, ())
    }
    return frozenset(Iri(value) for value in things if value != NOT_STATED)


def _write(facet: Facet, value: str) -> str:
    """Return a value as the address has it."""
    if facet is Facet.STATUS:
        return value.removeprefix(SG)
    return shorten(value) if facet is Facet.DECIDER else value


def _order(facet: Facet) -> Callable[[Option], tuple[bool, str]]:
    return lambda option: (option.value == NOT_STATED, option.label.lower())


def _parse_decider(text: str) -> str:
    return _parse_thing(text, current_version().base + ID_PATH)


def _parse_status(text: str) -> str:
    return _parse_thing(text, SG)


def _parse_thing(text: str, base: str) -> str:
    if text == NOT_STATED:
        return text
    iri = text if ":" in text else base + text
    if not is_iri(iri) or len(iri) > _MOST_CHARACTERS:
        raise _refuse(N_("“{text}” names nothing. Choose one from the list."), text)
    return iri


def _parse_year(text: str) -> str:
    if text != NOT_STATED and not re.fullmatch(r"[0-9]{4}", text):
        raise _refuse(N_("“{text}” is no year. Write four digits, or choose from the list."), text)
    return text


def _parse_kind(text: str) -> str:
    if text not in {NOT_STATED, *Kind}:
        raise _refuse(N_("“{text}” is nothing a decision does. Choose one from the list."), text)
    return text


def _parse_case(text: str) -> str:
    if len(text) > _MOST_CHARACTERS:
        raise _refuse(N_("“{text}” is too long for a case number. Choose one from the list."), text)
    return text


def _parse_view(text: str) -> str:
    if text and text not in VIEWS:
        raise ParameterError(
            N_("“{text}” is no way to show the decisions. Write {words}."),
            text=text[:40],
            words=" / ".join(VIEWS),
        )
    return text or "table"


def _refuse(sentence: str, text: str) -> ParameterError:
    return ParameterError(sentence, text=text[:40] + ("…" if len(text) > 40 else ""))


_PARSERS: Mapping[Facet, Callable[[str], str]] = {
    Facet.DECIDER: _parse_decider,
    Facet.YEAR: _parse_year,
    Facet.KIND: _parse_kind,
    Facet.CASE: _parse_case,
    Facet.STATUS: _parse_status,
}
