"""Facts to the bytes of an index: equal facts, in whatever order, give equal bytes. No IO here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from styrgraf.governance.authority.entries import write_entries
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    OriginalAuthority,
    PartyKind,
    Window,
)
from styrgraf.governance.authority.index import Index
from styrgraf.governance.authority.layout import (
    Section,
    write_relation,
    write_sections,
    write_table,
)
from styrgraf.governance.authority.names import number_names
from styrgraf.governance.authority.records import (
    CERTAINTIES,
    HAS_HOLDINGS,
    HAS_POSTS,
    HAS_ROLES,
    IS_SUBSTITUTED,
    SUBSTITUTES,
    UNSTATED,
    Flags,
    mask_kinds,
    pack_flags,
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
    sections |= _write_delegations(rows, numbers)
    sections |= _write_links(rows, numbers)
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


def _write_delegations(rows: list[Delegation], numbers: _Numbers) -> dict[str, Section]:
    currencies = sorted({each.limit.currency for each in rows if each.limit})
    places = {currency: place for place, currency in enumerate(currencies, 1)}
    return {
        "currencies": array("B", "\n".join(currencies).encode()),
        "delegation.delegator": _number_all((each.delegator for each in rows), numbers),
        "delegation.delegate": _number_all((each.delegate for each in rows), numbers),
        "delegation.unit": _number_all((each.unit for each in rows), numbers),
        "delegation.order": _number_all((each.order for each in rows), numbers),
        "delegation.start": array("i", (_day(each.window.start) for each in rows)),
        "delegation.end": array("i", (_day(each.window.end) for each in rows)),
        "delegation.hundredths": array(
            "q", (each.limit.hundredths if each.limit else UNSTATED for each in rows)
        ),
        "delegation.flags": array("I", (_flag(each, places) for each in rows)),
        "without_matter": array("i", (row for row, each in enumerate(rows) if not each.matters)),
    }


def _flag(delegation: Delegation, currencies: Mapping[str, int]) -> int:
    limit = delegation.limit
    return pack_flags(
        Flags(
            precision=delegation.window.precision,
            kinds=mask_kinds(delegation.kinds),
            standing=delegation.standing,
            conditional=delegation.conditional,
            exclusive=_answer(delegation.exclusive),
            allowed=_answer(delegation.sub_delegation_allowed),
            recipient_kinds=mask_kinds(delegation.recipient_kinds),
            certainty=CERTAINTIES.index(delegation.certainty),
            excluded=limit.excluded if limit else False,
            currency=currencies[limit.currency] if limit else 0,
        )
    )


def _write_links(rows: list[Delegation], numbers: _Numbers) -> dict[str, Section]:
    links = {
        "matters": [(row, numbers[name]) for row, each in enumerate(rows) for name in each.matters],
        "sources": [(row, numbers[name]) for row, each in enumerate(rows) for name in each.sources],
    }
    recipients = ((row, name) for row, each in enumerate(rows) for name in each.recipients)
    delegates = ((each.delegate, row) for row, each in enumerate(rows))
    delegators = ((each.delegator, row) for row, each in enumerate(rows))
    return {
        **write_relation("matters", links["matters"]),
        **write_relation("sources", links["sources"]),
        **write_relation("recipients", ((row, numbers[name]) for row, name in recipients)),
        **write_relation("received", ((numbers[name], row) for name, row in delegates if name)),
        **write_relation("given", ((numbers[name], row) for name, row in delegators if name)),
        **write_relation("of_matter", _turn(links["matters"])),
        **write_relation("sub_delegations", _turn(links["sources"])),
    }


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
        _answer(original.delegation_allowed),
        CERTAINTIES.index(original.certainty),
    )


def _write_orders(facts: AuthorityFacts, numbers: _Numbers) -> dict[str, Section]:
    orders = sorted((numbers[each.iri], *_record_window(each.window)) for each in facts.orders)
    defaults = sorted(
        (
            numbers[each.iri],
            numbers[each.order],
            *_record_window(each.window),
            _answer(each.sub_delegation_allowed),
            _answer(each.exclusive),
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


def _number_all(names: Iterable[str | None], numbers: _Numbers) -> Section:
    return array("i", (numbers[name] if name else UNSTATED for name in names))


def _pair(hierarchy: Mapping[str, tuple[str, ...]], numbers: _Numbers) -> list[tuple[int, int]]:
    return [(numbers[below], numbers[name]) for below, names in hierarchy.items() for name in names]


def _turn(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return ((second, first) for first, second in pairs)


def _place(records: Iterable[tuple[int, ...]], column: int) -> Iterator[tuple[int, int]]:
    """Yield what stands in a column, with the place of the record."""
    return ((record[column], place) for place, record in enumerate(records))


def _record_window(window: Window) -> tuple[int, int, int]:
    return _day(window.start), _day(window.end), window.precision


def _day(day: date | None) -> int:
    return day.toordinal() if day else UNSTATED


def _answer(answer: bool | None) -> int:
    return UNSTATED if answer is None else int(answer)
