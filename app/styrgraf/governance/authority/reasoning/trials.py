"""A change or a draft tried out on one version: what it would do to authority and to goals.

The trial is a task of a query process, which can be stopped: a draft is hostile. Nothing is
written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from styrgraf.errors import NonConformingError, ParameterError
from styrgraf.governance.authority.facts import AuthorityFacts
from styrgraf.governance.authority.forms.representation import Names, list_iris, load_names
from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.authority.reasoning.changes import (
    REHEARSED,
    Change,
    RecallOf,
    RepealOf,
    VacancyOf,
    adopt,
    apply_change,
)
from styrgraf.governance.authority.reasoning.competence import read_decisions
from styrgraf.governance.authority.reasoning.rehearsal import Rehearsal, rehearse
from styrgraf.governance.labels import load_labels
from styrgraf.governance.query_text import write_query
from styrgraf.graph.drafts import apply_draft
from styrgraf.graph.reports import Severity, ValidationReport
from styrgraf.graph.store import Reader
from styrgraf.language import LANGUAGES, N_
from styrgraf.model import Iri

CHANGES: Mapping[str, type[RecallOf] | type[RepealOf] | type[VacancyOf]] = {
    "recall": RecallOf,
    "repeal": RepealOf,
    "vacancy": VacancyOf,
}
"""The changes by their words in addresses and in JSON."""

TASK = "rehearse"
TIMES_A_QUERY = 3.0
"""So many times as long as a query a trial may take; then it is stopped."""

_GOALS = """
SELECT DISTINCT ?decision ?goal WHERE {
  VALUES ?decision { $things }
  ?decision sg:establishes?/(sg:hasFocusArea|sg:hasSection)*/sg:hasGoal ?goal .
} ORDER BY ?decision ?goal
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was sent: Turtle or RDF Patch."""

    text: str
    media_type: str


Tried = Change | Draft


@dataclass(frozen=True, slots=True)
class GoalAtStake:
    """A goal that hangs on a decision that loses its basis."""

    goal: Iri
    decision: Iri


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial shows; `thing` is None, and `kind` "draft", where a draft was tried.

    `touched` is what the draft says anything of. `names` holds only the names that the things have
    in what was tried; things that are not in the graph are `drafted`.
    """

    kind: str
    thing: Iri | None
    rehearsal: Rehearsal
    goals: tuple[GoalAtStake, ...]
    touched: tuple[Iri, ...]
    drafted: frozenset[Iri]
    names: Names
    version: int


def write_arguments(tried: Tried, on: date) -> dict[str, str]:
    """Return what is tried as the arguments of the task."""
    day = {"on": on.isoformat()}
    if isinstance(tried, Draft):
        return {**day, "draft": tried.text, "media_type": tried.media_type}
    kind, thing = describe_change(tried)
    return {**day, "kind": kind, "thing": thing.value}


def describe_change(change: Change) -> tuple[str, Iri]:
    """Return the word of a change, and what it is about."""
    if isinstance(change, RecallOf):
        return "recall", Iri(change.delegation)
    if isinstance(change, RepealOf):
        return "repeal", Iri(change.order)
    return "vacancy", Iri(change.post)


def try_out(reader: Reader, arguments: Mapping[str, str]) -> Trial:
    """Return what the change or draft that `arguments` tell would do to what `reader` reads.

    Raises UsageError and DataError; NonConformingError where a draft breaks the shapes.
    """
    on = date.fromisoformat(arguments["on"])
    before = read_facts(reader)
    if "draft" in arguments:
        return _try_draft(reader, before, Draft(arguments["draft"], arguments["media_type"]), on)
    kind, thing = arguments["kind"], Iri(arguments["thing"])
    after = apply_change(before, CHANGES[kind](thing.value), on)
    rehearsal = rehearse(before, after, on, read_decisions(reader))
    goals = _list_goals(reader, rehearsal)
    named = (thing, *list_iris((rehearsal, goals)))
    number = reader.version().number
    names = _load_names(reader, named)
    return Trial(kind, thing, rehearsal, goals, (), frozenset(), names, number)


def _try_draft(reader: Reader, before: AuthorityFacts, draft: Draft, on: date) -> Trial:
    applied = apply_draft(reader, draft.text.encode(), draft.media_type)
    if not applied.report.conforms:
        raise NonConformingError(N_("The draft breaks the shapes."), applied.report)
    touched = applied.touched
    after = adopt(read_facts(applied.reader), {iri.value for iri in touched}, on)
    rehearsal = rehearse(before, after, on, read_decisions(applied.reader))
    goals = _list_goals(applied.reader, rehearsal)
    named = {*touched, *list_iris((rehearsal, goals))}
    names = _load_names(applied.reader, named)
    known = load_labels(reader, (iri.value for iri in touched), LANGUAGES[0])
    drafted = frozenset(iri for iri in touched if iri.value not in known)
    number = reader.version().number
    return Trial("draft", None, rehearsal, goals, touched, drafted, names, number)


def _list_goals(reader: Reader, rehearsal: Rehearsal) -> tuple[GoalAtStake, ...]:
    """Return the goals of what the decisions that lose their basis establish, and its parts."""
    losing = [each.decision for each in rehearsal.decisions if each.after < each.before]
    rows = reader.select(write_query(_GOALS, losing)).rows if losing else ()
    pairs = ((row["goal"], row["decision"]) for row in rows)
    return tuple(
        GoalAtStake(goal, decision)
        for goal, decision in pairs
        if isinstance(goal, Iri) and isinstance(decision, Iri)
    )


def _load_names(reader: Reader, iris: Iterable[Iri]) -> Names:
    return load_names(reader, {iri.value for iri in iris if iri.value != REHEARSED})


def tell_broken_shapes(error: NonConformingError, language: str) -> NonConformingError:
    """Return the error with the first finding of the report told, in the user's language."""
    report = error.report
    if not isinstance(report, ValidationReport):
        return error
    broken = [each for each in report.results if each.severity is Severity.VIOLATION]
    return NonConformingError(
        N_("The draft breaks the shapes, {number} times. The first: {thing}: {finding}"),
        report,
        number=len(broken),
        thing=broken[0].focus_node,
        finding=broken[0].message(language),
    )


def check_draft_text(content: bytes) -> str:
    """Return the text of a draft. Raises ParameterError where it is no text, or empty."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise ParameterError(
            N_("The draft is not valid UTF-8: byte {position} cannot be read."),
            position=error.start,
        ) from None
    if not text.strip():
        raise ParameterError(N_("The draft is empty; send Turtle or RDF Patch."))
    return text
