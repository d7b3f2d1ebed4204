"""Was it competently decided, in sentences, as JSON and as rows for CSV. No IO here.

Said is what the graph shows of support in delegation: neither more, nor a verdict.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from styrgraf.governance.authority.answers import MayAnswer
from styrgraf.governance.authority.forms.json_form import (
    VERDICTS,
    Json,
    write_amount,
    write_decimal,
)
from styrgraf.governance.authority.forms.representation import Names, write_names
from styrgraf.governance.authority.forms.sentences import Words, list_rules
from styrgraf.governance.authority.reasoning.competence import CompetenceAnswer
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.language import LANGUAGES, N_, translate
from styrgraf.model import Iri

SUPPORT_WORDS = {
    Verdict.YES: N_("Support in delegation is shown"),
    Verdict.NO: N_("Support in delegation is not shown"),
    Verdict.NOT_TOLD: N_("It does not appear whether there is support in delegation"),
}
"""The three answers, neutrally: the graph shows it, shows none, or what it needs is not stated."""

MISSING_WORDS = {
    "decider": N_("who decided is not stated"),
    "date": N_("the date is not stated"),
    "matter": N_("the matter is not stated"),
}

NO_VERDICT = N_(
    "This tells what the graph shows of support in delegation on the day of the decision. It is no "
    "legal verdict, and a delegation recalled later does not touch a decision already taken (R8)."
)

COLUMNS = (
    "decision",
    "decision_name",
    "day",
    "support",
    "missing",
    "decider",
    "decider_name",
    "matter",
    "matter_name",
    "amount",
    "currency",
    "answer",
    "rules",
)
"""A row for each decider and matter of a decision; one for a decision without either."""

Row = dict[str, str]


def tell_competence(found: Iterable[CompetenceAnswer], words: Words) -> tuple[str, ...]:
    """Return for how many decisions support is shown, not shown, or does not appear."""
    verdicts = [each.verdict for each in found]
    first = words.say(
        N_(
            "Of the {total} decisions here, support in delegation is shown for {shown}, "
            "not shown for {none}, and for {untold} it does not appear."
        ),
        total=len(verdicts),
        shown=verdicts.count(Verdict.YES),
        none=verdicts.count(Verdict.NO),
        untold=verdicts.count(Verdict.NOT_TOLD),
    )
    return first, words.say(NO_VERDICT)


def list_grounds(answer: MayAnswer) -> tuple[Rule, ...]:
    """Return the rules that an answer other than yes rests on."""
    if answer.verdict is Verdict.YES:
        return ()
    best = [each for each in answer.answers if each.verdict is answer.verdict]
    own = [finding.rule for finding in answer.findings if finding.verdict is answer.verdict]
    return tuple(dict.fromkeys((*own, *list_rules(best))))


def write_competence(found: Iterable[CompetenceAnswer], names: Names, version: int) -> Json:
    """Return the answers as values of JSON; `names` by language are what things are called."""
    return {
        "answers": "competence",
        "version": version,
        "decisions": [_write_answer(each) for each in found],
        "support": {
            VERDICTS[verdict]: {each: translate(words, each) for each in LANGUAGES}
            for verdict, words in SUPPORT_WORDS.items()
        },
        "note": {each: translate(NO_VERDICT, each) for each in LANGUAGES},
        "names": write_names(names),
    }


def _write_answer(found: CompetenceAnswer) -> Json:
    decision = found.decision
    return {
        "decision": decision.iri.value,
        "day": decision.day.isoformat() if decision.day else None,
        "deciders": [iri.value for iri in decision.deciders],
        "matters": [iri.value for iri in decision.matters],
        "amount": write_amount(decision.amount),
        "support": VERDICTS[found.verdict],
        "missing": list(decision.missing),
        "answers": [
            {
                "party": answer.party.value,
                "matter": answer.question.matter.value,
                "verdict": VERDICTS[answer.verdict],
                "rules": [rule.value for rule in list_grounds(answer)],
            }
            for answer in found.answers
        ],
    }


def write_competence_csv(found: Iterable[CompetenceAnswer], names: Names, language: str) -> str:
    """Return the answers as CSV."""
    known = names.get(language, {})
    target = io.StringIO()
    writer = csv.DictWriter(target, COLUMNS, restval="")
    writer.writeheader()
    for each in found:
        writer.writerows(_list_rows(each, known))
    return target.getvalue()


def _list_rows(found: CompetenceAnswer, names: Mapping[Iri, str]) -> Iterator[Row]:
    decision = found.decision
    shared = {
        "decision": decision.iri.value,
        "decision_name": names.get(decision.iri, ""),
        "day": decision.day.isoformat() if decision.day else "",
        "support": VERDICTS[found.verdict],
        "missing": "; ".join(decision.missing),
        "amount": write_decimal(decision.amount.hundredths) if decision.amount else "",
        "currency": decision.amount.currency if decision.amount else "",
    }
    for answer in found.answers:
        matter = answer.question.matter
        yield shared | {
            "decider": answer.party.value,
            "decider_name": names.get(answer.party, ""),
            "matter": matter.value,
            "matter_name": names.get(matter, ""),
            "answer": VERDICTS[answer.verdict],
            "rules": "; ".join(rule.value for rule in list_grounds(answer)),
        }
    if not found.answers:
        yield shared | {
            "decider": "; ".join(iri.value for iri in decision.deciders),
            "matter": "; ".join(iri.value for iri in decision.matters),
        }
