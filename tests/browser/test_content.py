"""What the pages show is what the graph says."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import Page, expect

from tests.conftest import Service

PREFIXES = """
PREFIX sg: <https://w3id.org/styrgraf/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX graph: <https://w3id.org/styrgraf/kth/graph/>
"""


def ask(service: Service, text: str) -> list[dict[str, str]]:
    answer = service.get("/sparql", "text/csv", query=PREFIXES + text)
    assert answer.status == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_start_page_shows_the_dated_decisions_with_decider_and_number(
    page: Page, service: Service
) -> None:
    rows = ask(
        service,
        """SELECT ?date ?decider ?number WHERE {
          GRAPH <https://w3id.org/styrgraf/kth/graph/source/000> {
            ?decision a sg:Decision ; eli:date_document ?date ; sg:decidedBy ?post ;
              sg:caseNumberAsWritten ?number }
          ?post skos:prefLabel ?decider FILTER(LANG(?decider) = "sv")
        } ORDER BY DESC(?date)""",
    )
    page.goto("/")
    shown = page.locator("section", has=page.locator("#new")).get_by_role("listitem")
    assert len(rows) == 4
    expect(shown).to_have_count(len(rows))
    for row, line in zip(rows, shown.all(), strict=True):
        assert line.locator("time").get_attribute("datetime") == row["date"]
        expect(line).to_contain_text(row["decider"])
        expect(line).to_contain_text(row["number"])


def test_the_decisions_page_shows_every_decision_of_the_documents(
    page: Page, service: Service
) -> None:
    rows = ask(
        service,
        """SELECT DISTINCT ?decision WHERE {
          GRAPH <https://w3id.org/styrgraf/kth/graph/source/000> { ?decision a sg:Decision } }""",
    )
    page.goto("/decisions")
    shown = [body.get_attribute("id") for body in page.locator("table.decisions tbody").all()]
    assert sorted(filter(None, shown)) == sorted(
        "decision-" + row["decision"].rpartition("/")[2] for row in rows
    )


def test_the_number_of_beslut_4_stands_as_printed_and_its_reading_as_uncertain(page: Page) -> None:
    page.goto("/decisions")
    row = page.locator("tbody[id='decision-2023-04-05-handlingsplan']")
    expect(row).to_contain_text("V-2022-2018 1.2")
    expect(row.locator(".tight")).to_contain_text("osäker")


def test_the_dashed_boxes_are_the_permitted_receivers_and_say_that_no_decision_is_shown(
    page: Page, service: Service
) -> None:
    rows = ask(
        service,
        """SELECT ?name WHERE {
          GRAPH ?graph { ?delegation sg:maySubDelegateTo ?role }
          ?role skos:prefLabel ?name
          FILTER(LANG(?name) = "sv")
        } ORDER BY ?name""",
    )
    page.goto("/delegations?on=2023-06-01")
    boxes = page.locator("svg.diagram .node.possible")
    expect(boxes).to_have_count(len(rows))
    spoken = sorted(box.get_attribute("aria-label") or "" for box in boxes.all())
    for row, words in zip(rows, spoken, strict=True):
        assert words.startswith(row["name"])
        assert words.endswith("får vidaredelegeras till – inget beslut visat")


def test_what_the_documents_do_not_say_of_the_delegation_is_said_to_be_missing(page: Page) -> None:
    page.goto("/delegations?party=post/universitetsdirektor")
    row = page.locator("#delegation-rektor-universitetsdirektor")
    for heading in ("Beslut eller ordning", "Vad beslutanderätten gäller", "Giltighetstid"):
        answer = row.locator(f"[data-label='{heading}']")
        expect(answer).to_contain_text("framgår inte")
        expect(answer.locator("a[href*='/gap/']").first).to_be_visible()
    start = row.locator("[data-label='Giltighetstid']")
    expect(start).to_contain_text("januari 2023")
    expect(start).to_contain_text("läsning")


def test_each_support_area_shows_what_is_printed_for_it(page: Page, service: Service) -> None:
    rows = ask(
        service,
        """SELECT ?area (GROUP_CONCAT(?written; separator="|") AS ?codes) WHERE {
          ?responsibility sg:forArea ?area ; sg:asWritten ?written .
          ?responsibility a sg:AreaResponsibility . ?area a sg:SupportArea
        } GROUP BY ?area""",
    )
    page.goto("/organisation")
    assert len(rows) == 7
    for row in rows:
        area = page.locator(f"tbody[id='support-area-{row['area'].rpartition('/')[2]}']")
        shown = area.locator("td strong").all_inner_texts()
        assert sorted(shown) == sorted(row["codes"].split("|"))


def test_the_it_plan_shows_its_headings_items_and_what_stands_empty(page: Page) -> None:
    page.goto("/goals")
    plan = page.locator("article#plan-it-plan")
    ordinals = plan.locator(".ordinal").all_inner_texts()
    assert [each for each in ordinals if each.startswith("3.")] == ["3.1", "3.2", "3.3", "3.4"]
    assert len([each for each in ordinals if "." not in each and not each.startswith("0")]) == 14
    expect(plan.get_by_text("Ingen etikett är tryckt över punkterna.")).to_have_count(2)
    expect(plan.get_by_text("inget står under rubriken")).to_have_count(5)
    expect(plan.get_by_text("Mål:", exact=False)).to_have_count(1)


def test_every_gap_stands_on_its_page_with_its_lines(page: Page, service: Service) -> None:
    rows = ask(service, "SELECT DISTINCT ?gap WHERE { ?gap a sg:Gap }")
    page.goto("/gaps")
    shown = page.locator("main tbody tr")
    expect(shown).to_have_count(len(rows))
    without = [
        line.get_attribute("id") for line in shown.all() if not line.locator(".source").count()
    ]
    assert without == []


def test_every_value_of_a_decision_has_its_certainty_and_lines(page: Page) -> None:
    page.goto("/decisions")
    proofs = page.locator("table.decisions .proof")
    assert proofs.count() > 40
    without = [each.inner_text() for each in proofs.all() if not each.locator(".source").count()]
    assert without == []
