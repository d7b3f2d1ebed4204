"""What answers as RDF are made of: terms, literals, and names that follow from what they name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from styrgraf.governance.authority.answers import Amount, Period
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.forms.json_form import write_decimal
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.model import Iri, Literal, Term, Triple
from styrgraf.namespaces import RDF, SCHEMA, SG, XSD

TYPE = RDF + "type"
VERDICTS = {
    Verdict.YES: Iri(SG + "verdictYes"),
    Verdict.NOT_TOLD: Iri(SG + "verdictNotTold"),
    Verdict.NO: Iri(SG + "verdictNo"),
}
KINDS = {Kind.DECIDE: Iri(SG + "rightDecide"), Kind.SIGN: Iri(SG + "rightSign")}


def triple(subject: Iri, predicate: str, value: Term) -> Triple:
    """Return a triple; `predicate` is the text of an IRI."""
    return Triple(subject, Iri(predicate), value)


def make_digest(*parts: object) -> str:
    """Return a short name that follows from values; the same values have the same."""
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:20]


def name_rule(rule: Rule) -> Iri:
    """Return the concept of a rule: that of `not-yet` is sg:ruleNotYet."""
    return Iri(SG + "rule" + "".join(word.capitalize() for word in rule.value.split("-")))


def list_rule_concepts(node: Iri, rules: Iterable[Rule]) -> Iterator[Triple]:
    """Yield that a node meets with rules."""
    for rule in rules:
        yield triple(node, SG + "findsRule", name_rule(rule))


def list_window(node: Iri, period: Period | None) -> Iterator[Triple]:
    """Yield the window of a node, as far as it is stated."""
    if period and period.start:
        yield triple(node, SG + "validFrom", write_day(period.start))
    if period and period.end:
        yield triple(node, SG + "validTo", write_day(period.end))


def list_amount(node: Iri, amount: Amount, things: str) -> Iterator[Triple]:
    """Yield the amount that a question is about: it is both its lowest and its highest value."""
    value = write_decimal_literal(amount.hundredths)
    of = Iri(f"{things}amount/{amount.hundredths}-{amount.currency.lower()}")
    yield triple(node, SCHEMA + "amount", of)
    yield triple(of, TYPE, Iri(SCHEMA + "MonetaryAmount"))
    yield triple(of, SCHEMA + "minValue", value)
    yield triple(of, SCHEMA + "maxValue", value)
    yield triple(of, SCHEMA + "currency", Literal(amount.currency))


def write_decimal_literal(hundredths: int) -> Literal:
    """Return hundredths as an xsd:decimal."""
    return Literal(write_decimal(hundredths), XSD + "decimal")


def write_integer(number: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(number), XSD + "integer")


def write_day(day: date) -> Literal:
    """Return an xsd:date."""
    return Literal(day.isoformat(), XSD + "date")
