"""The concepts of rules and verdicts say what the engine's own tables say."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode

from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.namespaces import DCTERMS, SG, SKOS
from tests.ontology.rules import ONTOLOGY

FILE = ONTOLOGY / "authority_rules.ttl"
VERDICTS = {Verdict.NO: SG + "verdictNo", Verdict.NOT_TOLD: SG + "verdictNotTold"}


def name_concept(rule: Rule) -> str:
    return SG + "rule" + "".join(word.capitalize() for word in rule.value.split("-"))


def read_values(subject: str, predicate: str, language: str = "") -> Iterator[str]:
    """Yield what a concept has as values of a property; of texts those in the language."""
    told = (NamedNode(subject), NamedNode(predicate))
    values = [
        quad.object
        for quad in pyoxigraph.parse(path=str(FILE))
        if (quad.subject, quad.predicate) == told
    ]
    for value in values:
        assert isinstance(value, Literal | NamedNode)
        if isinstance(value, NamedNode) or (value.language or "") == language:
            yield value.value


def test_there_is_one_concept_for_each_rule_and_no_other() -> None:
    scheme = NamedNode(SG + "ruleScheme")
    concepts = [
        quad.subject.value
        for quad in pyoxigraph.parse(path=str(FILE))
        if quad.predicate.value == SKOS + "inScheme" and quad.object == scheme
        if isinstance(quad.subject, NamedNode)
    ]
    assert concepts == [name_concept(rule) for rule in Rule]


@pytest.mark.parametrize("rule", Rule)
def test_the_concept_of_a_rule_has_its_code_verdict_sentence_and_sources(rule: Rule) -> None:
    concept, text = name_concept(rule), RULE_TEXTS[rule]
    assert list(read_values(concept, SKOS + "notation")) == [rule.value]
    assert list(read_values(concept, SG + "verdict")) == [VERDICTS[text.verdict]]
    assert list(read_values(concept, SKOS + "definition", "en")) == [text.sentence]
    assert list(read_values(concept, DCTERMS + "source")) == list(text.sources)
