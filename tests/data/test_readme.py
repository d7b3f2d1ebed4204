"""The page about the data tells the truth: its table of gaps, its graphs, its readings."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox
import pytest

from styrgraf.namespaces import DCTERMS, SG
from tests.data.reading import (
    DATA,
    EVIDENCE,
    GAPS,
    PREF_LABEL,
    find_dataset,
    index_values,
    list_instances,
    list_values,
    read_graphs,
)

PAGE = (DATA / "README.md").read_text()
GAP_NAMES = [gap.rpartition("/")[2] for gap in list_instances(GAPS, "Gap")]


@cache
def read_rows() -> dict[str, tuple[str, str, str]]:
    """Return the rows of the tables of gaps: what is open, the lines, how it is recorded."""
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \| (.*) \| (.*) \|$", PAGE, re.MULTILINE)
    return {name: (title, lines, record) for name, title, lines, record in rows}


def name_kind(kind: str) -> str:
    """Return the English name of a kind of gap."""
    names = index_values("ontology", PREF_LABEL)[kind]
    return next(n.value for n in names if isinstance(n, ox.Literal) and n.language == "en")


def split_lines(lines: str) -> set[str]:
    """Return the names of the locators that a cell such as `000:1-2, 5; 003:7` tells."""
    parts = [part.split(":") for part in lines.split("; ")]
    return {f"{document}-{run}" for document, runs in parts for run in runs.split(", ")}


def test_the_tables_name_every_gap_and_no_other() -> None:
    assert sorted(read_rows()) == sorted(GAP_NAMES)


def test_no_gap_stands_twice_in_the_tables() -> None:
    assert len(re.findall(r"^\| `[a-z0-9-]+` \|", PAGE, re.MULTILINE)) == len(GAP_NAMES)


@pytest.mark.parametrize("name", GAP_NAMES)
def test_the_row_of_a_gap_says_what_the_data_says(name: str) -> None:
    gap = f"{find_dataset().base}id/gap/{name}"
    title, lines, record = read_rows()[name]
    assert title in list_values(GAPS, PREF_LABEL, gap)
    locators = {each.rpartition("/")[2] for each in list_values(GAPS, DCTERMS + "source", gap)}
    assert split_lines(lines) == locators
    kinds = ", ".join(map(name_kind, list_values(GAPS, SG + "gapKind", gap)))
    assert record.partition(";")[0] == kinds


def test_every_reading_that_the_page_names_exists() -> None:
    numbers = {
        number
        for reading in list_instances(EVIDENCE, "Reading")
        for number in list_values(EVIDENCE, DCTERMS + "identifier", reading)
    }
    assert set(re.findall(r"\bR\d\d\b", PAGE)) <= numbers


def test_the_page_names_every_graph_of_the_dataset() -> None:
    named = {name.removeprefix("graph/") for name in re.findall(r"`(graph/[\w/]+)`", PAGE)}
    assert named == set(read_graphs()) - {"ontology"}


def test_every_gap_stands_beside_a_line_of_a_document() -> None:
    assert [gap for gap in GAP_NAMES if not read_rows()[gap][1]] == []
