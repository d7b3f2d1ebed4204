"""Answers as JSON, rows and RDF, and what their links rest on."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from styrgraf.assets import find_asset, find_schema
from styrgraf.errors import UsageError
from styrgraf.formats import TURTLE
from styrgraf.governance.authority.answers import Amount, Question
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Delegation,
    Holding,
    Kind,
    Limit,
    OriginalAuthority,
    PartyKind,
    Recall,
    Standing,
    Substitution,
    Window,
)
from styrgraf.governance.authority.forms.evidence import gather_evidence
from styrgraf.governance.authority.forms.json_form import write_json
from styrgraf.governance.authority.forms.rdf_terms import name_rule
from styrgraf.governance.authority.forms.representation import (
    Answer,
    BreakDates,
    Representation,
    list_held,
    represent,
)
from styrgraf.governance.authority.forms.rows_form import COLUMNS, list_rows, write_csv
from styrgraf.governance.authority.forms.triples_form import list_triples
from styrgraf.governance.authority.forms.wording import make_words
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.graph.serialization import write_triples
from styrgraf.model import BlankNode, Iri
from styrgraf.namespaces import SG
from tests.tiny_graphs import BASE, CountingReader, read_text

ID = f"{BASE}id/"
DAY = date(2023, 4, 5)
PURCHASE = Iri(f"{ID}matter-type/purchase")
SCHEMA = json.loads(find_schema("authority").read_text())

STATED = """
PREFIX schema: <http://schema.org/>
PREFIX id: <https://example.org/verk/id/>
graph:source {
  <https://example.org/verk/id/matter-type/purchase> a sg:MatterType ;
    skos:prefLabel "Inköp"@sv, "Purchase"@en .
  <https://example.org/verk/id/post/rektor> a org:Post ; skos:prefLabel "rektor"@sv .
  <https://example.org/verk/id/delegation/first> a sg:DelegationOfAuthority ;
    skos:prefLabel "Den första"@sv, "The first"@en ;
    sg:validFrom "2023-01-01"^^xsd:date ; sg:grantedBy :decision ; sg:underOrder :order ;
    sg:inProvision :clause ; dct:source :lines ; sg:condition "Om budgeten räcker."@sv,
    "If the budget allows."@en .
  :decision sg:caseNumber "V-2023-0001" .
  :order sg:caseNumber "V-2022-0007" .
  :clause skos:notation "3 §" .
  :document dct:identifier "000" .
  :lines oa:hasSource :document ; sg:firstLine 78 ; sg:lastLine 79 .
}
graph:interpretation {
  <https://example.org/verk/id/delegation/second> a sg:DelegationOfAuthority ;
    sg:validFrom "2023-02-01"^^xsd:date ; sg:datePrecision sg:precisionMonth ;
    sg:subDelegationOf <https://example.org/verk/id/delegation/first> ; dct:source :page .
  :page dct:source <https://example.org/page> .
}
"""


def name(text: str) -> str:
    return ID + text


POSTS = tuple(ID + f"post/{slug}" for slug in ("rektor", "nobody", "director", "deputy"))


def first_to_third() -> AuthorityFacts:
    """Rektor, then the director, then a clerk below a limit; a recalled and a bodiless one."""
    purchase, rektor, director = PURCHASE.value, name("post/rektor"), name("post/director")
    first = Delegation(
        name("delegation/first"),
        rektor,
        director,
        (purchase,),
        Window(date(2023, 1, 1)),
        limit=Limit(400_000_000, "SEK"),
        sub_delegation_allowed=True,
        conditional=True,
        kinds=frozenset({Kind.DECIDE, Kind.SIGN}),
    )
    second = Delegation(
        name("delegation/second"),
        director,
        name("body/council"),
        (purchase,),
        Window(date(2023, 2, 1)),
        limit=Limit(5_000_050, "SEK", excluded=True),
        sources=(first.iri,),
    )
    return AuthorityFacts(
        delegations=(first, second, replace(second, iri=name("delegation/third"), sources=())),
        original_authorities=(
            OriginalAuthority(
                name("original-authority/rektor"),
                rektor,
                residual=True,
                window=Window(date(2000, 1, 1)),
                delegation_allowed=True,
            ),
        ),
        recalls=(Recall(name("recall/third"), name("delegation/third"), date(2023, 3, 1)),),
        holdings=(
            Holding(name("holding/one"), rektor, name("person/a"), Window(date(2020, 1, 1))),
            Holding(
                name("holding/two"),
                director,
                name("person/b"),
                Window(date(2020, 1, 1), date(2023, 6, 1)),
                acting=True,
            ),
        ),
        substitutions=(
            Substitution(
                name("substitution/one"),
                rektor,
                name("post/deputy"),
                Window(date(2020, 1, 1)),
                by_law=True,
            ),
        ),
        broader_matters={purchase: ()},
        party_kinds=dict.fromkeys(POSTS, PartyKind.POST) | {name("body/council"): PartyKind.BODY},
    )


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.of(first_to_third(), version=7)


@pytest.fixture(scope="module")
def reader() -> CountingReader:
    return read_text(STATED)


def list_answers(authority: Authority) -> Iterator[Answer]:
    """Answers of every kind and verdict."""
    for met in (None, True, False):
        question = Question(PURCHASE, DAY, conditions_met=met)
        yield authority.who(question)
        yield authority.who(replace(question, amount=Amount(999_900_000_000, "SEK")))
        for party in ("post/deputy", "body/council", "person/a", "person/nobody", "post/nobody"):
            yield authority.may(Iri(name(party)), question)
    yield authority.who(Question(Iri(name("matter-type/unknown")), DAY, unit=Iri(name("unit/x"))))
    yield authority.who(Question(PURCHASE, date(1900, 1, 1), kind=Kind.SIGN))
    yield BreakDates(question, authority.break_dates(question), 7)
    for party in ("post/rektor", "post/director", "body/council", "person/b", "post/nobody"):
        yield list_held(authority, Iri(name(party)), DAY)


@pytest.fixture(scope="module")
def all_shown(authority: Authority, reader: CountingReader) -> list[Representation]:
    return [represent(reader, answer) for answer in list_answers(authority)]


@pytest.fixture(scope="module")
def who(authority: Authority, reader: CountingReader) -> Representation:
    """Who may, where conditions are met."""
    return represent(reader, authority.who(Question(PURCHASE, DAY, conditions_met=True)))


def test_the_json_of_every_kind_of_answer_conforms_to_the_schema(
    all_shown: list[Representation],
) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    for shown in all_shown:
        written = json.loads(json.dumps(write_json(shown)))
        assert [error.message for error in validator.iter_errors(written)] == []


def test_the_answers_that_are_written_are_of_all_kinds_and_verdicts(
    all_shown: list[Representation],
) -> None:
    written = [write_json(shown) for shown in all_shown]
    assert {each["answers"] for each in written} == {"who", "may", "breaks", "delegations"}
    assert {each["verdict"] for each in written if "verdict" in each} == {"yes", "no", "not-told"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("parties", 0, "verdict"), "maybe"),
        (("parties", 0, "chains", 0, "links"), []),
        (("parties", 0, "unexpected"), 1),
        (("question", "on"), "2023-4-5"),
        (("version",), "7"),
        (("answers",), "when"),
        (("sentences", "sv"), []),
    ],
)
def test_the_schema_refuses_what_is_not_so(
    who: Representation, path: tuple[str | int, ...], value: object
) -> None:
    written = copy.deepcopy(write_json(who))
    place = written
    for step in path[:-1]:
        place = place[step]  # type: ignore[index]
    place[path[-1]] = value  # type: ignore[index]
    assert not Draft202012Validator(SCHEMA).is_valid(written)


def test_what_the_schema_demands_is_all_that_json_has(who: Representation) -> None:
    written = write_json(who)
    assert set(written) == set(SCHEMA["$defs"]["who"]["properties"])
    assert set(written["parties"][0]) == set(SCHEMA["$defs"]["party"]["properties"])


def test_a_link_is_shown_with_lines_decision_numbers_clause_and_conditions(
    authority: Authority, reader: CountingReader
) -> None:
    evidence = gather_evidence(reader, authority.who(Question(PURCHASE, DAY)))
    first, second = (
        evidence[Iri(name("delegation/first"))],
        evidence[Iri(name("delegation/second"))],
    )
    assert [passage.cite() for passage in first.passages] == ["000:78–79"]
    assert first.decisions == (Iri(name("thing/decision")),)
    assert first.case_numbers == ("V-2023-0001", "V-2022-0007")
    assert [clause.notation for clause in first.clauses] == ["3 §"]
    assert first.list_conditions("en") == ("If the budget allows.",)
    assert first.sub_delegations == (second.iri,)
    assert [page.address for page in second.pages] == [Iri("https://example.org/page")]


def test_a_start_that_is_a_reading_is_shown_as_one(
    authority: Authority, reader: CountingReader
) -> None:
    second = gather_evidence(reader, authority.who(Question(PURCHASE, DAY)))[
        Iri(name("delegation/second"))
    ]
    assert second.start is not None
    assert second.start.certainty is Certainty.INTERPRETED
    written = write_json(represent(reader, authority.who(Question(PURCHASE, DAY))))
    assert written["evidence"][second.iri.value]["start"] == {
        "day": "2023-02-01",
        "certainty": "interpreted",
    }
    assert written["evidence"][second.iri.value]["precision"] == "month"


def test_the_queries_for_an_answer_do_not_grow_with_its_chains(
    authority: Authority, reader: CountingReader
) -> None:
    counts = []
    for party in ("post/rektor", "body/council"):
        before = reader.asked
        represent(reader, authority.may(Iri(name(party)), Question(PURCHASE, DAY)))
        counts.append(reader.asked - before)
    assert max(counts) <= 12


def test_rows_are_one_for_each_link_of_each_chain(who: Representation) -> None:
    rows = list(list_rows(who, "sv"))
    links = [link for party in who.parties for chain in party.chains for link in chain.links]
    without = [party for party in who.parties if not party.chains]
    assert len(rows) == len(links) + len(without)
    assert all(set(row) <= set(COLUMNS) for row in rows)


def test_csv_has_the_same_columns_for_every_question_and_can_be_read_back(
    all_shown: list[Representation],
) -> None:
    for shown in all_shown:
        header, *rows = csv.reader(io.StringIO(write_csv(shown, "en")))
        expected = ["matter", "day"] if isinstance(shown.answer, BreakDates) else list(COLUMNS)
        assert header == expected
        assert all(len(row) == len(header) for row in rows)
        if not isinstance(shown.answer, BreakDates):
            assert {row[COLUMNS.index("verdict")] for row in rows} <= {"yes", "no", "not-told"}


def test_a_row_says_limit_window_sources_and_rules(who: Representation) -> None:
    (row,) = [
        row
        for row in list_rows(who, "en")
        if row["verdict"] != "no" and row.get("delegation") == name("delegation/second")
    ]
    assert (row["chain_limits"], row["limit"], row["limit_excluded"]) == (
        "< 50000.50 SEK",
        "50000.50",
        "true",
    )
    assert (row["from"], row["before"], row["pages"]) == (
        "2023-02-01",
        "",
        "https://example.org/page",
    )
    (first,) = [
        row for row in list_rows(who, "en") if row.get("delegation") == name("delegation/first")
    ][:1]
    assert first["conditions"] == "If the budget allows."
    assert (first["passages"], first["clauses"]) == ("000:78–79", "3 §")


def test_a_party_that_nothing_is_recorded_of_has_a_row_with_the_rule(
    authority: Authority, reader: CountingReader
) -> None:
    answer = authority.may(Iri(name("post/nobody")), Question(PURCHASE, DAY))
    rows = list(list_rows(represent(reader, answer), "sv"))
    assert [(row["verdict"], row["rules"]) for row in rows] == [("no", "no-delegation")]


@pytest.mark.parametrize(
    ("party", "verdicts"),
    [
        ("post/rektor", [Verdict.YES]),
        ("person/a", [Verdict.YES]),
        ("post/deputy", [Verdict.NOT_TOLD]),
        ("post/director", []),
        ("person/nobody", []),
    ],
)
def test_authority_in_all_that_nobody_else_has_is_told_of_who_has_it(
    authority: Authority, reader: CountingReader, party: str, verdicts: list[Verdict]
) -> None:
    answer = list_held(authority, Iri(name(party)), DAY)
    assert [verdict for _, verdict in answer.residual] == verdicts
    shown = represent(reader, answer)
    told = " ".join(shown.sentences("en"))
    assert ("all matters that nobody else has" in told) == bool(verdicts)
    held = [row.get("held") for row in list_rows(shown, "sv")]
    assert (name("original-authority/rektor") in held) == bool(verdicts)


def test_what_was_given_on_of_an_own_authority_is_what_touches_its_matters() -> None:
    facts = first_to_third()
    first, *others = facts.delegations
    draft = replace(first, iri=name("delegation/draft"), standing=Standing.DRAFT)
    own = replace(
        facts.original_authorities[0],
        iri=name("original-authority/two"),
        matters=(PURCHASE.value, name("matter-type/salary")),
        residual=False,
    )
    authority = Authority.of(
        replace(facts, delegations=(first, draft, *others), original_authorities=(own,))
    )
    given = {
        held.matter: held.given_on
        for held in authority.delegations_of(Iri(name("post/rektor")), DAY)
        if held.delegation.value == own.iri
    }
    assert given[PURCHASE] == (Iri(first.iri),)
    assert given[Iri(name("matter-type/salary"))] == ()


def test_the_same_answer_is_the_same_rdf_and_has_no_blank_nodes(
    authority: Authority, reader: CountingReader
) -> None:
    question = Question(PURCHASE, DAY, conditions_met=True)
    one, same = (list_triples(represent(reader, authority.who(question))) for _ in range(2))
    assert one == same
    assert len(set(one)) == len(one)
    assert not any(isinstance(term, BlankNode) for triple in one for term in triple)


@pytest.mark.parametrize(
    "changed",
    [
        {"on": date(2023, 4, 6)},
        {"kind": Kind.SIGN},
        {"conditions_met": True},
        {"amount": Amount(1, "SEK")},
        {"unit": Iri(name("unit/x"))},
    ],
)
def test_another_question_has_other_iris(
    authority: Authority, reader: CountingReader, changed: dict[str, object]
) -> None:
    question = Question(PURCHASE, DAY)
    others = replace(question, **changed)  # type: ignore[arg-type]
    party = Iri(name("post/rektor"))
    subjects = [
        {
            triple.subject
            for triple in list_triples(represent(reader, authority.may(party, each)))
            if "/id/authority-answer/" in getattr(triple.subject, "value", "")
        }
        for each in (question, others)
    ]
    assert all(subjects)
    assert not subjects[0] & subjects[1]


def test_the_rdf_of_every_answer_can_be_read_back(all_shown: list[Representation]) -> None:
    for shown in all_shown:
        if isinstance(shown.answer, BreakDates):
            with pytest.raises(UsageError):
                list_triples(shown)
            continue
        triples = list_triples(shown)
        turtle = write_triples(triples, TURTLE)
        assert len(list(ox.parse(turtle, ox.RdfFormat.TURTLE))) == len(triples)


def list_known_terms() -> set[str]:
    files = sorted(Path(find_asset("ontology")).glob("*.ttl"))
    return {
        quad.subject.value
        for path in files
        for quad in ox.parse(path=str(path))
        if isinstance(quad.subject, ox.NamedNode)
    }


def test_every_term_in_the_rdf_of_answers_is_in_the_ontology(
    all_shown: list[Representation],
) -> None:
    known = list_known_terms()
    used = {
        term.value
        for shown in all_shown
        if not isinstance(shown.answer, BreakDates)
        for triple in list_triples(shown)
        for term in triple
        if isinstance(term, Iri) and term.value.startswith(SG)
    }
    assert len(used) > 20
    assert used <= known


def test_every_rule_has_its_concept_in_the_ontology() -> None:
    known = list_known_terms()
    assert {name_rule(rule).value for rule in Rule} <= known


def test_sentences_are_in_both_languages_and_name_things(who: Representation) -> None:
    written = write_json(who)
    assert "Inköp" in written["sentences"]["sv"][0]
    assert "Purchase" in written["sentences"]["en"][0]
    assert written["names"][PURCHASE.value] == {"sv": "Inköp", "en": "Purchase"}


@pytest.mark.parametrize(
    ("language", "amount", "limit"),
    [
        ("sv", "4\u00a0000\u00a0000,50\u00a0SEK", "4\u00a0000\u00a0000,50\u00a0SEK"),
        ("en", "4,000,000.50\u00a0SEK", "below 4,000,000.50\u00a0SEK"),
    ],
)
def test_amounts_are_written_as_the_language_does(language: str, amount: str, limit: str) -> None:
    words = make_words(language, {})
    assert words.amount(Amount(400_000_050)) == amount
    assert words.amount(Amount(100, "EUR")).startswith("1")
    assert words.limit(Limit(400_000_050, "SEK", excluded=True)).endswith(limit)


def test_a_thing_without_a_name_is_told_by_type_and_slug() -> None:
    assert make_words("sv", {}).name(Iri(name("post/rektor"))) == "post/rektor"
