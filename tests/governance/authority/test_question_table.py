"""The table of questions is whole: it has every rule, and asks of things that the example has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from tests.data.example.reading import find_example, has

_TABLE = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))
QUESTIONS: list[dict[str, Any]] = _TABLE["question"]
VERDICTS = {"no": Verdict.NO, "not-told": Verdict.NOT_TOLD}
OF_THINGS = ("matter", "party", "unit", "decision", "holder", "substitute", "who", "not_told")
OF_DELEGATIONS = ("chain", "delegations", "not_told_delegations", "given_on")


def list_named(question: dict[str, Any]) -> Iterator[str]:
    """Return the things that a question and its answer name, as type/slug."""
    for field in OF_THINGS:
        value = question.get(field, [])
        yield from [value] if isinstance(value, str) else value
    for field in OF_DELEGATIONS:
        yield from (f"delegation/{slug}" for slug in question.get(field, []))


def test_every_rule_is_met_with() -> None:
    met = {Rule(code) for question in QUESTIONS for code in question.get("rules", [])}
    assert met == set(Rule)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_a_rule_leads_to_the_verdict_that_is_given(question: dict[str, Any]) -> None:
    for code in question.get("rules", []):
        assert RULE_TEXTS[Rule(code)].verdict is VERDICTS[question["verdict"]]


def test_everything_that_is_named_is_in_the_example() -> None:
    named = {name for question in QUESTIONS for name in list_named(question)}
    named -= {"vacant", "not-stated"}
    start = find_example().base + "id/"
    assert sorted(name for name in named if not has(f"<{start}{name}> a ?class")) == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_a_question_is_asked_in_both_languages(question: dict[str, Any]) -> None:
    assert question["text_sv"].endswith((".", "?"))
    assert question["text_en"].endswith((".", "?"))
    assert question["text_sv"] != question["text_en"]
