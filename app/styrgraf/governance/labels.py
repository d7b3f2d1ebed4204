"""What things are called in the user's language: in the language asked for, else in the other.

No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from styrgraf.governance.selecting import select_each
from styrgraf.graph.keeping import keep_each
from styrgraf.graph.store import Reader
from styrgraf.language import LANGUAGES
from styrgraf.model import Iri, Literal, Solution
from styrgraf.namespaces import DCTERMS, FOAF, RDFS, SH, SKOS

_PROPERTIES = (
    SKOS + "prefLabel",
    RDFS + "label",
    DCTERMS + "title",
    FOAF + "name",
    SH + "name",
    DCTERMS + "identifier",
)
"""What names a thing, the best first; facts have nothing but their number."""
_MOST_KEPT = 50_000

# A second VALUES would be joined with the first before anything is looked up: eighty times slower.
_LABELS = f"""
SELECT ?thing ?property ?label WHERE {{
  VALUES ?thing {{ $things }}
  ?thing ?property ?label
  FILTER(?property IN ({", ".join(f"<{iri}>" for iri in _PROPERTIES)}))
}}
"""


def load_labels(reader: Reader, iris: Iterable[str], language: str) -> dict[str, Literal]:
    """Return the label of each IRI that has one, as a literal that tells its language."""
    wanted = sorted({iri for iri in iris if ":" in iri})
    return keep_each(
        reader, ("labels", language), wanted, lambda new: _read(reader, new, language), _MOST_KEPT
    )


def _read(reader: Reader, iris: Sequence[str], language: str) -> dict[str, Literal]:
    labels: dict[str, Literal] = {}
    ranks: dict[str, tuple[bool, int, int, str]] = {}
    for row in select_each(reader, _LABELS, map(Iri, iris)):
        _keep_better(row, language, labels, ranks)
    return labels


def _keep_better(
    row: Solution,
    language: str,
    labels: dict[str, Literal],
    ranks: dict[str, tuple[bool, int, int, str]],
) -> None:
    thing, prop, label = row["thing"], row["property"], row["label"]
    if not (isinstance(thing, Iri) and isinstance(prop, Iri) and isinstance(label, Literal)):
        return
    place = _PROPERTIES.index(prop.value)
    is_number = prop.value == _PROPERTIES[-1]
    rank = (is_number, _rate_language(label.language, language), place, label.value)
    if thing.value not in ranks or rank < ranks[thing.value]:
        ranks[thing.value], labels[thing.value] = rank, label


def _rate_language(found: str, wanted: str) -> int:
    if found == wanted:
        return 0
    return 1 if not found else 2 if found in LANGUAGES else 3
