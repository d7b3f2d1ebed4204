"""The language of an answer: asked for, else accepted, else Swedish."""

import re

import pytest

from styrgraf.web.languages import write_number

PATHS = ["/", "/questions", "/sparql", "/ns", "/doc/post/rektor", "/validation", "/nothing"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "sv"),
        ("", "sv"),
        ("sv", "sv"),
        ("en", "en"),
        ("en-GB, sv;q=0.5", "en"),
        ("sv-SE, en;q=0.9", "sv"),
        ("de, fr", "sv"),
        ("de, en;q=0.1", "en"),
        ("*", "sv"),
        ("en;q=0, *", "sv"),
        ("en;q=0.2, sv;q=0.1", "en"),
        (";;,q=", "sv"),
        ("sv;q=0, *;q=0.5", "en"),
    ],
)
def test_the_language_follows_what_is_accepted(service, accepted, language):
    headers = {"Accept": "text/html"}
    if accepted is not None:
        headers["Accept-Language"] = accepted
    answer = service.ask("GET", "/questions", headers)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}"' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("demanded", "language"),
    [("en", "en"), ("sv", "sv"), ("EN", "en"), ("de", "sv"), ("", "sv"), ("<script>", "sv")],
)
def test_the_parameter_lang_wins_where_it_names_a_language_of_ours(service, demanded, language):
    headers = {"Accept": "text/html", "Accept-Language": "sv"}
    answer = service.ask("GET", f"/questions?lang={demanded}", headers)
    assert answer.headers["content-language"] == language
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_a_demanded_language_is_kept_in_every_link(service, path):
    page = service.browse(path, lang="en").text
    main = [
        address for address in re.findall(r'href="(/[^"]*)"', page) if "/static/" not in address
    ]
    assert main
    for address in main:
        assert "lang=en" in address or "lang=sv" in address, address
    assert sum("lang=sv" in address for address in main) == 1


@pytest.mark.parametrize("path", PATHS)
def test_no_language_stands_in_links_where_none_was_demanded(service, path):
    page = service.browse(path).text
    main = re.findall(r'href="(/[^"]*)"', page)
    assert sum("lang=" in address for address in main) == 1


def test_the_switch_of_language_keeps_everything_else(service):
    page = service.browse("/questions/support-area-codes", area="support-area/hr", lang="en").text
    assert 'href="/questions/support-area-codes?area=support-area%2Fhr&amp;lang=sv"' in page


def test_stored_questions_are_asked_in_the_language_of_the_page(service):
    path = "/questions/delegations"
    assert "universitetsdirektör" in service.get(path, "text/csv", lang="sv").text
    assert "university director" in service.get(path, "text/csv", lang="en").text


def test_data_is_the_same_in_every_language(service):
    swedish = service.get("/doc/post/rektor", "text/turtle", lang="sv")
    english = service.get("/doc/post/rektor", "text/turtle", lang="en")
    assert swedish.body == english.body
    assert "content-language" not in swedish.headers


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("sv", 2023, "2023"),
        ("sv", 9_999, "9999"),
        ("sv", 22_486, "22\u00a0486"),
        ("en", 1_004_387, "1,004,387"),
    ],
)
def test_the_digits_of_large_numbers_stand_in_groups_and_those_of_years_do_not(
    language: str, number: int, written: str
) -> None:
    assert write_number(number, language) == written
