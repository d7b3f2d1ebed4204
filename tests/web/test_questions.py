"""Each stored query is a question: a page with a form, an address, and an answer."""

import csv
import io
import json
import re

import pytest

from styrgraf.graph.queries import load_stored_queries
from styrgraf.web.column_words import COLUMN_WORDS
from styrgraf.web.stored.question_pages import FAMILIES

QUERIES = load_stored_queries()
PLAIN = [name for name, query in QUERIES.items() if not any(p.required for p in query.params)]


def test_the_list_has_every_question_that_is_not_a_list_of_choices(service):
    page = service.browse("/questions", lang="en").text
    for name, query in QUERIES.items():
        listed = f'href="/questions/{name}?lang=en"' in page
        assert listed == ("choices" not in query.tags), name


def test_machines_get_every_stored_query_with_its_parameters(service):
    told = {
        each["name"]: each
        for each in json.loads(service.get("/questions", "application/json").body)
    }
    assert set(told) == set(QUERIES)
    area = {"name": "area", "type": "iri", "required": True, "choices": "support-areas"}
    assert area in told["support-area-codes"]["parameters"]
    amount = {"name": "amount", "type": "number", "required": False}
    amount |= {"unit": "SEK", "minimum": "0", "decimals": 2}
    assert amount in told["may-decide"]["parameters"]
    assert "xlsx" in told["may-decide"]["formats"]


def test_every_family_column_and_parameter_has_words():
    columns = {
        column.removesuffix("_label") for query in QUERIES.values() for column in query.columns
    }
    parameters = {p.name for query in QUERIES.values() for p in query.params} - {"lang"}
    assert columns | parameters <= set(COLUMN_WORDS)
    assert {query.family for query in QUERIES.values()} <= set(FAMILIES)


@pytest.mark.parametrize("name", PLAIN)
def test_a_question_without_parameters_answers_at_once(service, name):
    page = service.browse(f"/questions/{name}")
    assert page.status == 200
    rows = list(csv.reader(io.StringIO(service.get(f"/questions/{name}", "text/csv").text)))
    assert tuple(rows[0]) == QUERIES[name].returns
    total = len(rows) - 1
    assert page.headers["styrgraf-total-rows"] == str(total)
    table = page.text.partition('<table class="result">')[2]
    assert table.count("<tr>") == (min(total, 100) + 1 if total else 0)


@pytest.mark.parametrize("name", [name for name in QUERIES if name not in PLAIN])
def test_a_question_with_parameters_shows_its_form_first(service, name):
    page = service.browse(f"/questions/{name}")
    assert page.status == 200
    assert "<form" in page.text
    assert "<table" not in page.text
    assert "aria-invalid" not in page.text
    for parameter in QUERIES[name].params:
        if parameter.name != "lang":
            assert f'name="{parameter.name}"' in page.text
            listed = re.search(f'(<select id|list)="(field|list)-{parameter.name}"', page.text)
            assert bool(parameter.choices) == bool(listed)


@pytest.mark.parametrize("name", [name for name, query in QUERIES.items() if query.example])
def test_the_example_of_a_question_stands_on_its_page_and_has_an_answer(service, name):
    page = service.browse(f"/questions/{name}")
    link = re.search(r'class="example-link">[^<]*<a href="([^"]+)"', page.text)
    assert link
    answer = service.browse(link[1].replace("&amp;", "&"))
    assert (answer.status, '<table class="result">' in answer.text) == (200, True)


def test_an_example_that_is_not_in_the_graph_gives_way_to_one_that_is(example_service):
    page = example_service.browse("/questions/may-decide").text
    link = re.search(r'class="example-link">[^<]*<a href="([^"]+)"', page)
    assert link
    assert "example" in link[1]
    assert '<table class="result">' in example_service.browse(link[1].replace("&amp;", "&")).text
    assert "example-link" not in example_service.browse("/questions/fact-statements").text
    assert "example-link" not in example_service.browse("/questions/evidence-of-thing").text


def test_a_value_may_be_chosen_from_the_list(service):
    form = service.browse("/questions/support-area-codes", lang="sv").text
    values = re.findall(r'<option value="([^"]+)"', form)
    assert len(values) == 7
    for value in values:
        answer = service.browse("/questions/support-area-codes", area=value, lang="sv")
        assert '<table class="result">' in answer.text
        assert f'<option value="{value}" lang="sv" selected>' in answer.text


def test_a_value_may_be_given_in_short(service):
    answer = service.browse("/questions/support-area-codes", area="support-area/ekonomi")
    for part in ("FO", "ITM", "selected", 'href="/id/unit/itm"'):
        assert part in answer.text


