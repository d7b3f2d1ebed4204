"""Rehearsal, health register and support of decisions over HTTP; hostile drafts do no harm."""

from __future__ import annotations

import csv
import io
import json
import re
from http import HTTPStatus

import pyoxigraph as ox
import pytest
import rdflib

from styrgraf.namespaces import DCTERMS, PROV, RDF, SG, SH
from tests.ontology.rules import ONTOLOGY
from tests.ontology.terms import ROOT
from tests.ontology.test_documented_use import find_undocumented_uses, parse
from tests.serving import BROWSER, Service
from tests.shapes.reports import validate
from tests.web.test_authority_pages import read_first_sentence, read_words

REHEARSAL, REGISTER, DECISIONS = "/authority/rehearsal", "/health-register", "/authority/decisions"
RECALL = {"recall": "delegation/rektor-dekan-inkop-2021", "on": "2022-01-01"}
FORM = "application/x-www-form-urlencoded"
EXAMPLE = "https://w3id.org/styrgraf/example/id/"
PREFIXES = """\
@prefix sg: <https://w3id.org/styrgraf/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://w3id.org/styrgraf/example/id/> .
"""
NEW = (
    PREFIXES
    + """
<https://w3id.org/styrgraf/example/id/delegation/ny> a sg:DelegationOfAuthority ;
  skos:prefLabel "ny <b>delegation</b>"@sv, "new <b>delegation</b>"@en ;
  sg:delegator <https://w3id.org/styrgraf/example/id/post/rektor> ;
  sg:delegate <https://w3id.org/styrgraf/example/id/post/prodekan> ;
  sg:delegatesMatter <https://w3id.org/styrgraf/example/id/matter/inkop> ;
  sg:subDelegationAllowed false .
"""
)
CIRCLE = PREFIXES + "".join(
    f"""
<{EXAMPLE}delegation/{one}> a sg:DelegationOfAuthority ;
  skos:prefLabel "{one}"@sv, "{one}"@en ;
  sg:delegator <{EXAMPLE}post/{giver}> ; sg:delegate <{EXAMPLE}post/{receiver}> ;
  sg:delegatesMatter <{EXAMPLE}matter/inkop> ; sg:subDelegationAllowed true ;
  sg:subDelegationOf <{EXAMPLE}delegation/{other}> .
"""
    for one, other, giver, receiver in (
        ("ett", "tva", "prodekan", "dekan"),
        ("tva", "ett", "dekan", "prodekan"),
    )
)


# Changes by GET


def test_the_form_just_opened_asks_nothing_and_says_that_nothing_is_written(
    example_service: Service,
) -> None:
    page = example_service.browse(REHEARSAL, lang="en")
    assert page.status == 200
    assert "Nothing is written" in read_words(page)
    assert 'id="answer"' not in page.text
    assert "delegation/rektor-dekan-inkop-2021" in page.text


def test_a_recall_is_answered_by_a_sentence_and_tables(example_service: Service) -> None:
    page = example_service.browse(REHEARSAL, lang="en", **RECALL)
    assert page.status == 200
    assert read_first_sentence(page).endswith("authority is lost in 6 cases.")
    words = read_words(page)
    assert "This is a rehearsal: nothing is written." in words
    assert "Lost (6)" in words
    assert "Delegations that fall (2)" in words
    assert "Decision on the purchase of a microscope" in words


def test_the_lasting_link_asks_the_same(example_service: Service) -> None:
    page = example_service.browse(REHEARSAL, lang="en", **RECALL)
    found = re.search(r'permalink"><a href="([^"]+)"', page.text)
    assert found
    again = example_service.browse(found[1].replace("&amp;", "&"))
    assert read_first_sentence(again) == read_first_sentence(page)


def test_json_and_csv_tell_the_same_changes(example_service: Service) -> None:
    value = json.loads(example_service.get(REHEARSAL, "application/json", **RECALL).text)
    assert (value["kind"], value["on"]) == ("recall", "2022-01-01")
    assert {each["effect"] for each in value["authority"]} == {"lost"}
    assert value["sentences"]["en"][-1] == "This is a rehearsal: nothing is written."
    rows = list(
        csv.DictReader(io.StringIO(example_service.get(REHEARSAL, "text/csv", **RECALL).text))
    )
    changes = [row for row in rows if row["what"] == "lost"]
    assert [row["thing"] for row in changes] == [each["party"] for each in value["authority"]]
    assert len(rows) == len(changes) + len(value["fallenDelegations"]) + len(value["decisions"])


