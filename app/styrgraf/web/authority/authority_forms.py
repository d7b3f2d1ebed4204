"""Forms on authority: what was typed, what it means, and at which field it means nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask import request, url_for

from styrgraf.errors import DataError, UsageError
from styrgraf.governance.authority.answers import Amount, Question
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.intake.naming import (
    find_matter,
    find_party,
    find_unit,
    parse_amount,
    parse_conditions,
    parse_day,
    parse_kind,
)
from styrgraf.model import Iri
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.languages import TIMEZONE, current_language
from styrgraf.web.services import current_reader

Value = TypeVar("Value")

FIELDS = ("party", "matter", "on", "unit", "amount", "currency", "kind", "conditions")
"""The parameters of a question, in the order of the form."""
CURRENCY = "SEK"


@dataclass(slots=True)
class Form:
    """A form as it was sent: texts, the errors at its fields, and what could be read."""

    typed: Mapping[str, str]
    today: date
    fields: Sequence[str] = FIELDS
    asked: bool = False
    errors: dict[str, UsageError | DataError] = field(default_factory=dict)
    named: dict[str, Iri] = field(default_factory=dict)
    on: date = date.min
    amount: Amount | None = None
    kind: Kind = Kind.DECIDE
    conditions_met: bool | None = None

    @property
    def wrong_fields(self) -> tuple[str, ...]:
        """Return the fields that mean nothing, in the order of the form."""
        return tuple(name for name in self.fields if name in self.errors)

    @property
    def first_error(self) -> UsageError | DataError | None:
        """Return the error at the first field that has one."""
        return next((self.errors[name] for name in self.wrong_fields), None)

    @property
    def party(self) -> Iri:
        """Return the party asked about; raises what is wrong with the form."""
        return self._demand("party")

    @property
    def question(self) -> Question:
        """Return the question; raises what is wrong with the form."""
        matter, unit = self._demand("matter"), self.named.get("unit")
        return Question(matter, self.on, unit, self.amount, self.kind, self.conditions_met)

    def _demand(self, name: str) -> Iri:
        if error := self.first_error:
            raise error
        return self.named[name]

    def tell_error(self, name: str) -> str:
        """Return the sentence to write at a field, empty where it is right."""
        error = self.errors.get(name)
        return error.describe(current_language()) if error else ""

    def read(self, name: str, parse: Callable[[str], Value], otherwise: Value) -> Value:
        """Return what a field means; where it means nothing, `otherwise`, with the error kept."""
        try:
            return parse(self.typed[name])
        except UsageError as error:
            self.errors[name] = error
            return otherwise

    def find(self, name: str, find: Callable[..., Iri]) -> None:
        """Keep the thing that a field names."""
        nothing = Iri("")
        found = self.read(
            name, lambda text: find(current_reader(), text, current_language()), nothing
        )
        if found != nothing:
            self.named[name] = found

    def value(self, name: str) -> str:
        """Return the text that the field shows: what it names in short form, else as typed."""
        if name in self.named:
            return shorten(self.named[name])
        defaults = {"on": self.today.isoformat(), "currency": CURRENCY, "kind": "decide"}
        return self.typed[name] or defaults.get(name, "")

    def address(self, endpoint: str, **changes: str | None) -> str:
        """Return where the same question is asked, with some fields changed."""
        kept = {name: self.value(name) for name in self.fields if self.typed[name]}
        if not kept.get("amount"):
            kept.pop("currency", None)
        values: dict[str, Any] = kept | {"on": self.on.isoformat()} | changes
        return url_for(endpoint, **values)


def find_today() -> date:
    """Return the date in Sweden."""
    return datetime.now(ZoneInfo(TIMEZONE)).date()


def read_form(needed: Sequence[str], *, demanded: bool) -> Form:
    """Read the form of the request; `needed` are the things without which there is no question.

    A form just opened is no error, but where an answer is `demanded` nevertheless.
    """
    typed = {name: request.args.get(name, "").strip() for name in FIELDS}
    form = Form(typed, find_today())
    form.asked = demanded or any(typed[name] for name in (*needed, "unit", "amount"))
    form.on = form.read("on", parse_day, form.today) if typed["on"] else form.today
    if form.asked and "party" in needed:
        form.find("party", find_party)
    if form.asked and "matter" in needed:
        _read_question(form)
    return form


def _read_question(form: Form) -> None:
    form.find("matter", find_matter)
    if form.typed["unit"]:
        form.find("unit", find_unit)
    if form.typed["amount"]:
        _read_amount(form)
    form.kind = form.read("kind", parse_kind, Kind.DECIDE)
    form.conditions_met = form.read("conditions", parse_conditions, None)


def _read_amount(form: Form) -> None:
    """Read amount and currency; a wrong currency is told at its own field."""
    nothing = Amount(0, CURRENCY)
    known = form.read("currency", lambda text: parse_amount("0", text or CURRENCY), nothing)
    form.amount = form.read("amount", lambda text: parse_amount(text, known.currency), nothing)
