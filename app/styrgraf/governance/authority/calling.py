"""The call of `sg:mayDecide`: terms in, a boolean or no value out. No IO here."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Verdict
from styrgraf.graph.literals import tell_fault
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import XSD

_CURRENCY = "SEK"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ANSWERS = {
    Verdict.YES: Literal("true", XSD + "boolean"),
    Verdict.NO: Literal("false", XSD + "boolean"),
}


def decide(authority: Authority, arguments: tuple[Term, ...]) -> Literal | None:
    """Return whether a party may decide a matter on a date, with an amount in SEK or "" for none.

    None where that cannot be told, the matter is unknown, or an argument is of the wrong kind.
    """
    if len(arguments) != 4:
        return None
    party, matter, day, amount = arguments
    on, hundredths = _read_date(day), _read_hundredths(amount)
    if not isinstance(party, Iri) or not isinstance(matter, Iri) or on is None:
        return None
    if hundredths is None or authority.index.find(matter.value) < 0:
        return None
    asked = Amount(hundredths, _CURRENCY) if hundredths >= 0 else None
    return _ANSWERS.get(authority.verdict(party.value, matter.value, on, asked))


def _read_date(term: Term) -> date | None:
    if not isinstance(term, Literal) or term.datatype != XSD + "date":
        return None
    try:
        return date.fromisoformat(term.value) if _DATE.fullmatch(term.value) else None
    except ValueError:
        return None


def _read_hundredths(term: Term) -> int | None:
    """Return an amount in hundredths, -1 for the empty text, None for anything else."""
    if term == Literal(""):
        return -1
    if not isinstance(term, Literal) or term.datatype not in {XSD + "integer", XSD + "decimal"}:
        return None
    if tell_fault(term.value, term.datatype):
        return None
    hundredths = Decimal(term.value) * 100
    return int(hundredths) if hundredths >= 0 and hundredths == int(hundredths) else None
