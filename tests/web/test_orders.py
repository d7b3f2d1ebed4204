"""Which orders were in force on a day, what ended and began, and where each line comes from."""

from __future__ import annotations

import json

import pytest

from tests.serving import Service

KTH = "https://w3id.org/styrgraf/kth/id/document/"
TURTLE = "text/turtle"


def ask(service: Service, on: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(service.get("/orders", "application/json", on=on).body)
    return found


def list_in_force(service: Service, on: str) -> set[str]:
    orders = ask(service, on)["orders"]
    assert isinstance(orders, list)
    return {
        order["order"].removeprefix(KTH)
        for order in orders
        if order["presence"] == "in-force" and order["delegationOrder"]
    }


def find_order(service: Service, on: str, name: str) -> dict[str, object]:
    orders = ask(service, on)["orders"]
    assert isinstance(orders, list)
    found: dict[str, object] = next(each for each in orders if each["order"] == KTH + name)
    return found


def test_the_orders_in_force_before_and_after_the_switch_of_july_2022_differ(
    service: Service,
) -> None:
    before, after = (list_in_force(service, on) for on in ("2022-06-30", "2022-07-01"))
    assert before - after == {"delegationsordning-kth-2018"}
    assert after - before == {
        "delegationsordning-kth-2022-07-01",
        "delegationsordning-forskningsavtal-2022-07-01",
    }


def test_the_day_of_the_switch_tells_what_ended_and_what_began(service: Service) -> None:
    day = ask(service, "2022-07-01")
    assert day["dayBefore"] == "2022-06-30"
    assert set(map(str, day["ended"])) == {  # type: ignore[call-overload]
        KTH + "delegationsordning-kth-2018",
        KTH + "delegation-vicerektor-forskningsavtal",
    }
    assert set(map(str, day["began"])) == {  # type: ignore[call-overload]
        KTH + "delegationsordning-kth-2022-07-01",
        KTH + "delegationsordning-forskningsavtal-2022-07-01",
    }


def test_a_day_on_which_nothing_changed_says_so(service: Service) -> None:
    day = ask(service, "2022-07-02")
    assert (day["ended"], day["began"]) == ([], [])
    text = service.browse("/orders", on="2022-07-02", lang="en").text
    assert "Nothing ended and nothing began" in text


def test_the_change_of_2023_turns_one_version_into_the_next(service: Service) -> None:
    assert ask(service, "2023-03-24")["ended"] == [KTH + "delegationsordning-kth-2022-07-01"]
    ended = find_order(service, "2023-03-24", "delegationsordning-kth-2022-07-01")
    assert ended["changedTo"] == [KTH + "delegationsordning-kth-2023-03-24"]


def test_whether_an_order_without_a_stated_start_is_in_force_cannot_be_told(
    service: Service,
) -> None:
    name = "delegation-vicerektor-forskningsavtal"
    assert find_order(service, "2022-06-30", name)["presence"] == "not-told"
    assert find_order(service, "2022-07-01", name)["presence"] == "ended"
    assert find_order(service, "2022-06-30", name)["validFrom"] is None


def test_each_line_has_the_page_that_says_it_marked_apart_from_source_documents(
    service: Service,
) -> None:
    text = service.browse("/orders", on="2022-07-01", lang="en").text
    assert "public page" in text
    assert "KTH Intranet: steering documents, change log" in text
    assert '<span class="certainty certainty-external">public page</span>' in text
    assert "V-2022-0399" in text


def test_an_end_that_is_read_from_the_next_change_is_marked_as_a_reading(service: Service) -> None:
    text = service.browse("/orders", on="2022-06-30", lang="en").text
    table = text.partition('id="in-force"')[2].partition("</section>")[0]
    row = table.partition("Delegation of authority for KTH, 2018")[2].partition("</tr>")[0]
    start, _, end = row.partition("to and including")
    assert "2018" in start
    assert "certainty-interpreted" not in start
    assert "30 June 2022" in end
    assert "certainty-interpreted" in end


def test_who_may_decide_is_not_stated_where_no_page_says_so(service: Service) -> None:
    text = service.browse("/orders", on="2022-06-30", lang="en").text
    table = text.partition('id="in-force"')[2].partition("</section>")[0]
    row = table.partition("Delegation of authority for KTH, 2018")[2].partition("</tr>")[0]
    assert '<span class="not-stated">not stated</span>' in row.rpartition("<td")[2]
    assert find_order(service, "2022-06-30", "delegationsordning-kth-2018")["delegations"] == []


def test_those_whom_a_page_names_are_shown_with_the_kind_of_right(service: Service) -> None:
    text = service.browse("/orders", on="2022-07-01", lang="en").text
    began = text.partition("Began on this day")[2].partition("</section>")[0]
    assert "Vice-rektor for research" in began
    assert "Head of RSO" in began
    assert "right to sign" in began
    assert "Which they are the news item does not say." in began
    assert "Vilka de är säger nyheten inte." not in began


def test_a_page_says_that_it_is_no_official_publication_and_marks_repealed_orders(
    service: Service,
) -> None:
    english = service.browse("/orders", on="2022-06-30", lang="en").text
    assert "This is no official publication" in english
    assert '<span class="tag">repealed</span>' in english


def test_the_form_keeps_the_day_and_the_page_has_a_permanent_link(service: Service) -> None:
    text = service.browse("/orders", on="2022-07-01").text
    assert 'name="on" value="2022-07-01"' in text
    assert 'href="/orders?on=2022-07-01"' in text


def test_without_a_day_the_page_answers_for_today(service: Service) -> None:
    assert service.browse("/orders").status == 200


@pytest.mark.parametrize("on", ["2022-02-30", "i dag", "20220701", "0000-01-01", "9999-99-99"])
def test_a_bad_date_is_refused_with_a_sentence(service: Service, on: str) -> None:
    answer = service.get("/orders", "text/plain", on=on, lang="en")
    assert answer.status == 400
    assert "Write year, month and day as YYYY-MM-DD" in answer.text


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_days_of_the_calendar_are_answered(service: Service, on: str) -> None:
    assert service.browse("/orders", on=on).status == 200


def test_turtle_holds_the_orders_in_force_and_what_stands_under_them(service: Service) -> None:
    answer = service.get("/orders", TURTLE, on="2022-07-01")
    assert answer.media_type == TURTLE
    assert "delegationsordning-kth-2022-07-01" in answer.text
    assert "delegation/forskningsavtal-skolchef" in answer.text
    assert "delegationsordning-kth-2018>\n" not in answer.text


def test_a_graph_without_orders_says_so(hostile_service: Service) -> None:
    text = hostile_service.browse("/orders", on="2022-07-01", lang="en").text
    assert "The graph holds no delegation orders." in text
