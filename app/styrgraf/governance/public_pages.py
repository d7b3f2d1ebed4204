"""What public pages say of things (`graph/external`): which page says it, and how sure it is.

A statement of its own (`rdf:Statement`) names the page of one triple; else the pages of the thing
count for all that the external graph says of it. No IO here: `extract` brings the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from styrgraf.governance.evidence import Key
from styrgraf.governance.statements import Certainty, Source
from styrgraf.model import Iri, Solution
from styrgraf.namespaces import SG

PUBLIC_PAGES = """
SELECT ?subject ?predicate ?object ?page ?certainty WHERE {
  {
    VALUES ?subject { $things }
    ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
      dct:source ?page .
    OPTIONAL { ?statement sg:certainty ?certainty }
    GRAPH ?graph { ?statement a rdf:Statement }
  } UNION {
    VALUES ?subject { $things }
    GRAPH ?graph { ?subject dct:source ?page }
  }
  FILTER(STRENDS(STR(?graph), "/graph/external"))
} ORDER BY ?subject ?predicate ?object ?page
"""

_CERTAINTIES = {
    Iri(SG + "certaintyInterpreted"): Certainty.INTERPRETED,
    Iri(SG + "certaintyInferred"): Certainty.INFERRED,
    Iri(SG + "certaintyUncertain"): Certainty.UNCERTAIN,
}


@dataclass(slots=True)
class PublicPages:
    """The pages behind statements and things, and the certainty of those that are not plain."""

    pages: defaultdict[Key, list[Source]] = field(default_factory=lambda: defaultdict(list))
    certainties: dict[Key, Certainty] = field(default_factory=dict)

    def sources_of(self, key: Key) -> tuple[Source, ...]:
        """Return the pages of a statement, else those of its subject."""
        subject = key[0]
        return tuple(self.pages.get(key) or self.pages.get((subject, "", subject)) or ())

    def judge(self, key: Key) -> Certainty:
        """Return how sure a statement is: what a page says outright is asserted."""
        return self.certainties.get(key, Certainty.ASSERTED)


def gather_pages(rows: Iterable[Solution]) -> PublicPages:
    """Return the pages that the rows of `PUBLIC_PAGES` name."""
    found = PublicPages()
    for row in rows:
        subject, page = Iri(row["subject"].value), Iri(row["page"].value)
        told = "predicate" in row
        key = (subject, row["predicate"].value, row["object"]) if told else (subject, "", subject)
        found.pages[key].append(Source(page, page, 0, 0))
        certainty = row.get("certainty")
        if isinstance(certainty, Iri) and certainty in _CERTAINTIES:
            found.certainties[key] = _CERTAINTIES[certainty]
    return found
