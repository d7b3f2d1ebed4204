"""A made-up dataset says on every page and in every answer that it is made up; no other does."""

from __future__ import annotations

import pytest

from tests.serving import Answer, Service

PAGES = ("/", "/decisions", "/authority", "/orders", "/doc/post/dekan", "/validation", "/nowhere")
BANNER = {
    "sv": "Exempeldata: Exempeluniversitetet finns inte",
    "en": "Example data: Exempeluniversitetet does not exist",
}
TITLE = {"sv": "<title>Exempel: ", "en": "<title>Example: "}


def tells(answer: Answer) -> bool:
    return answer.headers.get("styrgraf-example") == "?1"


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_example_carries_the_banner(
    example_service: Service, path: str, language: str
) -> None:
    answer = example_service.browse(path, lang=language)
    assert BANNER[language] in answer.text
    assert TITLE[language] in answer.text
    assert tells(answer)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_another_dataset_does(service: Service, path: str) -> None:
    answer = service.browse(path, lang="sv")
    assert "Exempeldata" not in answer.text
    assert TITLE["sv"] not in answer.text
    assert not tells(answer)


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_an_answer_without_a_page_tells_it_in_a_header(
    example_service: Service, accept: str
) -> None:
    answer = example_service.get("/doc/post/dekan", accept)
    assert answer.status == 200
    assert answer.media_type == accept
    assert tells(answer)


def test_a_script_from_elsewhere_may_read_the_header(example_service: Service) -> None:
    exposed = example_service.get("/health").headers["access-control-expose-headers"]
    assert "Styrgraf-Example" in exposed


def test_the_banner_is_printed(example_service: Service) -> None:
    sheet = example_service.get("/static/css/styrgraf.css").text
    printed = sheet.partition("@media print")[2]
    assert ".example-data {" in printed
    assert not [line for line in printed.splitlines() if "example" in line and "none; }" in line]
