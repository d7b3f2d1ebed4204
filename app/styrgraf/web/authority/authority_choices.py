"""What may be chosen in the forms on authority: matters, units and parties by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from styrgraf.governance.query_text import write_query
from styrgraf.governance.units import UNIT_CLASSES
from styrgraf.language import LANGUAGES
from styrgraf.model import Iri, Literal, Solution
from styrgraf.namespaces import FOAF, ID_PATH, ORG, SG
from styrgraf.web.languages import current_language
from styrgraf.web.services import current_reader, current_version

MOST_OPTIONS = 300
"""More than these are typed, with help, instead of picked from a list."""
MOST_SUGGESTIONS = 2_000
"""So many names are offered as help."""

MATTERS = ((SG + "MatterType",),)
UNITS = (UNIT_CLASSES,)
PARTIES = ((ORG + "Post",), (SG + "Body",), (ORG + "Role",), (FOAF + "Person",))
"""Groups of classes, in the order in which their things are offered."""

_NAMED = """
SELECT DISTINCT ?thing ?class ?name ?above WHERE {
  VALUES ?class { $things }
  ?thing a ?class .
  VALUES ?property { skos:prefLabel foaf:name rdfs:label }
  ?thing ?property ?name .
  OPTIONAL { ?thing skos:broader ?above }
} ORDER BY ?thing LIMIT 20000
"""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be chosen: its short form, its name, and how deep it lies under others."""

    value: str
    label: str
    language: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """What a field offers, in groups in their order; `long`: too much to pick from a list."""

    groups: tuple[tuple[Option, ...], ...]

    @property
    def long(self) -> bool:
        """Tell whether there is more than a list can show."""
        return sum(map(len, self.groups)) > MOST_OPTIONS

    @property
    def suggestions(self) -> tuple[Option, ...]:
        """Return the first of all, as help for typing."""
        return tuple(option for group in self.groups for option in group)[:MOST_SUGGESTIONS]

    def offers(self, value: str) -> bool:
        """Tell whether a value is among them."""
        return any(option.value == value for group in self.groups for option in group)


def load_options(groups: Sequence[Sequence[str]]) -> Options:
    """Load what there is of each group of classes; a thing of several stands under the first."""
    named = tuple(map(tuple, groups))
    name = ("options", named, current_language())
    return current_reader().keep(name, lambda: _load_options(named))


def _load_options(groups: Sequence[Sequence[str]]) -> Options:
    classes = [Iri(name) for group in groups for name in group]
    rows = current_reader().select(write_query(_NAMED, classes)).rows
    names = _choose_names(rows, current_language())
    placed: set[str] = set()
    found = []
    for group in groups:
        things = {row["thing"].value for row in rows if row["class"].value in group} - placed
        placed |= things
        above = _list_above([row for row in rows if row["thing"].value in things])
        found.append(tuple(_order(things, names, above)))
    return Options(tuple(found))


def shorten(iri: Iri | str) -> str:
    """Return an IRI as the forms write it: `type/slug` for ours, else whole."""
    value = iri.value if isinstance(iri, Iri) else iri
    return value.removeprefix(current_version().base + ID_PATH)


def _choose_names(rows: Sequence[Solution], language: str) -> dict[str, Literal]:
    """Return the name of each thing, in the language asked for if there is one."""
    order = (language, "", *LANGUAGES)
    names: dict[str, Literal] = {}
    for row in rows:
        thing, name = row["thing"].value, row["name"]
        if isinstance(name, Literal) and (
            thing not in names or _rank(name, order) < _rank(names[thing], order)
        ):
            names[thing] = name
    return names


def _rank(name: Literal, order: Sequence[str]) -> tuple[int, str]:
    place = order.index(name.language) if name.language in order else len(order)
    return place, name.value


def _list_above(rows: Sequence[Solution]) -> Mapping[str, str]:
    """Return the first thing above each one, among `rows`."""
    things = {row["thing"].value for row in rows}
    above: dict[str, str] = {}
    for row in rows:
        if "above" in row and row["above"].value in things:
            above.setdefault(row["thing"].value, row["above"].value)
    return above


def _order(
    things: set[str], names: Mapping[str, Literal], above: Mapping[str, str]
) -> Iterator[Option]:
    """Yield what stands at the top by name, each followed by what lies under it."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    for thing in sorted(things, key=lambda each: (names[each].value.lower(), each)):
        below[above.get(thing, "")].append(thing)
    waiting = [(thing, 0) for thing in reversed(below.pop("", []))]
    while waiting:
        thing, depth = waiting.pop()
        yield _make_option(thing, names[thing], depth)
        waiting.extend((part, depth + 1) for part in reversed(below.pop(thing, [])))
    for circle in sorted(below):  # things above one another, which no top leads to
        for thing in below[circle]:
            yield _make_option(thing, names[thing], 0)


def _make_option(thing: str, name: Literal, depth: int) -> Option:
    language = "" if name.language == current_language() else name.language
    return Option(shorten(thing), name.value, language, depth)