def test_the_goals_that_hang_on_decisions_without_basis_are_told(
    example_service: Service,
) -> None:
    value = json.loads(
        example_service.get(
            REHEARSAL, "application/json", vacate="body/styrelsen", on="2020-01-01"
        ).text
    )
    assert value["status"] == HTTPStatus.NOT_FOUND
    value = json.loads(
        example_service.get(
            REHEARSAL,
            "application/json",
            repeal="order/delegationsordning-2023",
            on="2023-07-01",
        ).text
    )
    losing = {each["decision"] for each in value["decisions"] if each["then"] == "no"}
    assert {each["decision"] for each in value["goals"]} <= losing


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"recall": "delegation/finns-inte"}, 404),
        ({**RECALL, "repeal": "order/delegationsordning-2023"}, 400),
        ({**RECALL, "on": "2022-02-30"}, 400),
        ({"on": "2022-02-01"}, 400),
    ],
)
def test_bad_input_is_told_in_the_form_and_as_a_problem(
    example_service: Service, asked: dict[str, str], status: int
) -> None:
    page = example_service.browse(REHEARSAL, **asked)
    assert page.status == status
    assert 'role="alert"' in page.text
    assert all(value in page.text for value in asked.values())
    problem = example_service.get(REHEARSAL, "application/json", **asked)
    assert (problem.status, problem.media_type) == (status, "application/problem+json")


# Drafts by POST


def test_a_draft_is_tried_named_escaped_and_forgotten(example_service: Service) -> None:
    page = example_service.post(REHEARSAL + "?on=2024-06-01&lang=en", NEW, "text/turtle", BROWSER)
    assert page.status == 200
    told = read_first_sentence(page)
    assert told.startswith("If the draft is adopted from 1 June 2024 on, authority is widened in 3")
    assert "<b>delegation</b>" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert example_service.browse("/id/delegation/ny").status == 404


def test_a_patch_takes_away(example_service: Service) -> None:
    patch = (
        f"D <{EXAMPLE}delegation/rektor-dekan-inkop-2021> "
        f"<https://w3id.org/styrgraf/ns#delegate> <{EXAMPLE}post/dekan> .\n"
    )
    answer = example_service.post(REHEARSAL + "?on=2022-01-01", patch, "application/rdf-patch")
    assert answer.status == 200, answer.text
    assert "lost" in {each["effect"] for each in json.loads(answer.text)["authority"]}


def test_the_form_keeps_a_draft_that_does_not_parse_and_says_where(
    example_service: Service,
) -> None:
    page = example_service.post(
        REHEARSAL + "?lang=en", "draft=%3Ca%3E+%3Cb&on=2024-06-01&syntax=turtle", FORM, BROWSER
    )
    assert page.status == 422
    assert "does not parse at line 1" in read_words(page)
    assert "&lt;a&gt; &lt;b</textarea>" in page.text


@pytest.mark.parametrize(
    ("language", "message"), [("sv", "sluter cirkeln"), ("en", "closes the circle")]
)
def test_a_draft_that_runs_in_a_circle_is_told_in_the_readers_language(
    example_service: Service, language: str, message: str
) -> None:
    answer = example_service.post(f"{REHEARSAL}?lang={language}", CIRCLE, "text/turtle")
    assert answer.status == 422
    detail = json.loads(answer.text)["detail"]
    assert "delegation/ett" in detail
    assert message in detail


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"[ <urn:p> " * 20_000, "text/turtle", 422),
        (b"<< " * 20_000, "text/turtle", 422),
        (b"( " * 20_000, "text/turtle", 422),
        (b"A " + b"<< " * 20_000, "application/rdf-patch", 422),
        (b"# " + b"x" * 1_500_000, "text/turtle", 422),
        (b"# " + b"x" * 3_000_000, "text/turtle", 413),
        (b"\xff\xfe\x00", "text/turtle", 400),
        (b"", "text/turtle", 400),
        (b"<urn:a> <urn:b> <urn:c> .", "text/plain", 415),
        (b"<a", "multipart/form-data", 415),
    ],
    ids=["brackets", "triples", "lists", "patch", "large", "larger", "bytes", "empty", "a", "b"],
)
def test_hostile_drafts_are_refused_and_the_service_stays_up(
    example_service: Service, body: bytes, media_type: str, status: int
) -> None:
    answer = example_service.post(REHEARSAL, body, media_type)
    assert answer.status == status
    assert answer.media_type == "application/problem+json"
    assert json.loads(answer.text)["detail"]
    assert example_service.get("/healthz").status == 200


def test_a_media_type_that_is_not_taken_names_those_that_are(example_service: Service) -> None:
    answer = example_service.post(REHEARSAL, b"x", "text/plain")
    assert "application/rdf-patch" in answer.headers["accept-post"]


# The register and the decisions


def test_the_register_groups_its_lines_and_says_that_nothing_is_repaired(
    example_service: Service,
) -> None:
    page = example_service.browse(REGISTER, lang="en", on="2024-06-01")
    assert page.status == 200
    words = read_words(page)
    assert "Nothing of it is repaired by itself" in words
    assert "Source has ended (2)" in words
    assert 'href="/id/delegation/dekan-prefekt-a-inkop-2021' in page.text
    assert read_first_sentence(page).startswith("On 1 June 2024, there are ")


