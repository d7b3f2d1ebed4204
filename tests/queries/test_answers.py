"""The 25 competency questions are answered exactly.

Each table under `answers/` was written by hand from the documents. Its columns are those of the
query; `unit:kth` stands for the thing at `id/unit/kth`, an empty cell for a column without value.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from styrgraf.graph.store import Reader
from tests.queries.asking import FILES, ask, read_header

TABLES = Path(__file__).parent / "answers"

ASKED: dict[str, tuple[str, dict[str, str]]] = {
    "cq01": ("dated-decisions", {}),
    "cq02": ("overall-purposes", {}),
    "cq03": ("plan-goals", {"plan": "plan/programdirektiv-2022"}),
    "cq04": ("bodies-for-matter", {"matter": "matter/strategiska-fragor"}),
    "cq05": ("parallel-initiatives", {}),
    "cq06": ("recurring-decisions", {}),
    "cq07": ("sub-delegation-recipients", {"post": "post/universitetsdirektor"}),
    "cq08": ("managers", {"post": "role/administrativ-chef"}),
    "cq09-ekonomi": ("support-area-codes", {"area": "support-area/ekonomi"}),
    "cq09-forskning-och-innovation": (
        "support-area-codes",
        {"area": "support-area/forskning-och-innovation"},
    ),
    "cq09-hr": ("support-area-codes", {"area": "support-area/hr"}),
    "cq09-infrastruktur": ("support-area-codes", {"area": "support-area/infrastruktur"}),
    "cq09-kommunikation": ("support-area-codes", {"area": "support-area/kommunikation"}),
    "cq09-ledningsstod": ("support-area-codes", {"area": "support-area/ledningsstod"}),
    "cq09-utbildning": ("support-area-codes", {"area": "support-area/utbildning"}),
    "cq10": ("areas-of-unit", {"unit": "unit/it"}),
    "cq11": ("tasks", {"holder": "unit-group/skolavdelningar"}),
    "cq12": ("tasks", {"holder": "unit-group/sakavdelningar"}),
    "cq13": ("unit-counts", {"unit": "unit/vs"}),
    "cq14": ("decision-numbers", {}),
    "cq15": ("suspicious-numbers", {}),
    "cq16": ("action-items-by-word", {"word": "arkiv"}),
    "cq17": ("principles", {}),
    "cq18": ("advisory-bodies", {}),
    "cq19": ("representatives-of-unit", {"unit": "unit/sci"}),
    "cq20": ("ended-bodies", {}),
    "cq21": ("decision-tasks-of-bodies", {}),
    "cq22": ("initiative-items", {"initiative": "initiative/pilot-om-tentaperiod"}),
    "cq23": ("people-in-change", {}),
    "cq24": ("it-plan-focus-areas", {}),
    "cq25": ("focus-area-goals", {"area": "focus-area/leveransformaga"}),
}


@pytest.mark.parametrize("table", ASKED)
def test_a_competency_question_has_its_exact_answer(table: str, reader: Reader) -> None:
    name, values = ASKED[table]
    columns, *rows = csv.reader((TABLES / f"{table}.csv").read_text().splitlines())

    assert read_header(FILES[name])["returns"] == ", ".join(columns)
    assert ask(reader, name, values) == [tuple(row) for row in rows]


def test_every_competency_question_has_a_table_and_a_query_that_says_so() -> None:
    for table, (name, _) in ASKED.items():
        number = int(table[2:4])
        assert f"CQ{number}" in read_header(FILES[name])["question"].split(", ")
    assert sorted(ASKED) == sorted(path.stem for path in TABLES.iterdir())
    assert {int(re.sub(r"\D", "", table[:4])) for table in ASKED} == set(range(1, 26))


def test_labels_come_in_the_language_asked_for(reader: Reader) -> None:
    in_english = ask(reader, "support-areas", {"lang": "en"})
    assert ("support-area:utbildning", "Education") in in_english


def test_a_unit_without_a_printed_area_has_no_area(reader: Reader) -> None:
    assert ask(reader, "areas-of-unit", {"unit": "unit/gvs"}) == []
