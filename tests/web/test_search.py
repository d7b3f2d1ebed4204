"""Search over HTTP: the page, the question that is understood, JSON, suggestions, bad input."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from openapi_schema_validator import OAS31Validator

from tests.serving import Service

JSON = "application/json"


def search(service: Service, text: str, **parameters: str) -> dict[str, Any]:
    answer = service.get("/search", JSON, q=text, **parameters)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.body)
    return found


def list_links(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', text.partition("<main")[2])]


def test_a_search_shows_what_is_found_by_kind_with_numbers_dates_and_where_to_go(
    service: Service,
) -> None:
    page = service.browse("/search", q="v-2022-0218").text
    assert "8 träffar för ”v-2022-0218”" in page
    assert "<mark>V-2022-0218</mark>" in page
    assert "14 juni 2022" in page
    assert "/search?q=v-2022-0218&kind=decision" in {
        link.replace("kind=decision&q=v-2022-0218", "q=v-2022-0218&kind=decision")
        for link in list_links(page)
    }
    post = service.browse("/search", q="rektor").text
    assert "/authority/party?party=post/rektor" in list_links(post)
    matter = service.browse("/search", q="forskningsavtal", kind="matter").text
    assert "/authority?matter=external-matter/forskningsavtal" in list_links(matter)


def test_one_exact_hit_is_still_a_list(service: Service) -> None:
    page = service.browse("/search", q="post/rektor")
    assert page.status == 200
    assert "/id/post/rektor" in list_links(page.text)


def test_why_a_thing_was_found_is_told_where_its_name_does_not(service: Service) -> None:
    page = service.browse("/search", q="rector OR research agreements", lang="sv").text
    assert (
        'kallas också: <span lang="en">' in service.browse("/search", q="research agreements").text
    )
    assert page.count("<h1") == 1


def test_a_question_leads_to_its_answer(service: Service) -> None:
    page = service.browse("/search", q="vem får besluta om verksamhetsstöd 2023-01-15").text
    assert "Vem får besluta om ”Allt verksamhetsstöd vid KTH” den 15 januari 2023?" in page
    address = "/authority?matter=matter/verksamhetsstod&on=2023-01-15"
    assert address in list_links(page)
    assert service.browse(address).status == 200
    signing = service.browse("/search", q="vem får skriva under forskningsavtal?").text
    assert "/authority?matter=external-matter/forskningsavtal&kind=sign" in list_links(signing)
    party = service.browse("/search", q="vad får universitetsdirektören besluta").text
    assert "/authority/party?party=post/universitetsdirektor" in list_links(party)


def test_a_question_about_what_is_not_there_says_so(service: Service) -> None:
    page = service.browse("/search", q="vem får besluta om xyzzyq 2023-02-30").text
    assert "Det finns inget ärende ”xyzzyq” i grafen." in page
    assert "2023-02-30" in page
    assert "/authority" in list_links(page)


def test_nothing_found_is_told_with_the_nearest_spelling_and_what_can_be_searched(
    service: Service,
) -> None:
    page = service.browse("/search", q="V-2022-0281").text
    assert "Inget hittades för ”V-2022-0281”" in page
    assert "/search?q=V-2022-0218" in list_links(page)
    assert "befattningar och roller" in page
    misspelled = service.browse("/search", q="verksamhetsstöf").text
    assert "Detta stavas nästan så:" in misspelled
    assert f"/search?{urlencode({'q': 'verksamhetsstöd'})}" in list_links(misspelled)


def test_a_search_of_nothing_tells_what_can_be_searched(service: Service) -> None:
    for text in ("", "   ", "?!—…", "\0"):
        page = service.browse("/search", q=text)
        assert page.status == 200
        assert 'class="empty"' in page.text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_bad_input_is_answered_400_with_the_form(service: Service, language: str) -> None:
    long = service.browse("/search", q="å" * 10_000, lang=language)
    assert long.status == 400
    assert "10000" in long.text
    assert f'name="q" value="{"å" * 1000}"' in long.text
    kind = service.browse("/search", q="rektor", kind="mushroom", lang=language)
    assert kind.status == 400
    assert "mushroom" in kind.text
    assert 'name="q" value="rektor"' in kind.text
    assert service.browse("/search", q="rektor", page="first", lang=language).status == 400
    problem = service.get("/search", JSON, q="å" * 10_000)
    assert (problem.status, problem.media_type) == (400, "application/problem+json")


def test_very_many_words_are_cut_and_told(service: Service) -> None:
    page = service.browse("/search", q=" ".join(f"ord{number}" for number in range(150)))
    assert page.status == 200
    found = service.browse("/search", q="rektor " + " ".join("abcdefghijklmnopqrstu"))
    assert "Bara de första 16 orden söktes." in found.text or "Inget hittades" in found.text


def test_markup_in_what_is_sought_is_shown_as_text(service: Service) -> None:
    for text in ("<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7 * 7 }}"):
        for start in ("", "vem får besluta om ", "rektor "):
            page = service.browse("/search", q=start + text).text
            assert "<script>alert" not in page
            assert "<img" not in page
            assert "{{ 7 * 7 }}" in page or "7 * 7" not in text


def test_the_answer_to_programs_is_as_the_document_says_and_comes_in_pages(
    service: Service,
) -> None:
    schemas = json.loads(service.get("/openapi.json").body)["components"]["schemas"]
    first = search(service, "delegation")
    OAS31Validator(schemas["SearchAnswer"]).validate(first)
    question = search(service, "vem får besluta om verksamhetsstöd")
    OAS31Validator(schemas["SearchAnswer"]).validate(question)
    assert question["question"]["answers"][0]["address"].startswith("/authority?matter=")
    answer = service.get("/search", JSON, q="delegation", page="2")
    assert 'rel="prev"' in answer.headers["link"]
    assert 'rel="next"' in answer.headers["link"]
    read = service.browse("/search", q="delegation", page="2")
    assert 'rel="next"' not in read.headers["link"]  # Firefox would fetch it beforehand
    second = json.loads(answer.body)
    assert second["page"] == 2
    first_iris, second_iris = (
        {each["iri"] for each in found["results"]} for found in (first, second)
    )
    assert len(first_iris) == len(second_iris) == 20
    assert not first_iris & second_iris
    last = search(service, "delegation", page="999999")
    assert last["page"] == -(-last["listed"] // 20)


def test_a_kind_narrows_and_the_counts_stay(service: Service) -> None:
    everything, decisions = search(service, "beslut"), search(service, "beslut", kind="decision")
    assert decisions["kinds"] == everything["kinds"]
    counts = {each["kind"]: each["count"] for each in everything["kinds"]}
    assert decisions["listed"] == counts["decision"]
    assert {each["kind"] for each in decisions["results"]} == {"decision"}
    assert everything["total"] == sum(counts.values())


def test_days_are_told_as_they_are_stated(service: Service) -> None:
    found = search(service, "Beslut 3 programdirektiv", kind="decision")["results"][0]
    assert (found["date"], found["validFrom"]) == ("2022-06-14", None)
    ended = search(service, "Styrgruppen för programmet avslutad", kind="body")["results"][0]
    assert (ended["validFrom"], ended["validTo"]) == (None, "2023-04-06")
    page = service.browse("/search", q="Styrgruppen för programmet avslutad", kind="body").text
    assert "till och med 5 april 2023" in page


def test_suggestions_are_few_with_kind_and_address(service: Service) -> None:
    schemas = json.loads(service.get("/openapi.json").body)["components"]["schemas"]
    answer = service.get("/suggest", JSON, q="styrgr")
    found = json.loads(answer.body)
    OAS31Validator(schemas["Suggestions"]).validate(found)
    assert 0 < len(found["suggestions"]) <= 8
    assert found["suggestions"][0]["kind"] == "organ"
    for each in found["suggestions"]:
        assert service.get(each["address"], "text/turtle").status in {200, 303}
    question = json.loads(service.get("/suggest", q="vem får besluta om forskningsav").body)
    address = question["suggestions"][0]["address"]
    assert address == "/authority?matter=external-matter/forskningsavtal"
    assert json.loads(service.get("/suggest", q="").body)["suggestions"] == []
    assert service.get("/suggest", q="x" * 2000).status == 400


def test_names_come_in_the_language_of_the_reader(service: Service) -> None:
    found = json.loads(service.get("/suggest?lang=en", q="universitetsdirektör").body)
    assert found["suggestions"][0]["name"] == "university director"
    assert all("lang=en" in each["address"] for each in found["suggestions"])


def test_each_page_has_one_search_field_that_keeps_the_language(service: Service) -> None:
    for path in ("/", "/decisions", "/nothing-there", "/search", "/authority"):
        page = service.browse(path, lang="en").text
        assert page.count('role="search"') == 1, path
        assert page.count('<input type="search"') == 1, path
        form = page.partition('role="search"')[2].partition("</form>")[0]
        assert '<input type="hidden" name="lang" value="en">' in form, path
        assert 'action="/search"' in form, path


def test_an_unchanged_answer_is_not_sent_again(service: Service) -> None:
    path = f"/suggest?q={quote('rektor')}"
    tag = service.get(path).headers["etag"]
    assert service.ask("GET", path, {"If-None-Match": tag}).status == 304


def test_hostile_names_that_are_found_stay_text(hostile_service: Service) -> None:
    for text in ("alert", "onfocus", "citat", "javascript"):
        page = hostile_service.browse("/search", q=text).text
        assert not re.search(r"<script>|<img|<svg/| onerror=|\sonfocus=", page), text