def test_the_register_is_the_same_as_json_and_csv(example_service: Service) -> None:
    value = json.loads(example_service.get(REGISTER, "application/json", on="2024-06-01").text)
    text = example_service.get(REGISTER, "text/csv", on="2024-06-01").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["thing"] for row in rows] == [line["thing"] for line in value["lines"]]


@pytest.mark.parametrize("asked", [{"days": "-1"}, {"on": "igår"}, {"days": "10000"}])
def test_bad_input_of_the_register_is_told(example_service: Service, asked: dict[str, str]) -> None:
    assert example_service.browse(REGISTER, **asked).status == 400
    assert example_service.get(REGISTER, "application/json", **asked).status == 400


def test_decisions_tell_support_neutrally_and_lead_to_the_chain(
    example_service: Service,
) -> None:
    page = example_service.browse(DECISIONS, lang="en")
    assert page.status == 200
    words = read_words(page)
    assert "It is no legal verdict" in words
    assert "the matter is not stated" in words
    found = re.search(r'href="(/authority/may[^"]+matter=[^"]+)"', page.text)
    assert found
    assert example_service.browse(found[1].replace("&amp;", "&")).status == 200


def test_decisions_are_the_same_as_json_and_csv(example_service: Service) -> None:
    value = json.loads(example_service.get(DECISIONS, "application/json").text)
    assert {each["support"] for each in value["decisions"]} == {"yes", "no", "not-told"}
    rows = list(csv.DictReader(io.StringIO(example_service.get(DECISIONS, "text/csv").text)))
    told = {row["decision"]: row["support"] for row in rows}
    assert told == {each["decision"]: each["support"] for each in value["decisions"]}


@pytest.mark.parametrize("path", [REHEARSAL, REGISTER, DECISIONS])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_stand_over_the_real_graph(service: Service, path: str, language: str) -> None:
    assert service.browse(path, lang=language).status == 200


# The same as Turtle

REPEAL = {"repeal": "order/delegationsordning-2023", "on": "2023-07-01"}
AS_TURTLE = [
    (REHEARSAL, RECALL),
    (REHEARSAL, REPEAL),
    (REGISTER, {"on": "2024-06-01"}),
    (DECISIONS, {}),
]
Graph = list[ox.Quad]


def read_turtle(service: Service, path: str, asked: dict[str, str]) -> Graph:
    answer = service.get(path, "text/turtle", **asked)
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    return list(ox.parse(answer.text, ox.RdfFormat.TURTLE))


def list_pairs(graph: Graph, predicate: str) -> list[tuple[str, str]]:
    return [
        (str(quad.subject.value), quad.object.value)  # type: ignore[union-attr]
        for quad in graph
        if quad.predicate.value == predicate
    ]


def list_of_type(graph: Graph, iri: str) -> set[str]:
    return {subject for subject, kind in list_pairs(graph, RDF + "type") if kind == iri}


@pytest.mark.parametrize(("path", "asked"), AS_TURTLE)
def test_turtle_is_the_same_twice_names_all_its_nodes_and_can_be_asked_for_by_name(
    example_service: Service, path: str, asked: dict[str, str]
) -> None:
    graph = read_turtle(example_service, path, asked)
    named = example_service.get(path, format="turtle", **asked)
    assert list(ox.parse(named.text, ox.RdfFormat.TURTLE)) == graph
    assert not any(isinstance(term, ox.BlankNode) for quad in graph for term in quad.triple)
    page = example_service.browse(path, **asked)
    assert "format=turtle" in page.text


@pytest.mark.parametrize(("path", "asked"), AS_TURTLE)
def test_turtle_uses_terms_as_documented_and_breaks_no_shape(
    example_service: Service, path: str, asked: dict[str, str]
) -> None:
    text = example_service.get(path, "text/turtle", **asked).text
    data, ontology = parse(ROOT / "data"), parse(ONTOLOGY)
    graph = list(ox.parse(text, ox.RdfFormat.TURTLE))
    assert find_undocumented_uses([*data, *graph], ontology) == []
    terms = {quad.predicate.value for quad in graph}
    terms |= {kind for _, kind in list_pairs(graph, RDF + "type")}
    assert terms <= {str(quad.subject.value) for quad in ontology}  # type: ignore[union-attr]
    answers = rdflib.Graph().parse(data=text, format="turtle")
    assert [each for each in validate(answers) if each.severity == "Violation"] == []


