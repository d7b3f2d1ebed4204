"""The delegation order as a document over HTTP: forms, banners, formats, pages, bad input."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest

from tests.serving import Service

TURTLE = "text/turtle"


def test_a_past_day_is_shown_with_banner_contents_and_every_delegation(
    example_service: Service,
) -> None:
    text = example_service.browse("/orders/document", on="2024-05-05").text
    assert "<h1" in text
    assert "Delegationsordning den 5 maj 2024" in text
    assert "Så här såg det ut den 5 maj 2024; detta gäller inte säkert i dag." in text
    assert "Ingen officiell publicering" in text
    assert "40 delegationer gäller den 5 maj 2024." in text
    assert re.findall(r'id="n(\d+)"', text) == [str(number) for number in range(1, 43)]
    assert 'href="#s4-1-2"' in text
    assert 'id="s4-1-2"' in text


def test_today_has_no_banner(example_service: Service) -> None:
    text = example_service.browse("/orders/document").text
    assert "as-of" not in text
    assert "Ingen officiell publicering" in text


def test_a_day_to_come_says_so(example_service: Service) -> None:
    text = example_service.browse("/orders/document", on="2990-01-01", lang="en").text
    assert "This is how it will stand on 1 January 2990" in text


@pytest.mark.parametrize(
    ("by", "heading"),
    [
        ("matter", "Inköp av it-utrustning"),
        ("post", "bibliotekschef"),
        ("unit", "Exempelfakulteten"),
    ],
)
def test_each_arrangement_holds_the_same_delegations(
    example_service: Service, by: str, heading: str
) -> None:
    answer = example_service.browse("/orders/document", on="2024-05-05", by=by)
    assert heading in answer.text.partition('class="contents"')[2].partition("</nav>")[0]
    assert answer.text.count('class="grant"') == 40
    assert answer.text.count('class="grant grant-open"') == 2
    assert f'<option value="{by}" selected>' in answer.text


def test_a_delegation_tells_holder_limit_window_order_number_and_chain(
    example_service: Service,
) -> None:
    text = example_service.browse("/orders/document", on="2024-05-05").text
    entry = text.partition("Rektor till dekanen: inköp (2023)</a>")[2].partition("</article>")[0]
    for told in (
        "Exempla Davidsson",
        "högst 10\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr",
        "från och med 1 juli 2023",
        "Delegationsordning 2023, 3 §: inköp",
        "EX-2023-0150",
        "ja, upp till ursprunglig beslutanderätt",
    ):
        assert told in entry
    vacant = text.partition("hyresavtal</a>")[2].partition("</article>")[0]
    assert "<strong>vakant</strong>" in vacant
    assert "nej: den här dagen ger delegationen ingen rätt att besluta" in vacant


def test_a_delegation_of_two_matters_is_referred_to_from_the_second(
    example_service: Service,
) -> None:
    text = example_service.browse("/orders/document", on="2024-05-05").text
    premises = text.partition('id="s7"')[2].partition("</section>")[0]
    number = re.search(r'href="#n(\d+)">Nr \1<', premises)
    assert number
    assert f'id="n{number[1]}"' in text


def test_the_delegation_of_a_slide_is_open_within_its_month_and_a_reading_after(
    service: Service,
) -> None:
    within = service.browse("/orders/document", on="2023-01-15").text
    part = within.partition("Gäller kanske")[2]
    assert "Rektors delegation till universitetsdirektören" in part
    after = service.browse("/orders/document", on="2023-02-01").text
    entry = after.partition(">Rektors delegation till universitetsdirektören</a>")[2]
    entry = entry.partition("</article>")[0]
    assert "grant-doubt" not in entry
    assert "känd bara som: januari 2023" in entry or "januari 2023" in entry
    assert "läsning" in entry
    assert "000:78" in entry


def test_json_has_numbers_as_numbers_and_what_is_perhaps_in_force_apart(
    example_service: Service,
) -> None:
    answer = example_service.get("/orders/document", "application/json", on="2024-05-05")
    found = json.loads(answer.body)
    assert (found["inForce"], found["perhapsInForce"], found["total"]) == (40, 2, 42)
    limits = [each["limit"] for each in found["delegations"] if each["limit"]]
    assert {"amount": 10_000_000, "currency": "SEK", "excluded": False} in limits
    assert [each["inForce"] for each in found["delegations"]].count(False) == 2


def test_csv_opens_in_a_swedish_spreadsheet_and_the_workbook_tells_the_day(
    example_service: Service,
) -> None:
    answer = example_service.browse("/orders/document", on="2024-05-05", format="csv")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 43
    assert rows[0][:3] == ["Nummer i dokumentet", "Avsnitt", "Avsnittet rör"]
    assert "10000000" in {row[10] for row in rows}
    workbook = example_service.browse("/orders/document", on="2024-05-05", format="xlsx")
    assert "delegationsordning-2024-05-05.xlsx" in workbook.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(workbook.body)) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<v>10000000</v>" in first
        assert len([each for each in archive.namelist() if "worksheets/sheet" in each]) == 2


def test_turtle_holds_what_is_stated_of_the_delegations_in_force(
    example_service: Service,
) -> None:
    answer = example_service.get("/orders/document", TURTLE, on="2024-05-05")
    assert answer.media_type == TURTLE
    assert "delegation/rektor-dekan-inkop-2023" in answer.text
    assert "\n<https://w3id.org/styrgraf/example/id/delegation/rektor-dekan-inkop-2021>" not in (
        answer.text
    )


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"on": "2024-02-30"}, "There is no day 2024-02-30"),
        ({"on": "x" * 10_000}, "is no date"),
        ({"by": "colour"}, "it takes matter, post or unit"),
        ({"rows": "many"}, "write all"),
        ({"page": "0"}, "a number from 1"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(
    example_service: Service, parameters: dict[str, str], sentence: str
) -> None:
    page = example_service.browse("/orders/document", lang="en", **parameters)
    assert page.status == 400
    assert sentence in page.text
    program = example_service.get("/orders/document", "application/json", lang="en", **parameters)
    assert program.status == 400
    assert sentence in json.loads(program.body)["detail"]


def test_the_form_stays_with_what_was_typed_wrong(example_service: Service) -> None:
    text = example_service.browse("/orders/document", on="2024-02-30", by="unit").text
    assert 'name="on" value="2024-02-30"' in text
    assert '<option value="unit" selected>' in text
    assert 'aria-invalid="true"' in text


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_answered(example_service: Service, on: str) -> None:
    assert example_service.browse("/orders/document", on=on).status == 200


def test_a_page_number_far_too_high_gives_the_last_page(example_service: Service) -> None:
    answer = example_service.browse("/orders/document", on="2024-05-05", page="900000")
    assert answer.status == 200
    assert 'id="n42"' in answer.text


def test_a_graph_without_delegations_says_so(hostile_service: Service) -> None:
    text = hostile_service.browse("/orders/document", lang="en").text
    assert "No delegation is known to be in force on this day" in text


def test_the_pages_on_orders_lead_to_one_another(example_service: Service) -> None:
    document = example_service.browse("/orders/document", on="2024-05-05").text
    assert 'href="/orders?on=2024-05-05"' in document
    assert 'href="/changes?to=2024-05-05"' in document
    versions = example_service.browse("/orders", on="2024-05-05").text
    assert 'href="/orders/document?on=2024-05-05"' in versions
    changes = example_service.browse("/changes", to="2024-05-05").text
    assert 'href="/orders/document?on=2024-05-05"' in changes
