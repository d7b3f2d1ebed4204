"""What is done for what: purposes, who bears them, goals, expected results, work, who answers.

The links are read at once and kept for the version; a tree is cut to what one reads. A heading of
a plan is no part of it: what stands under the heading hangs under the plan.
No IO but through the reader that is passed in.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from styrgraf.governance.extract import read_things
from styrgraf.governance.query_text import write_query
from styrgraf.governance.statements import SourcedIri, Thing
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, SG

MOST_NODES = 60
"""So many things of the whole forest are shown; what they fold away is told by number."""
MOST_BELOW = 300
"""So many are shown where one thing is asked for."""
MOST_LISTED = 5_000
_MOST_LINKS = 50_000


class Bond(StrEnum):
    """How a thing hangs under the one before it."""

    PART = "part"
    BEARER = "bearer"
    """What has the purpose."""
    GOAL = "goal"
    FOCUS_AREA = "focus-area"
    RESULT = "result"
    ACTION = "action"
    RESPONSIBLE = "responsible"


_FORWARD: Mapping[str, Bond] = {
    DCTERMS + "hasPart": Bond.PART,
    SG + "hasGoal": Bond.GOAL,
    SG + "hasFocusArea": Bond.FOCUS_AREA,
    SG + "hasExpectedResult": Bond.RESULT,
    SG + "hasActionItem": Bond.ACTION,
    SG + "responsibleParty": Bond.RESPONSIBLE,
}
_HEADING = SG + "PlanSection"
_OF_KINDS: Mapping[str, Bond] = {
    SG + "FocusArea": Bond.FOCUS_AREA,
    SG + "ExpectedResult": Bond.RESULT,
    SG + "Goal": Bond.GOAL,
    SG + "ActionItem": Bond.ACTION,
}
"""The bonds of what says itself that it is part of something."""

_LINKS = f"""
SELECT DISTINCT ?from ?property ?to WHERE {{
  {{ VALUES ?property {{ sg:hasPurpose sg:hasGoal sg:hasFocusArea sg:hasExpectedResult
      sg:hasActionItem sg:hasSection sg:subResultOf }}
    ?from ?property ?to }}
  UNION {{
    VALUES ?class {{ sg:FocusArea sg:ExpectedResult sg:Goal sg:ActionItem sg:PlanSection }}
    BIND(dct:isPartOf AS ?property) ?from a ?class ; dct:isPartOf ?to }}
  UNION {{ BIND(dct:hasPart AS ?property) ?from a sg:Purpose ; dct:hasPart ?to }}
  UNION {{
    VALUES ?class {{ sg:ExpectedResult sg:ActionItem }}
    BIND(sg:responsibleParty AS ?property) ?from a ?class ; sg:responsibleParty ?to }}
}} LIMIT {_MOST_LINKS}
"""

_KINDS = f"""
SELECT DISTINCT ?thing ?class ?ordinal WHERE {{
  VALUES ?class {{ $things }} ?thing a ?class OPTIONAL {{ ?thing sg:ordinal ?ordinal }}
}} LIMIT {_MOST_LINKS}
"""
_CLASSES = ("Purpose", "Plan", "Initiative", "FocusArea", "Goal", "ExpectedResult", "ActionItem")
_WITHOUT_GOAL = frozenset(SG + name for name in ("Plan", "Initiative", "FocusArea"))
_WITHOUT_RESPONSIBLE = frozenset(SG + name for name in ("ExpectedResult", "ActionItem"))


@dataclass(frozen=True, slots=True)
class GoalLinks:
    """What hangs under what, all of it; `tops` are purposes, `others` what no purpose is known of.

    `kinds` are the classes of the things.
    """

    below: Mapping[Iri, tuple[tuple[Bond, Iri], ...]]
    tops: tuple[Iri, ...]
    others: tuple[Iri, ...]
    kinds: Mapping[Iri, frozenset[str]]

    def holds(self, iri: Iri) -> bool:
        """Tell whether a thing stands in the trees."""
        hanging = (part for parts in self.below.values() for _, part in parts)
        return iri in self.below or iri in self.tops or iri in self.others or iri in hanging

    def lacks(self, iri: Iri, bond: Bond) -> bool:
        """Tell whether a thing that should have a goal, or someone responsible, has none stated."""
        wanting = _WITHOUT_GOAL if bond is Bond.GOAL else _WITHOUT_RESPONSIBLE
        bonds = {each for each, _ in self.below.get(iri, ())}
        return bool(wanting & self.kinds.get(iri, frozenset())) and bond not in bonds


@dataclass(slots=True)
class GoalNode:
    """A thing in a tree: how it hangs under the one before it, and what hangs under it.

    `iri` is None for what stands for purposes that are not stated. `hidden` is how many things
    right below are not shown. `stated` is the statement that places it, None at a root.
    """

    iri: Iri | None
    bond: Bond | None = None
    parts: list[GoalNode] = field(default_factory=list)
    hidden: int = 0
    lacking: tuple[Bond, ...] = ()
    stated: SourcedIri | None = None
    times: tuple[SourcedIri, ...] = ()

    def walk(self) -> Iterator[tuple[GoalNode, GoalNode | None, int]]:
        """Yield the node and all below it in their order, each with the one before it and depth."""
        waiting: list[tuple[GoalNode, GoalNode | None, int]] = [(self, None, 0)]
        while waiting:
            node, above, depth = waiting.pop()
            yield node, above, depth
            waiting.extend((part, node, depth + 1) for part in reversed(node.parts))


@dataclass(frozen=True, slots=True)
class GoalForest:
    """Trees, and how many purposes there was no room for."""

    trees: tuple[GoalNode, ...]
    hidden: int


def read_goal_links(reader: Reader) -> GoalLinks:
    """Return all links, kept for the version."""
    return reader.keep("goal links", lambda: _read_links(reader))


def read_goal_trees(reader: Reader, top: Iri | None = None, most: int = MOST_NODES) -> GoalForest:
    """Return the trees, or what is below `top`, so many things at most; level by level."""
    links = read_goal_links(reader)
    starts = links.tops if top is None else (top,)
    others = top is None and bool(links.others)
    kept = starts[: max(1, most - others)]
    roots = [GoalNode(each) for each in kept]
    roots += [GoalNode(None)] if others else []
    _grow(roots, links, most)
    nodes = [each for root in roots for each in root.walk()]
    things = read_things(reader, sorted({each.iri for each, _, _ in nodes if each.iri}))
    _describe(nodes, links, {thing.iri: thing for thing in things})
    return GoalForest(tuple(roots), len(starts) - len(kept))


def _grow(roots: Sequence[GoalNode], links: GoalLinks, most: int) -> None:
    """Hang under each node what is below it, while there is room; nothing under itself."""
    waiting = deque((root, frozenset({root.iri})) for root in roots)
    room = most - len(roots)
    while waiting:
        node, line = waiting.popleft()
        below = (
            links.below.get(node.iri, ()) if node.iri else [(None, each) for each in links.others]
        )
        parts = [(bond, part) for bond, part in below if part not in line]
        if len(parts) > room:
            node.hidden = len(parts)
            continue
        room -= len(parts)
        node.parts = [GoalNode(part, bond) for bond, part in parts]
        waiting.extend((part, line | {part.iri}) for part in node.parts)


def _describe(
    nodes: Iterable[tuple[GoalNode, GoalNode | None, int]],
    links: GoalLinks,
    things: Mapping[Iri, Thing],
) -> None:
    for node, above, _ in nodes:
        if node.iri is None:
            continue
        thing = things.get(node.iri, Thing(node.iri))
        node.times = thing.iris(DCTERMS + "temporal")
        node.lacking = tuple(
            bond for bond in (Bond.GOAL, Bond.RESPONSIBLE) if links.lacks(node.iri, bond)
        )
        if above and above.iri:
            node.stated = _find_statement(thing, things.get(above.iri, Thing(above.iri)))


def _find_statement(thing: Thing, whole: Thing) -> SourcedIri | None:
    """Return the statement that ties two things, else what places the part in a heading."""
    up = (SG + "hasPurpose", SG + "subResultOf", DCTERMS + "isPartOf")
    said = [each for each in whole.iris(*_FORWARD) if each.value == thing.iri]
    said += [each for each in thing.iris(*up) if each.value == whole.iri]
    return said[0] if said else thing.iri_of(DCTERMS + "isPartOf")


def _read_links(reader: Reader) -> GoalLinks:
    kinds, ordinals = _read_kinds(reader)
    below: defaultdict[Iri, set[tuple[Bond | None, Iri]]] = defaultdict(set)
    for row in reader.select(write_query(_LINKS)).rows:
        start, name, end = Iri(row["from"].value), row["property"].value, Iri(row["to"].value)
        if start == end:
            continue
        if name in _FORWARD:
            below[start].add((_FORWARD[name], end))
        elif name == SG + "hasPurpose":
            below[end].add((Bond.BEARER, start))
        elif name == SG + "hasSection":
            below[start].add((None, end))
        else:
            below[end].add((_judge_part(kinds.get(start, frozenset())), start))

    def order(link: tuple[Bond, Iri]) -> tuple[object, ...]:
        bond, part = link
        return list(Bond).index(bond), ordinals.get(part, ()), part

    hoisted = {whole: frozenset(_hoist(whole, below)) for whole in below}
    ordered = {
        whole: tuple(sorted(_leave_nearer(parts, hoisted), key=order))
        for whole, parts in hoisted.items()
    }
    return _find_tops(ordered, kinds)


def _read_kinds(
    reader: Reader,
) -> tuple[dict[Iri, frozenset[str]], dict[Iri, tuple[int, ...]]]:
    """Return the classes of things, and their numbers as they count."""
    kinds: defaultdict[Iri, set[str]] = defaultdict(set)
    ordinals = {}
    classes = [Iri(SG + name) for name in _CLASSES] + [Iri(_HEADING)]
    for row in reader.select(write_query(_KINDS, classes)).rows:
        iri = Iri(row["thing"].value)
        kinds[iri].add(row["class"].value)
        if "ordinal" in row:
            ordinals[iri] = tuple(map(int, re.findall(r"\d+", row["ordinal"].value)))
    return {iri: frozenset(found) for iri, found in kinds.items()}, ordinals


def _judge_part(kinds: frozenset[str]) -> Bond | None:
    """Return how a part of something hangs under it, None for a heading."""
    return next((bond for name, bond in _OF_KINDS.items() if name in kinds), None)


def _hoist(
    whole: Iri, below: Mapping[Iri, set[tuple[Bond | None, Iri]]]
) -> Iterator[tuple[Bond, Iri]]:
    """Yield what hangs under a thing, and under the headings in it."""
    waiting, passed = [whole], {whole}
    while waiting:
        for bond, part in below.get(waiting.pop(), ()):
            if bond is not None:
                yield bond, part
            elif part not in passed:
                passed.add(part)
                waiting.append(part)


def _leave_nearer(
    parts: Iterable[tuple[Bond, Iri]], below: Mapping[Iri, Collection[tuple[Bond, Iri]]]
) -> Iterator[tuple[Bond, Iri]]:
    """Yield the parts but those that hang under another of them in the same way.

    Of two that hang under each other both stay.
    """
    listed = list(parts)
    nearer = {
        link
        for bond, other in listed
        for link in below.get(other, ())
        if (bond, other) not in below.get(link[1], ())
    }
    return (link for link in listed if link not in nearer)


def _find_tops(
    below: Mapping[Iri, tuple[tuple[Bond, Iri], ...]], kinds: Mapping[Iri, frozenset[str]]
) -> GoalLinks:
    hanging = {part for parts in below.values() for _, part in parts}
    headings = {iri for iri, found in kinds.items() if found == {_HEADING}}
    plans = {iri for iri, found in kinds.items() if SG + "Plan" in found}
    purposes = {iri for iri, found in kinds.items() if SG + "Purpose" in found}
    starting = sorted(((plans | purposes | below.keys()) - hanging) - headings)
    reached = _reach(starting, below)
    for iri in sorted(below.keys() - headings):  # what hangs under itself alone
        if iri not in reached:
            starting.append(iri)
            reached |= _reach([iri], below)
    return GoalLinks(
        below,
        tuple(iri for iri in starting if iri in purposes),
        tuple(iri for iri in starting if iri not in purposes),
        kinds,
    )


def _reach(starts: Iterable[Iri], below: Mapping[Iri, Iterable[tuple[Bond, Iri]]]) -> set[Iri]:
    """Return things and all that hangs under them."""
    reached: set[Iri] = set()
    waiting = list(starts)
    while waiting:
        if (thing := waiting.pop()) not in reached:
            reached.add(thing)
            waiting.extend(part for _, part in below.get(thing, ()))
    return reached
