from __future__ import annotations

from styrgraf.governance.gaps import read_gaps
from tests.tiny_graphs import read_text


def test_a_gap_tells_its_kind_what_it_concerns_and_where_it_shows() -> None:
    reader = read_text(
        """graph:gaps { :open a sg:Gap ; sg:gapKind sg:gapNotStated ; sg:concerns :thing ;
             sg:concernsProperty sg:validFrom ; dct:source :l . }
           graph:evidence { :l oa:hasSource :paper ; sg:firstLine 5 ; sg:lastLine 6 . }"""
    )
    (gap,) = read_gaps(reader).items
    assert gap.kind.value.endswith("gapNotStated")
    assert [each.value.value.rpartition("/")[2] for each in gap.concerns] == ["thing"]
    assert [(each.first_line, each.last_line) for each in gap.sources] == [(5, 6)]


def test_a_gap_without_a_kind_is_listed_too() -> None:
    (gap,) = read_gaps(read_text("graph:gaps { :open a sg:Gap . }")).items
    assert gap.kind.value == ""
