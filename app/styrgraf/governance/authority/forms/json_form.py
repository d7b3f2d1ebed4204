"""An answer as JSON: `schemas/authority.schema.json` says what stands in it. No IO here.

Things are IRIs; what they are called stands once, under `names`, in both languages. What is not
stated is null or an empty list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from styrgraf.governance.authority.answers import (
    Amount,
    Chain,
    Finding,
    HeldDelegation,
    HolderState,
    Link,
    MayAnswer,
    PartyAnswer,
    Period,
    Question,
    WhoAnswer,
)
from styrgraf.governance.authority.facts import Limit
from styrgraf.governance.authority.forms.evidence import LinkEvidence, Passage
from styrgraf.governance.authority.forms.representation import BreakDates, Representation
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.governance.statements import SourcedText
from styrgraf.language import LANGUAGES, translate
from styrgraf.model import Iri

Json = dict[str, Any]

VERDICTS = {Verdict.YES: "yes", Verdict.NOT_TOLD: "not-told", Verdict.NO: "no"}


def write_json(shown: Representation) -> Json:
    """Return an answer as values of JSON."""
    return {
        **_write_answer(shown),
        "version": shown.answer.version,
        "sentences": {language: list(shown.sentences(language)) for language in LANGUAGES},
        "evidence": {
            iri.value: _write_evidence(each) for iri, each in sorted(shown.evidence.items())
        },
        "rules": _write_rules(list_findings(shown)),
        "names": _write_names(shown),
    }


def _write_answer(shown: Representation) -> Json:
    answer = shown.answer
    if isinstance(answer, WhoAnswer):
        return {
            "answers": "who",
            "question": _write_question(answer.question),
            "parties": [_write_party(party) for party in answer.parties],
            "breaks": None if shown.breaks is None else [day.isoformat() for day in shown.breaks],
        }
    if isinstance(answer, MayAnswer):
        return {
            "answers": "may",
            "question": _write_question(answer.question),
            "party": answer.party.value,
            "verdict": VERDICTS[answer.verdict],
            "findings": _write_findings(answer.findings),
            "parties": [_write_party(party) for party in answer.answers],
        }
    if isinstance(answer, BreakDates):
        question = _write_question(answer.question)
        del question["on"]
        days = [day.isoformat() for day in answer.days]
        return {"answers": "breaks", "question": question, "days": days}
    return {
        "answers": "delegations",
        "party": answer.party.value,
        "on": answer.on.isoformat(),
        "delegations": [_write_held(held) for held in answer.delegations],
        "residual": [
            {"originalAuthority": iri.value, "verdict": VERDICTS[verdict]}
            for iri, verdict in answer.residual
        ],
    }


def _write_question(question: Question) -> Json:
    met = question.conditions_met
    return {
        "matter": question.matter.value,
        "on": question.on.isoformat(),
        "unit": _value(question.unit),
        "amount": write_amount(question.amount),
        "kind": question.kind.name.lower(),
        "conditions": None if met is None else "met" if met else "unmet",
    }


def _write_held(held: HeldDelegation) -> Json:
    return {
        "delegation": held.delegation.value,
        "matter": held.matter.value,
        "kind": held.kind.name.lower(),
        "givenOn": _values(held.given_on),
        "answer": _write_party(held.answer),
    }


def _write_party(party: PartyAnswer) -> Json:
    return {
        "party": party.party.value,
        "verdict": VERDICTS[party.verdict],
        "through": _value(party.through),
        "holder": _write_holder(party.holder),
        "findings": _write_findings(party.findings),
        "chainCount": party.total,
        "chains": [_write_chain(chain) for chain in party.chains],
    }


def _write_holder(holder: HolderState) -> Json | None:
    if not holder.is_post:
        return None
    return {
        "state": name_holder_state(holder),
        "persons": _values(holder.persons),
        "substitutes": [
            {"post": post.value, "finding": _write_finding(finding) if finding else None}
            for post, finding in holder.substitutes
        ],
    }


def name_holder_state(holder: HolderState) -> str:
    """Return the word for who holds a post: held, acting, vacant or not-stated; else nothing."""
    if not holder.is_post:
        return ""
    if holder.persons:
        return "acting" if holder.acting else "held"
    return "vacant" if holder.vacant else "not-stated"


def _write_chain(chain: Chain) -> Json:
    return {
        "verdict": VERDICTS[chain.verdict],
        "certainty": chain.certainty.value,
        "period": write_period(chain.period),
        "limits": [write_limit(limit) for limit in chain.limits],
        "conditional": any(link.conditional for link in chain.links),
        "findings": _write_findings(chain.findings),
        "links": [_write_link(link, place) for place, link in enumerate(chain.links, 1)],
    }


def _write_link(link: Link, position: int) -> Json:
    return {
        "position": position,
        "delegation": _value(link.delegation),
        "originalAuthority": _value(link.original_authority),
        "giver": _value(link.giver),
        "receiver": _value(link.receiver),
        "matters": _values(link.matters),
        "period": write_period(link.period),
        "limit": write_limit(link.limit) if link.limit else None,
        "unit": _value(link.unit),
        "conditional": link.conditional,
        "inferred": link.inferred,
        "certainty": link.certainty.value,
        "verdict": VERDICTS[link.verdict],
        "findings": _write_findings(link.findings),
    }


def _write_findings(findings: Iterable[Finding]) -> list[Json]:
    return [_write_finding(finding) for finding in findings]


def _write_finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule.value,
        "verdict": VERDICTS[finding.verdict],
        "about": _value(finding.other),
    }


def list_findings(shown: Representation) -> Iterator[Finding]:
    """Yield every finding of an answer."""
    if isinstance(shown.answer, MayAnswer):
        yield from shown.answer.findings
    for party in shown.parties:
        yield from party.findings
        yield from (finding for _, finding in party.holder.substitutes if finding)
        for chain in party.chains:
            yield from chain.findings
            yield from (finding for link in chain.links for finding in link.findings)


def _write_rules(findings: Iterable[Finding]) -> Json:
    return {rule.value: _write_rule(rule) for rule in sorted({each.rule for each in findings})}


def _write_rule(rule: Rule) -> Json:
    text = RULE_TEXTS[rule]
    return {
        "verdict": VERDICTS[text.verdict],
        "sentence": {language: translate(text.sentence, language) for language in LANGUAGES},
        "sources": list(text.sources),
    }


def _write_evidence(evidence: LinkEvidence) -> Json:
    return {
        "passages": [_write_passage(passage) for passage in evidence.passages],
        "pages": [
            {"page": each.page.value, "address": _value(each.address)} for each in evidence.pages
        ],
        "decisions": _values(evidence.decisions),
        "caseNumbers": list(evidence.case_numbers),
        "clauses": [
            {"provision": clause.provision.value, "notation": clause.notation or None}
            for clause in evidence.clauses
        ],
        "order": _value(evidence.order),
        "conditions": [
            {"text": text.value, "language": text.language or None} for text in evidence.conditions
        ],
        "start": _write_stated(evidence.start),
        "end": _write_stated(evidence.end),
        "precision": (
            evidence.precision.value.value.rpartition("#precision")[2].lower()
            if evidence.precision
            else None
        ),
        "permittedRecipients": _values(evidence.permitted),
        "subDelegations": _values(evidence.sub_delegations),
    }


def _write_stated(stated: SourcedText | None) -> Json | None:
    if stated is None:
        return None
    return {"day": stated.value.value, "certainty": stated.certainty.value}


def _write_passage(passage: Passage) -> Json:
    source = passage.source
    return {
        "cite": passage.cite(),
        "document": source.document.value,
        "firstLine": source.first_line,
        "lastLine": source.last_line,
        "note": _value(source.note),
        "noteNumber": source.identifier or None,
    }


def _write_names(shown: Representation) -> Json:
    things = sorted({iri for names in shown.names.values() for iri in names})
    return {
        iri.value: {language: names[iri] for language, names in shown.names.items() if iri in names}
        for iri in things
    }


def write_period(period: Period | None) -> Json | None:
    """Return a window as values of JSON; its end is the first day after it."""
    if period is None:
        return None
    return {
        "from": period.start.isoformat() if period.start else None,
        "before": period.end.isoformat() if period.end else None,
    }


def write_amount(amount: Amount | None) -> Json | None:
    """Return an amount as values of JSON."""
    if amount is None:
        return None
    return {"value": write_decimal(amount.hundredths), "currency": amount.currency}


def write_limit(limit: Limit) -> Json:
    """Return a limit as values of JSON."""
    return {
        "value": write_decimal(limit.hundredths),
        "currency": limit.currency,
        "excluded": limit.excluded,
    }


def write_decimal(hundredths: int) -> str:
    """Return hundredths as a decimal number with two decimals."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _value(iri: Iri | None) -> str | None:
    return iri.value if iri else None


def _values(iris: Iterable[Iri]) -> list[str]:
    return [iri.value for iri in iris]
