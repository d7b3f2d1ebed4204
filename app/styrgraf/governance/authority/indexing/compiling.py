"""Facts to the bytes of an index: equal facts, in whatever order, give equal bytes. No IO here.

Bytes for a delegation, at 10^5 of them in organisations made by chance (bench/authority_graphs.py:
names of 58 characters, one matter, 1.2 sources, and 0.65 other things for each):

    names of all things            37
    columns of delegations         36
    their matters, both ways       13
    their sources, both ways       18
    what parties gave, received    10
    effective entries              37
    matters and units              6
    posts, holdings, the rest      6
    all                           163
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    OriginalAuthority,
    PartyKind,
    Window,
)
from styrgraf.governance.authority.indexing.delegation_columns import write_delegations
from styrgraf.governance.authority.indexing.entries import write_entries
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.indexing.layout import (
    Section,
    write_relation,
    write_sections,
    write_table,
)
from styrgraf.governance.authority.indexing.names import number_names
from styrgraf.governance.authority.indexing.records import (
    CERTAINTIES,
    HAS_HOLDINGS,
    HAS_POSTS,
    HAS_ROLES,
    IS_SUBSTITUTED,
    SUBSTITUTES,
    mask_kinds,
    number_answer,
    number_day,
)

_Numbers = Mapping[str, int]


def compile_index(facts: AuthorityFacts) -> bytes:
    """Return the index file of `facts`.

    A source that nothing is stated of becomes a delegation of which nothing is known; the recall
    of such a one that nobody names is left out.
    """
    sections = _compile_facts(facts)
    stated = Index.over(write_sections(sections))
    return write_sections(sections | write_entries(stated))


def _compile_facts(facts: AuthorityFacts) -> dict[str, Section]:
    """Return the sections that hold the facts as they are."""
    delegations = {each.iri: each for each in facts.delegations}
    for each in facts.delegations:
        for source in each.sources:
            delegations.setdefault(source, Delegation(source))
    numbers, sections = number_names(_group_names(facts, delegations))
    rows = sorted(delegations.values(), key=lambda each: numbers[each.iri])
    sections |= write_delegations(rows, numbers)
    sections |= _write_hierarchies(facts, numbers)
    sections |= _write_originals(facts, numbers)
    sections |= _write_orders(facts, numbers)
    sections |= _write_recalls(facts, numbers, len(rows))
    sections |= _write_holders(facts, numbers)
    return sections | {"party_traits": _write_traits(facts, numbers)}


def _write_traits(facts: AuthorityFacts, numbers: _Numbers) -> Section:
    """Return for every thing its kind, and where more is to be looked up about it as a party."""
    traits = array("B", [PartyKind.OTHER]) * len(numbers)
    for party, kind in facts.party_kinds.items():
        traits[numbers[party]] = kind
    posts = {post for post, roles in facts.roles_of_posts.items() if roles}
    roles = {*chain(*facts.roles_of_posts.values()), *_list_hierarchy(facts.broader_roles)}
    told = (
        (HAS_ROLES, posts),
        (HAS_POSTS, roles),
        (HAS_HOLDINGS, {each.post for each in facts.holdings}),
        (SUBSTITUTES, {each.substitute for each in facts.substitutions}),
        (IS_SUBSTITUTED, {each.post for each in facts.substitutions}),
    )
    for trait, parties in told:
        for party in parties:
            traits[numbers[party]] |= trait
    return traits


def _group_names(
    facts: AuthorityFacts, delegations: Mapping[str, Delegation]
) -> Iterator[set[str]]:
    yield set(delegations)
    yield set(_list_parties(facts))
    yield {
        *_list_hierarchy(facts.broader_matters),
        *(matter for each in facts.delegations for matter in each.matters),
        *(matter for each in facts.original_authorities for matter in each.matters),
    }
    yield {
        *_list_hierarchy(facts.units_above),
        *(each.unit for each in facts.delegations if each.unit),
        *(each.order for each in facts.delegations if each.order),
    }
    yield {each.iri for each in facts.orders} | {each.order for each in facts.defaults}
    yield {each.person for each in facts.holdings}
    yield {
        each.iri
        for table in (
            facts.original_authorities,
            facts.recalls,
            facts.defaults,
            facts.holdings,
            facts.substitutions,
        )
        for each in table
    }


def _list_parties(facts: AuthorityFacts) -> Iterator[str]:
    yield from facts.party_kinds
    yield from _list_hierarchy(facts.roles_of_posts)
    yield from _list_hierarchy(facts.broader_roles)
    yield from (each.holder for each in facts.original_authorities)
    yield from (each.post for each in facts.holdings)
    for substitution in facts.substitutions:
        yield from (substitution.post, substitution.substitute)
    for each in facts.delegations:
        yield from (party for party in (each.delegator, each.delegate) if party)
        yield from each.recipients


def _list_hierarchy(hierarchy: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for below, above in hierarchy.items():
        yield below
        yield from above


def _write_hierarchies(facts: AuthorityFacts, numbers: _Numbers) -> dict[str, Section]:
    matters = _pair(facts.broader_matters, numbers)
    roles = _pair(facts.broader_roles, numbers)
    posts = _pair(facts.roles_of_posts, numbers)
    return {
        **write_relation("broader_matters", matters),
        **write_relation("narrower_matters", _turn(matters)),
        **write_relation("units_above", _pair(facts.units_above, numbers)),
        **write_relation("broader_roles", roles),
        **write_relation("narrower_roles", _turn(roles)),
        **write_relation("roles_of", posts),
        **write_relation("posts_of", _turn(posts)),
    }


def _write_originals(facts: AuthorityFacts, numbers: _Numbers) -> dict[str, Section]:
    originals = sorted(facts.original_authorities, key=lambda each: numbers[each.iri])
    holders = ((numbers[each.holder], place) for place, each in enumerate(originals))
    matters = ((place, name) for place, each in enumerate(originals) for name in each.matters)
    return {
        "originals": write_table(_record_original(each, numbers) for each in originals),
        **write_relation("originals_of", holders),
        **write_relation("original_matters", ((place, numbers[name]) for place, name in matters)),
    }


def _record_original(original: OriginalAuthority, numbers: _Numbers) -> tuple[int, ...]:
    return (
        numbers[original.iri],
        numbers[original.holder],
        original.residual,
        *_record_window(original.window),
        number_answer(original.delegation_allowed),
        CERTAINTIES.index(original.certainty),
    )


def _write_orders(facts: AuthorityFacts, numbers: _Numbers) -> dict[str, Section]:
    orders = sorted((numbers[each.iri], *_record_window(each.window)) for each in facts.orders)
    defaults = sorted(
        (
            numbers[each.iri],
            numbers[each.order],
            *_record_window(each.window),
            number_answer(each.sub_delegation_allowed),
            number_answer(each.exclusive),
            mask_kinds(each.recipient_kinds),
        )
        for each in facts.defaults
    )
    return {
        "orders": write_table(orders),
        "defaults": write_table(defaults),
        **write_relation("order_places", _place(orders, 0)),
        **write_relation("defaults_of", _place(defaults, 1)),
    }


def _write_recalls(
    facts: AuthorityFacts, numbers: _Numbers, delegation_count: int
) -> dict[str, Section]:
    recalls = sorted(
        (numbers[each.delegation], each.start.toordinal(), numbers[each.iri])
        for each in facts.recalls
        if numbers.get(each.delegation, delegation_count) < delegation_count
    )
    return {"recalls": write_table(recalls), **write_relation("recalls_of", _place(recalls, 0))}


def _write_holders(facts: AuthorityFacts, numbers: _Numbers) -> dict[str, Section]:
    holdings = sorted(
        (
            numbers[each.iri],
            numbers[each.post],
            numbers[each.person],
            *_record_window(each.window),
            int(each.acting),
        )
        for each in facts.holdings
    )
    substitutions = sorted(
        (
            numbers[each.iri],
            numbers[each.post],
            numbers[each.substitute],
            *_record_window(each.window),
            int(each.by_law),
        )
        for each in facts.substitutions
    )
    return {
        "holdings": write_table(holdings),
        "substitutions": write_table(substitutions),
        **write_relation("holdings_of_post", _place(holdings, 1)),
        **write_relation("holdings_of_person", _place(holdings, 2)),
        **write_relation("substitutions_for", _place(substitutions, 1)),
        **write_relation("substitutions_by", _place(substitutions, 2)),
    }


def _pair(hierarchy: Mapping[str, tuple[str, ...]], numbers: _Numbers) -> list[tuple[int, int]]:
    return [(numbers[below], numbers[name]) for below, names in hierarchy.items() for name in names]


def _turn(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return ((second, first) for first, second in pairs)


def _place(records: Iterable[tuple[int, ...]], column: int) -> Iterator[tuple[int, int]]:
    """Yield what stands in a column, with the place of the record."""
    return ((record[column], place) for place, record in enumerate(records))


def _record_window(window: Window) -> tuple[int, int, int]:
    return number_day(window.start), number_day(window.end), window.precision
