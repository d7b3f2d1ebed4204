"""The same decision by SPARQL on the embedded engine: one query for each link, going up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from bench.authority_graphs import AskedOf
from bench.authority_measures import Decider
from styrgraf.governance.authority.facts import AuthorityFacts, Delegation, Substitution, Window
from styrgraf.namespaces import SCHEMA, SG, SKOS, XSD

MOST_IN_MEMORY = 200_000
"""Up to so many delegations the store is in memory, above on disk: nine statements for each."""

Told = dict[str, list[str]]
"""What is told of a delegation: the values of each property, and those beside it."""

_BESIDE = ("most", "recalled", "orderStart", "orderEnd", "generally")

_BY_LAW = SG + "substitutionByLaw"

_DATE, _DECIMAL = NamedNode(XSD + "date"), NamedNode(XSD + "decimal")
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))
_FALSE = Literal("false", datatype=NamedNode(XSD + "boolean"))

_PREFIXES = f"PREFIX sg: <{SG}> PREFIX schema: <{SCHEMA}> PREFIX skos: <{SKOS}>\n"

# Parts of a union, since six OPTIONAL take the engine more than twice as long.
_LINKS = """SELECT ?link ?property ?value ?most ?recalled ?orderStart ?orderEnd ?generally WHERE {
  %(source)s ?link sg:delegate <%(party)s> .
  { ?link ?property ?value }
  UNION { ?link sg:amountLimit ?limit . ?limit schema:maxValue ?most }
  UNION { ?recall sg:recalls ?link ; sg:validFrom ?recalled }
  UNION { ?link sg:underOrder ?order . ?order sg:validFrom ?orderStart }
  UNION { ?link sg:underOrder ?order . ?order sg:validTo ?orderEnd }
  UNION { ?link sg:underOrder ?order . ?default sg:defaultOf ?order ;
    sg:subDelegationAllowed ?generally }
}"""

_MATTERS = "SELECT ?matter WHERE { <%s> skos:broader* ?matter }"

_ORIGINALS = """SELECT ?matter ?start ?end ?allowed WHERE {
  ?original sg:authorityHolder <%s> ; sg:overMatter ?matter ; sg:validFrom ?start ;
    sg:delegationAllowed ?allowed .
  OPTIONAL { ?original sg:validTo ?end }
}"""

_HOLDINGS = """SELECT ?start ?end WHERE {
  ?holding sg:heldPost <%s> ; sg:validFrom ?start OPTIONAL { ?holding sg:validTo ?end }
}"""

_SUBSTITUTIONS = """SELECT ?post ?kind ?start ?end WHERE {
  ?substitution sg:%s <%s> ; sg:substituteFor ?post ; sg:substitutionKind ?kind ;
    sg:validFrom ?start OPTIONAL { ?substitution sg:validTo ?end }
}"""

_NEVER = "9999-12-31"


def build_decider(
    facts: AuthorityFacts, questions: Sequence[AskedOf], folder: Path | None
) -> Decider:
    """Return the decider over a store in `folder`, or (None) in memory."""
    store = Store() if folder is None else Store(folder)
    store.bulk_extend(_state(facts))
    store.optimize()
    arguments = [
        (each.party, each.matter, str(each.on), each.amount.hundredths if each.amount else 0)
        for each in questions
    ]
    note = "in memory" if folder is None else "on disk"
    name = f"a SPARQL query per link, pyoxigraph {version('pyoxigraph')}"
    return Decider(name, Links(store).may_decide, arguments, note=note)


class Links:
    """Decides by going up from a party, one query for each link."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def may_decide(self, party: str, matter: str, day: str, hundredths: int) -> bool:
        """Return whether one chain holds in all its links; days are compared as written."""
        matters = {row["matter"].value for row in self._query(_MATTERS % matter)}
        bearers = list(self._list_bearers(party, day))
        if any(self._holds_original(each, matters, day, only_delegable=False) for each in bearers):
            return True
        waiting = [
            (link, told)
            for bearer in bearers
            for link, told in self._read(bearer).items()
            if _does_hold(told, matters, day, hundredths)
        ]
        passed = {link for link, _ in waiting}
        while waiting:
            link, told = waiting.pop()
            giver = told["delegator"][0]
            if "subDelegationOf" not in told:
                if self._holds_original(giver, matters, day, only_delegable=True):
                    return True
                continue
            for source, known in self._read(giver, link).items():
                holds = _does_hold(known, matters, day, hundredths) and _may_go_on(known)
                if holds and source not in passed:
                    passed.add(source)
                    waiting.append((source, known))
        return False

    def _list_bearers(self, party: str, day: str) -> Iterator[str]:
        """Yield the party, unless vacant without a substitute; and the posts it steps in for."""
        vacant = self._is_vacant(party, day)
        if not vacant or any(self._list_substitutions("substituteFor", party, day)):
            yield party
        for post, kind in () if vacant else self._list_substitutions("substitute", party, day):
            if kind != _BY_LAW or self._is_vacant(post, day):
                yield post

    def _list_substitutions(self, side: str, party: str, day: str) -> Iterator[tuple[str, str]]:
        for post, kind, start, end in self._query(_SUBSTITUTIONS % (side, party)):
            if start.value <= day < (end.value if end else _NEVER):
                yield post.value, kind.value

    def _is_vacant(self, post: str, day: str) -> bool:
        windows = [
            (start.value, end.value if end else _NEVER)
            for start, end in self._query(_HOLDINGS % post)
        ]
        return bool(windows) and not any(start <= day < end for start, end in windows)

    def _read(self, party: str, link: str | None = None) -> dict[str, Told]:
        """Return what is told of each delegation to a party; of `link`: of its sources."""
        told = {"party": party, "source": f"<{link}> sg:subDelegationOf ?link ." if link else ""}
        found: dict[str, Told] = {}
        for name, stated, value, *beside in self._query(_LINKS % told):
            known = found.setdefault(name.value, {})
            if stated is not None:
                known.setdefault(stated.value.rpartition("#")[2], []).append(value.value)
            for which, each in zip(_BESIDE, beside, strict=True):
                if each is not None:
                    known.setdefault(which, []).append(each.value)
        return found

    def _holds_original(
        self, party: str, matters: set[str], day: str, *, only_delegable: bool
    ) -> bool:
        return any(
            matter.value in matters
            and start.value <= day < (end.value if end else _NEVER)
            and (allowed.value == "true" or not only_delegable)
            for matter, start, end, allowed in self._query(_ORIGINALS % party)
        )

    def _query(self, text: str):  # type: ignore[no-untyped-def]
        return self._store.query(_PREFIXES + text)


