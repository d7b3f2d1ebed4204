"""Public orders, delegations and holders: each with its page, nothing more than the page says."""

from __future__ import annotations

import pytest

from styrgraf.namespaces import DCTERMS, RDF, SG, SKOS
from tests.data.reading import (
    DATA,
    PREF_LABEL,
    find_dataset,
    index_values,
    list_instances,
    list_values,
)

EXTERNAL = "external"
ORDERS = list_instances(EXTERNAL, "DelegationOrder")
DELEGATIONS = list_instances(EXTERNAL, "DelegationOfAuthority")
PAGE = (DATA / "README.md").read_text()


def list_statements(subject: str, name: str) -> list[str]:
    """Return the statements about one property of a thing."""
    told = index_values(EXTERNAL, RDF + "subject")
    return [
        statement
        for statement, values in told.items()
        if [value.value for value in values] == [subject]
        and list_values(EXTERNAL, RDF + "predicate", statement) == (SG + name,)
    ]


def read(subject: str, name: str) -> str:
    return next(iter(list_values(EXTERNAL, SG + name, subject)), "")


def read_table() -> list[tuple[str, ...]]:
    """Return name, start, end and number in each row of the table of orders."""
    table = PAGE.partition("| order |")[2].partition("\n\n")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines()[2:]]
    return [tuple(cell.strip() for cell in row) for row in rows]


def test_the_table_of_orders_says_what_the_data_says() -> None:
    told = [tuple(read(o, n) for n in ("validFrom", "validTo", "caseNumber")) for o in ORDERS]
    assert sorted(row for row in told if any(row)) == sorted(row[1:] for row in read_table())


@pytest.mark.parametrize("thing", [*ORDERS, *DELEGATIONS])
def test_an_order_or_delegation_leads_to_the_page_that_tells_of_it(thing: str) -> None:
    assert list_values(EXTERNAL, DCTERMS + "source", thing)


@pytest.mark.parametrize("order", ORDERS)
def test_the_end_of_a_version_is_a_reading_and_only_a_repeal_is_said(order: str) -> None:
    repealed = order.endswith("delegation-vicerektor-forskningsavtal")
    certainties = [
        certainty
        for statement in list_statements(order, "validTo")
        for certainty in list_values(EXTERNAL, SG + "certainty", statement)
    ]
    expected = [SG + "certaintyInterpreted"] if read(order, "validTo") and not repealed else []
    assert certainties == expected


def test_rules_of_procedure_are_not_delegation_orders() -> None:
    dated = set(index_values(EXTERNAL, SG + "validFrom"))
    procedures = {thing for thing in dated if "/arbetsordning-" in thing}
    assert len(procedures) == 2
    assert not procedures & set(ORDERS)


@pytest.mark.parametrize("delegation", DELEGATIONS)
def test_a_delegation_says_whether_it_is_to_decide_or_to_sign(delegation: str) -> None:
    kinds = list_values(EXTERNAL, SG + "rightKind", delegation)
    decides = delegation.endswith("abe-forskningsinfrastruktur-prefekt")
    assert kinds == (SG + ("rightDecide" if decides else "rightSign"),)


@pytest.mark.parametrize("delegation", DELEGATIONS)
def test_the_start_of_a_delegation_is_marked_as_read_from_that_of_its_order(
    delegation: str,
) -> None:
    starts = list_values(EXTERNAL, SG + "validFrom", delegation)
    assert len(list_statements(delegation, "validFrom")) == len(starts)
    orders = list_values(EXTERNAL, SG + "underOrder", delegation)
    assert [read(order, "validFrom") for order in orders] == list(starts)


def test_the_table_of_agreements_at_abe_names_neither_giver_nor_start() -> None:
    page = f"{find_dataset().base}id/document/intra-abe-avtal"
    listed = [d for d in DELEGATIONS if list_values(EXTERNAL, DCTERMS + "source", d) == (page,)]
    assert len(listed) == 4
    for delegation in listed:
        assert read(delegation, "delegator") == read(delegation, "validFrom") == ""


def test_the_chapters_of_the_order_of_2018_delegate_nothing_by_themselves() -> None:
    numbers = index_values(EXTERNAL, SKOS + "notation")
    chapters = {
        number.value
        for thing, values in numbers.items()
        if "/provision/delegationsordning-kth-2018-" in thing
        for number in values
    }
    assert chapters == {"2", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7"}
    assert not index_values(EXTERNAL, SG + "inProvision")


def test_the_two_rektors_follow_one_another_without_a_gap() -> None:
    holdings = sorted(list_instances(EXTERNAL, "Holding"))
    later, earlier = holdings
    assert read(earlier, "validTo") == read(later, "validFrom") == "2022-12-01"
    assert read(earlier, "validFrom") == read(later, "validTo") == ""


def test_the_names_in_the_table_are_those_of_the_orders() -> None:
    labels = index_values(EXTERNAL, PREF_LABEL)
    names = [value.value for order in ORDERS for value in labels.get(order, ())]
    told = [row[0] for row in read_table()]
    assert [name for name in told if not any(full.startswith(name) for full in names)] == []
