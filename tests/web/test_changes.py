"""What changed between two days over HTTP: KTH's reorganisation, orders, formats, bad input."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.serving import Service


def ask(service: Service, first: str, last: str) -> dict[str, set[tuple[str, str]]]:
    """Return the changes by kind: each as its sort and the last part of its name."""
    answer = service.get("/changes", "application/json", **{"from": first, "to": last})
    found: dict[str, set[tuple[str, str]]] = {}
    for each in json.loads(answer.body)["changes"]:
        name = (each["after"] or each["before"])["iri"].rpartition("/")[2]
        found.setdefault(each["kind"], set()).add((each["sort"], name))
    return found


def browse(service: Service, first: str, last: str, **parameters: str) -> str:
    return service.browse("/changes", **{"from": first, "to": last}, **parameters).text


def test_the_reorganisation_shows_what_the_documents_say(service: Service) -> None:
    found = ask(service, "2022-12-31", "2023-01-01")
    assert found["reorganisations"] == {("came", "samgaende-2023")}
    assert found["classifications"] == {
        ("came", "vs-linjeorganisation"),
        ("came", "avdelningar-gvs-sakavdelningar"),
    }
    assert found["memberships"] == {("went", "avdelningar-i-gvs")}
    assert found["delegations"] == {("perhaps", "rektor-universitetsdirektor")}
    text = browse(service, "2022-12-31", "2023-01-01")
    assert "Mellan den 31 december 2022 och den 1 januari 2023: 2 tillkom, 1 upphörde" in text
    assert "1 omorganisation skedde." in text
    assert "Gemensamma verksamhetsstödet" in text
    assert "börjar någon dag i januari 2023" in text


def test_the_orders_of_july_2022_change_ended_and_came(service: Service) -> None:
    found = ask(service, "2022-06-30", "2022-07-01")
    assert found["orders"] == {
        ("changed", "delegationsordning-kth-2022-07-01"),
        ("came", "delegationsordning-forskningsavtal-2022-07-01"),
        ("went", "delegation-vicerektor-forskningsavtal"),
    }


def test_the_end_of_the_steering_group_names_the_decision_and_what_the_next_lines_say(
    service: Service,
) -> None:
    assert ask(service, "2023-04-05", "2023-04-06") == {
        "bodies": {("went", "styrgrupp-samordnat")},
        **{"plans": {("perhaps", "vp-kth-23-25"), ("perhaps", "vp-vs-23-25")}},
    }
    text = browse(service, "2023-04-05", "2023-04-06")
    row = text.partition("Styrgruppen för programmet")[2].partition("</tr>")[0]
    assert "avslutat genom" in row
    assert "Beslut 4: handlingsplan" in row
    assert "000:228" in row
    assert "Vad som trädde i stället är inte angivet som sådant" in row
    assert "KTH:s ledningsgrupp" in row
    assert "Hanteras fortsatt inom KTH:s ledningsgrupp när styrgruppen har avslutats." in row


def test_the_example_has_changes_of_many_kinds_with_their_causes(
    example_service: Service,
) -> None:
    found = ask(example_service, "2023-06-30", "2023-07-01")
    assert ("changed", "delegationsordning-2023") in found["orders"]
    assert any(sort == "changed" for sort, _ in found["delegations"])
    text = browse(example_service, "2023-06-30", "2023-07-01")
    row = text.partition("Rektor till dekanen: inköp (2023)</a>")[2].partition("</tr>")[0]
    assert "i stället för" in row
    assert "Högst 5 000 000 kr" in row
    assert "Högst 10 000 000 kr" in row
    assert "EX-2023-0150" in row


def test_the_count_in_words_is_the_count_of_the_rows(example_service: Service) -> None:
    parameters = {"from": "2023-06-30", "to": "2025-09-01"}
    answer = example_service.get("/changes", "application/json", lang="en", **parameters)
    found = json.loads(answer.body)
    events = {"decisions", "reorganisations"}
    came = [each for each in found["changes"] if each["kind"] not in events]
    numbers = [
        sum(1 for each in came if each["sort"] == sort) for sort in ("came", "went", "changed")
    ]
    assert found["sentences"][0].endswith("{} came, {} ended, {} changed.".format(*numbers))
    assert found["total"] == len(found["changes"])
    table = example_service.browse("/changes", **parameters, format="csv")
    rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == found["total"] + 1
    assert example_service.browse("/changes", **parameters, format="xlsx").status == 200


def test_without_days_the_last_turning_day_is_compared_with_the_day_before(
    service: Service,
) -> None:
    answer = json.loads(service.get("/changes", "application/json").body)
    assert (answer["from"], answer["to"]) == ("2025-12-31", "2026-01-01")
    text = service.browse("/changes").text
    assert 'href="/changes?from=2022-12-31&amp;to=2023-01-01"' in text


def test_one_day_alone_is_compared_with_the_day_before_or_today(service: Service) -> None:
    answer = json.loads(service.get("/changes", "application/json", to="2023-01-01").body)
    assert answer["from"] == "2022-12-31"
    answer = json.loads(service.get("/changes", "application/json", **{"from": "2023-01-01"}).body)
    assert answer["to"] > "2024-01-01"


def test_swapped_days_are_told_and_the_other_way_round_is_offered(service: Service) -> None:
    page = service.browse("/changes", **{"from": "2023-01-01", "to": "2022-12-31"}, lang="en")
    assert page.status == 400
    assert "The first day, 2023-01-01, is after the second, 2022-12-31." in page.text
    assert 'href="/changes?from=2022-12-31&amp;to=2023-01-01&amp;lang=en"' in page.text
    program = service.get(
        "/changes", "application/json", **{"from": "2023-01-01", "to": "2022-12-31"}
    )
    assert program.status == 400


def test_on_one_and_the_same_day_nothing_can_differ(service: Service) -> None:
    text = browse(service, "2023-01-01", "2023-01-01", lang="en")
    assert "on one and the same day nothing can differ" in text
    answer = service.get(
        "/changes", "application/json", **{"from": "2023-01-01", "to": "2023-01-01"}
    )
    assert json.loads(answer.body)["changes"] == []


def test_what_has_no_date_is_counted_and_leads_to_where_it_stands(service: Service) -> None:
    text = browse(service, "2022-12-31", "2023-01-01", lang="en")
    undated = text.partition('id="undated"')[2]
    assert 'href="/organisation?lang=en#units"' in undated
    assert "Without a stated date, not part of the comparison:" in text


@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize("typed", ["2023-02-30", "i går", "x" * 10_000])
def test_a_bad_day_is_told_at_its_field(service: Service, name: str, typed: str) -> None:
    page = service.browse("/changes", **{name: typed})
    assert page.status == 400
    assert f'aria-describedby="error-{name}"' in page.text


@pytest.mark.parametrize("days", [("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-02")])
def test_the_ends_of_the_calendar_are_compared(
    example_service: Service, days: tuple[str, str]
) -> None:
    assert example_service.browse("/changes", **{"from": days[0], "to": days[1]}).status == 200


def test_the_first_day_of_the_calendar_alone_has_no_day_before(service: Service) -> None:
    assert service.browse("/changes", to="0001-01-01").status == 200


def test_a_graph_without_dates_says_that_nothing_changed(hostile_service: Service) -> None:
    text = browse(hostile_service, "2000-01-01", "2024-01-01", lang="en")
    assert "nothing changed, as far as a date is stated" in text
    assert 'class="empty"' in text
