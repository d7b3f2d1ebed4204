"""What the data consists of, counted in the graph."""

from __future__ import annotations

import pytest

from styrgraf.governance.datasheet import count_lines, read_datasheet
from styrgraf.graph.store import Reader


@pytest.mark.parametrize(
    ("ranges", "lines"),
    [([], 0), ([(3, 3)], 1), ([(5, 9), (1, 6)], 9), ([(1, 10), (2, 3), (12, 12)], 11)],
)
def test_lines_that_several_ranges_hold_count_once(
    ranges: list[tuple[int, int]], lines: int
) -> None:
    assert count_lines(ranges) == lines


def test_coverage_is_that_of_the_lines_which_some_note_points_at(shipped_reader: Reader) -> None:
    sheet = read_datasheet(shipped_reader)
    first, second = sheet.documents
    assert (first.line_count, second.line_count) == (364, 53)
    for document in sheet.documents:
        rows = shipped_reader.select(f"""
            PREFIX sg: <https://w3id.org/styrgraf/ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
            SELECT DISTINCT ?first ?last WHERE {{
              ?locator oa:hasSource <{document.iri.value}> ; sg:firstLine ?first ;
                sg:lastLine ?last . ?note oa:hasTarget ?locator
            }}""").rows
        pointed = {
            line
            for row in rows
            for line in range(int(row["first"].value), int(row["last"].value) + 1)
        }
        assert document.covered == len(pointed)
        assert 0 < (document.share or 0) <= 1


def test_graphs_and_gaps_make_the_whole(shipped_reader: Reader) -> None:
    sheet = read_datasheet(shipped_reader)
    assert sum(size for _, size in sheet.graphs) == shipped_reader.version().quads
    (row,) = shipped_reader.select(
        "SELECT (COUNT(DISTINCT ?gap) AS ?number) { ?gap a <https://w3id.org/styrgraf/ns#Gap> }"
    ).rows
    assert sheet.gap_count == int(row["number"].value) > 50
    assert sheet.page_count > 10
