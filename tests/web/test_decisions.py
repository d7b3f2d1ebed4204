"""The decisions: facets, their counts, what comes out as files, and what pages of decisions say."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from xml.etree import ElementTree

import openpyxl
import pytest

from styrgraf.graph.asking import Asked, StreamedAnswer
from styrgraf.graph.published import PublishedStore
from tests.serving import Service


def read(service: Service, path: str, **parameters: str) -> str:
    answer = service.browse(path, lang="sv", **parameters)
    assert answer.status == 200, answer.text[:500]
    return answer.text


def tell(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def list_rows(service: Service, path: str) -> list[dict[str, str]]:
    text = service.get(path, format="csv", lang="sv").text.lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def list_options(page: str, facet: str) -> dict[str, int]:
    """Return how many decisions the page says that each value of a facet has."""
    (field,) = re.findall(rf'<select id="field-{facet}".*?</select>', page, re.DOTALL)
    options = re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)</option>', field)
    return {unescape(value): int(number) for value, number in options}


@pytest.mark.parametrize("facet", ["decider", "year", "kind", "case", "status"])
def test_the_count_of_a_value_is_the_number_of_its_rows(
    example_service: Service, facet: str
) -> None:
    options = list_options(read(example_service, "/decisions"), facet)
    assert options
    if facet != "kind":  # a decision may do several things
        assert sum(options.values()) == 39
    for value, number in list(options.items())[:6]:
        assert len(list_rows(example_service, f"/decisions?{facet}={value}")) == number


def test_facets_combine_and_count_what_the_others_leave(example_service: Service) -> None:
    page = read(example_service, "/decisions", decider="post/rektor")
    years = list_options(page, "year")
    assert sum(years.values()) == 8
    year, number = next(iter(years.items()))
    rows = list_rows(example_service, f"/decisions?decider=post/rektor&year={year}")
    assert len(rows) == number
    assert all(row["Fattat av"] == "rektor" for row in rows)
    assert all(row["Datum"].startswith(year) for row in rows)
    assert "Visa allt" in page


def test_a_case_is_found_by_number_as_written_too(service: Service) -> None:
    assert len(list_rows(service, "/decisions?case=V-2022-0218")) == 2
    assert len(list_rows(service, "/decisions?case=v-2022-2018%201.2")) == 1


def test_the_undated_are_told_apart(service: Service) -> None:
    assert len(list_rows(service, "/decisions?year=not-stated")) == 4
    told = tell(read(service, "/decisions", view="timeline"))
    assert "Utan datum (4)" in told
    assert told.index("13 april 2021") < told.index("5 april 2023") < told.index("Utan datum")


def test_values_that_nothing_has_leave_an_empty_list_that_says_so(service: Service) -> None:
    told = tell(read(service, "/decisions", decider="post/nobody", year="1901"))
    assert "0 beslut" in told
    assert "Ta bort ett val eller visa alla beslut" in told
    assert list_rows(service, "/decisions?status=no-such") == []


@pytest.mark.parametrize(
    "query",
    [
        "year=20x",
        "decider=a%20b",
        "kind=dances",
        "view=round",
        "case=" + "9" * 5000,
        "status=%3C%3E",
    ],
)
def test_what_means_nothing_is_told_at_its_field(service: Service, query: str) -> None:
    answer = service.browse(f"/decisions?{query}", lang="sv")
    assert answer.status == 400
    assert 'id="field-year"' in answer.text
    assert "går inte att besvara" in answer.text
    assert service.get(f"/decisions?{query}&format=csv").status == 400


def test_a_page_number_far_too_high_is_the_last_page(service: Service) -> None:
    assert "8 beslut" in tell(read(service, "/decisions", page="99999"))


def test_the_workbook_holds_the_rows_and_the_choice(service: Service) -> None:
    answer = service.get("/decisions?decider=post/rektor", format="xlsx", lang="sv")
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    rows = list(book.worksheets[0].values)
    assert len(rows) == 1 + len(list_rows(service, "/decisions?decider=post/rektor"))
    assert ("Fattat av", "rektor") in [row[:2] for row in book.worksheets[1].values]
    stands = rows[0].index("Var det står")
    assert str(rows[1][stands]).startswith("000:")


def test_the_rows_of_a_decision_are_read_once_in_a_version_and_language(
    service: Service, shipped_reader: PublishedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {row["IRI"]: row for row in list_rows(service, "/decisions")}
    asked = []

    def note(said: Asked) -> StreamedAnswer:
        asked.append(said)
        return PublishedStore.stream(shipped_reader, said)

    monkeypatch.setattr(shipped_reader, "stream", note)
    some = list_rows(service, "/decisions?status=statusTaken&year=2022")
    assert some
    assert all(row == whole[row["IRI"]] for row in some)
    assert len(asked) <= 1, "the label of the status that was chosen"
    english = service.get("/decisions?year=2021", format="csv", lang="en").text
    assert "Decision 1: programme directive" in english


def test_every_tie_of_the_drawing_is_stated_and_stands_in_the_table(service: Service) -> None:
    graph = json.loads(service.get("/decisions", format="graph-json", lang="sv").text)
    edges = {
        (each["source"].rpartition("/")[2], each["target"].rpartition("/")[2])
        for each in graph["edges"]
    }
    asked = service.get(
        "/sparql",
        "text/csv",
        query="PREFIX sg: <https://w3id.org/styrgraf/ns#> SELECT DISTINCT ?s ?o WHERE {"
        " ?s sg:elaborates|sg:establishes|sg:ends|sg:continuesAs ?o }",
    ).text
    stated = {
        tuple(name.rpartition("/")[2] for name in line.split(","))
        for line in asked.splitlines()[1:]
    }
    assert edges == stated
    page = read(service, "/decisions", view="lineage")
    assert page.count('data-label="Samband"') == len(edges)
    assert "Beslut utan angivet samband" in page


def test_the_drawing_parses_in_each_form(example_service: Service) -> None:
    for form in ("svg", "graphml"):
        ElementTree.fromstring(example_service.get("/decisions", format=form).text)
    folded = example_service.get("/decisions", format="svg", lang="sv").text
    assert "delegationer" in folded


def test_a_decision_tells_what_came_of_it(service: Service) -> None:
    told = tell(read(service, "/doc/decision/2023-04-05-handlingsplan"))
    part = told[told.index("Vad beslutet ledde till") : told.index("Vad grafen säger")]
    assert "Handlingsplanen" in part
    assert "Styrgruppen för programmet" in part
    assert "framgår inte" in part
    earlier = tell(read(service, "/doc/decision/2022-03-22-organisation"))
    resting = earlier[earlier.index("Vad som vilar på det i dag") :]
    assert "Beslut 3" in resting[:300]


def test_what_no_longer_holds_does_not_rest_on_a_decision(example_service: Service) -> None:
    told = tell(read(example_service, "/doc/decision/2020-12-10-delegationsordning"))
    today = told[told.index("Vad som vilar på det i dag") : told.index("Har vilat på det")]
    assert "Inget av det som är registrerat gäller i dag" in today
    after = told[told.index("Har vilat på det") : told.index("Vad grafen säger")]
    assert "har upphört Rektors delegationsordning 2021" in after


def test_the_neighbourhood_is_what_the_page_lists(service: Service) -> None:
    graph = json.loads(service.get("/doc/body/prefektrad", format="graph-json", lang="sv").text)
    names = {node["label"] for node in graph["nodes"]}
    page = read(service, "/doc/body/prefektrad")
    assert len(names) > 2
    listed = tell(page[: page.index('id="neighbours"')])
    assert all(re.sub(r"\s+", " ", name) in listed for name in names)


def test_a_thing_of_many_neighbours_says_how_many_are_not_drawn(
    example_service: Service,
) -> None:
    path = "/describe?iri=https://w3id.org/styrgraf/ns%23statusTaken"
    graph = json.loads(example_service.get(path, format="graph-json", lang="sv").text)
    (folded,) = (node["label"] for node in graph["nodes"] if "till på sidan" in node["label"])
    assert int(folded.split()[0]) + len(graph["nodes"]) - 2 >= 39
    assert len(graph["nodes"]) <= 27


def test_a_thing_can_be_cited(service: Service) -> None:
    told = tell(read(service, "/doc/post/rektor"))
    cited = told[told.index("Så hänvisar du hit") :]
    assert "”rektor”. I: KTH:s verksamhetsstöd" in cited
    assert "https://w3id.org/styrgraf/kth/id/post/rektor" in cited
    assert "Version 1, sparad" in cited
    assert service.address + "/doc/post/rektor" in cited
