"""What the sources leave open about a thing: the gaps that concern it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from styrgraf.model import Literal, Solution
from styrgraf.namespaces import DCTERMS, SG
from styrgraf.web.labels import load_labels
from styrgraf.web.passages import Passage, Passages
from styrgraf.web.solutions import list_iris_of, read_text
from styrgraf.web.terms import ShownTerm, show_iri


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A gap: its name, its kinds, the properties not stated, our words on it, and where."""

    gap: ShownTerm
    kinds: tuple[ShownTerm, ...]
    properties: tuple[ShownTerm, ...]
    description: Literal | None
    passages: tuple[Passage, ...]


def load_open_points(passages: Passages, iri: str) -> tuple[OpenPoint, ...]:
    """Load the gaps that concern the thing."""
    rows = passages.reader.select(f"""
      SELECT ?gap ?kind ?property ?description ?locator WHERE {{
        ?gap <{SG}concerns> <{iri}> .
        OPTIONAL {{ ?gap <{SG}gapKind> ?kind }}
        OPTIONAL {{ ?gap <{SG}concernsProperty> ?property }}
        OPTIONAL {{ ?gap <{DCTERMS}description> ?description
          FILTER (LANG(?description) = "{passages.language}") }}
        OPTIONAL {{ ?gap <{DCTERMS}source> ?locator }}
      }} ORDER BY ?gap ?locator""").rows
    names = list_iris_of(rows, "gap", "kind", "property")
    labels = load_labels(passages.reader, names, passages.language)
    found = passages.load(list_iris_of(rows, "locator"))
    by_gap: dict[str, list[Solution]] = defaultdict(list)
    for row in rows:
        by_gap[read_text(row, "gap")].append(row)

    def show_all(same: list[Solution], variable: str) -> tuple[ShownTerm, ...]:
        iris = sorted(list_iris_of(same, variable))
        return tuple(show_iri(name, passages.addresses, labels) for name in iris)

    return tuple(
        OpenPoint(
            show_iri(gap, passages.addresses, labels),
            show_all(same, "kind"),
            show_all(same, "property"),
            next(
                (term for row in same if isinstance(term := row.get("description"), Literal)), None
            ),
            tuple(found[name] for name in sorted(list_iris_of(same, "locator")) if name in found),
        )
        for gap, same in by_gap.items()
    )
