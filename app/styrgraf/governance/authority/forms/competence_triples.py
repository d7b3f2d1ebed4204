"""Was it competently decided, as RDF: an sg:AuthorityAnswer for each decision, decider and matter.

What is not stated of a decision is absent from its answer. No IO here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from styrgraf.governance.authority.forms.competence_forms import list_grounds
from styrgraf.governance.authority.forms.rdf_terms import (
    TYPE,
    VERDICTS,
    list_amount,
    list_rule_concepts,
    make_digest,
    triple,
    write_day,
)
from styrgraf.governance.authority.reasoning.competence import CompetenceAnswer, RecordedDecision
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.model import Iri, Triple
from styrgraf.namespaces import ID_PATH, PROV, SG


def list_competence_triples(
    found: Iterable[CompetenceAnswer], base: str, version: int
) -> tuple[Triple, ...]:
    """Return the triples of the answers, each once."""
    things = base + ID_PATH
    return tuple(dict.fromkeys(each for answer in found for each in _list(answer, things, version)))


def _list(found: CompetenceAnswer, things: str, version: int) -> Iterator[Triple]:
    decision = found.decision
    if not found.answers:
        for party in decision.deciders or (None,):
            for matter in decision.matters or (None,):
                node = _name(decision, party, matter, things, version)
                yield from _write(node, decision, party, matter, found.verdict)
    for answer in found.answers:
        asked, rules = answer.question.matter, list_grounds(answer)
        node = _name(decision, answer.party, asked, things, version)
        yield from _write(node, decision, answer.party, asked, answer.verdict, rules)
        if decision.amount:
            yield from list_amount(node, decision.amount, things)


def _name(
    decision: RecordedDecision, party: Iri | None, matter: Iri | None, things: str, version: int
) -> Iri:
    digest = make_digest(decision.iri, decision.day, decision.amount, party, matter, version)
    return Iri(f"{things}authority-answer/{digest}")


def _write(
    node: Iri,
    decision: RecordedDecision,
    party: Iri | None,
    matter: Iri | None,
    verdict: Verdict,
    rules: Iterable[Rule] = (),
) -> Iterator[Triple]:
    yield triple(node, TYPE, Iri(SG + "AuthorityAnswer"))
    yield triple(node, PROV + "wasDerivedFrom", decision.iri)
    yield triple(node, SG + "verdict", VERDICTS[verdict])
    if party:
        yield triple(node, SG + "answersParty", party)
    if matter:
        yield triple(node, SG + "overMatter", matter)
    if decision.day:
        yield triple(node, SG + "onDate", write_day(decision.day))
    yield from list_rule_concepts(node, rules)
