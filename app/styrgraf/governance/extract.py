"""The part of the graph that a page is about: things, what is stated of them, and where it is said.

A page lists its subjects with one SELECT and reads them with four: statements, sources, where
these stand, gaps. What public pages say beyond the documents (`graph/external`) is left out where
it is not asked for.
No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from styrgraf.governance.evidence import Evidence, Key, name_statement, read_evidence
from styrgraf.governance.public_pages import PUBLIC_PAGES, PublicPages, gather_pages
from styrgraf.governance.query_text import write_query
from styrgraf.governance.selecting import select_each
from styrgraf.governance.statements import (
    Certainty,
    OpenQuestion,
    Page,
    Source,
    Sourced,
    Thing,
)
from styrgraf.graph.keeping import keep_each
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import XSD

# In no order: the engine takes four times as long to put it in one as `_order_statements` does.
_STATEMENTS = """
SELECT ?subject ?predicate ?object ?graph WHERE {
  VALUES ?subject { $things }
  GRAPH ?graph { ?subject ?predicate ?object }
  FILTER(?predicate != skos:prefLabel $left_out)
}
"""

_WITHOUT_EXTERNAL = '&& !STRENDS(STR(?graph), "/graph/external")'

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

_MOST_KEPT = 2_000
"""Things: a few kilobytes each."""

_NUMBERS = {XSD + name for name in ("integer", "decimal", "double")}

_CERTAINTY_OF_GRAPH = {
    "interpretation": Certainty.INTERPRETED,
    "inferred": Certainty.INFERRED,
}


def list_subjects(reader: Reader, text: str, things: Iterable[Iri] = ()) -> tuple[Iri, ...]:
    """Return the IRIs that a SELECT of `?subject` finds, each once, in its order."""
    listed = tuple(things)
    rows = select_each(reader, text, listed) if listed else reader.select(write_query(text)).rows
    return tuple(dict.fromkeys(row["subject"] for row in rows if isinstance(row["subject"], Iri)))


def list_by_class(reader: Reader, *lists: Sequence[str]) -> tuple[tuple[Iri, ...], ...]:
    """Return, for each list of classes, its things by order of classes and then of names.

    A thing of several classes stands once in a list, under the first.
    """
    named = tuple(map(tuple, lists))
    return reader.keep(("by class", named), lambda: _list_by_class(reader, named))


def _list_by_class(reader: Reader, lists: Sequence[Sequence[str]]) -> tuple[tuple[Iri, ...], ...]:
    classes = [Iri(name) for names in lists for name in names]
    found: defaultdict[str, list[Iri]] = defaultdict(list)
    for row in reader.select(write_query(_BY_CLASS, classes)).rows:
        if isinstance(subject := row["subject"], Iri):
            found[row["class"].value].append(subject)
    return tuple(
        tuple(dict.fromkeys(iri for name in names for iri in found[name])) for names in lists
    )


def cut_list(iris: Sequence[Iri], number: int, size: int) -> Page[Iri]:
    """Return page `number` of a list; of size 0, an empty list in its place."""
    there = tuple(iris) if size else ()
    return Page(there, size=size or 1, total=len(there)).cut(number)


def list_page(reader: Reader, text: str, number: int, size: int) -> Page[Iri]:
    """Return one page of what `list_subjects` finds."""
    subjects = list_subjects(reader, text)
    return Page(subjects, size=size, total=len(subjects)).cut(number)


def read_things(
    reader: Reader, subjects: Sequence[Iri], *, with_external: bool = False
) -> tuple[Thing, ...]:
    """Return what is stated of `subjects`, in their order; those without a statement are absent.

    `with_external` brings what public pages say too, with the pages as sources.
    """
    found = keep_each(
        reader,
        ("things", with_external),
        subjects,
        lambda new: {thing.iri: thing for thing in _read_things(reader, new, with_external)},
        _MOST_KEPT,
    )
    return tuple(found.values())


def _read_things(reader: Reader, subjects: Sequence[Iri], with_external: bool) -> Iterator[Thing]:
    evidence = read_evidence(reader, subjects)
    pages = _read_pages(reader, subjects) if with_external else None
    stated = _read_statements(reader, subjects, evidence, pages)
    questions = _read_questions(reader, subjects)
    for iri in subjects:
        if iri in stated:
            yield Thing(
                iri=iri,
                statements=stated[iri],
                sources=_sources_of((iri, "", iri), evidence, pages),
                open_questions=questions.get(iri, ()),
            )


def _read_pages(reader: Reader, subjects: Sequence[Iri]) -> PublicPages:
    return gather_pages(select_each(reader, PUBLIC_PAGES, subjects))


def _read_statements(
    reader: Reader,
    subjects: Sequence[Iri],
    sources: Mapping[Key, Evidence],
    pages: PublicPages | None,
) -> dict[Iri, dict[str, tuple[Sourced[Term], ...]]]:
    text = _STATEMENTS.replace("$left_out", "" if pages else _WITHOUT_EXTERNAL)
    certainties: dict[Key, Certainty] = {}
    public: set[Key] = set()
    for row in select_each(reader, text, subjects):
        key, graph = name_statement(row), row["graph"].value
        if pages and graph.endswith("/graph/external"):
            public.add(key)
            certainty = pages.judge(key)
        else:
            certainty = _judge(graph, sources.get(key))
        # The same triple in a source and in a reading is what the source says.
        if certainties.get(key) != Certainty.ASSERTED:
            certainties[key] = certainty
    gathered: defaultdict[Iri, defaultdict[str, list[Sourced[Term]]]]
    gathered = defaultdict(lambda: defaultdict(list))
    for key, certainty in certainties.items():
        subject, predicate, value = key
        told = _sources_of(key, sources, pages if key in public else None)
        gathered[subject][predicate].append(Sourced(value, certainty, told))
    return {subject: _order_statements(stated) for subject, stated in gathered.items()}


def _order_statements(
    stated: Mapping[str, Sequence[Sourced[Term]]],
) -> dict[str, tuple[Sourced[Term], ...]]:
    """Return statements by property, in its order, and those of a property by their values."""
    return {
        name: tuple(sorted(values, key=_place_value)) for name, values in sorted(stated.items())
    }


def _place_value(stated: Sourced[Term]) -> tuple[int, str, float, str]:
    """Return where a statement stands among those of its property.

    Things come before literals, numbers by what they count, others by language or datatype.
    """
    value = stated.value
    if not isinstance(value, Literal):
        return int(isinstance(value, Iri)), "", 0.0, value.value
    if value.datatype in _NUMBERS and value.value != "NaN":
        with suppress(ValueError):
            return 2, "", float(value.value), value.value
    return 3, value.language or value.datatype, 0.0, value.value


def _judge(graph: str, evidence: Evidence | None) -> Certainty:
    certainty = _CERTAINTY_OF_GRAPH.get(graph.rpartition("/graph/")[2], Certainty.ASSERTED)
    if certainty == Certainty.INTERPRETED and evidence is not None and evidence.uncertain:
        return Certainty.UNCERTAIN
    return certainty


def _sources_of(
    key: Key, sources: Mapping[Key, Evidence], pages: PublicPages | None
) -> tuple[Source, ...]:
    evidence = sources.get(key)
    lines = tuple(evidence.sources) if evidence else ()
    return lines + (pages.sources_of(key) if pages else ())


def _read_questions(reader: Reader, subjects: Sequence[Iri]) -> dict[Iri, tuple[OpenQuestion, ...]]:
    found: defaultdict[Iri, defaultdict[Iri, list[str]]]
    found = defaultdict(lambda: defaultdict(list))
    for row in select_each(reader, _GAPS, subjects):
        properties = found[Iri(row["about"].value)][Iri(row["gap"].value)]
        if "property" in row:
            properties.append(row["property"].value)
    return {
        about: tuple(OpenQuestion(gap, tuple(properties)) for gap, properties in gaps.items())
        for about, gaps in found.items()
    }
