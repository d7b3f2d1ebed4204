"""The OpenAPI document is valid, and names every address and every stored query."""

import json
import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from styrgraf.graph.queries import load_stored_queries
from styrgraf.settings import Settings
from styrgraf.web import create_app
from styrgraf.web.stored.question_offers import list_question_offers
from tests.tiny_graphs import read_text

QUERIES = load_stored_queries()
LEFT_OUT = {"/static/<path:filename>"}


@pytest.fixture(scope="module")
def app():
    return create_app(Settings(), read_text(""))


@pytest.fixture(scope="module")
def document(app):
    return app.test_client().get("/openapi.json").get_json()


def test_the_document_is_valid_openapi(document):
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_the_document_is_the_same_in_both_languages_but_for_words(app, document):
    def strip(value):
        if isinstance(value, dict):
            words = {"summary", "description"}
            return {name: strip(each) for name, each in value.items() if name not in words}
        return [strip(each) for each in value] if isinstance(value, list) else value

    english = app.test_client().get("/openapi.json?lang=en").get_json()
    assert strip(english) == strip(document)
    assert english != document


def test_every_route_and_method_is_in_the_document(app, document):
    missing = []
    for rule in app.url_map.iter_rules():
        if rule.rule in LEFT_OUT:
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        names = (
            [f"/questions/{name}" for name in QUERIES] if path == "/questions/{name}" else [path]
        )
        for name in names:
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                if method.lower() not in document["paths"].get(name, {}):
                    missing.append(f"{method} {name}")
    assert missing == []


def test_no_address_is_in_the_document_that_is_none(app, document):
    adapter = app.url_map.bind("localhost")
    for path, item in document["paths"].items():
        for method in item:
            adapter.match(re.sub(r"\{(\w+)\}", "x", path), method=method.upper())


def test_operations_are_told_apart(document):
    names = [each["operationId"] for item in document["paths"].values() for each in item.values()]
    assert len(set(names)) == len(names)
    tags = {each["name"] for each in document["tags"]}
    assert {
        tag for item in document["paths"].values() for each in item.values() for tag in each["tags"]
    } <= tags


@pytest.mark.parametrize("name", QUERIES)
def test_a_stored_query_is_told_with_its_parameters_and_representations(document, name):
    query, told = QUERIES[name], document["paths"][f"/questions/{name}"]["get"]
    parameters = {each["name"]: each for each in told["parameters"] if "name" in each}
    for parameter in query.params:
        if parameter.name == "lang":
            continue
        each = parameters[parameter.name]
        assert each["required"] == parameter.required
        assert each["schema"].get("default") == parameter.default
        assert ("example" in each) == (parameter.name in query.example)
        assert each["schema"].get("x-unit") == parameter.unit
    types = {offer.media_type for offer in list_question_offers(query)}
    assert set(told["responses"]["200"]["content"]) == types
    assert set(parameters["format"]["schema"]["enum"]) == {
        o.name for o in list_question_offers(query)
    }


def test_the_page_for_programs_lists_every_address(service, document):
    for language in ("sv", "en"):
        page = service.browse("/api", lang=language)
        assert page.status == 200
        for path in document["paths"]:
            name = path.removeprefix("/questions/")
            listed = name not in QUERIES or "choices" not in QUERIES[name].tags
            assert (f" {path}</code>" in page.text or f">{path}</code>" in page.text) == listed, (
                path
            )


def test_the_document_is_served_as_json(service):
    answer = service.get("/openapi.json")
    assert (answer.status, answer.media_type) == (200, "application/json")
    assert json.loads(answer.body)["servers"] == [{"url": service.address}]
