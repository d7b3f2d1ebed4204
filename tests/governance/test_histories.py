"""What happened to a thing: its own days, those of its neighbours, and by what they came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from styrgraf.governance.histories import Chapter, read_history
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from tests.tiny_graphs import BASE, CountingReader, read_text

Read = Callable[[str], CountingReader]


def name(chapter: Chapter) -> str:
    return chapter.iri.value.rpartition("/")[2]


def tell(reader: Reader, thing: str) -> list[tuple[str, date | None, date | None]]:
    chapters = read_history(reader, Iri(f"{BASE}id/thing/{thing}")).chapters.items
    return [(name(each), each.span.start, each.span.end) for each in chapters]


def test_the_holders_of_a_post_come_in_order_of_time_with_open_sides_left_open(read: Read) -> None:
    assert tell(read("organisation_in_time"), "head") == [
        ("h1", date(2022, 1, 1), date(2023, 1, 1)),
        ("h2", date(2023, 2, 1), None),
    ]


def test_a_unit_has_its_reorganisation_memberships_and_names(read: Read) -> None:
    chapters = read_history(read("organisation_in_time"), Iri(f"{BASE}id/thing/stays")).chapters
    found = {name(each): each for each in chapters.items}
    assert list(found) == ["belongs", "merger", "called"]
    assert [link.incoming for link in found["merger"].links] == [True, True]
    assert found["merger"].is_event
    assert found["merger"].span.end == date(2023, 1, 2)


def test_what_ended_a_thing_is_told_with_its_own_window_and_its_lines(read: Read) -> None:
    (own,) = read_history(
        read("organisation_in_time"), Iri(f"{BASE}id/thing/council")
    ).chapters.items
    assert own.links == ()
    ((by, stated),) = own.causes
    assert by.value.endswith("ends")
    assert stated.value.value.endswith("decision")
    assert stated.sources[0].first_line == 10


def test_a_month_stays_a_month_and_what_is_derived_is_left_out() -> None:
    reader = read_text("""graph:source\\/1 {
      :plan a sg:Plan ; dct:temporal :may ; sg:hasGoal :goal .
      :may a dct:PeriodOfTime ; sg:validFrom "2022-05-01"^^xsd:date ;
        sg:validTo "2022-06-01"^^xsd:date ; sg:datePrecision sg:precisionMonth .
      :derived a sg:DerivedAuthority ; sg:delegate :goal ; sg:validFrom "2022-01-01"^^xsd:date .
    }""")
    (plan,) = read_history(reader, Iri(f"{BASE}id/thing/goal")).chapters.items
    assert name(plan) == "plan"
    assert plan.span.precision is not None
    assert plan.span.precision.value.endswith("precisionMonth")
    (own,) = read_history(reader, Iri(f"{BASE}id/thing/plan")).chapters.items
    assert (own.links, own.span.start) == ((), date(2022, 5, 1))


def test_a_draft_is_told_as_one() -> None:
    reader = read_text("""graph:source\\/1 {
      :draft sg:delegate :post ; sg:status sg:statusDraft ; sg:validFrom "2024-01-01"^^xsd:date .
      :held sg:delegate :post ; sg:status sg:statusInForce ; sg:validFrom "2025-01-01"^^xsd:date .
    }""")
    draft, held = read_history(reader, Iri(f"{BASE}id/thing/post")).chapters.items
    assert draft.status is not None
    assert draft.status.value.endswith("statusDraft")
    assert held.status is None


def test_the_number_of_queries_does_not_grow_with_what_happened() -> None:
    def count(number: int) -> int:
        holdings = " ".join(
            f':h{each} sg:heldPost :post ; sg:validFrom "{1900 + each}-01-01"^^xsd:date .'
            for each in range(number)
        )
        reader = read_text(f"graph:source\\/1 {{ {holdings} }}")
        assert read_history(reader, Iri(f"{BASE}id/thing/post")).chapters.total == number
        return reader.asked

    assert count(1) == count(100) <= 8


def test_a_page_has_the_next_in_order_of_time_and_nothing_dated_is_nothing() -> None:
    reader = read_text("""graph:source\\/1 {
      :a sg:heldPost :post ; sg:validFrom "2022-01-01"^^xsd:date . :post a org:Post .
      :b sg:heldPost :post ; sg:validFrom "2021-01-01"^^xsd:date . :c sg:heldPost :post .
      :free a org:Post .
    }""")
    second = read_history(reader, Iri(f"{BASE}id/thing/post"), 2, 1).chapters
    assert [name(each) for each in second.items] == ["a"]
    assert (second.total, second.last_number) == (2, 2)
    assert tell(reader, "free") == []
