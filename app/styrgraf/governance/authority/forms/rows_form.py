"""An answer as rows of a table: one for each link of each chain, with the same columns always.

A party without a chain has one row, in which what belongs to chain and link is empty. No IO here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from styrgraf.governance.authority.answers import (
    Chain,
    Finding,
    Link,
    MayAnswer,
    PartyAnswer,
    Period,
    WhoAnswer,
)
from styrgraf.governance.authority.forms.evidence import LinkEvidence
from styrgraf.governance.authority.forms.json_form import VERDICTS, name_holder_state, write_decimal
from styrgraf.governance.authority.forms.representation import (
    BreakDates,
    HeldDelegations,
    Representation,
)
from styrgraf.governance.authority.forms.steps import Step, list_steps
from styrgraf.model import Iri

BREAK_COLUMNS = ("matter", "day")
COLUMNS = (
    "on",
    "kind",
    "matter",
    "matter_name",
    "held",
    "party",
    "party_name",
    "verdict",
    "through",
    "holder",
    "persons",
    "substitutes",
    "rules",
    "chain",
    "chain_count",
    "chain_verdict",
    "chain_certainty",
    "chain_from",
    "chain_before",
    "chain_limits",
    "chain_rules",
    "link",
    "delegation",
    "original_authority",
    "giver",
    "giver_name",
    "receiver",
    "receiver_name",
    "matters",
    "from",
    "before",
    "limit",
    "currency",
    "limit_excluded",
    "unit",
    "conditional",
    "inferred",
    "certainty",
    "link_rules",
    "passages",
    "pages",
    "decisions",
    "case_numbers",
    "clauses",
    "order",
    "conditions",
)
"""Several values in one cell are set apart by `; `; days are first days, and ends exclusive."""

Row = Mapping[str, str]


def list_columns(shown: Representation) -> tuple[str, ...]:
    """Return the columns of an answer's rows."""
    return BREAK_COLUMNS if isinstance(shown.answer, BreakDates) else COLUMNS


def list_rows(shown: Representation, language: str) -> Iterator[Row]:
    """Yield the rows of an answer; names and conditions are in `language` where there are such."""
    answer = shown.answer
    if isinstance(answer, BreakDates):
        matter = answer.question.matter.value
        yield from ({"matter": matter, "day": day.isoformat()} for day in answer.days)
    elif isinstance(answer, HeldDelegations):
        yield from _list_of_held(answer, shown, language)
    else:
        yield from _list_of_question(answer, shown, language)


def _list_of_held(answer: HeldDelegations, shown: Representation, language: str) -> Iterator[Row]:
    on = {"on": answer.on.isoformat()}
    for held in answer.delegations:
        asked = {
            **on,
            "kind": held.kind.name.lower(),
            **_name("matter", held.matter, shown, language),
            "held": held.delegation.value,
        }
        yield from _list_of_party(held.answer, asked, shown, language)
    party = _name("party", answer.party, shown, language)
    for iri, verdict in answer.residual:
        yield {**on, **party, "held": iri.value, "verdict": VERDICTS[verdict]}


def write_csv(shown: Representation, language: str) -> str:
    """Return the rows as CSV (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list_columns(shown), restval="")
    writer.writeheader()
    writer.writerows(list_rows(shown, language))
    return text.getvalue()


def _list_of_question(
    answer: WhoAnswer | MayAnswer, shown: Representation, language: str
) -> Iterator[Row]:
    question = answer.question
    asked = {
        "on": question.on.isoformat(),
        "kind": question.kind.name.lower(),
        **_name("matter", question.matter, shown, language),
    }
    if isinstance(answer, MayAnswer) and not answer.answers:
        party = _name("party", answer.party, shown, language)
        rules = _list_rules(answer.findings)
        yield {**asked, **party, "verdict": VERDICTS[answer.verdict], "rules": rules}
    for party_answer in shown.parties:
        yield from _list_of_party(party_answer, asked, shown, language)


def _list_of_party(
    party: PartyAnswer, asked: Row, shown: Representation, language: str
) -> Iterator[Row]:
    told = {
        **asked,
        **_name("party", party.party, shown, language),
        "verdict": VERDICTS[party.verdict],
        "through": _value(party.through),
        "holder": name_holder_state(party.holder),
        "persons": _join(iri.value for iri in party.holder.persons),
        "substitutes": _join(post.value for post, _ in party.holder.substitutes),
        "rules": _list_rules(party.findings),
        "chain_count": str(party.total),
    }
    for step in list_steps(party):
        yield {**told, **(_describe_step(step, shown, language) if step else {})}


def _describe_step(step: Step, shown: Representation, language: str) -> Row:
    return {
        "chain": str(step.number),
        **_describe_chain(step.chain),
        "link": str(step.position),
        **_describe_link(step.link, shown, language),
    }


def _describe_chain(chain: Chain) -> Row:
    return {
        "chain_verdict": VERDICTS[chain.verdict],
        "chain_certainty": chain.certainty.value,
        **_describe_period("chain_", chain.period),
        "chain_limits": _join(
            f"{'<' if limit.excluded else '<='} {write_decimal(limit.hundredths)} {limit.currency}"
            for limit in chain.limits
        ),
        "chain_rules": _list_rules(chain.findings),
    }


def _describe_link(link: Link, shown: Representation, language: str) -> Row:
    thing = link.delegation or link.original_authority
    evidence = shown.evidence.get(thing) if thing else None
    return {
        "delegation": _value(link.delegation),
        "original_authority": _value(link.original_authority),
        **_name("giver", link.giver, shown, language),
        **_name("receiver", link.receiver, shown, language),
        "matters": _join(iri.value for iri in link.matters),
        **_describe_period("", link.period),
        "limit": write_decimal(link.limit.hundredths) if link.limit else "",
        "currency": link.limit.currency if link.limit else "",
        "limit_excluded": _tell(link.limit.excluded) if link.limit else "",
        "unit": _value(link.unit),
        "conditional": _tell(link.conditional),
        "inferred": _tell(link.inferred),
        "certainty": link.certainty.value,
        "link_rules": _list_rules(link.findings),
        **(_describe_evidence(evidence, language) if evidence else {}),
    }


def _describe_evidence(evidence: LinkEvidence, language: str) -> Row:
    return {
        "passages": _join(
            f"{passage.cite()} {passage.source.identifier}".rstrip()
            for passage in evidence.passages
        ),
        "pages": _join((each.address or each.page).value for each in evidence.pages),
        "decisions": _join(iri.value for iri in evidence.decisions),
        "case_numbers": _join(evidence.case_numbers),
        "clauses": _join(each.notation or each.provision.value for each in evidence.clauses),
        "order": _value(evidence.order),
        "conditions": _join(evidence.list_conditions(language)),
    }


def _describe_period(prefix: str, period: Period | None) -> Row:
    start, end = (period.start, period.end) if period else (None, None)
    return {
        f"{prefix}from": start.isoformat() if start else "",
        f"{prefix}before": end.isoformat() if end else "",
    }


def _name(column: str, iri: Iri | None, shown: Representation, language: str) -> Row:
    name = shown.names[language].get(iri, "") if iri else ""
    return {column: _value(iri), f"{column}_name": name}


def _list_rules(findings: Iterable[Finding]) -> str:
    return _join(dict.fromkeys(finding.rule.value for finding in findings))


def _join(values: Iterable[str]) -> str:
    return "; ".join(values)


def _tell(value: bool) -> str:
    return "true" if value else "false"


def _value(iri: Iri | None) -> str:
    return iri.value if iri else ""
