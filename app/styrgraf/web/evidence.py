"""Why the graph says something: the facts and readings behind the statements about one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.model import Solution, Term
from styrgraf.namespaces import DCTERMS, OA, RDF, SG
from styrgraf.web.addresses import Addresses
from styrgraf.web.passages import Passage
from styrgraf.web.solutions import read_text
from styrgraf.web.terms import ShownTerm, show_iri

CERTAINTY = SG + "certainty"
"""IRIs of the certainty concepts begin so: sg:certaintyAsserted, and so on."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact or reading behind a statement: its number, how certain, why, and where it stands."""

    note: ShownTerm
    number: str
    is_reading: bool
    certainty: str
    why: str
    why_language: str
    passages: tuple[Passage, ...]


def write_evidence_query(page: str) -> str:
    """Return the query for facts and readings; `page` binds ?subject, ?predicate, ?object."""
    return f"""
      SELECT ?predicate ?object ?note ?kind ?number ?certainty ?why ?locator WHERE {{
        {page}
        ?statement <{RDF}subject> ?subject ;
          <{RDF}predicate> ?predicate ;
          <{RDF}object> ?object .
        ?note <{OA}hasBody> ?statement ; a ?kind .
        VALUES ?kind {{ <{SG}Fact> <{SG}Reading> }}
        OPTIONAL {{ ?note <{DCTERMS}identifier> ?number }}
        OPTIONAL {{ ?note <{CERTAINTY}> ?certainty }}
        OPTIONAL {{ ?note <{DCTERMS}description> ?why }}
        OPTIONAL {{ ?note <{OA}hasTarget> ?locator }}
      }} ORDER BY ?number ?note ?locator"""


Statement = tuple[Term, Term]
"""Predicate and object."""


def collect_evidence(
    rows: tuple[Solution, ...],
    addresses: Addresses,
    passages: Mapping[str, Passage],
    language: str,
) -> dict[Statement, tuple[Evidence, ...]]:
    """Return the evidence of each statement, from the rows of the evidence query."""
    notes: dict[Statement, dict[str, list[Solution]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        notes[row["predicate"], row["object"]][read_text(row, "note")].append(row)
    return {
        statement: tuple(
            _read_evidence(same, addresses, passages, language) for same in by_note.values()
        )
        for statement, by_note in notes.items()
    }


def _read_evidence(
    rows: list[Solution],
    addresses: Addresses,
    passages: Mapping[str, Passage],
    language: str,
) -> Evidence:
    first = rows[0]
    why, why_language = _choose_reason(rows, language)
    locators = dict.fromkeys(read_text(row, "locator") for row in rows)
    return Evidence(
        show_iri(read_text(first, "note"), addresses),
        read_text(first, "number"),
        read_text(first, "kind") == SG + "Reading",
        read_text(first, "certainty").removeprefix(CERTAINTY).lower(),
        why,
        why_language,
        tuple(passages[locator] for locator in locators if locator in passages),
    )


def _choose_reason(rows: list[Solution], language: str) -> tuple[str, str]:
    reasons = {
        getattr(row["why"], "language", ""): read_text(row, "why") for row in rows if "why" in row
    }
    chosen = language if language in reasons else next(iter(sorted(reasons)), "")
    return reasons.get(chosen, ""), chosen
