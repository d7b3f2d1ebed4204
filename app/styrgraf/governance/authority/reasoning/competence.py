"""Was it competently decided: what a recorded decision is supported by on its day.

A neutral reading of the graph, no legal verdict. A later recall does not touch it (R8): only the
day of the decision is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from styrgraf.governance.authority.answers import Amount, MayAnswer, Question
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.query_text import write_query
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Solution

_DECISIONS = """
SELECT DISTINCT ?decision ?decider ?date ?matter ?amount ?currency WHERE {
  ?decision a sg:Decision .
  OPTIONAL { ?decision sg:decidedBy ?decider }
  OPTIONAL { ?decision eli:date_document ?date }
  OPTIONAL { ?decision sg:decidesMatter ?matter }
  OPTIONAL {
    ?decision sg:decidedAmount ?sum .
    ?sum schema:maxValue ?amount ; schema:currency ?currency .
  }
} ORDER BY ?decision ?decider ?date ?matter
"""


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision with what its competence is judged by; None and () where not stated."""

    iri: Iri
    deciders: tuple[Iri, ...] = ()
    day: date | None = None
    matters: tuple[Iri, ...] = ()
    amount: Amount | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Return which of `decider`, `date` and `matter` are not stated."""
        parts = (("decider", self.deciders), ("date", self.day), ("matter", self.matters))
        return tuple(name for name, value in parts if not value)


@dataclass(frozen=True, slots=True)
class CompetenceAnswer:
    """Support for a decision: YES, NO, or (NOT_TOLD) not shown; `answers` by decider and matter."""

    decision: RecordedDecision
    verdict: Verdict
    answers: tuple[MayAnswer, ...] = ()


def judge_decisions(
    authority: Authority, decisions: Iterable[RecordedDecision]
) -> tuple[CompetenceAnswer, ...]:
    """Return for each decision whether its decider had support in delegation on its day."""
    return tuple(judge_decision(authority, decision) for decision in decisions)


def judge_decision(authority: Authority, decision: RecordedDecision) -> CompetenceAnswer:
    """Return whether all who took a decision might decide all its matters on its day."""
    if decision.day is None or decision.missing:
        return CompetenceAnswer(decision, Verdict.NOT_TOLD)
    answers = tuple(
        authority.may(decider, Question(matter, decision.day, amount=decision.amount))
        for decider in decision.deciders
        for matter in decision.matters
    )
    return CompetenceAnswer(decision, min(answer.verdict for answer in answers), answers)


def read_decisions(reader: Reader) -> tuple[RecordedDecision, ...]:
    """Return all decisions of the graph, by date and name; those without a date last."""
    rows: defaultdict[str, list[Solution]] = defaultdict(list)
    for row in reader.select(write_query(_DECISIONS)).rows:
        rows[row["decision"].value].append(row)
    decisions = [_gather(iri, group) for iri, group in rows.items()]
    return tuple(sorted(decisions, key=lambda each: (each.day or date.max, each.iri)))


def _gather(iri: str, rows: list[Solution]) -> RecordedDecision:
    days = [day for row in rows if "date" in row and (day := _parse_day(row["date"].value))]
    amounts = [_parse_amount(row) for row in rows if "amount" in row]
    return RecordedDecision(
        iri=Iri(iri),
        deciders=_list_iris(rows, "decider"),
        day=min(days, default=None),
        matters=_list_iris(rows, "matter"),
        amount=next((amount for amount in amounts if amount), None),
    )


def _list_iris(rows: list[Solution], name: str) -> tuple[Iri, ...]:
    found = (row[name] for row in rows if name in row)
    return tuple(dict.fromkeys(term for term in found if isinstance(term, Iri)))


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _parse_amount(row: Solution) -> Amount | None:
    try:
        return Amount(int(Decimal(row["amount"].value) * 100), row["currency"].value)
    except (InvalidOperation, KeyError):
        return None
