"""Facts and readings seen from the other side: what a note says, and what lines are noted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from styrgraf.model import Solution
from styrgraf.namespaces import DCTERMS, OA, RDF
from styrgraf.web.labels import load_labels
from styrgraf.web.passages import Passage, Passages
from styrgraf.web.solutions import list_iris_of, read_text
from styrgraf.web.terms import ShownTerm, show_iri, show_term

SaidTriple = tuple[ShownTerm, ShownTerm, ShownTerm]


@dataclass(frozen=True, slots=True)
class NotedPassage:
    """Lines of a document with the facts and readings that were read from them."""

    passage: Passage
    notes: tuple[tuple[ShownTerm, str], ...]


def load_said(passages: Passages, iri: str) -> tuple[SaidTriple, ...]:
    """Load the statements that a fact or reading carries; none for any other thing."""
    rows = passages.reader.select(f"""
      SELECT DISTINCT ?subject ?predicate ?object WHERE {{
        <{iri}> <{OA}hasBody> ?statement .
        ?statement <{RDF}subject> ?subject ;
          <{RDF}predicate> ?predicate ;
          <{RDF}object> ?object .
      }} ORDER BY ?subject ?predicate ?object LIMIT 500""").rows
    names = list_iris_of(rows, "subject", "predicate", "object")
    labels = load_labels(passages.reader, names, passages.language)

    def show(row: Solution, variable: str) -> ShownTerm:
        return show_term(row[variable], passages.addresses, labels)

    return tuple(
        (show(row, "subject"), show(row, "predicate"), show(row, "object")) for row in rows
    )


def load_noted_passages(passages: Passages, iri: str) -> tuple[NotedPassage, ...]:
    """Load the passages of a source document in order of lines, or the one that a locator is."""
    itself = passages.load((iri,))
    found = itself or passages.load_document(iri)
    about = f"<{iri}>" if itself else "?locator"
    rows = passages.reader.select(f"""
      SELECT ?locator ?note ?number WHERE {{
        {"" if itself else f"?locator <{OA}hasSource> <{iri}> ."}
        ?note <{OA}hasTarget> {about} ; <{DCTERMS}identifier> ?number .
      }} ORDER BY ?number ?note""").rows
    notes: dict[str, list[tuple[ShownTerm, str]]] = defaultdict(list)
    for row in rows:
        note = show_iri(read_text(row, "note"), passages.addresses)
        notes[read_text(row, "locator") or iri].append((note, read_text(row, "number")))
    return tuple(NotedPassage(passage, tuple(notes[name])) for name, passage in found.items())
