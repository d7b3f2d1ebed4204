"""What is stated of the things of a class, by property, with the lowest certainty of it.

Plain SELECTs, in parts: no answer has more than `PAGE_ROWS` rows. No IO but through the reader
that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from styrgraf.governance.authority.indexing.records import CERTAINTIES
from styrgraf.governance.query_text import write_query
from styrgraf.governance.statements import Certainty
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Solution, Term
from styrgraf.namespaces import GRAPH_PATH, RDF, SG

_CERTAINTY = SG + "certainty"
PAGE_ROWS = 50_000
_THINGS_AT_ONCE = 1000

_BY_CLASS = """
SELECT DISTINCT ?thing WHERE { VALUES ?class { $things } ?thing a ?class } ORDER BY ?thing
"""

_STATEMENTS = """
SELECT ?thing ?property ?value ?graph WHERE {
  VALUES ?thing { $things }
  GRAPH ?graph { ?thing ?property ?value }
  FILTER(?property IN ($properties))
} ORDER BY ?thing ?property ?value ?graph
"""

_DOUBTS = """
SELECT ?thing ?property ?value ?certainty ?note WHERE {
  { ?statement sg:certainty ?certainty }
  UNION { ?note sg:certainty ?certainty ; oa:hasBody ?statement }
  ?statement rdf:subject ?thing ; rdf:predicate ?property ; rdf:object ?value .
  FILTER(?certainty != sg:certaintyAsserted)
} ORDER BY ?thing ?property ?value ?certainty ?note
"""

Key = tuple[str, str, Term]
"""Subject, property, value."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is said to be less than asserted: by readers' notes, and by statements themselves."""

    of_notes: Mapping[Key, Certainty]
    of_statements: Mapping[Key, Certainty]

    def judge(self, key: Key, graph: str) -> Certainty:
        """Return how sure a statement in a graph is."""
        name = graph.rpartition(f"/{GRAPH_PATH}")[2]
        if name == "interpretation":
            uncertain = self.of_notes.get(key) is Certainty.UNCERTAIN
            return Certainty.UNCERTAIN if uncertain else Certainty.INTERPRETED
        if name == "external":
            return self.of_statements.get(key, Certainty.ASSERTED)
        return Certainty.INFERRED if name == "inferred" else Certainty.ASSERTED


@dataclass(slots=True)
class Stated:
    """What is stated of one thing. `is_odd` is set when something cannot be read as it should."""

    iri: str
    values: dict[str, list[Term]] = field(default_factory=dict)
    certainty: Certainty = Certainty.ASSERTED
    is_odd: bool = False

    def iris(self, name: str) -> tuple[str, ...]:
        """Return the IRIs that one of our properties leads to; another value is odd."""
        values = self.values.get(SG + name, ())
        found = tuple(term.value for term in values if isinstance(term, Iri))
        self.is_odd |= len(found) < len(values)
        return found

    def iri_of(self, name: str) -> str | None:
        """Return the one IRI that a property leads to; several are odd, and none of them is it."""
        found = self.iris(name)
        self.is_odd |= len(found) > 1
        return found[0] if len(found) == 1 else None

    def literal(self, iri: str) -> Literal | None:
        """Return the one literal of a property; several are odd, and none of them is it."""
        values = self.values.get(iri, ())
        found = [term for term in values if isinstance(term, Literal)]
        self.is_odd |= len(values) > 1 or len(found) < len(values)
        return found[0] if len(values) == len(found) == 1 else None

    def answer(self, name: str) -> bool | None:
        """Return the boolean of one of our properties; None if it is not stated, or odd."""
        literal = self.literal(SG + name)
        answer = _BOOLEANS.get(literal.value) if literal else None
        self.is_odd |= literal is not None and answer is None
        return answer


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_CERTAINTIES = {f"{SG}certainty{each.value.capitalize()}": each for each in Certainty}
_RANKS = {certainty: rank for rank, certainty in enumerate(CERTAINTIES)}


def read_rows(reader: Reader, query: str) -> Iterator[Solution]:
    """Yield the solutions of an ordered SELECT, asked for in pages."""
    for page in count():
        rows = reader.select(f"{query} LIMIT {PAGE_ROWS} OFFSET {page * PAGE_ROWS}").rows
        yield from rows
        if len(rows) < PAGE_ROWS:
            return


def read_pairs(reader: Reader, text: str) -> dict[str, tuple[str, ...]]:
    """Return the IRIs `?value` of each IRI `?thing`, ordered."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_rows(reader, write_query(text)):
        if isinstance(row["thing"], Iri) and isinstance(row["value"], Iri):
            found[row["thing"].value].append(row["value"].value)
    return {thing: tuple(values) for thing, values in found.items()}


def list_class(reader: Reader, name: str) -> list[Iri]:
    """Return the things of a class, ordered."""
    rows = read_rows(reader, write_query(_BY_CLASS, [Iri(name)]))
    return [row["thing"] for row in rows if isinstance(row["thing"], Iri)]


def read_doubts(reader: Reader) -> Doubts:
    """Return all that is said to be less than asserted."""
    of_notes: dict[Key, Certainty] = {}
    of_statements: dict[Key, Certainty] = {}
    for row in read_rows(reader, write_query(_DOUBTS)):
        certainty = _CERTAINTIES.get(row["certainty"].value)
        if certainty is not None:
            key = (row["thing"].value, row["property"].value, row["value"])
            (of_notes if "note" in row else of_statements)[key] = certainty
    return Doubts(of_notes, of_statements)


def read_stated(
    reader: Reader, name: str, properties: Sequence[str], doubts: Doubts
) -> Iterator[Stated]:
    """Yield what `properties` state of each thing of a class, in order of IRI."""
    listed = ", ".join(f"<{each}>" for each in (RDF + "type", _CERTAINTY, *properties))
    text = _STATEMENTS.replace("$properties", listed)
    things = list_class(reader, name)
    for first in range(0, len(things), _THINGS_AT_ONCE):
        batch = things[first : first + _THINGS_AT_ONCE]
        rows = read_rows(reader, write_query(text, batch))
        yield from _gather(rows, name, doubts)


def _gather(rows: Iterator[Solution], name: str, doubts: Doubts) -> Iterator[Stated]:
    """Join rows to things; a type of another class says nothing of the thing as one of this."""
    certainties: dict[Key, Certainty] = {}
    for row in rows:
        key = (row["thing"].value, row["property"].value, row["value"])
        if key[1] != RDF + "type" or row["value"] == Iri(name):
            # The same triple in a source and in a reading is what the source says.
            certainty = doubts.judge(key, row["graph"].value)
            certainties[key] = min(
                certainties.get(key, certainty), certainty, key=_RANKS.__getitem__
            )
    found: dict[str, Stated] = {}
    for (thing, predicate, value), certainty in certainties.items():
        stated = found.setdefault(thing, Stated(thing))
        stated.values.setdefault(predicate, []).append(value)
        told = _CERTAINTIES.get(value.value) if predicate == _CERTAINTY else None
        stated.certainty = max(stated.certainty, told or certainty, key=_RANKS.__getitem__)
    yield from found.values()
