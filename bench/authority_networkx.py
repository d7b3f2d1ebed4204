"""The same decision by a walk in Python over a networkx graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import networkx

from bench.authority_graphs import AskedOf
from bench.authority_measures import Decider
from styrgraf.governance.authority.facts import AuthorityFacts, Window


def build_decider(facts: AuthorityFacts, questions: Sequence[AskedOf]) -> Decider:
    """Return the decider over a graph of `facts`."""
    return name_decider(Walk(build_graph(facts)), questions)


def name_decider(walk: Walk, questions: Sequence[AskedOf]) -> Decider:
    """Return the decider over a graph that is there."""
    arguments = [
        (each.party, each.matter, each.on, each.amount.hundredths if each.amount else 0)
        for each in questions
    ]
    return Decider(f"networkx {networkx.__version__}", walk.may_decide, arguments)


def build_graph(facts: AuthorityFacts) -> networkx.DiGraph[str]:
    """Return a graph that leads upwards: party to delegation to source, matter to broader."""
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    recalled: dict[str, list[date]] = {}
    for recall in facts.recalls:
        recalled.setdefault(recall.delegation, []).append(recall.start)
    for each in facts.delegations:
        graph.add_node(
            each.iri,
            delegator=each.delegator,
            delegate=each.delegate,
            matter=each.matters[0],
            start=each.window.start,
            end=min((*recalled.get(each.iri, ()), each.window.end or date.max)),
            most=each.limit.hundredths if each.limit else None,
            conditional=each.conditional,
            allowed=each.sub_delegation_allowed,
            order=each.order,
        )
        graph.add_edge(each.delegate, each.iri)
        graph.add_edges_from((each.iri, source) for source in each.sources)
    for matter, broader in facts.broader_matters.items():
        graph.add_node(matter)
        graph.add_edges_from((matter, above) for above in broader)
    for order in facts.orders:
        graph.add_node(order.iri, window=order.window)
    for name, key, things in (
        ("defaults", "order", facts.defaults),
        ("originals", "holder", facts.original_authorities),
        ("holdings", "post", facts.holdings),
        ("substituted_by", "post", facts.substitutions),
        ("substitute_for", "substitute", facts.substitutions),
    ):
        for thing in things:
            graph.add_node(getattr(thing, key))
            graph.nodes[getattr(thing, key)].setdefault(name, []).append(thing)
    return graph


class Walk:
    """Decides by going up from a party until an original authority is met."""

    def __init__(self, graph: networkx.DiGraph[str]) -> None:
        self._above = graph.adj
        self._nodes = graph.nodes

    def may_decide(self, party: str, matter: str, on: date, hundredths: int) -> bool:
        """Return whether one chain holds in all its links."""
        matters = self._climb(matter)
        nodes = self._nodes
        bearers = list(self._list_bearers(party, on))
        if any(self._holds_original(each, matters, on, only_delegable=False) for each in bearers):
            return True
        received = [each for bearer in bearers for each in self._above[bearer]]
        waiting = [each for each in received if self._holds(each, matters, on, hundredths)]
        passed = set(waiting)
        while waiting:
            link = waiting.pop()
            giver = nodes[link]["delegator"]
            sources = self._above[link]
            if not sources and self._holds_original(giver, matters, on, only_delegable=True):
                return True
            for source in sources:
                if (
                    source not in passed
                    and nodes[source]["delegate"] == giver
                    and self._holds(source, matters, on, hundredths)
                    and self._may_go_on(nodes[source], on)
                ):
                    passed.add(source)
                    waiting.append(source)
        return False

    def _list_bearers(self, party: str, on: date) -> Iterator[str]:
        """Yield the party, unless vacant without a substitute; and the posts it steps in for."""
        vacant, known = self._is_vacant(party, on), self._nodes[party]
        if not vacant or any(_is_in(each.window, on) for each in known.get("substituted_by", ())):
            yield party
        for each in () if vacant else known.get("substitute_for", ()):
            if _is_in(each.window, on) and (not each.by_law or self._is_vacant(each.post, on)):
                yield each.post

    def _is_vacant(self, post: str, on: date) -> bool:
        holdings = self._nodes[post].get("holdings", ())
        return bool(holdings) and not any(_is_in(each.window, on) for each in holdings)

    def _climb(self, matter: str) -> set[str]:
        found, waiting = {matter}, [matter]
        while waiting:
            for above in self._above[waiting.pop()]:
                if above not in found:
                    found.add(above)
                    waiting.append(above)
        return found

    def _holds(self, delegation: str, matters: set[str], on: date, hundredths: int) -> bool:
        known = self._nodes[delegation]
        if known["matter"] not in matters or not known["start"] <= on < known["end"]:
            return False
        if known["conditional"] or (known["most"] is not None and hundredths > known["most"]):
            return False
        return _is_in(self._nodes[known["order"]]["window"], on)

    def _may_go_on(self, known: dict[str, Any], on: date) -> bool:
        if known["allowed"] is not None:
            return bool(known["allowed"])
        said = [
            default.sub_delegation_allowed
            for default in self._nodes[known["order"]].get("defaults", ())
            if _is_in(default.window, on)
        ]
        return bool(said) and all(said)

    def _holds_original(
        self, party: str, matters: set[str], on: date, *, only_delegable: bool
    ) -> bool:
        return any(
            not matters.isdisjoint(each.matters)
            and _is_in(each.window, on)
            and (each.delegation_allowed or not only_delegable)
            for each in self._nodes[party].get("originals", ())
        )


def _is_in(window: Window, on: date) -> bool:
    return bool(window.start and window.start <= on and (window.end is None or on < window.end))
