"""An answer as RDF: an sg:AuthorityAnswer for each party, with its chains, links and evidence.

Its IRIs follow from the question and the version, so that the same answer has the same ones;
there are no blank nodes. No IO here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from styrgraf.errors import UsageError
from styrgraf.governance.authority.answers import (
    Amount,
    Chain,
    Finding,
    Link,
    MayAnswer,
    PartyAnswer,
    Period,
    Question,
    WhoAnswer,
)
from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.forms.evidence import LinkEvidence, Passage
from styrgraf.governance.authority.forms.json_form import write_decimal
from styrgraf.governance.authority.forms.representation import (
    BreakDates,
    HeldDelegations,
    Representation,
)
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Term, Triple
from styrgraf.namespaces import DCTERMS, ID_PATH, OA, PROV, RDF, SCHEMA, SG, SKOS, XSD

_VERDICTS = {
    Verdict.YES: Iri(SG + "verdictYes"),
    Verdict.NOT_TOLD: Iri(SG + "verdictNotTold"),
    Verdict.NO: Iri(SG + "verdictNo"),
}
_KINDS = {Kind.DECIDE: Iri(SG + "rightDecide"), Kind.SIGN: Iri(SG + "rightSign")}
_TYPE = RDF + "type"


def list_triples(shown: Representation) -> tuple[Triple, ...]:
    """Return the triples of an answer, each once. Raises UsageError for break dates."""
    answers = _list_answers(shown)
    triples = [each for answer in answers for each in _write_answer(answer, shown)]
    if isinstance(shown.answer, HeldDelegations):
        triples += _write_residual(shown.answer, shown.base)
    evidence = (each for thing in shown.evidence.values() for each in _write_evidence(thing))
    return tuple(dict.fromkeys((*triples, *evidence)))


def name_rule(rule: Rule) -> Iri:
    """Return the concept of a rule: that of `not-yet` is sg:ruleNotYet."""
    return Iri(SG + "rule" + "".join(word.capitalize() for word in rule.value.split("-")))


@dataclass(frozen=True, slots=True)
class _PartyAnswer:
    """What one sg:AuthorityAnswer is made of."""

    question: Question
    party: Iri
    verdict: Verdict
    findings: Sequence[Finding]
    chains: Sequence[Chain]
    held: Iri | None = None


def _list_answers(shown: Representation) -> list[_PartyAnswer]:
    answer = shown.answer
    if isinstance(answer, WhoAnswer):
        return [_of_party(answer.question, party) for party in answer.parties]
    if isinstance(answer, MayAnswer):
        return [_of_all(answer)]
    if isinstance(answer, BreakDates):
        raise UsageError(N_("The days on which an answer changes are not to be had as RDF."))
    return [
        _of_party(Question(held.matter, answer.on, kind=held.kind), held.answer, held.delegation)
        for held in answer.delegations
    ]


def _of_party(question: Question, party: PartyAnswer, held: Iri | None = None) -> _PartyAnswer:
    return _PartyAnswer(question, party.party, party.verdict, party.findings, party.chains, held)


def _of_all(answer: MayAnswer) -> _PartyAnswer:
    """Return the answer for one party, with the chains of all ways in which it might."""
    ways = [way for way in answer.answers if way.verdict is answer.verdict]
    findings = (*answer.findings, *(each for way in ways for each in way.findings))
    chains = [chain for way in ways for chain in way.chains]
    return _PartyAnswer(answer.question, answer.party, answer.verdict, findings, chains)


def _write_answer(answer: _PartyAnswer, shown: Representation) -> Iterator[Triple]:
    question, digest = answer.question, _digest(answer, shown.answer.version)
    things = shown.base + ID_PATH
    node = Iri(f"{things}authority-answer/{digest}")
    yield _triple(node, _TYPE, Iri(SG + "AuthorityAnswer"))
    yield _triple(node, SG + "overMatter", question.matter)
    yield _triple(node, SG + "onDate", _day(question.on))
    yield _triple(node, SG + "answersParty", answer.party)
    yield _triple(node, SG + "verdict", _VERDICTS[answer.verdict])
    yield _triple(node, SG + "rightKind", _KINDS[question.kind])
    if question.unit:
        yield _triple(node, SG + "withinUnit", question.unit)
    if question.amount:
        yield from _write_amount(node, question.amount, things)
    yield from _find_rules(node, answer.findings)
    for number, chain in enumerate(answer.chains, 1):
        chain_node = Iri(f"{things}authority-chain/{digest}-{number}")
        yield _triple(node, SG + "hasChain", chain_node)
        yield from _derive(node, chain.links)
        yield from _write_chain(chain_node, chain, shown)


def _write_residual(answer: HeldDelegations, base: str) -> Iterator[Triple]:
    """Yield an answer over no stated matter for each original authority in all that is left."""
    for original, verdict in answer.residual:
        digest = _hash(answer.party, answer.on, original, answer.version)
        node = Iri(f"{base}{ID_PATH}authority-answer/{digest}")
        yield _triple(node, _TYPE, Iri(SG + "AuthorityAnswer"))
        yield _triple(node, SG + "onDate", _day(answer.on))
        yield _triple(node, SG + "answersParty", answer.party)
        yield _triple(node, SG + "verdict", _VERDICTS[verdict])
        yield _triple(node, PROV + "wasDerivedFrom", original)


def _write_chain(node: Iri, chain: Chain, shown: Representation) -> Iterator[Triple]:
    things = shown.base + ID_PATH
    yield _triple(node, _TYPE, Iri(SG + "Chain"))
    yield _triple(node, SG + "verdict", _VERDICTS[chain.verdict])
    yield _triple(node, SG + "certainty", _certainty(chain.certainty))
    yield from _write_period(node, chain.period)
    yield from _find_rules(node, chain.findings)
    for limit in chain.limits:
        yield from _write_limit(node, limit, things)
    for position, link in enumerate(chain.links, 1):
        link_node = Iri(f"{node.value.replace('/authority-chain/', '/chain-link/')}-{position}")
        yield _triple(node, SG + "hasLink", link_node)
        yield _triple(link_node, SG + "position", _integer(position))
        yield from _write_link(link_node, link, shown.evidence)


def _write_link(node: Iri, link: Link, evidence: Mapping[Iri, LinkEvidence]) -> Iterator[Triple]:
    yield _triple(node, _TYPE, Iri(SG + "ChainLink"))
    yield _triple(node, SG + "certainty", _certainty(link.certainty))
    yield from _write_period(node, link.period)
    yield from _find_rules(node, link.findings)
    yield from _derive(node, (link,))
    thing = link.delegation or link.original_authority
    if thing:
        yield _triple(node, SG + "linkOf", thing)
        for number in evidence[thing].case_numbers if thing in evidence else ():
            yield _triple(node, SG + "caseNumber", Literal(number))


def _write_evidence(evidence: LinkEvidence) -> Iterator[Triple]:
    """Yield what a delegation, original authority, recall or order rests on."""
    thing = evidence.iri
    for decision in evidence.decisions:
        yield _triple(thing, SG + "grantedBy", decision)
    if evidence.order:
        yield _triple(thing, SG + "underOrder", evidence.order)
    for clause in evidence.clauses:
        yield _triple(thing, clause.stated_by, clause.provision)
        if clause.notation:
            yield _triple(clause.provision, SKOS + "notation", Literal(clause.notation))
    for condition in evidence.conditions:
        yield _triple(thing, SG + "condition", condition)
    for page in evidence.pages:
        yield _triple(thing, DCTERMS + "source", page.page)
        if page.address:
            yield _triple(page.page, DCTERMS + "source", page.address)
    for passage in evidence.passages:
        yield _triple(thing, DCTERMS + "source", passage.source.locator)
        yield from _write_passage(passage)


def _write_passage(passage: Passage) -> Iterator[Triple]:
    source = passage.source
    yield _triple(source.locator, OA + "hasSource", source.document)
    yield _triple(source.locator, SG + "firstLine", _integer(source.first_line))
    yield _triple(source.locator, SG + "lastLine", _integer(source.last_line))
    yield _triple(source.document, DCTERMS + "identifier", Literal(passage.code))
    if source.note:
        yield _triple(source.note, OA + "hasTarget", source.locator)
        yield _triple(source.note, DCTERMS + "identifier", Literal(source.identifier))


def _write_period(node: Iri, period: Period | None) -> Iterator[Triple]:
    if period and period.start:
        yield _triple(node, SG + "validFrom", _day(period.start))
    if period and period.end:
        yield _triple(node, SG + "validTo", _day(period.end))


def _write_amount(node: Iri, amount: Amount, things: str) -> Iterator[Triple]:
    """Yield the amount that a question is about: it is both its lowest and its highest value."""
    value = Literal(write_decimal(amount.hundredths), XSD + "decimal")
    of = Iri(f"{things}amount/{amount.hundredths}-{amount.currency.lower()}")
    yield _triple(node, SG + "decidedAmount", of)
    yield _triple(of, _TYPE, Iri(SCHEMA + "MonetaryAmount"))
    yield _triple(of, SCHEMA + "minValue", value)
    yield _triple(of, SCHEMA + "maxValue", value)
    yield _triple(of, SCHEMA + "currency", Literal(amount.currency))


def _write_limit(node: Iri, limit: Limit, things: str) -> Iterator[Triple]:
    word = "below" if limit.excluded else "at-most"
    of = Iri(f"{things}amount/{word}-{limit.hundredths}-{limit.currency.lower()}")
    yield _triple(node, SG + "amountLimit", of)
    yield _triple(of, _TYPE, Iri(SCHEMA + "MonetaryAmount"))
    value = Literal(write_decimal(limit.hundredths), XSD + "decimal")
    yield _triple(of, SCHEMA + "maxValue", value)
    yield _triple(of, SCHEMA + "currency", Literal(limit.currency))
    if limit.excluded:
        yield _triple(of, SG + "limitExcluded", Literal("true", XSD + "boolean"))


def _find_rules(node: Iri, findings: Iterable[Finding]) -> Iterator[Triple]:
    for finding in findings:
        yield _triple(node, SG + "findsRule", name_rule(finding.rule))


def _derive(node: Iri, links: Iterable[Link]) -> Iterator[Triple]:
    for link in links:
        if link.delegation:
            yield _triple(node, PROV + "wasDerivedFrom", link.delegation)


def _digest(answer: _PartyAnswer, version: int) -> str:
    question = answer.question
    return _hash(
        question.matter,
        question.on,
        question.unit,
        question.amount,
        question.kind,
        question.conditions_met,
        answer.party,
        answer.held,
        version,
    )


def _hash(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:20]


def _certainty(certainty: Certainty) -> Iri:
    return Iri(f"{SG}certainty{certainty.value.capitalize()}")


def _integer(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), XSD + "date")


def _triple(subject: Iri, predicate: str, value: Term) -> Triple:
    return Triple(subject, Iri(predicate), value)
