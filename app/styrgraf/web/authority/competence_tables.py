"""What supported decisions on their day, for spreadsheets: a row for each decider and matter."""

from __future__ import annotations

from collections.abc import Iterator

from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.authority.forms.competence_forms import (
    MISSING_WORDS,
    SUPPORT_WORDS,
    list_grounds,
    tell_competence,
)
from styrgraf.governance.authority.reasoning.competence import CompetenceAnswer
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.statements import Page
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.addresses import this_address
from styrgraf.web.authority.authority_words import choose_words, write_rule
from styrgraf.web.cells import list_amount
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.sheets import Table

_HEADINGS = (
    *(N_("Date"), N_("Decision"), N_("Decided by"), N_("Matter"), N_("Amount"), N_("Currency")),
    *(N_("Support in delegation"), N_("Because"), N_("IRI")),
)


def tabulate_competence(page: Page[CompetenceAnswer]) -> Table:
    """Return the table of decisions and of what the graph shows of their support."""
    frame = Frame(iri.value for iri in collect_iris([each.decision for each in page.items]))
    told = enumerate(tell_competence(page.items, choose_words(frame)))
    return Table(
        gettext("support-of-decisions"),
        gettext("Was it competently decided?"),
        [gettext(each) for each in _HEADINGS],
        (row for each in page.items for row in _list_rows(each, frame)),
        this_address(format="html"),
        [("" if number else gettext("Answer"), sentence) for number, sentence in told],
        page.total,
    )


def _list_rows(found: CompetenceAnswer, frame: Frame) -> Iterator[Row]:
    decision = found.decision
    for answer in found.answers:
        grounds = " ".join(map(write_rule, list_grounds(answer)))
        matters = (answer.question.matter,)
        yield _write_row(found, answer.verdict, (answer.party,), matters, grounds, frame)
    if not found.answers:
        missing = "; ".join(gettext(MISSING_WORDS[name]) for name in decision.missing)
        yield _write_row(found, found.verdict, decision.deciders, decision.matters, missing, frame)


def _write_row(
    found: CompetenceAnswer,
    verdict: Verdict,
    deciders: tuple[Iri, ...],
    matters: tuple[Iri, ...],
    because: str,
    frame: Frame,
) -> Row:
    decision = found.decision
    return (
        decision.day,
        frame.label(decision.iri),
        "; ".join(map(frame.label, deciders)) or gettext("not stated"),
        "; ".join(map(frame.label, matters)) or gettext("not stated"),
        *list_amount(decision.amount),
        gettext(SUPPORT_WORDS[verdict]),
        because or gettext("A chain holds on that day."),
        decision.iri.value,
    )
