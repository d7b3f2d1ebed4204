"""The shape of a named case of a rule, and how the days round a window make four of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.facts import AuthorityFacts
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from tests.governance.authority.building import DAY, FIRST, LAST, ask

ON_A_SUMMER_DAY = ask()


@dataclass(frozen=True)
class Case:
    """Where a rule is found, or (`finds` another rule, or none) where it is not."""

    rule: Rule
    name: str
    facts: AuthorityFacts
    finds: frozenset[Rule]
    party: str = "head"
    question: Question = ON_A_SUMMER_DAY

    @property
    def verdict(self) -> Verdict:
        return min((RULE_TEXTS[rule].verdict for rule in self.finds), default=Verdict.YES)

    def __str__(self) -> str:
        return f"{self.rule.value}: {self.name}"


def found(
    rule: Rule,
    name: str,
    facts: AuthorityFacts,
    party: str = "head",
    question: Question = ON_A_SUMMER_DAY,
) -> Case:
    """A case in which the rule, and no other, decides."""
    return Case(rule, name, facts, frozenset({rule}), party, question)


def kept(
    rule: Rule,
    name: str,
    facts: AuthorityFacts,
    party: str = "head",
    question: Question = ON_A_SUMMER_DAY,
) -> Case:
    """A case close to the rule in which nothing is found."""
    return Case(rule, name, facts, frozenset(), party, question)


def instead(
    rule: Rule,
    name: str,
    other: Rule,
    facts: AuthorityFacts,
    party: str = "head",
    question: Question = ON_A_SUMMER_DAY,
) -> Case:
    """A case close to the rule in which another decides."""
    return Case(rule, name, facts, frozenset({other}), party, question)


def days_round_window(
    facts: AuthorityFacts, before: Rule | None, after: Rule | None, party: str = "head"
) -> Iterator[Case]:
    """The day before a window from FIRST to LAST, its first and last day, and the day after."""
    edges: list[tuple[str, date, Rule | None]] = [
        ("the day before", FIRST - DAY, before),
        ("the first day", FIRST, None),
        ("the last day", LAST, None),
        ("the day after", LAST + DAY, after),
    ]
    for name, on, rule in edges:
        about = before if on <= FIRST else after
        if about is not None:
            finds = frozenset({rule} if rule else ())
            yield Case(about, name, facts, finds, party, ask(on=on))
