"""The delegation graph, the way between two posts and the overview: what pages say, and refuse."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from tests.serving import Service

ON = "on=2024-05-05"
EXAMPLE = "https://w3id.org/styrgraf/example/id/"


def read(service: Service, path: str) -> str:
    answer = service.browse(path, lang="sv")
    assert answer.status == 200, answer.text[:500]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<(?!a |text|/?tr)[^>]+>", "", answer.text)))


def read_graph(service: Service, path: str) -> dict[str, list[dict[str, str]]]:
    return json.loads(service.get(path, format="graph-json", lang="sv").text)


def list_edges(graph: dict[str, list[dict[str, str]]]) -> set[tuple[str, str]]:
    return {
        (each["source"].rpartition("/")[2], each["target"].rpartition("/")[2])
        for each in graph["edges"]
    }


def test_every_delegation_in_the_drawing_is_a_row_of_the_table(example_service: Service) -> None:
    path = f"/delegations?{ON}&depth=12"
    graph = read_graph(example_service, path)
    drawn = {name for each in graph["edges"] for name in each.get("about", "").split()}
    page = example_service.browse(path).text
    rows = set(re.findall(r'<tr role="row" id="delegation-([^"]+)"', page))
    assert len(drawn) > 20
    assert rows == {name.rpartition("/")[2] for name in drawn}


def test_a_post_is_drawn_with_whom_it_has_it_from_and_one_step_on(
    example_service: Service,
) -> None:
    graph = read_graph(example_service, f"/delegations?{ON}&party=post/laboratoriechef")
    assert list_edges(graph) == {
        ("rektor", "dekan"),
        ("dekan", "prefekt"),
        ("prefekt", "prefekt-a"),
        ("prefekt-a", "laboratoriechef"),
        ("laboratoriechef", "laboratorieingenjor"),
    }
    assert {node["lang"] for node in graph["nodes"]} == {"sv"}


def test_a_fold_leads_to_the_same_page_with_one_step_more(example_service: Service) -> None:
    page = example_service.browse(f"/delegations?{ON}&party=post/dekan").text
    links = [unescape(link) for link in re.findall(r'class="node group" href="([^"]+)"', page)]
    link = next(each for each in links if "open=role/prefekt" in each)
    graph = read_graph(example_service, link)
    assert ("prefekt-a", "laboratoriechef") in list_edges(graph)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2024-05-05", "gäller"),
        ("2020-01-01", "gäller inte än"),
        ("2025-08-01", "har upphört"),
    ],
)
def test_how_a_delegation_stands_is_said_for_each_day(
    example_service: Service, on: str, words: str
) -> None:
    page = example_service.browse(
        f"/delegations?party=post/dekan&matter=matter/resor&show=all&on={on}", lang="sv"
    ).text
    row = re.search(r'id="delegation-rektor-dekan-resor".*?</tr>', page, re.DOTALL)
    assert row
    assert f">{words}</span>" in row[0]


def test_what_falls_is_told_by_number_and_marked_in_drawing_and_table(
    example_service: Service,
) -> None:
    path = f"/delegations?{ON}&depth=12&recall=delegation/rektor-dekan-inkop-2023"
    told = example_service.get(
        f"/authority/rehearsal?recall=delegation/rektor-dekan-inkop-2023&{ON}", format="json"
    )
    fallen = set(json.loads(told.text)["fallenDelegations"])
    assert len(fallen) > 1
    graph = read_graph(example_service, path)
    marked = [each for each in graph["edges"] if "faller bort" in each.get("label", "")]
    assert {each["kind"] for each in marked} == {"failing"}
    assert {name for each in marked for name in each["about"].split()} == fallen
    page = read(example_service, path)
    assert f"faller {len(fallen)} delegationer bort, den själv inräknad" in page
    assert page.count("✕ faller bort") == len(fallen)


def test_a_recall_of_what_does_not_hold_on_the_day_makes_nothing_fall(
    example_service: Service,
) -> None:
    page = read(
        example_service, "/delegations?on=2020-01-01&recall=delegation/rektor-dekan-inkop-2023"
    )
    assert "så inget faller bort" in page
    assert "✕ faller bort" not in page


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/delegations?on=2024-02-30", 400, "Det finns ingen dag 2024-02-30"),
        ("/delegations?depth=99", 400, "är inget antal steg"),
        ("/delegations?show=some", 400, "säger inte vad som ska visas"),
        ("/delegations?party=no-such-post-at-all", 404, "no-such-post-at-all"),
        ("/delegations?recall=delegation/none", 404, "delegation/none"),
        ("/delegations?party=" + "x" * 10_000, 404, "xxx"),
        ("/delegations?page=99999999", 400, "page"),
        ("/delegations/path?start=post/rektor&end=nobody", 404, "nobody"),
        ("/delegations/path?on=now", 400, "now"),
        ("/delegations/overview?at=post/none", 404, "post/none"),
        ("/delegations/overview?by=colour", 400, "colour"),
        ("/delegations/overview?find=" + "x" * 10_000, 400, "för lång"),
        ("/delegations/overview?depth=0&format=json", 400, "antal nivåer"),
    ],
)
def test_what_means_nothing_is_told_at_its_field(
    example_service: Service, path: str, status: int, words: str
) -> None:
    answer = example_service.browse(path, lang="sv")
    assert answer.status == status
    assert words in answer.text
    if "page=" not in path and "json" not in path:
        assert "<form" in answer.text
        assert 'class="panel panel-error"' in answer.text


def test_a_drawing_of_a_wrong_form_is_refused_too(example_service: Service) -> None:
    assert example_service.get("/delegations?on=2024-02-30&format=svg").status == 400
    assert example_service.get("/delegations?party=nobody&format=dot").status == 404


def test_the_way_between_two_posts_is_told_in_words_and_drawn(example_service: Service) -> None:
    path = f"/delegations/path?start=post/rektor&end=post/laboratoriechef&{ON}"
    page = read(example_service, path)
    assert "1 kedja av delegationer leder från den ena till den andra" in page
    assert ("dekan", "prefekt") in list_edges(read_graph(example_service, path))
    nearest = read(
        example_service, f"/delegations/path?start=post/laboratoriechef&end=post/prefekt-b&{ON}"
    )
    assert "Ingen kedja av delegationer leder" in nearest
    assert "Närmast: båda har fått rätt från dekan" in nearest
    other = read(
        example_service, f"/delegations/path?start=post/laboratoriechef&end=post/rektor&{ON}"
    )
    assert "En kedja leder åt andra hållet" in other


def test_a_way_by_a_role_says_whose_role_it_is_and_each_way_names_its_delegations(
    example_service: Service,
) -> None:
    path = f"/delegations/path?start=post/rektor&end=post/prefekt-b&{ON}"
    page = example_service.browse(path, lang="sv").text
    told = page.partition("<ol>")[2].partition("</ol>")[0]
    ways = [" ".join(re.sub(r"<[^>]+>", " ", way).split()) for way in told.split("<li>")[1:]]
    assert len(set(ways)) == len(ways) > 2
    assert "delegerar till enhetschef, en roll som prefekt för exempel B har" in ways[0]
    assert ways[0].endswith(": bisysslor")
    assert all("en roll som" in way or " prefekt för exempel B " in way for way in ways)


def test_the_overview_has_the_same_level_as_table_and_as_data(example_service: Service) -> None:
    path = f"/delegations/overview?{ON}&at=post/rektor"
    data = json.loads(example_service.get(path, format="json", depth="1", lang="sv").text)
    page = example_service.browse(path, lang="sv").text
    assert data["names"][0] == "rektor"
    assert data["wholes"] == [-1, *[0] * (len(data["ids"]) - 1)]
    assert sum(data["sizes"][1:]) + 1 == data["sizes"][0]
    rows = re.findall(r'<th role="rowheader" scope="row">.*?>([^<]+)</', page)
    assert sorted(rows) == sorted(data["names"][1:])
    whole = json.loads(example_service.get(path, format="json", depth="all").text)
    assert len(whole["ids"]) == whole["sizes"][0]


def test_the_overview_is_searched_by_name_and_grouped_by_unit(example_service: Service) -> None:
    found = read(example_service, f"/delegations/overview?{ON}&find=LABORATORIE")
    assert "laboratoriechef" in found
    assert "laboratorieingenjör" in found
    by_unit = read(example_service, "/delegations/overview?by=unit&at=unit/institutionen-a")
    assert "prefekt för exempel A" in by_unit
    quoted = example_service.browse("/delegations/overview?find=%22)%20%7D%20%23")
    assert quoted.status == 200


def test_what_public_pages_say_is_marked_as_such(service: Service) -> None:
    page = read(service, "/delegations?on=2023-06-01")
    assert "universitetsdirektör" in page
    assert "offentlig sida" in page
    assert "vem som ger framgår inte" in page
