"""The facts of authority in a version, read with plain SELECTs over all graphs.

What is derived from them is not read back. No IO but through the reader that is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from styrgraf.governance.authority.facts import AuthorityFacts, Delegation, PartyKind
from styrgraf.governance.authority.intake import transcription as forms
from styrgraf.governance.authority.intake.stated import (
    Stated,
    list_class,
    read_doubts,
    read_pairs,
    read_stated,
)
from styrgraf.graph.store import Reader
from styrgraf.namespaces import ORG, SCHEMA, SG

_BROADER = """
SELECT ?thing ?value WHERE { ?thing skos:broader ?value } ORDER BY ?thing ?value
"""
_UNITS_ABOVE = """
SELECT DISTINCT ?thing ?value WHERE { ?thing org:subOrganizationOf|org:unitOf ?value }
ORDER BY ?thing ?value
"""
_ROLES_OF_POSTS = """
SELECT ?thing ?value WHERE { ?thing a org:Post ; org:role ?value } ORDER BY ?thing ?value
"""

_PARTIES = {
    ORG + "Post": PartyKind.POST,
    SG + "Body": PartyKind.BODY,
    ORG + "Role": PartyKind.ROLE,
}

Fact = TypeVar("Fact")
Hierarchy = dict[str, tuple[str, ...]]


def read_facts(reader: Reader) -> AuthorityFacts:
    """Return all facts of authority in what `reader` reads."""
    source = _Source(reader)
    originals = source.read("OriginalAuthority", forms.ORIGINAL_AUTHORITY, forms.read_original)
    recalls = source.read("Recall", forms.RECALL, forms.read_recall)
    delegations = source.read_delegations(frozenset(name for name, told in recalls if not told))
    stated = chain(*(each.matters for each in delegations), *(each.matters for each in originals))
    kinds = _read_party_kinds(reader)
    broader = read_pairs(reader, _BROADER)
    return AuthorityFacts(
        delegations=delegations,
        original_authorities=originals,
        recalls=tuple(recall for _, recall in recalls if recall),
        orders=source.read("DelegationOrder", forms.ORDER, forms.read_order),
        defaults=source.read("OrderDefault", forms.DEFAULT, forms.read_default),
        holdings=source.read("Holding", forms.HOLDING, forms.read_holding),
        substitutions=source.read("Substitution", forms.SUBSTITUTION, forms.read_substitution),
        broader_matters=_climb(
            chain(stated, (each.value for each in list_class(reader, SG + "MatterType"))), broader
        ),
        units_above=read_pairs(reader, _UNITS_ABOVE),
        roles_of_posts=read_pairs(reader, _ROLES_OF_POSTS),
        broader_roles=_climb(
            (name for name, kind in kinds.items() if kind == PartyKind.ROLE), broader
        ),
        party_kinds=kinds,
    )


class _Source:
    """Reads the things of one of our classes as facts."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._doubts = read_doubts(reader)

    def read(
        self, name: str, properties: Iterable[str], form: Callable[[Stated], Iterable[Fact]]
    ) -> tuple[Fact, ...]:
        """Return what `form` makes of each thing of a class of ours, by properties of ours."""
        stated = self._read_stated(SG + name, (SG + each for each in properties))
        return tuple(chain.from_iterable(map(form, stated)))

    def read_delegations(self, doubtful: frozenset[str]) -> tuple[Delegation, ...]:
        """Return the delegations; `doubtful` are recalled on a day that cannot be read."""
        amounts = self._read_stated(SCHEMA + "MonetaryAmount", forms.AMOUNT)
        limits = dict(chain.from_iterable(map(forms.read_amount, amounts)))
        return self.read(
            "DelegationOfAuthority",
            forms.DELEGATION,
            lambda stated: [forms.read_delegation(stated, limits, doubtful)],
        )

    def _read_stated(self, name: str, properties: Iterable[str]) -> Iterator[Stated]:
        return read_stated(self._reader, name, tuple(properties), self._doubts)


def _read_party_kinds(reader: Reader) -> dict[str, PartyKind]:
    """Return what each party is; one that is two things is none of them for sure."""
    kinds: dict[str, PartyKind] = {}
    for name, kind in _PARTIES.items():
        for party in list_class(reader, name):
            kinds[party.value] = PartyKind.OTHER if party.value in kinds else kind
    return kinds


def _climb(things: Iterable[str], broader: Mapping[str, tuple[str, ...]]) -> Hierarchy:
    """Return each thing, and each above one, with those right above it."""
    found: Hierarchy = {}
    waiting = list(things)
    while waiting:
        thing = waiting.pop()
        if thing not in found:
            found[thing] = broader.get(thing, ())
            waiting.extend(found[thing])
    return found
