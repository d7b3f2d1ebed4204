"""What times pages measures each kind of search on a graph that is made for it."""

from __future__ import annotations

import pytest

from bench.search import measure_search


def test_searches_of_each_kind_are_timed_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    measured = {each.name: each for each in measure_search(6_000, 2)}
    told = capsys.readouterr().out
    assert "things; read in" in told
    assert measured["a name"].found >= 1
    assert measured["a common word"].found > 100
    assert measured["a misspelling"].found > 0
    assert measured["nothing there"].found == 0
    for name, each in measured.items():
        assert len(each.times) == 2
        assert f"  {name} " in told
