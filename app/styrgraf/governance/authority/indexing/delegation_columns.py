"""The delegations as sections of the index: a column for what stands once, relations for the rest.

No IO here.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping

from styrgraf.governance.authority.facts import Delegation
from styrgraf.governance.authority.indexing.layout import Section, write_relation
from styrgraf.governance.authority.indexing.records import (
    CERTAINTIES,
    UNSTATED,
    Flags,
    mask_kinds,
    number_answer,
    number_day,
    pack_flags,
)

_Numbers = Mapping[str, int]


def write_delegations(rows: list[Delegation], numbers: _Numbers) -> dict[str, Section]:
    """Return the sections; `rows` are in order of their numbers."""
    return {**_write_columns(rows, numbers), **_write_links(rows, numbers)}


def _write_columns(rows: list[Delegation], numbers: _Numbers) -> dict[str, Section]:
    currencies = sorted({each.limit.currency for each in rows if each.limit})
    places = {currency: place for place, currency in enumerate(currencies, 1)}
    return {
        "currencies": array("B", "\n".join(currencies).encode()),
        "delegation.delegator": _number_all((each.delegator for each in rows), numbers),
        "delegation.delegate": _number_all((each.delegate for each in rows), numbers),
        "delegation.unit": _number_all((each.unit for each in rows), numbers),
        "delegation.order": _number_all((each.order for each in rows), numbers),
        "delegation.start": array("i", (number_day(each.window.start) for each in rows)),
        "delegation.end": array("i", (number_day(each.window.end) for each in rows)),
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
            exclusive=number_answer(delegation.exclusive),
            allowed=number_answer(delegation.sub_delegation_allowed),
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


def _number_all(names: Iterable[str | None], numbers: _Numbers) -> Section:
    return array("i", (numbers[name] if name else UNSTATED for name in names))


def _turn(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return ((second, first) for first, second in pairs)