def test_the_lasting_link_has_every_value_and_leads_to_the_same_answer(service):
    page = service.browse("/questions/may-decide", matter="matter/verksamhetsstod", lang="en").text
    link = re.search(r'class="note permalink"><a href="([^"]+)"', page)
    assert link
    address = link[1].replace("&amp;", "&")
    for part in ("matter=matter/verksamhetsstod", "lang=en"):
        assert part in address.replace("%2F", "/")
    assert re.search(r"day=\d{4}-\d\d-\d\d", address)
    again = service.get(address, "text/html", **{}).text
    assert again.count("<tr>") == page.count("<tr>")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/questions/support-area-codes?area=", "area"),
        ("/questions/support-area-codes?area=%3E%20x", "area"),
        ("/questions/support-area-codes?area=support-area/hr&colour=red", "colour"),
        ("/questions/delegations?colour=red", "colour"),
        ("/questions/delegations?page=0", "page"),
        ("/questions/delegations?rows=some", "rows"),
        ("/questions/delegations?rows=10001", "rows"),
        ("/questions/delegations?lang=xx", "lang"),
        ("/questions/delegations?format=pdf", "format"),
        ("/questions/action-items-by-word?word=%E5%E4%F6", "word"),
        ("/questions/delegations?page=1&page=2", "page"),
        ("/questions/support-area-codes?area=support-area/hr&area=support-area/hr", "area"),
        ("/questions/may-decide?matter=matter/verksamhetsstod&amount=-1", "amount"),
        ("/questions/may-decide?matter=matter/verksamhetsstod&amount=1.005", "amount"),
        ("/questions/may-decide?matter=matter/verksamhetsstod&day=2023-02-30", "day"),
    ],
)
def test_a_missing_unknown_repeated_or_malformed_parameter_is_named(service, path, named):
    told = service.get(path, "text/csv, application/problem+json")
    assert (told.status, told.media_type) == (400, "application/problem+json")
    (error,) = json.loads(told.body)["errors"]
    assert error["parameter"] == named
    assert error["message"]
    page = service.get(path, "text/html")
    assert (page.status, named in page.text) == (400, True)


def test_all_that_is_wrong_is_told_at_once_in_both_languages(service):
    path = "/questions/may-decide?day=soon&amount=much&mattre=x"
    for language in ("en", "sv"):
        accept = "text/csv, application/problem+json"
        told = json.loads(service.get(f"{path}&lang={language}", accept).body)
        named = [each["parameter"] for each in told["errors"]]
        assert named == ["mattre", "matter", "day", "amount"]
        assert all(each["message"] in told["detail"] for each in told["errors"])
        assert "matter" in told["errors"][0]["message"]


def test_a_form_with_faults_keeps_what_was_typed_and_leads_to_each_field(service):
    page = service.browse(
        "/questions/may-decide", matter="> nothing", day="2023-02-30", amount="many", lang="en"
    )
    assert page.status == 400
    for name, typed in (("day", "2023-02-30"), ("amount", "many"), ("matter", "&gt; nothing")):
        assert f'<a href="#field-{name}">' in page.text
        assert f'id="error-{name}"' in page.text
        assert f'value="{typed}"' in page.text
    assert page.text.count('aria-invalid="true"') == 3
    assert page.text.count("error-amount") == 2
    assert "<title>Error: " in page.text
    assert '<table class="result">' not in page.text


def test_the_fault_at_a_field_calls_it_what_the_form_does(service):
    page = service.browse("/questions/may-decide", matter="> x", lang="sv").text
    sentence = re.search(r'class="field-error"[^>]*>(.*?)</p>', page)
    assert sentence
    assert "Parametern fråga är" in sentence[1]


def test_machines_are_told_what_is_missing(service):
    answer = service.get("/questions/support-area-codes", "text/csv, text/plain")
    assert (answer.status, "area" in answer.text) == (400, True)


def test_an_unknown_question_is_answered_with_the_nearest(service):
    answer = service.get("/questions/delegation", "text/plain")
    assert answer.status == 404
    assert "delegations" in answer.text


def test_the_query_behind_the_page_runs_in_the_query_form_and_opens_in_the_editor(service):
    page = service.browse("/questions/delegations", lang="en").text
    address = re.search(r'href="(/sparql\?query=[^"]+)"', page)
    assert address
    form = service.browse(address[1].replace("&amp;", "&"))
    assert form.status == 200
    editor = re.search(r'href="/sparql\?lang=en#query=([^"]+)"', page)
    assert editor
    assert "SELECT" in editor[1]
    assert not re.search(r"[\s#?&]", editor[1])


def test_pages_say_that_queries_of_ones_own_are_not_stored(service):
    for path in ("/questions", "/questions/delegations"):
        assert re.search(
            "not on this server|Nothing of it is stored", service.browse(path, lang="en").text
        )


def test_the_examples_of_the_query_form_run(service):
    page = service.browse("/sparql").text
    examples = re.findall(r'<li><a href="(/sparql\?query=[^"]+)"', page)
    for address in examples:
        assert service.browse(address.replace("&amp;", "&")).status == 200


def test_a_construct_is_shown_as_a_table_and_given_as_rdf(service):
    path = "/questions/delegation-chain?delegation=delegation/rektor-universitetsdirektor"
    page = service.browse(path)
    assert '<table class="result">' in page.text
    for name, media_type in (("turtle", "text/turtle"), ("jsonld", "application/ld+json")):
        answer = service.get(path, format=name)
        assert (answer.status, answer.media_type) == (200, media_type)
    assert service.get(path, "text/csv").status == 406
    assert service.get(path, format="xlsx").status == 406


def test_an_answer_is_drawn_where_its_columns_say_so(service):
    page = service.browse("/questions/delegations", lang="sv").text
    assert '<figure class="drawing">' in page
    assert '<table class="result">' in page
    alone = service.get("/questions/delegations", "image/svg+xml")
    assert (alone.status, alone.media_type) == (200, "image/svg+xml")
    assert "rektor" in alone.text
    assert f'href="{service.address}/id/' in alone.text
    assert service.get("/questions/principles", format="svg").status == 406
