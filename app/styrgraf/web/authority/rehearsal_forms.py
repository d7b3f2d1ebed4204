"""The forms of rehearsals: one for a change to something in the graph, one for a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from styrgraf.errors import ParameterError
from styrgraf.formats import TURTLE
from styrgraf.governance.authority.intake.naming import (
    find_delegation,
    find_order,
    find_post,
    parse_day,
)
from styrgraf.governance.authority.reasoning.changes import Change, RecallOf, RepealOf, VacancyOf
from styrgraf.graph.drafts import RDF_PATCH
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.namespaces import ORG, SG
from styrgraf.web.authority.authority_forms import Form, find_today

CLASSES: Mapping[str, tuple[str, ...]] = {
    "recall": (SG + "DelegationOfAuthority",),
    "repeal": (SG + "DelegationOrder",),
    "vacate": (ORG + "Post",),
}
"""The fields of the form of changes, and what may be chosen in each."""
FIELDS = (*CLASSES, "on")
SYNTAXES: Mapping[str, str] = {"turtle": TURTLE.media_type, "patch": RDF_PATCH}
DRAFT_FIELDS = ("draft", "syntax", "on")

_FINDERS: Mapping[str, Callable[..., Iri]] = {
    "recall": find_delegation,
    "repeal": find_order,
    "vacate": find_post,
}
_CHANGES: Mapping[str, Callable[[str], Change]] = {
    "recall": RecallOf,
    "repeal": RepealOf,
    "vacate": VacancyOf,
}


@dataclass(slots=True)
class RehearsalForm(Form):
    """A form that says what is to be tried."""

    is_draft: bool = False

    @property
    def tried(self) -> Change:
        """Return the change that the form says; raises what is wrong with it."""
        if error := self.first_error:
            raise error
        name, thing = next(iter(self.named.items()))
        return _CHANGES[name](thing.value)

    def value(self, name: str) -> str:
        """Return the text that a field shows."""
        return Form.value(self, name) or ("turtle" if name == "syntax" else "")


def read_changes_form(*, demanded: bool) -> RehearsalForm:
    """Read the form of changes from the address; exactly one of its things is to be named."""
    form = _read(FIELDS, request.args)
    chosen = [name for name in CLASSES if form.typed[name]]
    form.asked = demanded or bool(chosen) or bool(form.typed["on"])
    for name in chosen:
        form.find(name, _FINDERS[name])
    if form.asked and len(chosen) != 1:
        form.errors[chosen[1] if chosen else "recall"] = ParameterError(
            N_("Say one thing that is to be tried: {names}."), names=" / ".join(CLASSES)
        )
    return form


def read_draft_form(*, is_form: bool) -> RehearsalForm:
    """Read what goes with a draft: from the form it stands in, else from the address."""
    form = _read(DRAFT_FIELDS, request.form if is_form else request.args)
    form.is_draft = form.asked = True
    if is_form and form.value("syntax") not in SYNTAXES:
        form.errors["syntax"] = ParameterError(
            N_("“{text}” is no syntax of drafts. Write {words}."),
            text=form.typed["syntax"][:40],
            words=" / ".join(SYNTAXES),
        )
    return form


def _read(fields: tuple[str, ...], values: Mapping[str, Any]) -> RehearsalForm:
    typed = {name: values.get(name, "").strip() for name in (*FIELDS, *DRAFT_FIELDS)}
    form = RehearsalForm(typed, find_today(), fields)
    form.on = form.read("on", parse_day, form.today) if typed["on"] else form.today
    return form
