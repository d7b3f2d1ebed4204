"""What the links of an answer rest on: lines, public pages, decisions, case numbers, clauses.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from styrgraf.governance.authority.answers import (
    HeldDelegation,
    MayAnswer,
    PartyAnswer,
    WhoAnswer,
)
from styrgraf.governance.extract import read_things
from styrgraf.governance.query_text import write_query
from styrgraf.governance.statements import Source, SourcedIri, SourcedText, Thing
from styrgraf.graph.keeping import keep_each
from styrgraf.graph.store import Reader
from styrgraf.model import Iri, Literal, Term
from styrgraf.namespaces import DCTERMS, SG, SKOS

Answer = WhoAnswer | MayAnswer | Sequence[HeldDelegation]
"""What chains stand in."""

_BATCH = 300
"""Things asked for in one query."""

_MOST_KEPT = 5_000

_TOLD_BY = (
    *(SG + name for name in ("grantedBy", "caseNumber", "inProvision", "legalBasis")),
    *(SG + name for name in ("underOrder", "condition", "maySubDelegateTo")),
    SKOS + "notation",
    DCTERMS + "identifier",
    DCTERMS + "source",
)
"""The properties that tell what something rests on, and by what it is called there."""

_DETAILS = f"""
SELECT DISTINCT ?thing ?property ?value WHERE {{
  VALUES ?thing {{ $things }}
  ?thing ?property ?value
  FILTER(?property IN ({", ".join(f"<{name}>" for name in _TOLD_BY)}))
}} ORDER BY ?thing ?property ?value
"""

_SUB_DELEGATIONS = """
SELECT DISTINCT ?thing ?value WHERE {
  VALUES ?thing { $things }
  ?value sg:subDelegationOf ?thing
} ORDER BY ?thing ?value
"""

_TOLD = ("grantedBy", "underOrder", "inProvision", "legalBasis")

_Details = Mapping[Iri, Mapping[str, tuple[Term, ...]]]


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of a source document; `code` is its identifier."""

    source: Source
    code: str

    def cite(self) -> str:
        """Return the lines as “000:78–79”."""
        first, last = self.source.first_line, self.source.last_line
        return f"{self.code}:{first}" if first == last else f"{self.code}:{first}–{last}"


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A public page or document that says it; `address` is where it is, if known."""

    page: Iri
    address: Iri | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision of an order or statute, with what it is called there (“3 §”), if stated.

    `stated_by` is the property that names it.
    """

    provision: Iri
    notation: str
    stated_by: str


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """What a delegation, original authority, recall or order rests on; () where nothing is stated.

    `case_numbers` are its own and those of its decisions and its order. `start` and `end` are
    statements: a start that is only a reading has that certainty. `permitted` are the recipients
    that sub-delegation is limited to, and `sub_delegations` those that state this one as source.
    """

    iri: Iri
    passages: tuple[Passage, ...] = ()
    pages: tuple[PublicPage, ...] = ()
    decisions: tuple[Iri, ...] = ()
    case_numbers: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    order: Iri | None = None
    conditions: tuple[Literal, ...] = ()
    start: SourcedText | None = None
    end: SourcedText | None = None
    precision: SourcedIri | None = None
    permitted: tuple[Iri, ...] = ()
    sub_delegations: tuple[Iri, ...] = ()

    def list_conditions(self, language: str) -> tuple[str, ...]:
        """Return the conditions in `language`; where there are none, all there are."""
        texts = [text for text in self.conditions if text.language in ("", language)]
        return tuple(text.value for text in texts or self.conditions)


def gather_evidence(
    reader: Reader, answer: Answer, also: Iterable[Iri] = ()
) -> Mapping[Iri, LinkEvidence]:
    """Return the evidence of every link and finding of an answer, by the IRI of what it is of."""
    iris = dict.fromkeys((*list_evidenced(answer), *also))
    return keep_each(reader, "evidence", iris, lambda new: _read(reader, new), _MOST_KEPT)


def _read(reader: Reader, iris: Sequence[Iri]) -> dict[Iri, LinkEvidence]:
    gathered: dict[Iri, LinkEvidence] = {}
    for start in range(0, len(iris), _BATCH):
        gathered |= _gather(reader, iris[start : start + _BATCH])
    return gathered


def list_evidenced(answer: Answer) -> tuple[Iri, ...]:
    """Return the delegations and original authorities in the chains, and what findings name."""
    found: dict[Iri | None, None] = {}
    if not isinstance(answer, WhoAnswer | MayAnswer):
        found |= dict.fromkeys(held.delegation for held in answer)
    for party in list_parties(answer):
        found |= dict.fromkeys(_list_of_party(party))
    return tuple(iri for iri in found if iri is not None)


def list_parties(answer: Answer) -> tuple[PartyAnswer, ...]:
    """Return the answers by party that an answer consists of."""
    if isinstance(answer, WhoAnswer):
        return answer.parties
    if isinstance(answer, MayAnswer):
        return answer.answers
    return tuple(held.answer for held in answer)


def _list_of_party(party: PartyAnswer) -> Iterator[Iri | None]:
    yield from (finding.other for finding in party.findings)
    for chain in party.chains:
        yield from (finding.other for finding in chain.findings)
        for link in chain.links:
            yield link.delegation
            yield link.original_authority
            yield from (finding.other for finding in link.findings)


