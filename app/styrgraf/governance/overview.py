"""What is new, what ends soon, and how much there is: what the start page tells.

No HTTP; a reader and the day are passed in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from styrgraf.governance.decisions import DecisionRecord, describe_decision
from styrgraf.governance.extract import read_things
from styrgraf.governance.query_text import write_query
from styrgraf.governance.statements import SourcedText, Thing
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import SG

SOON_DAYS = 180
MOST_DECISIONS = 5
MOST_ENDINGS = 5
COUNTED = (
    *("Decision", "DelegationOfAuthority", "DelegationOrder", "Goal", "Plan", "MatterType"),
    *("Gap", "SourceDocument", "Fact", "Reading"),
)


@dataclass(frozen=True, slots=True)
class Ending:
    """A thing and its exclusive end; `kind` is its class."""

    iri: Iri
    kind: Iri
    end: SourcedText


@dataclass(frozen=True, slots=True)
class Overview:
    """The latest decisions; what ends soon, and where nothing does the nearest end there is.

    `ends_later` tells whether that end is still to come. `matter` and `party` are of a delegation.
    `counts` is by class name.
    """

    decisions: tuple[DecisionRecord, ...]
    endings: tuple[Ending, ...]
    nearest_end: Ending | None
    ends_later: bool
    matter: Iri | None
    party: Iri | None
    counts: Mapping[str, int]

    @property
    def number(self) -> str:
        """Return the shortest number of a decision, for an example: others say more than it."""
        numbers = [each.case_number or each.written_number for each in self.decisions]
        return min((each.value.value for each in numbers if each), key=len, default="")


_FIRST = """
SELECT ?part ?subject ?day ?class WHERE {
  {
    SELECT ("decision" AS ?part) ?subject ?day WHERE {
      GRAPH ?graph { ?subject a sg:Decision ; eli:date_document ?day }
      FILTER(!STRENDS(STR(?graph), "/graph/external"))
    } ORDER BY DESC(STR(?day)) ?subject LIMIT $decisions
  } UNION {
    SELECT ("ending" AS ?part) ?subject ?day ?class WHERE {
      VALUES ?class { $things }
      ?subject a ?class ; sg:validTo ?day FILTER(STR(?day) > "$today")
    } ORDER BY STR(?day) ?subject LIMIT $endings
  } UNION {
    SELECT ("ended" AS ?part) ?subject ?day ?class WHERE {
      VALUES ?class { $things }
      ?subject a ?class ; sg:validTo ?day FILTER(STR(?day) <= "$today")
    } ORDER BY DESC(STR(?day)) ?subject LIMIT 1
  } UNION {
    SELECT ("example" AS ?part) ?subject ?class WHERE {
      ?delegation sg:delegatesMatter ?subject ; sg:delegate ?class . ?class a org:Post
    } ORDER BY ?delegation ?subject ?class LIMIT 1
  }
}
"""
"""`?class` of an example is the post that may decide."""

_ENDING_CLASSES = (
    *("DelegationOfAuthority", "DelegationOrder", "OrderDefault", "Body", "Holding"),
    *("Substitution", "Decision"),
)

_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?number) WHERE {
  VALUES ?class { $things }
  GRAPH ?graph { ?thing a ?class }
  FILTER(!STRENDS(STR(?graph), "/graph/external"))
} GROUP BY ?class
"""


def read_overview(reader: Reader, today: date) -> Overview:
    """Return what is new and what ends soon as of a day, and the counts."""
    return reader.keep(("overview", today), lambda: _read_overview(reader, today))


def _read_overview(reader: Reader, today: date) -> Overview:
    found = _list_first(reader, today)
    subjects = [iri for part in ("decision", "ending", "ended") for iri, _ in found[part]]
    things = {each.iri: each for each in read_things(reader, tuple(dict.fromkeys(subjects)))}
    to_come = _list_endings(found["ending"], things)
    last_day = (min(today, date.max - timedelta(SOON_DAYS)) + timedelta(SOON_DAYS)).isoformat()
    soon = [each for each in to_come if each.end.value.value <= last_day]
    matter, party = next(iter(found["example"]), (None, None))
    return Overview(
        tuple(describe_decision(things[iri]) for iri, _ in found["decision"] if iri in things),
        tuple(soon),
        next(iter((*to_come, *_list_endings(found["ended"], things))), None),
        bool(to_come),
        matter,
        party,
        _read_counts(reader),
    )


def _list_first(reader: Reader, today: date) -> Mapping[str, list[tuple[Iri, Iri | None]]]:
    """Return by part of the query its subjects, each with its class or post."""
    text = _FIRST.replace("$today", today.isoformat())
    text = text.replace("$decisions", str(MOST_DECISIONS)).replace("$endings", str(MOST_ENDINGS))
    found: defaultdict[str, list[tuple[Iri, Iri | None]]] = defaultdict(list)
    query = write_query(text, [Iri(SG + name) for name in _ENDING_CLASSES])
    for row in reader.select(query).rows:
        other = row.get("class")
        if isinstance(subject := row["subject"], Iri):
            found[row["part"].value].append((subject, other if isinstance(other, Iri) else None))
    return found


def _list_endings(
    found: Sequence[tuple[Iri, Iri | None]], things: Mapping[Iri, Thing]
) -> list[Ending]:
    """Return what ends, each thing once, with the end as it is stated."""
    classes = {iri: kind for iri, kind in reversed(found) if kind}
    stated = [(iri, kind, things[iri].text_of(SG + "validTo")) for iri, kind in classes.items()]
    endings = [Ending(iri, kind, end) for iri, kind, end in stated if end]
    return sorted(endings, key=lambda each: (each.end.value.value, each.iri))


def _read_counts(reader: Reader) -> dict[str, int]:
    rows = reader.select(write_query(_COUNTS, [Iri(SG + name) for name in COUNTED])).rows
    found = {row["class"].value.removeprefix(SG): int(row["number"].value) for row in rows}
    return {name: found.get(name, 0) for name in COUNTED}