def _does_hold(told: Told, matters: set[str], day: str, hundredths: int) -> bool:
    most = told.get("most")
    return (
        told["delegatesMatter"][0] in matters
        and told["validFrom"][0] <= day < told.get("validTo", [_NEVER])[0]
        and told["orderStart"][0] <= day < told.get("orderEnd", [_NEVER])[0]
        and day < min(told.get("recalled", [_NEVER]))
        and "condition" not in told
        and (most is None or hundredths <= Decimal(most[0]) * 100)
    )


def _may_go_on(told: Told) -> bool:
    said = told.get("subDelegationAllowed") or told.get("generally", [])
    return bool(said) and "false" not in said


def _state(facts: AuthorityFacts) -> Iterator[Quad]:
    """Yield what the queries read, as the ontology has it."""
    for delegation in facts.delegations:
        yield from _state_delegation(delegation)
    for original in facts.original_authorities:
        name = NamedNode(original.iri)
        yield Quad(name, _sg("authorityHolder"), NamedNode(original.holder))
        yield Quad(name, _sg("delegationAllowed"), _TRUE if original.delegation_allowed else _FALSE)
        yield from (Quad(name, _sg("overMatter"), NamedNode(each)) for each in original.matters)
        yield from _state_window(name, original.window)
    for recall in facts.recalls:
        yield Quad(NamedNode(recall.iri), _sg("recalls"), NamedNode(recall.delegation))
        yield from _state_window(NamedNode(recall.iri), Window(recall.start))
    for order in facts.orders:
        yield from _state_window(NamedNode(order.iri), order.window)
    for default in facts.defaults:
        name = NamedNode(default.iri)
        yield Quad(name, _sg("defaultOf"), NamedNode(default.order))
        allowed = _TRUE if default.sub_delegation_allowed else _FALSE
        yield Quad(name, _sg("subDelegationAllowed"), allowed)
    for holding in facts.holdings:
        yield Quad(NamedNode(holding.iri), _sg("heldPost"), NamedNode(holding.post))
        yield from _state_window(NamedNode(holding.iri), holding.window)
    for each in facts.substitutions:
        yield from _state_substitution(each)
    for matter, broader in facts.broader_matters.items():
        for above in broader:
            yield Quad(NamedNode(matter), NamedNode(SKOS + "broader"), NamedNode(above))


def _state_delegation(delegation: Delegation) -> Iterator[Quad]:
    name = NamedNode(delegation.iri)
    related = (
        ("delegator", delegation.delegator),
        ("delegate", delegation.delegate),
        ("delegatesMatter", delegation.matters[0]),
        ("underOrder", delegation.order),
        *(("subDelegationOf", source) for source in delegation.sources),
    )
    for relation, thing in related:
        yield Quad(name, _sg(relation), NamedNode(thing or ""))
    yield from _state_window(name, delegation.window)
    if delegation.sub_delegation_allowed is not None:
        allowed = _TRUE if delegation.sub_delegation_allowed else _FALSE
        yield Quad(name, _sg("subDelegationAllowed"), allowed)
    if delegation.conditional:
        yield Quad(name, _sg("condition"), Literal("a condition"))
    if delegation.limit:
        limit = NamedNode(f"{delegation.iri}-limit")
        most = Literal(f"{delegation.limit.hundredths / 100:.2f}", datatype=_DECIMAL)
        yield Quad(name, _sg("amountLimit"), limit)
        yield Quad(limit, NamedNode(SCHEMA + "maxValue"), most)


def _state_substitution(substitution: Substitution) -> Iterator[Quad]:
    name = NamedNode(substitution.iri)
    kind = _BY_LAW if substitution.by_law else SG + "substitutionByDecision"
    yield Quad(name, _sg("substituteFor"), NamedNode(substitution.post))
    yield Quad(name, _sg("substitute"), NamedNode(substitution.substitute))
    yield Quad(name, _sg("substitutionKind"), NamedNode(kind))
    yield from _state_window(name, substitution.window)


def _state_window(name: NamedNode, window: Window) -> Iterator[Quad]:
    for relation, day in (("validFrom", window.start), ("validTo", window.end)):
        if day is not None:
            yield Quad(name, _sg(relation), Literal(str(day), datatype=_DATE))


def _sg(name: str) -> NamedNode:
    return NamedNode(SG + name)
