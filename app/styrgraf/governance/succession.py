"""What took the place of a body that ended: what is stated to, else what the next lines say.

No source need say that one body follows another. Where it does not, but says within a few lines
that another body handles something, that is told for what it is. No IO but through the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from styrgraf.governance.extract import list_subjects, read_things
from styrgraf.governance.statements import Source, SourcedIri, SourcedText, Thing
from styrgraf.governance.surroundings import Surroundings
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, SG

NEAREST = 3
"""So many lines after those that end a body count as the next."""

_AROUND = """
SELECT DISTINCT ?subject WHERE {
  { VALUES ?body { $things } ?subject sg:ends|dct:replaces ?body }
  UNION { VALUES ?body { $things } BIND(?body AS ?subject) }
  UNION { ?subject a sg:Body ; sg:handlesMatter ?matter }
  UNION { ?other a sg:Body ; sg:handlesMatter ?subject }
} ORDER BY ?subject LIMIT 2000
"""


@dataclass(frozen=True, slots=True)
class Successor:
    """A body that follows another; `stated` says so, or (`matter`) says what it handles.

    `words` describe the matter.
    """

    body: Iri
    stated: SourcedIri
    matter: Iri | None = None
    words: tuple[SourcedText, ...] = ()


def find_successors(reader: Reader, bodies: Iterable[Iri]) -> Mapping[Iri, tuple[Successor, ...]]:
    """Return what follows each of the bodies that ended; those that nothing follows are absent."""
    ended = tuple(bodies)
    if not ended:
        return {}
    around = Surroundings(read_things(reader, list_subjects(reader, _AROUND, ended)))
    found = {body: tuple(_list_stated(body, around)) for body in ended}
    return {
        body: successors or tuple(_list_next(body, around)) for body, successors in found.items()
    }


def _list_stated(body: Iri, around: Surroundings) -> Iterator[Successor]:
    own = around.things.get(body, Thing(body))
    for stated in own.iris(DCTERMS + "isReplacedBy", SG + "continuesAs"):
        yield Successor(stated.value, stated)
    for stated in around.subjects_of(body, DCTERMS + "replaces"):
        yield Successor(stated.value, stated)


def _list_next(body: Iri, around: Surroundings) -> Iterator[Successor]:
    endings = [
        source for _, stated in around.pointing_at(body, SG + "ends") for source in stated.sources
    ]
    for other in around.things.values():
        for stated in other.iris(SG + "handlesMatter") if other.iri != body else ():
            if any(_is_next(source, ending) for source in stated.sources for ending in endings):
                matter = around.things.get(stated.value, Thing(stated.value))
                words = matter.texts(DCTERMS + "description")
                yield Successor(other.iri, stated, stated.value, words)


def _is_next(source: Source, ending: Source) -> bool:
    after = source.first_line - ending.last_line
    return source.document == ending.document and not source.is_page and 0 <= after <= NEAREST
