"""An answer as RDF: an sg:AuthorityAnswer for each party, with its chains, links and evidence.

Its IRIs follow from the question and the version, so that the same answer has the same ones;
there are no blank nodes. No IO here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from styrgraf.errors import UsageError
from styrgraf.governance.authority.answers import (
    Chain,
    Finding,
    Link,
    MayAnswer,
    PartyAnswer,
    Question,
    WhoAnswer,
)
from styrgraf.governance.authority.facts import Limit
from styrgraf.governance.authority.forms.evidence import LinkEvidence, Passage
from styrgraf.governance.authority.forms.rdf_terms import (
    KINDS,
    TYPE,
    VERDICTS,
    list_amount,
    list_rule_concepts,
    list_window,
    make_digest,
    triple,
    write_day,
    write_decimal_literal,
    write_integer,
)
from styrgraf.governance.authority.forms.representation import (
    BreakDates,
    HeldDelegations,
    Representation,
)
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Triple
from styrgraf.namespaces import DCTERMS, ID_PATH, OA, PROV, SCHEMA, SG, SKOS, XSD


def list_triples(shown: Representation) -> tuple[Triple, ...]:
    """Return the triples of an answer, each once. Raises UsageError for break dates."""
    answers = _list_answers(shown)
    triples = [each for answer in answers for each in _write_answer(answer, shown)]
    if isinstance(shown.answer, HeldDelegations):
        triples += _write_residual(shown.answer, shown.base)
    evidence = (each for thing in shown.evidence.values() for each in _write_evidence(thing))
    return tuple(dict.fromkeys((*triples, *evidence)))


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
    yield triple(node, TYPE, Iri(SG + "AuthorityAnswer"))
    yield triple(node, SG + "overMatter", question.matter)
    yield triple(node, SG + "onDate", write_day(question.on))
    yield triple(node, SG + "answersParty", answer.party)
    yield triple(node, SG + "verdict", VERDICTS[answer.verdict])
    yield triple(node, SG + "rightKind", KINDS[question.kind])
    if question.unit:
        yield triple(node, SG + "withinUnit", question.unit)
    if question.amount:
        yield from list_amount(node, question.amount, things)
    yield from _find_rules(node, answer.findings)
    for number, chain in enumerate(answer.chains, 1):
        chain_node = Iri(f"{things}authority-chain/{digest}-{number}")
        yield triple(node, SG + "hasChain", chain_node)
        yield from _derive(node, chain.links)
        yield from _write_chain(chain_node, chain, shown)


def _write_residual(answer: HeldDelegations, base: str) -> Iterator[Triple]:
    """Yield an answer over no stated matter for each original authority in all that is left."""
    for original, verdict in answer.residual:
        digest = make_digest(answer.party, answer.on, original, answer.version)
        node = Iri(f"{base}{ID_PATH}authority-answer/{digest}")
        yield triple(node, TYPE, Iri(SG + "AuthorityAnswer"))
        yield triple(node, SG + "onDate", write_day(answer.on))
        yield triple(node, SG + "answersParty", answer.party)
        yield triple(node, SG + "verdict", VERDICTS[verdict])
        yield triple(node, PROV + "wasDerivedFrom", original)


def _write_chain(node: Iri, chain: Chain, shown: Representation) -> Iterator[Triple]:
    things = shown.base + ID_PATH
    yield triple(node, TYPE, Iri(SG + "Chain"))
    yield triple(node, SG + "verdict", VERDICTS[chain.verdict])
    yield triple(node, SG + "certainty", _certainty(chain.certainty))
    yield from list_window(node, chain.period)
    yield from _find_rules(node, chain.findings)
    for limit in chain.limits:
        yield from _write_limit(node, limit, things)
    for position, link in enumerate(chain.links, 1):
        link_node = Iri(f"{node.value.replace('/authority-chain/', '/chain-link/')}-{position}")
        yield triple(node, SG + "hasLink", link_node)
        yield triple(link_node, SG + "position", write_integer(position))
        yield from _write_link(link_node, link, shown.evidence)


def _write_link(node: Iri, link: Link, evidence: Mapping[Iri, LinkEvidence]) -> Iterator[Triple]:
    yield triple(node, TYPE, Iri(SG + "ChainLink"))
    yield triple(node, SG + "certainty", _certainty(link.certainty))
    yield from list_window(node, link.period)
    yield from _find_rules(node, link.findings)
    yield from _derive(node, (link,))
    thing = link.delegation or link.original_authority
    if thing:
        yield triple(node, SG + "linkOf", thing)
        for number in evidence[thing].case_numbers if thing in evidence else ():
            yield triple(node, SG + "caseNumber", Literal(number))


def _write_evidence(evidence: LinkEvidence) -> Iterator[Triple]:
    """Yield what a delegation, original authority, recall or order rests on."""
    thing = evidence.iri
    for decision in evidence.decisions:
        yield triple(thing, SG + "grantedBy", decision)
    if evidence.order:
        yield triple(thing, SG + "underOrder", evidence.order)
    for clause in evidence.clauses:
        yield triple(thing, clause.stated_by, clause.provision)
        if clause.notation:
            yield triple(clause.provision, SKOS + "notation", Literal(clause.notation))
    for condition in evidence.conditions:
        yield triple(thing, SG + "condition", condition)
    for page in evidence.pages:
        yield triple(thing, DCTERMS + "source", page.page)
        if page.address:
            yield triple(page.page, DCTERMS + "source", page.address)
    for passage in evidence.passages:
        yield triple(thing, DCTERMS + "source", passage.source.locator)
        yield from _write_passage(passage)


def _write_passage(passage: Passage) -> Iterator[Triple]:
    source = passage.source
    yield triple(source.locator, OA + "hasSource", source.document)
    yield triple(source.locator, SG + "firstLine", write_integer(source.first_line))
    yield triple(source.locator, SG + "lastLine", write_integer(source.last_line))
    yield triple(source.document, DCTERMS + "identifier", Literal(passage.code))
    if source.note:
        yield triple(source.note, OA + "hasTarget", source.locator)
        yield triple(source.note, DCTERMS + "identifier", Literal(source.identifier))


def _write_limit(node: Iri, limit: Limit, things: str) -> Iterator[Triple]:
    word = "below" if limit.excluded else "at-most"
    of = Iri(f"{things}amount/{word}-{limit.hundredths}-{limit.currency.lower()}")
    yield triple(node, SG + "amountLimit", of)
    yield triple(of, TYPE, Iri(SCHEMA + "MonetaryAmount"))
    yield triple(of, SCHEMA + "maxValue", write_decimal_literal(limit.hundredths))
    yield triple(of, SCHEMA + "currency", Literal(limit.currency))
    if limit.excluded:
        yield triple(of, SG + "limitExcluded", Literal("true", XSD + "boolean"))


def _find_rules(node: Iri, findings: Iterable[Finding]) -> Iterator[Triple]:
    yield from list_rule_concepts(node, (finding.rule for finding in findings))


def _derive(node: Iri, links: Iterable[Link]) -> Iterator[Triple]:
    for link in links:
        if link.delegation:
            yield triple(node, PROV + "wasDerivedFrom", link.delegation)


def _digest(answer: _PartyAnswer, version: int) -> str:
    question = answer.question
    return make_digest(
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


def _certainty(certainty: Certainty) -> Iri:
    return Iri(f"{SG}certainty{certainty.value.capitalize()}")
