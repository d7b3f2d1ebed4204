"""The tree from purposes to who is responsible, on its page and as a graph."""

from __future__ import annotations

import json
import re
from html import unescape

from tests.serving import Service


def list_labels(service: Service, **asked: str) -> dict[str, str]:
    """Return what is drawn: the words of the boxes by label."""
    answer = service.get("/goals", format="graph-json", drawing="tree", lang="sv", **asked)
    return {each["label"]: each.get("details", "") for each in json.loads(answer.text)["nodes"]}


def test_the_tree_goes_from_a_purpose_to_the_post_that_is_responsible(
    example_service: Service,
) -> None:
    answer = example_service.get("/goals", format="graph-json", drawing="tree", lang="sv")
    drawn = json.loads(answer.text)
    labels = {each["id"]: each["label"] for each in drawn["nodes"]}
    edges = {
        (labels[each["source"]], each["label"], labels[each["target"]])
        for each in drawn["edges"]
        if "label" in each
    }
    plan = "Utvecklingsplan för utbildningen vid exempel B"
    work = "Ta fram en gemensam kursmall"
    assert {
        ("En utbildning att lita på", "syfte med", plan),
        (plan, "mål", "Varje kurs har tydliga exempel"),
        (plan, "arbete", work),
        (work, "ansvarig", "prefekt för exempel B"),
    } <= edges


def test_what_the_documents_do_not_state_stands_in_the_boxes(service: Service) -> None:
    labels = list_labels(service)
    assert "Syftet framgår inte" in labels
    assert "mål: framgår inte" in labels["IT-planen"]
    assert labels["Arkivskuld"] == "ansvarig: framgår inte"


def test_what_is_folded_is_told_and_leads_to_what_hangs_under_it(service: Service) -> None:
    page = service.browse("/goals", lang="sv").text
    fold = re.search(r'href="(/goals\?of=focus-area/ekonomi[^"#]*)#tree"', page)
    assert fold
    below = service.browse(fold[1]).text
    assert "Här visas det som hör under Ekonomi." in below
    assert "Tydlig finansieringsmodell" in list_labels(service, of="focus-area/ekonomi")


def test_what_stands_in_no_tree_is_not_found(service: Service) -> None:
    for wrong in ("plan/none", "x" * 10_000, "%00", 'urn:x"> <script>'):
        answer = service.browse("/goals", of=wrong, lang="sv")
        assert answer.status == 404
        assert "finns varken bland syften, planer och mål eller under dem" in answer.text
        assert "<script>" not in answer.text


def test_every_plan_leads_to_a_tree_of_its_own_also_where_nothing_hangs_under_it(
    service: Service,
) -> None:
    page = service.browse("/goals", lang="sv").text
    links = re.findall(r'href="(/goals\?of=[^"#]*)#tree">Planen som träd', page)
    assert len(links) > 3
    assert [link for link in links if service.browse(unescape(link)).status != 200] == []


def test_the_table_tells_what_is_folded_too(service: Service) -> None:
    page = service.browse("/goals", lang="sv").text
    twin = page[page.index('<details class="twin">') : page.index("table=tree")]
    assert re.search(r'href="/goals\?of=focus-area/ekonomi[^"]*">\+5 till', twin)
