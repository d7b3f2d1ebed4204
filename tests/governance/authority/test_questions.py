"""The questions of questions.toml, by the Python API, the command line and HTTP.

All answer alike, and as was written by hand without them.
"""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from styrgraf.cli import authority
from styrgraf.cli.commands import styrgraf
from styrgraf.governance.authority.opening import open_authority
from styrgraf.graph.published import PublishedStore
from styrgraf.settings import Settings
from tests.governance.authority.asked_questions import (
    QUESTIONS,
    Asked,
    ask_api,
    ask_of_decision,
    find_differences,
    write_command,
    write_request,
)
from tests.serving import Service

ON_DECISIONS = [asked for asked in QUESTIONS if asked["kind"] == "competent"]
ON_AUTHORITY = [asked for asked in QUESTIONS if asked["kind"] != "competent"]


def each_of(questions: list[Asked]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("asked", questions, ids=[each["id"] for each in questions])


def test_there_are_questions_of_every_kind_and_verdict_and_none_twice() -> None:
    assert len(QUESTIONS) >= 40
    assert len({asked["id"] for asked in QUESTIONS}) == len(QUESTIONS)
    kinds = {"may", "who", "why-not", "breaks", "mine", "competent"}
    assert {asked["kind"] for asked in QUESTIONS} == kinds
    assert {asked.get("verdict") for asked in QUESTIONS} == {"yes", "no", "not-told", None}


@each_of(ON_AUTHORITY)
def test_the_python_api_answers_as_was_written_by_hand(
    example_reader: PublishedStore, asked: Asked
) -> None:
    answer = ask_api(example_reader, open_authority(example_reader), asked)
    assert find_differences(asked, answer) == {}


@each_of(ON_DECISIONS)
def test_the_support_of_decisions_is_told_as_was_written_by_hand(
    example_reader: PublishedStore, asked: Asked
) -> None:
    answer = ask_of_decision(example_reader, open_authority(example_reader), asked)
    assert find_differences(asked, answer) == {}


@each_of(ON_AUTHORITY)
def test_the_command_line_answers_as_was_written_by_hand(
    example_settings: Settings,
    example_reader: PublishedStore,
    asked: Asked,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setenv("DATA_DIR", str(example_settings.data_dir))
    monkeypatch.setenv("DATASET", example_settings.dataset)
    # One reader for all commands: a process for each would take most of the time.
    monkeypatch.setattr(authority, "open_local_reader", lambda _: nullcontext(example_reader))
    assert not styrgraf.main(write_command(asked), "styrgraf", standalone_mode=False)
    assert find_differences(asked, json.loads(capsysbinary.readouterr().out)) == {}


@each_of(ON_AUTHORITY)
def test_http_answers_as_was_written_by_hand(example_service: Service, asked: Asked) -> None:
    path, parameters = write_request(asked)
    answer = example_service.get(path, **parameters)
    assert answer.status == 200, answer.text
    assert find_differences(asked, json.loads(answer.body)) == {}


def test_the_command_line_tells_the_support_of_decisions_as_was_written_by_hand(
    example_settings: Settings,
    example_reader: PublishedStore,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setenv("DATA_DIR", str(example_settings.data_dir))
    monkeypatch.setenv("DATASET", example_settings.dataset)
    monkeypatch.setattr(authority, "open_local_reader", lambda _: nullcontext(example_reader))
    assert not styrgraf.main(["competence", "--format", "json"], "styrgraf", standalone_mode=False)
    check_support(json.loads(capsysbinary.readouterr().out)["decisions"])


def test_http_tells_the_support_of_decisions_as_was_written_by_hand(
    example_service: Service,
) -> None:
    first = json.loads(example_service.get("/authority/decisions", format="json").body)
    further = (
        json.loads(example_service.get("/authority/decisions", format="json", page=str(page)).body)
        for page in range(2, first["pages"] + 1)
    )
    check_support([each for page in (first, *further) for each in page["decisions"]])


def check_support(found: list[dict[str, str]]) -> None:
    told = {each["decision"].rpartition("/id/")[2]: each["support"] for each in found}
    expected = {asked["decision"]: asked["verdict"] for asked in ON_DECISIONS}
    assert {name: told[name] for name in expected} == expected
