"""The delegation order of a day as a document: what stands in it, in which sections, and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from styrgraf.governance.authority.intake.reading import read_facts
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.order_document.document import OrderDocument, arrange_document
from styrgraf.governance.order_document.entries import Entry, EntryDescriber
from styrgraf.governance.order_document.sections import (
    Arrangement,
    Section,
    cut_sections,
    order_name,
)
from tests.tiny_graphs import CountingReader

Read = Callable[[str], CountingReader]


def arrange(
    reader: CountingReader, on: str, arrangement: Arrangement = Arrangement.MATTER
) -> tuple[OrderDocument, dict[str, Entry]]:
    index = Authority.of(read_facts(reader)).index
    day = date.fromisoformat(on)
    document = arrange_document(reader, index, day, arrangement, "sv")
    rows = [row for section in document.sections for row in section.rows]
    entries = EntryDescriber(index, day).describe(reader, list(enumerate(rows, 1)))
    return document, {name(each.iri.value): each for each in entries}


def name(iri: str) -> str:
    return iri.rpartition("/")[2]


def outline(document: OrderDocument) -> list[tuple[str, str, int, int]]:
    return [
        (
            section.number,
            name(section.thing.value) if section.thing else str(section.about),
            len(section.rows),
            len(section.elsewhere),
        )
        for section in document.sections
    ]


@pytest.mark.parametrize(
    ("on", "sure", "open_"),
    [
        ("2021-12-31", set(), {"nostart"}),
        ("2022-01-01", {"wide", "role"}, {"nostart"}),
        ("2022-02-28", {"wide", "role"}, {"nostart"}),
        ("2022-03-01", {"wide", "role", "spring", "sub"}, {"nostart"}),
        ("2022-05-31", {"wide", "role", "spring", "sub"}, {"nostart"}),
        ("2022-06-01", {"wide", "role", "sub"}, {"nostart"}),
        ("2022-08-31", {"wide", "role", "sub"}, {"nostart"}),
        ("2022-09-01", {"wide", "role"}, {"nostart"}),
        ("2022-12-31", {"wide", "role"}, {"nostart"}),
        ("2023-01-01", set(), {"nostart"}),
    ],
)
def test_a_delegation_stands_in_it_while_its_window_and_order_last_and_it_is_not_recalled(
    read: Read, on: str, sure: set[str], open_: set[str]
) -> None:
    document, entries = arrange(read("document"), on)
    assert {each for each, entry in entries.items() if not entry.link.findings} == sure
    assert {each for each, entry in entries.items() if entry.link.findings} == open_
    assert (document.sure, document.open) == (len(sure), len(open_))


def test_matters_stand_under_the_broader_and_a_delegation_in_the_first_it_is_about(
    read: Read,
) -> None:
    document, _ = arrange(read("document"), "2022-04-01")
    assert outline(document) == [
        ("1", "avtal", 0, 0),
        ("1.1", "hyra", 1, 0),
        ("2", "ekonomi", 1, 0),
        ("2.1", "inkop", 1, 1),
        ("3", "ovrigt", 1, 0),
        ("4", "open", 1, 0),
    ]


def test_by_who_receives_posts_bodies_and_roles_are_parts(read: Read) -> None:
    document, _ = arrange(read("document"), "2022-04-01", Arrangement.POST)
    assert outline(document) == [
        ("1", "posts", 0, 0),
        ("1.1", "dean", 2, 0),
        ("2", "bodies", 0, 0),
        ("2.1", "board", 1, 0),
        ("3", "roles", 0, 0),
        ("3.1", "heads", 1, 0),
        ("4", "open", 1, 0),
    ]


def test_by_unit_what_receives_stands_in_its_unit_and_a_role_in_none(read: Read) -> None:
    document, _ = arrange(read("document"), "2022-04-01", Arrangement.UNIT)
    assert outline(document) == [
        ("1", "university", 1, 0),
        ("1.1", "school", 2, 0),
        ("2", "roles", 1, 0),
        ("3", "open", 1, 0),
    ]


def test_an_entry_tells_holder_limit_permission_kind_number_and_chain(read: Read) -> None:
    _, entries = arrange(read("document"), "2022-04-01")
    wide, sub = entries["wide"], entries["sub"]
    assert [name(person.value) for person in wide.holder.persons] == ["anna"]
    assert wide.link.limit is not None
    assert (wide.link.limit.hundredths, wide.link.limit.excluded) == (500_000_00, True)
    assert (wide.allowed, wide.allowed_by_order) == (True, True)
    assert wide.evidence.case_numbers == ("V-2022-1",)
    assert wide.chain is Verdict.YES
    assert [name(each.value) for each in sub.sources] == ["spring"]
    assert sub.chain is Verdict.NO
    assert [each.rule for each in entries["nostart"].link.findings] == [Rule.START_NOT_STATED]


def test_matters_in_a_circle_stand_at_the_top(read: Read) -> None:
    document, entries = arrange(read("circle_of_matters"), "2022-04-01")
    assert {each[:2] for each in outline(document)} == {("1", "a"), ("2", "b")}
    assert set(entries) == {"d"}


def test_an_empty_graph_has_no_sections(read: Read) -> None:
    document, entries = arrange(read("plan"), "2022-04-01")
    assert (document.sections, document.total, entries) == ((), 0, {})


def test_names_are_ordered_as_in_swedish() -> None:
    assert sorted(["öl", "Zoo", "ål", "ärta", "apa"], key=order_name) == [
        *("apa", "Zoo", "ål", "ärta", "öl"),
    ]


def test_pages_hold_every_delegation_once_and_every_heading() -> None:
    sections = [
        Section("one", 1, "1", (), (), 0),  # type: ignore[arg-type]
        Section("two", 2, "1.1", (1, 2, 3), (), 0),  # type: ignore[arg-type]
        Section("three", 1, "2", (4,), (), 3),  # type: ignore[arg-type]
        Section("four", 1, "3", (), (1,), 4),  # type: ignore[arg-type]
    ]
    pages = [cut_sections(sections, start, start + 2) for start in (0, 2)]
    assert [[(each.number, each.rows, each.continued) for each in page] for page in pages] == [
        [("1", (), False), ("1.1", (1, 2), False)],
        [("1.1", (3,), True), ("2", (4,), False), ("3", (), False)],
    ]
