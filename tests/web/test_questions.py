"""Each stored query is a question: a page with a form, an address, and an answer."""

import csv
import io
import json
import re

import pytest

from styrgraf.graph.queries import load_stored_queries
from styrgraf.web.column_words import COLUMN_WORDS
from styrgraf.web.questions import FAMILIES

QUERIES = load_stored_queries()
PLAIN = [name for name, query in QUERIES.items() if not any(p.required for p in query.params)]


def test_the_list_has_every_question_that_is_not_a_list_of_choices(service):
    page = service.browse("/questions", lang="en").text
    for name, query in QUERIES.items():
        listed = f'href="/questions/{name}?lang=en"' in page
        assert listed == ("choices" not in query.tags), name


def test_machines_get_every_stored_query_with_its_parameters(service):
    told = json.loads(service.get("/questions", "application/json").body)
    assert {each["name"] for each in told} == set(QUERIES)
    codes = next(each for each in told if each["name"] == "support-area-codes")
    assert {"name": "area", "type": "iri", "required": True} in codes["parameters"]


def test_every_family_column_and_parameter_has_words():
    columns = {
        column.removesuffix("_label") for query in QUERIES.values() for column in query.returns
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
    assert page.text.count("<tr>") == min(len(rows), 501) or len(rows) == 1


@pytest.mark.parametrize("name", [name for name in QUERIES if name not in PLAIN])
def test_a_question_with_parameters_shows_its_form_first(service, name):
    page = service.browse(f"/questions/{name}")
    assert page.status == 200
    assert "<form" in page.text
    assert "<table>" not in page.text
    for parameter in QUERIES[name].params:
        if parameter.name != "lang":
            assert f'name="{parameter.name}"' in page.text
            assert bool(parameter.choices) == (f'<select id="field-{parameter.name}"' in page.text)


def test_a_value_may_be_chosen_from_the_list(service):
    form = service.browse("/questions/support-area-codes", lang="sv").text
    values = re.findall(r'<option value="([^"]+)"', form)
    assert len(values) == 7
    for value in values:
        answer = service.browse("/questions/support-area-codes", area=value, lang="sv")
        assert "<table>" in answer.text
        assert f'<option value="{value}" lang="sv" selected>' in answer.text


def test_a_value_may_be_given_in_short(service):
    answer = service.browse("/questions/support-area-codes", area="support-area/ekonomi")
    for part in ("FO", "ITM", "selected", 'href="/id/unit/itm"'):
        assert part in answer.text


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/questions/support-area-codes?area=", "area"),
        ("/questions/support-area-codes?area=%3E%20x", "area"),
        ("/questions/support-area-codes?area=support-area/hr&colour=red", "colour"),
        ("/questions/delegations?colour=red", "colour"),
    ],
)
def test_a_missing_unknown_or_malformed_parameter_is_named(service, path, named):
    for accept in ("text/csv, application/problem+json", "text/html"):
        answer = service.get(path, accept)
        assert (answer.status, named in answer.text) == (400, True)


def test_machines_are_told_what_is_missing(service):
    answer = service.get("/questions/support-area-codes", "text/csv, text/plain")
    assert (answer.status, "area" in answer.text) == (400, True)


def test_an_unknown_question_is_answered_with_the_nearest(service):
    answer = service.get("/questions/delegation", "text/plain")
    assert answer.status == 404
    assert "delegations" in answer.text


def test_the_answer_comes_in_every_format_of_results(service):
    for name, media_type in (
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
    ):
        answer = service.get("/questions/delegations", format=name)
        assert (answer.status, answer.media_type) == (200, media_type)


def test_the_query_behind_the_page_runs_in_the_query_form(service):
    page = service.browse("/questions/delegations", lang="en").text
    address = re.search(r'href="(/sparql\?query=[^"]+)"', page)
    assert address
    form = service.browse(address[1].replace("&amp;", "&"))
    assert form.status == 200
    assert "universit" in form.text


def test_the_examples_of_the_query_form_run(service):
    page = service.browse("/sparql").text
    examples = re.findall(r'<li><a href="(/sparql\?query=[^"]+)"', page)
    assert examples
    for address in examples:
        assert service.browse(address.replace("&amp;", "&")).status == 200
