from __future__ import annotations

from collections.abc import Callable

from styrgraf.governance.delegations import Link, chain_delegations, describe_delegation
from styrgraf.governance.extract import list_by_class, read_things
from styrgraf.governance.statements import Certainty
from styrgraf.namespaces import SG
from tests.tiny_graphs import CountingReader

Read = Callable[[str], CountingReader]


def read_chains(reader: CountingReader) -> tuple[Link, ...]:
    (delegations,) = list_by_class(reader, (SG + "DelegationOfAuthority",))
    return chain_delegations(map(describe_delegation, read_things(reader, delegations)))


def local(iri: object) -> str:
    return str(getattr(iri, "value", iri)).rpartition("/")[2]


def names(links: tuple[Link, ...]) -> list[str]:
    return [local(link.delegation.iri) for link in links]


def test_a_sub_delegation_follows_its_source(read: Read) -> None:
    (first,) = read_chains(read("chain"))
    assert local(first.delegation.iri) == "first"
    assert names(first.sub_delegations) == ["second"]


def test_a_permitted_receiver_who_has_received_is_not_among_those_who_only_may(read: Read) -> None:
    (first,) = read_chains(read("chain"))
    assert [local(each.value) for each in first.not_exercised] == ["clerk"]


def test_a_start_that_is_read_out_is_a_reading(read: Read) -> None:
    (first,) = read_chains(read("chain"))
    assert first.delegation.valid_from is not None
    assert first.delegation.valid_from.certainty == Certainty.INTERPRETED


def test_a_gap_is_found_by_the_property_that_is_not_stated(read: Read) -> None:
    (first,) = read_chains(read("chain"))
    (question,) = first.delegation.questions_about("grantedBy")
    assert local(question.gap) == "unknown-number"
    assert first.delegation.questions_about("validFrom") == ()


def test_a_circle_is_entered_once_and_ends(read: Read) -> None:
    (entry,) = read_chains(read("circle"))
    assert names(entry.sub_delegations) == ["two"]
    assert entry.sub_delegations[0].sub_delegations == ()


def test_a_delegation_with_two_sources_stands_under_both(read: Read) -> None:
    chains = read_chains(read("two_sources"))
    assert names(chains) == ["left", "right"]
    assert [names(chain.sub_delegations) for chain in chains] == [["further"], ["further"]]
