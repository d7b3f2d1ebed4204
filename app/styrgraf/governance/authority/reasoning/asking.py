"""A question in the numbers of one index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.indexing.index import Index


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the matter and all above it, the day, and what is asked beside it.

    `units` are the unit asked and all above it, None where none is asked; `hundredths` is -1 where
    no amount is asked; `kind` is a bit of the masks in the index.
    """

    matter: int
    matters: frozenset[int]
    on: int
    units: frozenset[int] | None
    hundredths: int
    currency: str
    kind: int
    conditions_met: bool | None

    def on_day(self, day: int) -> Asked:
        """Return the same question for another day."""
        return Asked(
            self.matter,
            self.matters,
            day,
            self.units,
            self.hundredths,
            self.currency,
            self.kind,
            self.conditions_met,
        )


def ask(index: Index, question: Question) -> Asked:
    """Return `question` in the numbers of `index`."""
    matter = index.find(question.matter.value)
    return Asked(
        matter=matter,
        matters=index.matters_above(matter) if matter >= 0 else frozenset(),
        on=question.on.toordinal(),
        units=_list_units(index, question.unit.value) if question.unit else None,
        hundredths=question.amount.hundredths if question.amount else -1,
        currency=question.amount.currency if question.amount else "",
        kind=1 << question.kind,
        conditions_met=question.conditions_met,
    )


def ask_matter(index: Index, matter: int, on: date, kind: int = Kind.DECIDE) -> Asked:
    """Return the question who may decide `matter`, and nothing more, on a day."""
    return Asked(matter, index.matters_above(matter), on.toordinal(), None, -1, "", 1 << kind, None)


def _list_units(index: Index, unit: str) -> frozenset[int]:
    found = index.find(unit)
    return index.units_above(found) if found >= 0 else frozenset()
