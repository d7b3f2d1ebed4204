from __future__ import annotations

from collections.abc import Callable

from styrgraf.governance.decisions import DecisionRecord, list_decisions, read_decisions
from styrgraf.governance.statements import Certainty
from tests.tiny_graphs import CountingReader, read_text

Read = Callable[[str], CountingReader]


def read_all(reader: CountingReader) -> list[DecisionRecord]:
    return list(read_decisions(reader, [each.iri for each in list_decisions(reader)]))


def local(iri: object) -> str:
    return str(getattr(iri, "value", iri)).rpartition("/")[2]


def test_dated_decisions_come_first_and_those_from_outside_are_left_out(read: Read) -> None:
    decisions = read_all(read("decisions"))
    assert [local(each.iri) for each in decisions] == ["dated", "dateless"]


def test_what_is_not_stated_of_a_decision_is_absent(read: Read) -> None:
    dateless = read_all(read("decisions"))[1]
    assert dateless.date is None
    assert dateless.written_number is None
    assert dateless.deciders == ()


def test_a_statement_that_is_also_read_counts_as_stated(read: Read) -> None:
    decider = read_all(read("decisions"))[0].deciders[0]
    assert decider.certainty == Certainty.ASSERTED


def test_a_reading_is_told_from_an_uncertain_one(read: Read) -> None:
    dated = read_all(read("decisions"))[0]
    assert dated.document_number is not None
    assert dated.document_number.certainty == Certainty.UNCERTAIN
    elaborates = next(
        each for each in dated.relations if each.property.value.endswith("elaborates")
    )
    assert elaborates.objects[0].certainty == Certainty.INTERPRETED


def test_the_most_exact_source_comes_first_and_each_passage_once(read: Read) -> None:
    decider = read_all(read("decisions"))[0].deciders[0]
    assert [(each.first_line, each.last_line) for each in decider.sources] == [
        (9, 9),
        (1, 1),
        (2, 4),
    ]


def test_the_decisions_take_six_queries(read: Read) -> None:
    reader = read("decisions")
    read_all(reader)
    assert reader.asked == 6


def test_an_empty_graph_has_no_decisions() -> None:
    assert read_all(read_text("")) == []
