"""Every stored query says what it asks, and is written by the rules of its folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.queries.asking import FILES, QUERIES, read_header

KEYS = ["summary", "summary-sv", "question", "params", "returns", "tags"]
OPTIONAL_KEYS = ["example", "drawing", "may-be-empty"]
PARAMETER = re.compile(
    r"[a-z]+:(iri|string|language|date|number|integer|decimal)(?: required| default=\S+)?"
    r"(?: choices=[a-z-]+)?(?: unit=\S+)?(?: min=\S+)?(?: max=\S+)?(?: decimals=\d)?"
)
every_query = pytest.mark.parametrize("path", FILES.values(), ids=list(FILES))


def read_body(path: Path) -> str:
    return re.sub(r"^#.*\n", "", path.read_text(), flags=re.MULTILINE)


@every_query
def test_the_header_has_all_keys_in_order(path: Path) -> None:
    keys = re.findall(r"^#\+ ([a-z-]+): \S", path.read_text(), re.MULTILINE)
    assert keys[: len(KEYS)] == KEYS
    assert keys[len(KEYS) :] == [key for key in OPTIONAL_KEYS if key in keys]


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
    if re.search(r"^CONSTRUCT ", body, re.MULTILINE):
        assert read_header(path)["returns"] == "triples"
        return
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*", body)
    assert re.search(r"^ORDER BY ", body.rpartition("\n}\n")[2], re.MULTILINE)


@every_query
def test_not_exists_holds_one_pattern(path: Path) -> None:
    blocks = re.findall(r"NOT EXISTS \{([^}]*)\}", read_body(path))
    assert [block for block in blocks if re.search(r"[.;]\s", block.strip())] == []


@every_query
def test_a_query_that_needs_values_has_an_example_of_them(path: Path) -> None:
    header = read_header(path)
    needed = set(re.findall(r"(\w+):\w+ required", header["params"]))
    assert needed <= {
        part.partition("=")[0].strip() for part in header.get("example", "").split(";")
    }


@every_query
def test_the_page_of_rows_is_named_by_no_query(path: Path) -> None:
    names = set(re.findall(r"\$(\w+)", read_body(path)))
    assert names.isdisjoint({"format", "page", "rows"})


def test_names_are_unique_and_no_file_stands_outside_a_family() -> None:
    paths = list(QUERIES.rglob("*.rq"))
    assert all(path.parent.parent == QUERIES for path in paths)
    assert len({path.stem for path in paths}) == len(paths)


def test_every_competency_question_is_answered_by_a_query() -> None:
    told = " ".join(read_header(path)["question"] for path in FILES.values())
    assert {int(number) for number in re.findall(r"CQ(\d+)", told)} == set(range(1, 26))
