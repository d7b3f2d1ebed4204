"""When things last: of their own, or by the period that they name."""

from __future__ import annotations

from datetime import date

from styrgraf.governance.goals import read_aims
from styrgraf.graph.store import Reader

ID = "https://w3id.org/styrgraf/kth/id/"


def test_what_names_a_period_lasts_as_long_and_what_names_none_is_counted(
    shipped_reader: Reader,
) -> None:
    aims = read_aims(shipped_reader, {})
    spans = {span.iri.value.removeprefix(ID): span for span in aims.spans}
    pilot = spans["initiative/pilot-om-tentaperiod"]
    assert (pilot.start, pilot.end) == (date(2023, 12, 1), date(2024, 1, 1))
    assert pilot.precision is not None
    assert pilot.precision.value.endswith("precisionMonth")
    starts = [span.start for span in aims.spans if span.start]
    assert starts == sorted(starts)
    lasting = aims.plans.total + aims.initiatives.total + aims.actions.total
    assert len(spans) + aims.untimed == lasting
    assert "initiative/campusoversyn" not in spans
