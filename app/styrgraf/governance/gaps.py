"""What the documents leave open: gaps, their kind, what they concern, where they show.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.governance.extract import list_page, read_things
from styrgraf.governance.statements import Page, Source, SourcedIri, SourcedText, Thing
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, SG

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class GapRecord:
    """Something that a document leaves open."""

    iri: Iri
    kinds: tuple[SourcedIri, ...]
    descriptions: tuple[SourcedText, ...]
    concerns: tuple[SourcedIri, ...]
    properties: tuple[SourcedIri, ...]
    sources: tuple[Source, ...]

    @property
    def kind(self) -> Iri:
        """Return the first of its kinds, under which it is listed; an empty IRI for none."""
        return self.kinds[0].value if self.kinds else Iri("")


_GAPS = """
SELECT DISTINCT ?subject ?kind WHERE {
  ?subject a sg:Gap .
  OPTIONAL { ?subject sg:gapKind ?kind }
} ORDER BY ?kind ?subject
"""


def read_gaps(reader: Reader, page: int = 1, size: int = PAGE_SIZE) -> Page[GapRecord]:
    """Return one page of gaps, by kind."""
    subjects = list_page(reader, _GAPS, page, size)
    return subjects.with_items(map(_describe_gap, read_things(reader, subjects.items)))


def _describe_gap(thing: Thing) -> GapRecord:
    return GapRecord(
        iri=thing.iri,
        kinds=thing.iris(SG + "gapKind"),
        descriptions=thing.texts(DCTERMS + "description"),
        concerns=thing.iris(SG + "concerns"),
        properties=thing.iris(SG + "concernsProperty"),
        sources=thing.sources,
    )
