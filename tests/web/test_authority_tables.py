"""Answers on authority for spreadsheets: all chains, in words, with the question beside them."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from tests.serving import Service

QUESTIONS = {
    "/authority": {"matter": "matter/inkop", "on": "2024-05-05"},
    "/authority/may": {
        "matter": "matter/inkop",
        "on": "2024-05-05",
        "party": "post/inkopare-1",
        "amount": "750000",
    },
    "/authority/party": {"party": "post/rektor", "on": "2024-05-05"},
    "/authority/rehearsal": {"recall": "delegation/rektor-dekan-inkop-2021", "on": "2022-01-01"},
    "/authority/decisions": {},
}


def read(service: Service, path: str, **asked: str) -> list[dict[str, str]]:
    given = QUESTIONS[path] | asked | {"lang": "en", "format": "table-csv"}
    answer = service.get(path, **given)
    assert answer.status == 200, answer.text
    headings, *rows = csv.reader(io.StringIO(answer.body.decode("utf-8-sig")))
    assert len(set(headings)) == len(headings)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def ask(service: Service, path: str, **asked: str) -> dict[str, list[dict[str, object]]]:
    told: dict[str, list[dict[str, object]]]
    told = json.loads(service.get(path, "application/json", **(QUESTIONS[path] | asked)).text)
    return told


def count_links(parties: list[dict[str, list[dict[str, list[object]]]]]) -> int:
    """Return how many rows the answers by party make."""
    return sum(
        sum(len(chain["links"]) for chain in party["chains"]) if party["chains"] else 1
        for party in parties
    )


def test_there_is_a_row_for_each_link_of_each_chain_of_all_parties(
    example_service: Service,
) -> None:
    for path in ("/authority", "/authority/may"):
        parties = ask(example_service, path)["parties"]
        assert len(read(example_service, path)) == count_links(parties), path
    told = ask(example_service, "/authority/party")
    held = count_links([each["answer"] for each in told["delegations"]])
    assert len(read(example_service, "/authority/party")) == held + len(told["residual"])


def test_a_link_stands_in_words_with_its_last_day_and_where_it_is_said(
    example_service: Service,
) -> None:
    rows = read(example_service, "/authority")
    row = next(each for each in rows if each["IRI"].endswith("rektor-bibliotekschef-inkop"))
    told = {
        "Answer": "Yes",
        "Chain": "1",
        "Link in the chain": "2",
        "Who delegates": "rektor",
        "Limit (amount)": "300000",
        "Limit itself included": "yes",
        "Stated that it rests on the link before": "yes",
        "First day": "2023-07-01",
        "Last day": "2024-09-30",
        "Case number": "EX-2023-0150",
        "Conditions": "",
    }
    assert {name: row[name] for name in told} == told
    untold = next(each for each in rows if each["Answer"] == "Cannot be told")
    assert "not stated" in untold["Why not, or why it cannot be told"]
    assert all(each["Why not, or why it cannot be told"] == "" for each in rows[:3])


def test_what_is_known_to_the_month_is_written_to_the_month(service: Service) -> None:
    asked = {"matter": "matter/verksamhetsstod", "on": "2023-04-05"}
    rows = read(service, "/authority", **asked)
    assert [row["First day as stated"] for row in rows][-1] == "2023-01"
    assert rows[-1]["Holder on that day"] == "not stated"
    assert "000:78–79" in rows[-1]["Where it stands"]


def test_who_has_no_chain_has_one_row_that_says_why(example_service: Service) -> None:
    asked = {"party": "post/bibliotekschef", "matter": "matter/donationer", "amount": ""}
    (row,) = read(example_service, "/authority/may", **asked)
    assert row["Answer"] == "No"
    assert row["Why not, or why it cannot be told"].startswith("No delegation")
    assert row["IRI"].endswith("post/bibliotekschef")


def test_what_a_party_has_tells_what_it_gave_on_and_what_nobody_else_has(
    example_service: Service,
) -> None:
    rows = read(example_service, "/authority/party")
    professors = next(each for each in rows if each["Matter asked about"].startswith("Employ"))
    assert professors["Given on"]
    assert rows[-1]["Matter asked about"] == "all that nobody else has"
    assert rows[-1]["IRI"].endswith("original-authority/rektor")


def test_a_rehearsal_has_a_row_for_each_thing_that_changes(example_service: Service) -> None:
    told = ask(example_service, "/authority/rehearsal")
    rows = read(example_service, "/authority/rehearsal")
    parts = ("authority", "fallenDelegations", "decisions", "goals")
    assert len(rows) == sum(len(told[part]) for part in parts)
    lost = next(each for each in rows if each["IRI"].endswith("post/prefekt-a"))
    assert (lost["What would happen"], lost["As it is"], lost["As it would be"]) == (
        "Lost",
        "Yes",
        "No",
    )
    assert lost["Last day"] == "2022-06-30"
    draft = example_service.post("/authority/rehearsal", "", "text/turtle", "application/vnd.x")
    assert draft.status == 406, "a draft has no address for a file to name"


def test_the_support_of_all_decisions_is_in_one_file(example_service: Service) -> None:
    rows = read(example_service, "/authority/decisions")
    told = ask(example_service, "/authority/decisions")
    assert len({row["IRI"] for row in rows}) == told["total"]
    assert all(row["Because"] for row in rows)


@pytest.mark.parametrize("path", QUESTIONS)
def test_the_workbook_says_what_was_asked_and_the_answer_as_the_page_does(
    example_service: Service, path: str
) -> None:
    asked = QUESTIONS[path] | {"lang": "sv"}
    answer = example_service.get(path, format="xlsx", **asked)
    assert "attachment" in answer.headers["content-disposition"]
    rows, about = openpyxl.load_workbook(io.BytesIO(answer.body)).worksheets
    facts = [(str(name or ""), value) for name, value in about.iter_rows(values_only=True)]
    page = example_service.browse(path, **asked)
    sentence = str(next(value for name, value in facts if name == "Svar"))
    assert sentence.replace("”", "&#34;").split("&#34;")[0] in page.text
    if "on" in asked:
        assert str(dict(facts)["Dag"]).startswith(asked["on"])
    written = example_service.get(path, format="table-csv", **asked).body.decode("utf-8-sig")
    assert rows.max_row == len(list(csv.reader(io.StringIO(written), delimiter=";")))
    assert page.text.index("format=xlsx") < page.text.index("format=table-csv")


def test_a_wrong_question_is_a_problem_and_no_file(example_service: Service) -> None:
    for path, wrong in (("/authority", "on"), ("/authority/rehearsal", "on")):
        asked = QUESTIONS[path] | {wrong: "2022-02-30"}
        assert example_service.get(path, format="xlsx", **asked).status == 400
