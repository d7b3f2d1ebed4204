"""Whatever stands in the graph stays text on the page; long and many values are cut and paged."""

import re
from html.parser import HTMLParser

import pytest

from tests.tiny import BASE
from tests.web.conftest import LONG, MANY

PAGES = [
    "/doc/post/script",
    "/doc/post/o'onmouseover='alert(7)",
    "/doc/post/chair",
    "/graph/source/one",
    "/graphs",
    "/",
    "/organisation",
    "/decisions",
    "/delegations",
    f"/describe?iri={BASE}id/post/script",
    "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+400",
    "/sparql?query=CONSTRUCT+WHERE+%7B+%3Fs+a+%3Chttp://www.w3.org/ns/org%23Post%3E%7D",
]


class Markup(HTMLParser):
    """Collects elements and attributes that only an attacker would have written."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        inline = tag == "script" and "src" not in names
        if inline or tag in {"img", "style", "iframe"}:
            self.found.append(tag)
        self.found += [name for name in names if name.startswith("on") or name == "style"]
        address = (names.get("href") or names.get("src") or "").strip().lower()
        if re.match(r"(?!https?:)[a-z]+:", address) and not address.startswith("data:image"):
            self.found.append(address)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_hostile_names_stay_text(hostile_service, path, language):
    answer = hostile_service.browse(path, lang=language)
    assert answer.status == 200
    markup = Markup()
    markup.feed(answer.text)
    assert markup.found == []


def test_what_was_escaped_can_still_be_read(hostile_service):
    page = hostile_service.browse("/doc/post/script", lang="sv").text
    assert "&lt;script&gt;alert(&#39;sv&#39;)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert "%(name)s {x}" in page
    assert "javascript:alert%285%29" in page
    assert 'href="https://a.example/?a=1&amp;b=2#c"' in page


@pytest.mark.parametrize(
    "slug",
    [
        "o'onmouseover='alert(7)",
        "o%27onmouseover%3D%27alert%287%29",
        "h%25C3%25A4lft/%252E%252E/x",
        "r%C3%B6str%C3%A4knare",
    ],
)
def test_odd_iris_have_a_page_that_links_back_to_itself(hostile_service, slug):
    lead = hostile_service.get(f"/id/post/{slug}")
    assert lead.status == 303
    page = hostile_service.browse(lead.headers["location"])
    assert page.status == 200
    languages = re.findall(r'href="(/doc/[^"]*lang=en)"', page.text)
    assert languages
    assert hostile_service.browse(languages[0].replace("&#39;", "'")).status == 200


def test_swedish_letters_stand_as_they_are(hostile_service):
    page = hostile_service.browse("/doc/post/r%C3%B6str%C3%A4knare", lang="sv").text
    assert "rösträknare åäö €😀" in page


def test_a_long_text_is_cut_on_the_page_and_whole_in_the_data(hostile_service):
    page = hostile_service.browse("/doc/post/long")
    assert page.status == 200
    assert len(page.body) < 100_000
    assert "format=turtle" in page.text
    assert hostile_service.get("/doc/post/long", "text/turtle").text.count("å") >= LONG


def test_many_statements_come_in_pages_that_hold_each_once(hostile_service):
    seen: list[str] = []
    address = "/doc/post/many?lang=sv"
    while address:
        page = hostile_service.browse(address).text
        seen += re.findall(r"namn \d{4}", page)
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == MANY


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "", "99999999999", "²", "1 OR 1"])
def test_a_page_number_that_is_none_is_named_as_wrong(hostile_service, number):
    for path in ("/doc/post/many", "/graph/source/one", "/validation"):
        answer = hostile_service.browse(path, page=number)
        assert answer.status == 400
        assert "page" in answer.text


def test_parameters_of_the_framework_are_no_parameters_of_ours(hostile_service):
    odd = {"_external": "1", "_scheme": "javascript", "_anchor": "x", "endpoint": "x", "name": "y"}
    for path in ("/doc/post/many", "/graph/source/one", "/questions", "/"):
        page = hostile_service.browse(path, **odd)
        assert page.status == 200
        assert 'href="javascript' not in page.text


def test_a_path_of_two_slashes_leads_to_no_other_host(hostile_service):
    page = hostile_service.ask("GET", "//evil.example/x", {"Accept": "text/html"})
    assert page.status == 404
    assert 'href="//' not in page.text