def _gather(reader: Reader, iris: Sequence[Iri]) -> dict[Iri, LinkEvidence]:
    things = {thing.iri: thing for thing in read_things(reader, iris, with_external=True)}
    details = {iri: _list_stated(thing) for iri, thing in things.items()}
    documents = {source.document for thing in things.values() for source in _list_sources(thing)}
    around = _read_details(reader, sorted(documents | set(_list_around(details))))
    further = _read_sub_delegations(reader, iris)
    return {
        iri: _describe(iri, things.get(iri, Thing(iri)), details, around, further.get(iri, ()))
        for iri in iris
        if iri in things
    }


def _list_stated(thing: Thing) -> Mapping[str, tuple[Term, ...]]:
    return {
        name: tuple(each.value for each in thing.statements[name])
        for name in _TOLD_BY
        if name in thing.statements
    }


def _read_details(reader: Reader, iris: Sequence[Iri]) -> _Details:
    found: defaultdict[Iri, defaultdict[str, tuple[Term, ...]]]
    found = defaultdict(lambda: defaultdict(tuple))
    if iris:
        for row in reader.select(write_query(_DETAILS, iris)).rows:
            found[Iri(row["thing"].value)][row["property"].value] += (row["value"],)
    return {iri: dict(properties) for iri, properties in found.items()}


def _read_sub_delegations(reader: Reader, iris: Sequence[Iri]) -> Mapping[Iri, tuple[Iri, ...]]:
    found: defaultdict[Iri, tuple[Iri, ...]] = defaultdict(tuple)
    for row in reader.select(write_query(_SUB_DELEGATIONS, iris)).rows:
        found[Iri(row["thing"].value)] += (Iri(row["value"].value),)
    return found


def _list_around(details: _Details) -> Iterator[Iri]:
    for properties in details.values():
        for values in properties.values():
            yield from (value for value in values if isinstance(value, Iri))


def _describe(
    iri: Iri, thing: Thing, details: _Details, around: _Details, further: tuple[Iri, ...]
) -> LinkEvidence:
    own = details.get(iri, {})
    decisions, orders = _iris(own, SG + "grantedBy"), _iris(own, SG + "underOrder")
    numbered = (own, *(around.get(each, {}) for each in (*decisions, *orders)))
    return LinkEvidence(
        iri=iri,
        passages=_list_passages(thing, around),
        pages=_list_pages(own, around, thing),
        decisions=decisions,
        case_numbers=tuple(
            dict.fromkeys(text.value for each in numbered for text in _texts(each, "caseNumber"))
        ),
        clauses=tuple(
            Clause(each, _notation(around.get(each, {})), name)
            for name in (SG + "inProvision", SG + "legalBasis")
            for each in _iris(own, name)
        ),
        order=next(iter(orders), None),
        conditions=_texts(own, "condition"),
        start=thing.text_of(SG + "validFrom"),
        end=thing.text_of(SG + "validTo"),
        precision=thing.iri_of(SG + "datePrecision"),
        permitted=_iris(own, SG + "maySubDelegateTo"),
        sub_delegations=further,
    )


def _iris(properties: Mapping[str, tuple[Term, ...]], name: str) -> tuple[Iri, ...]:
    return tuple(value for value in properties.get(name, ()) if isinstance(value, Iri))


def _texts(properties: Mapping[str, tuple[Term, ...]], name: str) -> tuple[Literal, ...]:
    return tuple(value for value in properties.get(SG + name, ()) if isinstance(value, Literal))


def _notation(properties: Mapping[str, tuple[Term, ...]]) -> str:
    return next((value.value for value in properties.get(SKOS + "notation", ())), "")


def _list_sources(thing: Thing) -> tuple[Source, ...]:
    """Return the lines that say anything of a thing, each passage once, by document and line."""
    of_statements = (
        source
        for values in thing.statements.values()
        for stated in values
        for source in stated.sources
    )
    distinct = {source.locator: source for source in (*of_statements, *thing.sources)}
    return tuple(sorted(distinct.values(), key=_order_source))


def _order_source(source: Source) -> tuple[Iri, int, int]:
    return source.document, source.first_line, source.last_line


def _list_passages(thing: Thing, around: _Details) -> tuple[Passage, ...]:
    return tuple(
        Passage(source, _code(around.get(source.document, {}), source.document))
        for source in _list_sources(thing)
        if not source.is_page
    )


def _code(properties: Mapping[str, tuple[Term, ...]], document: Iri) -> str:
    identifiers = properties.get(DCTERMS + "identifier", ())
    return next((value.value for value in identifiers), document.value.rpartition("/")[2])


def _list_pages(
    own: Mapping[str, tuple[Term, ...]], around: _Details, thing: Thing
) -> tuple[PublicPage, ...]:
    """Return the public pages, and other documents that `dct:source` names as a whole.

    What is told as decision, order or clause is not told once more.
    """
    told = {each for name in _TOLD for each in _iris(own, SG + name)}
    sources = _list_sources(thing)
    lines = {source.locator for source in sources if not source.is_page}
    pages = (source.locator for source in sources if source.is_page)
    named = (each for each in _iris(own, DCTERMS + "source") if each not in lines)
    return tuple(
        PublicPage(page, next(iter(_iris(around.get(page, {}), DCTERMS + "source")), None))
        for page in dict.fromkeys((*pages, *named))
        if page not in told
    )
