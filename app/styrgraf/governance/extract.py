"""The part of the graph that a page is about: things, what is stated of them, and where it is said.

A page lists its subjects with one SELECT and reads them with three: statements, sources, gaps.
What public pages say beyond the documents (`graph/external`) is left out.
No IO but through the reader that is passed in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from styrgraf.governance.statements import (
    Certainty,
    OpenQuestion,
    Page,
    Source,
    Sourced,
    Thing,
)
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Solution, Term
from styrgraf.namespaces import PREFIXES, SG

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

_STATEMENTS = """
SELECT ?subject ?predicate ?object ?graph WHERE {
  VALUES ?subject { $things }
  GRAPH ?graph { ?subject ?predicate ?object }
  FILTER(!STRENDS(STR(?graph), "/graph/external"))
} ORDER BY ?subject ?predicate ?object
"""

# Each branch begins with the subjects and ends with what is optional: otherwise the engine joins
# all facts before it looks at the subjects (measured: ten times as slow).
_SOURCES = """
SELECT ?subject ?predicate ?object ?note ?identifier ?certainty ?locator ?document ?first ?last
WHERE {
  {
    VALUES ?subject { $things }
    ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
    ?note oa:hasBody ?statement ; oa:hasTarget ?locator .
    ?locator oa:hasSource ?document ; sg:firstLine ?first ; sg:lastLine ?last .
    OPTIONAL { ?note dct:identifier ?identifier }
    OPTIONAL { ?note sg:certainty ?certainty }
  } UNION {
    VALUES ?subject { $things }
    ?note oa:hasBody ?subject ; oa:hasTarget ?locator .
    ?locator oa:hasSource ?document ; sg:firstLine ?first ; sg:lastLine ?last .
    OPTIONAL { ?note dct:identifier ?identifier }
  } UNION {
    VALUES ?subject { $things }
    ?subject dct:source ?locator .
    ?locator oa:hasSource ?document ; sg:firstLine ?first ; sg:lastLine ?last .
  }
} ORDER BY ?document ?first ?last ?identifier
"""

_GAPS = """
SELECT DISTINCT ?about ?gap ?property WHERE {
  VALUES ?about { $things }
  ?gap sg:concerns ?about .
  OPTIONAL { ?gap sg:concernsProperty ?property }
} ORDER BY ?about ?gap ?property
"""

_BY_CLASS = """
SELECT DISTINCT ?subject ?class ?name WHERE {
  VALUES ?class { $things }
  GRAPH ?graph { ?subject a ?class }
  FILTER(!STRENDS(STR(?graph), "/graph/external"))
  OPTIONAL { ?subject skos:prefLabel ?label FILTER(LANG(?label) = "sv") }
  BIND(LCASE(STR(COALESCE(?label, ?subject))) AS ?name)
} ORDER BY ?name ?subject
"""

_CERTAINTY_OF_GRAPH = {
    "interpretation": Certainty.INTERPRETED,
    "inferred": Certainty.INFERRED,
}

_UNWRITABLE = re.compile(r'[\x00-\x20<>"{}|^`\\]')

_Key = tuple[Iri, str, Term]


def write_query(text: str, things: Iterable[Iri] = ()) -> str:
    """Return `text` with prefixes, and with `$things` as a list of IRIs."""
    listed = " ".join(f"<{each.value}>" for each in things if not _UNWRITABLE.search(each.value))
    return _PROLOGUE + text.replace("$things", listed)


def list_subjects(reader: Reader, text: str, things: Iterable[Iri] = ()) -> tuple[Iri, ...]:
    """Return the IRIs that a SELECT of `?subject` finds, each once, in its order."""
    rows = reader.select(write_query(text, things)).rows
    return tuple(dict.fromkeys(row["subject"] for row in rows if isinstance(row["subject"], Iri)))


def list_by_class(reader: Reader, *lists: Sequence[str]) -> tuple[tuple[Iri, ...], ...]:
    """Return, for each list of classes, its things by order of classes and then of names.

    A thing of several classes stands once in a list, under the first.
    """
    classes = [Iri(name) for names in lists for name in names]
    found: defaultdict[str, list[Iri]] = defaultdict(list)
    for row in reader.select(write_query(_BY_CLASS, classes)).rows:
        if isinstance(subject := row["subject"], Iri):
            found[row["class"].value].append(subject)
    return tuple(
        tuple(dict.fromkeys(iri for name in names for iri in found[name])) for names in lists
    )


def list_page(reader: Reader, text: str, number: int, size: int) -> Page[Iri]:
    """Return one page of what `list_subjects` finds."""
    subjects = list_subjects(reader, text)
    return Page(subjects, size=size, total=len(subjects)).cut(number)


def read_things(reader: Reader, subjects: Sequence[Iri]) -> tuple[Thing, ...]:
    """Return what is stated of `subjects`, in their order; those without a statement are absent."""
    if not subjects:
        return ()
    sources = _read_sources(reader, subjects)
    stated = _read_statements(reader, subjects, sources)
    questions = _read_questions(reader, subjects)
    return tuple(
        Thing(
            iri=iri,
            statements=stated[iri],
            sources=_sources_of((iri, "", iri), sources),
            open_questions=questions.get(iri, ()),
        )
        for iri in subjects
        if iri in stated
    )


@dataclass(slots=True)
class _Evidence:
    sources: list[Source] = field(default_factory=list)
    uncertain: bool = False


def _read_sources(reader: Reader, subjects: Sequence[Iri]) -> dict[_Key, _Evidence]:
    found: defaultdict[_Key, _Evidence] = defaultdict(_Evidence)
    for row in reader.select(write_query(_SOURCES, subjects)).rows:
        evidence = found[_key(row)]
        evidence.sources.append(_source(row))
        evidence.uncertain |= row.get("certainty") == Iri(SG + "certaintyUncertain")
    for evidence in found.values():
        evidence.sources = _order_sources(evidence.sources)
    return dict(found)


def _order_sources(sources: Sequence[Source]) -> list[Source]:
    """Return each passage once, those of the notes that point most exactly first."""
    passages = Counter(source.note for source in sources)
    exact_first = sorted(sources, key=lambda source: passages[source.note])
    return list({source.locator: source for source in reversed(exact_first)}.values())[::-1]


def _source(row: Solution) -> Source:
    note = row.get("note")
    return Source(
        locator=Iri(row["locator"].value),
        document=Iri(row["document"].value),
        first_line=int(row["first"].value),
        last_line=int(row["last"].value),
        note=note if isinstance(note, Iri) else None,
        identifier=row["identifier"].value if "identifier" in row else "",
    )


def _key(row: Solution) -> _Key:
    """Return what a row is about: a statement, or (no predicate) the subject as such."""
    subject = Iri(row["subject"].value)
    if "predicate" not in row:
        return subject, "", subject
    return subject, row["predicate"].value, row["object"]


def _read_statements(
    reader: Reader, subjects: Sequence[Iri], sources: Mapping[_Key, _Evidence]
) -> dict[Iri, dict[str, tuple[Sourced[Term], ...]]]:
    certainties: dict[_Key, Certainty] = {}
    for row in reader.select(write_query(_STATEMENTS, subjects)).rows:
        key = _key(row)
        # The same triple in a source and in a reading is what the source says.
        if certainties.get(key) != Certainty.ASSERTED:
            certainties[key] = _judge(row["graph"].value, sources.get(key))
    gathered: defaultdict[Iri, dict[str, tuple[Sourced[Term], ...]]] = defaultdict(dict)
    for key, certainty in certainties.items():
        subject, predicate, value = key
        stated = Sourced(value, certainty, _sources_of(key, sources))
        gathered[subject][predicate] = (*gathered[subject].get(predicate, ()), stated)
    return dict(gathered)


def _judge(graph: str, evidence: _Evidence | None) -> Certainty:
    certainty = _CERTAINTY_OF_GRAPH.get(graph.rpartition("/graph/")[2], Certainty.ASSERTED)
    if certainty == Certainty.INTERPRETED and evidence is not None and evidence.uncertain:
        return Certainty.UNCERTAIN
    return certainty


def _sources_of(key: _Key, sources: Mapping[_Key, _Evidence]) -> tuple[Source, ...]:
    evidence = sources.get(key)
    return tuple(evidence.sources) if evidence else ()


def _read_questions(reader: Reader, subjects: Sequence[Iri]) -> dict[Iri, tuple[OpenQuestion, ...]]:
    found: defaultdict[Iri, defaultdict[Iri, list[str]]]
    found = defaultdict(lambda: defaultdict(list))
    for row in reader.select(write_query(_GAPS, subjects)).rows:
        properties = found[Iri(row["about"].value)][Iri(row["gap"].value)]
        if "property" in row:
            properties.append(row["property"].value)
    return {
        about: tuple(OpenQuestion(gap, tuple(properties)) for gap, properties in gaps.items())
        for about, gaps in found.items()
    }
