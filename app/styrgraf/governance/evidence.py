"""Why the graph says what it says: the notes behind statements, and the lines that they point at.

A note is a fact or a reading with a number. No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from styrgraf.governance.selecting import select_each
from styrgraf.governance.statements import Source
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Solution, Term
from styrgraf.namespaces import SG

Key = tuple[Iri, str, Term]
"""Subject, property, value; an empty property stands for the thing as such."""

# Each branch begins with the subjects: otherwise the engine joins all facts before it looks at
# them. What stands at passages and notes is asked for once, not in each row: half the time.
_SOURCES = """
SELECT ?subject ?predicate ?object ?note ?locator WHERE {
  {
    VALUES ?subject { $things }
    ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
    ?note oa:hasBody ?statement ; oa:hasTarget ?locator .
  } UNION {
    VALUES ?subject { $things }
    ?note oa:hasBody ?subject ; oa:hasTarget ?locator .
  } UNION {
    VALUES ?subject { $things }
    ?subject dct:source ?locator .
  }
}
"""

_PLACES = """
SELECT ?place ?document ?first ?last ?identifier ?certainty WHERE {
  {
    VALUES ?place { $things }
    ?place oa:hasSource ?document ; sg:firstLine ?first ; sg:lastLine ?last .
  } UNION {
    VALUES ?place { $things }
    ?place dct:identifier ?identifier .
    OPTIONAL { ?place sg:certainty ?certainty }
  }
}
"""

_REASONS = """
SELECT ?note ?reading ?why WHERE {
  VALUES ?note { $things }
  OPTIONAL { ?note a sg:Reading BIND(true AS ?reading) }
  OPTIONAL { ?note dct:description ?why }
} ORDER BY ?note ?why
"""


@dataclass(slots=True)
class Evidence:
    """The lines behind a statement, and whether a note calls it uncertain."""

    sources: list[Source] = field(default_factory=list)
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A fact or reading: its number, why it was read so, by language, and the lines it points at.

    `certainty` is the concept that it names, if any.
    """

    iri: Iri
    number: str
    is_reading: bool
    certainty: Iri | None
    reasons: Mapping[str, str]
    locators: tuple[Iri, ...]


def read_evidence(reader: Reader, subjects: Sequence[Iri]) -> dict[Key, Evidence]:
    """Return the lines behind each statement about `subjects`, and behind these as such."""
    rows = list(select_each(reader, _SOURCES, subjects))
    places = _read_places(reader, rows)
    found: defaultdict[Key, Evidence] = defaultdict(Evidence)
    for row in rows:
        passage = places.get(row["locator"], {})
        if "document" not in passage:
            continue  # dct:source may also name a document as a whole
        note = places.get(row.get("note", row["locator"]), {})
        evidence = found[name_statement(row)]
        evidence.sources.append(_describe_source(row, passage, note))
        evidence.uncertain |= note.get("certainty") == Iri(SG + "certaintyUncertain")
    for evidence in found.values():
        evidence.sources = _order_sources(evidence.sources)
    return dict(found)


def read_notes(reader: Reader, subject: Iri) -> dict[Key, tuple[Note, ...]]:
    """Return the notes behind each statement about a thing, by number, with their reasons."""
    rows = [row for row in select_each(reader, _SOURCES, (subject,)) if "note" in row]
    places = _read_places(reader, rows)
    reasons = _read_reasons(reader, {row["note"] for row in rows})
    lines: defaultdict[tuple[Key, Term], list[Iri]] = defaultdict(list)
    for row in rows:
        lines[name_statement(row), row["note"]].append(Iri(row["locator"].value))
    found: defaultdict[Key, list[Note]] = defaultdict(list)
    for (key, note), locators in lines.items():
        found[key].append(_describe_note(note, places.get(note, {}), reasons[note], locators))
    return {key: tuple(sorted(notes, key=_order_note)) for key, notes in found.items()}


def name_statement(row: Solution) -> Key:
    """Return what a row is about: a statement, or (no predicate) the subject as such."""
    subject = row["subject"]
    if not isinstance(subject, Iri):
        subject = Iri(subject.value)
    if "predicate" not in row:
        return subject, "", subject
    return subject, row["predicate"].value, row["object"]


def _read_places(reader: Reader, rows: Sequence[Solution]) -> dict[Term, Solution]:
    """Return what is known of the passages and notes in `rows`."""
    named = {row[name] for row in rows for name in ("locator", "note") if name in row}
    iris = sorted(term for term in named if isinstance(term, Iri))
    return {row["place"]: row for row in select_each(reader, _PLACES, iris)}


def _read_reasons(reader: Reader, notes: Iterable[Term]) -> dict[Term, list[Solution]]:
    iris = sorted(term for term in notes if isinstance(term, Iri))
    found: defaultdict[Term, list[Solution]] = defaultdict(list)
    for row in select_each(reader, _REASONS, iris):
        found[row["note"]].append(row)
    return found


def _describe_note(
    note: Term, place: Solution, reasons: Sequence[Solution], locators: Sequence[Iri]
) -> Note:
    certainty = place.get("certainty")
    told = [row["why"] for row in reasons if "why" in row]
    return Note(
        iri=Iri(note.value),
        number=place["identifier"].value if "identifier" in place else "",
        is_reading=any("reading" in row for row in reasons),
        certainty=certainty if isinstance(certainty, Iri) else None,
        reasons={why.language: why.value for why in told if isinstance(why, Literal)},
        locators=tuple(dict.fromkeys(sorted(locators))),
    )


def _order_note(note: Note) -> tuple[str, str]:
    return note.number, note.iri.value


def _order_sources(sources: Sequence[Source]) -> list[Source]:
    """Return each passage once: those of the notes that point most exactly first, then by line."""
    passages = Counter(source.note for source in sources)
    exact_first = sorted(
        sources,
        key=lambda source: (
            passages[source.note],
            source.document,
            source.first_line,
            source.last_line,
            source.identifier,
        ),
    )
    return list({source.locator: source for source in reversed(exact_first)}.values())[::-1]


def _describe_source(row: Solution, passage: Solution, note: Solution) -> Source:
    stated = row.get("note")
    return Source(
        locator=Iri(row["locator"].value),
        document=Iri(passage["document"].value),
        first_line=int(passage["first"].value),
        last_line=int(passage["last"].value),
        note=stated if isinstance(stated, Iri) else None,
        identifier=note["identifier"].value if "identifier" in note else "",
    )
