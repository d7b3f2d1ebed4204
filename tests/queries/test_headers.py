"""Every stored query says what it asks, and is written by the rules of its folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.queries.asking import FILES, QUERIES, read_header

KEYS = ["summary", "summary-sv", "question", "params", "returns", "tags"]
PARAMETER = re.compile(
    r"[a-z]+:(iri|string|language|date|decimal)( required(?: choices=[a-z-]+)?| default=\S+)?"
)
every_query = pytest.mark.parametrize("path", FILES.values(), ids=list(FILES))


def read_body(path: Path) -> str:
    return re.sub(r"^#.*\n", "", path.read_text(), flags=re.MULTILINE)


@every_query
def test_the_header_has_all_keys_in_order(path: Path) -> None:
    keys = re.findall(r"^#\+ ([a-z-]+): \S", path.read_text(), re.MULTILINE)
    assert [key for key in keys if key != "may-be-empty"] == KEYS
    assert keys[6:] in ([], ["may-be-empty"])


@every_query
def test_the_parameters_of_the_header_are_those_of_the_text(path: Path) -> None:
    told = read_header(path)["params"]
    parameters = [] if told == "none" else told.split("; ")
    assert [each for each in parameters if not PARAMETER.fullmatch(each)] == []
    assert {each.partition(":")[0] for each in parameters} == set(
        re.findall(r"\$(\w+)", read_body(path))
    )


@every_query
def test_the_choices_of_a_parameter_are_listed_by_a_query_tagged_so(path: Path) -> None:
    for name in re.findall(r"choices=([a-z-]+)", read_header(path)["params"]):
        assert "choices" in read_header(FILES[name])["tags"].split(", ")


@every_query
def test_the_query_names_its_columns_and_orders_its_rows(path: Path) -> None:
    body = read_body(path)
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*", body)
    assert re.search(r"^ORDER BY ", body.rpartition("\n}\n")[2], re.MULTILINE)


@every_query
def test_not_exists_holds_one_pattern(path: Path) -> None:
    blocks = re.findall(r"NOT EXISTS \{([^}]*)\}", read_body(path))
    assert [block for block in blocks if re.search(r"[.;]\s", block.strip())] == []


def test_names_are_unique_and_no_file_stands_outside_a_family() -> None:
    paths = list(QUERIES.rglob("*.rq"))
    assert all(path.parent.parent == QUERIES for path in paths)
    assert len({path.stem for path in paths}) == len(paths)


def test_every_competency_question_is_answered_by_a_query() -> None:
    told = " ".join(read_header(path)["question"] for path in FILES.values())
    assert {int(number) for number in re.findall(r"CQ(\d+)", told)} == set(range(1, 26))