def test_a_rehearsal_as_turtle_has_a_pair_for_each_change(example_service: Service) -> None:
    value = json.loads(example_service.get(REHEARSAL, "application/json", **RECALL).text)
    graph = read_turtle(example_service, REHEARSAL, RECALL)
    pairs = list_pairs(graph, DCTERMS + "replaces")
    assert len(pairs) == len(value["authority"]) + len(value["decisions"])
    assert list_of_type(graph, SG + "AuthorityAnswer") == {node for pair in pairs for node in pair}
    verdicts, windows = (dict(list_pairs(graph, SG + each)) for each in ("verdict", "validTo"))
    parties = dict(list_pairs(graph, SG + "answersParty"))
    told = [
        (parties[then], verdicts[now].partition("verdict")[2], verdicts[then], windows.get(then))
        for then, now in pairs
        if then in parties
    ]
    words = {"yes": "Yes", "not-told": "NotTold", "no": "No"}
    assert sorted(told, key=str) == sorted(
        (
            (
                each["party"],
                words[each["now"]["verdict"]],
                SG + "verdict" + words[each["then"]["verdict"]],
                each["period"]["before"],
            )
            for each in value["authority"]
        ),
        key=str,
    )
    members = {member for _, member in list_pairs(graph, PROV + "hadMember")}
    assert members >= {*value["fallenDelegations"], *(node for pair in pairs for node in pair)}
    decided = {iri for _, iri in list_pairs(graph, PROV + "wasDerivedFrom")}
    assert decided == {each["decision"] for each in value["decisions"]}


def test_a_limit_as_it_is_and_as_it_would_be_is_told_in_turtle(example_service: Service) -> None:
    text = example_service.get(REHEARSAL, "text/turtle", **RECALL).text
    assert re.search(r"schema:maxValue [0-9.]+", text)
    assert 'schema:currency "SEK"' in text


def test_a_draft_can_be_answered_in_turtle_and_says_nothing_of_what_it_touches(
    example_service: Service,
) -> None:
    answer = example_service.post(
        f"{REHEARSAL}?on=2024-06-01&format=turtle", NEW, "text/turtle", "text/turtle"
    )
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    graph = list(ox.parse(answer.text, ox.RdfFormat.TURTLE))
    drafted = f"{EXAMPLE}delegation/ny"
    assert drafted in {iri for _, iri in list_pairs(graph, DCTERMS + "references")}
    assert drafted not in {str(quad.subject.value) for quad in graph}  # type: ignore[union-attr]


def test_the_register_as_turtle_is_a_report_with_a_result_for_each_line_and_shape(
    example_service: Service,
) -> None:
    asked = {"on": "2024-06-01"}
    lines = json.loads(example_service.get(REGISTER, "application/json", **asked).text)["lines"]
    graph = read_turtle(example_service, REGISTER, asked)
    (report,) = list_of_type(graph, SH + "ValidationReport")
    results = {result for each, result in list_pairs(graph, SH + "result") if each == report}
    assert results == list_of_type(graph, SH + "ValidationResult")
    assert len(results) == sum(max(1, len(line["shapes"])) for line in lines)
    for name in ("focusNode", "resultSeverity"):
        assert sorted(result for result, _ in list_pairs(graph, SH + name)) == sorted(results)
    told = set(list_pairs(graph, SH + "sourceShape"))
    assert {shape for _, shape in told} == {shape for line in lines for shape in line["shapes"]}
    severities = {iri for _, iri in list_pairs(graph, SH + "resultSeverity")}
    assert severities == {SH + line["severity"].capitalize() for line in lines}
    languages = {
        quad.object.language for quad in graph if quad.predicate.value == SH + "resultMessage"
    }
    assert languages == {"sv", "en"}
    codes = {code for _, code in list_pairs(graph, DCTERMS + "identifier")}
    assert codes >= {line["code"] for line in lines if line["code"]}
    others = {iri for _, iri in list_pairs(graph, SH + "value")}
    assert others >= {line["other"] for line in lines if line["other"]}


def test_the_support_of_decisions_as_turtle_is_an_answer_for_each_of_them(
    example_service: Service,
) -> None:
    value = json.loads(example_service.get(DECISIONS, "application/json").text)
    graph = read_turtle(example_service, DECISIONS, {})
    derived = list_pairs(graph, PROV + "wasDerivedFrom")
    assert {decision for _, decision in derived} == {
        each["decision"] for each in value["decisions"]
    }
    verdicts = dict(list_pairs(graph, SG + "verdict"))
    assert {node for node, _ in derived} == set(verdicts)
    words = {"verdictYes": "yes", "verdictNo": "no", "verdictNotTold": "not-told"}
    told = {(decision, words[verdicts[node].removeprefix(SG)]) for node, decision in derived}
    assert told == {
        (each["decision"], verdict)
        for each in value["decisions"]
        for verdict in ([answer["verdict"] for answer in each["answers"]] or ["not-told"])
    }
