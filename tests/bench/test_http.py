"""What times queries over HTTP asks all alike, compares row by row, and tells targets plainly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench.graphs.governance import BASE, make_graph
from bench.graphs.loading import Written, write_graph
from bench.http_answers import Compared, compare_answers, read_rows, weigh
from bench.http_load import Plan, Rates, find_wrk_lack, measure_question
from bench.http_queries import AGAIN, JSON_RESULTS, LOOKUP, QUESTIONS, TURTLE, Question
from bench.http_servers import Service
from bench.http_services import CACHED, OURS, PEERS, RDFLIB, VIRTUOSO, run_ours
from bench.http_table import Measured, renew, write_report
from styrgraf.namespaces import GRAPH_PATH

TRIPLES = 6000
BY_NAME = {question.name: question for question in QUESTIONS}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_graph(tmp_path_factory.mktemp("graph"), TRIPLES, seed=1)


@pytest.fixture(scope="module")
def services(
    written: Written, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Service, Service]]:
    with run_ours(written, tmp_path_factory.mktemp("ours")) as running:
        yield running


@pytest.fixture(scope="module")
def store(written: Written) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=written.triples, format=ox.RdfFormat.N_TRIPLES)
    return store


def test_the_same_seed_makes_the_same_graph() -> None:
    assert list(make_graph(TRIPLES, 1)) == list(make_graph(TRIPLES, 1))
    assert list(make_graph(TRIPLES, 1)) != list(make_graph(TRIPLES, 2))


def test_no_triple_is_in_two_graphs(written: Written) -> None:
    quads = set(ox.parse(path=written.quads, format=ox.RdfFormat.N_QUADS))
    assert len(quads) == len({quad.triple for quad in quads}) == written.size >= TRIPLES
    graphs = {quad.graph_name for quad in quads}
    assert {f"{BASE}{GRAPH_PATH}source/authority"} < {str(graph)[1:-1] for graph in graphs}


def test_only_terms_of_the_ontology_are_used(written: Written) -> None:
    own = {
        term.value
        for quad in ox.parse(path=written.triples, format=ox.RdfFormat.N_TRIPLES)
        for term in (quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith("https://w3id.org/styrgraf/ns#")
    }
    ontology = "".join(
        path.read_text() for path in (Path(__file__).parents[2] / "ontology").glob("*.ttl")
    )
    assert own
    assert [term for term in own if f"\nsg:{term.partition('#')[2]} a " not in ontology] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_query_has_answers(question: Question, written: Written, store: ox.Store) -> None:
    texts = question.bind(200, written.organisations, seed=1)
    answers = (store.query(text) for text in texts)
    assert len(set(texts)) >= written.organisations
    assert sum(any(True for _ in answer) for answer in answers) > len(texts) // 10  # type: ignore[union-attr]


def test_the_cache_answers_as_the_query_does(
    services: tuple[Service, Service], written: Written
) -> None:
    for question in QUESTIONS:
        (compared,) = compare_answers(
            question, services[0], services[1:], question.bind(2, written.organisations, 1)
        )
        assert not compared.different + compared.written_otherwise


def test_wrk_counts_the_answers_of_all_rounds(
    services: tuple[Service, Service], written: Written, tmp_path: Path
) -> None:
    if lack := find_wrk_lack():
        pytest.skip(lack)
    question = BY_NAME[LOOKUP]
    texts = question.bind(50, written.organisations, 1)
    plan = Plan(levels=(2,), rounds=1, seconds=1)
    found = measure_question(question, services[:1], services[1:], texts, plan, tmp_path)
    crowd, alone = found[OURS, 2], found[CACHED, 1]
    assert crowd.middle > 0 and crowd.refused + crowd.broken == 0
    assert len(alone.rounds) == 1


def test_a_peer_that_is_not_there_is_told_with_what_would_bring_it() -> None:
    for peer in PEERS:
        lack = peer.find_lack()
        assert lack is None or "install" in lack


def test_numbers_and_booleans_are_compared_by_value() -> None:
    def read(text: str, datatype: str) -> object:
        body = f"""{{"results": {{"bindings": [{{"n": {{"type": "typed-literal",
            "value": "{text}", "datatype": "http://www.w3.org/2001/XMLSchema#{datatype}"}}}}]}}}}"""
        return [weigh(row) for row in read_rows(JSON_RESULTS, body.encode())]

    assert read("07", "integer") == read("7.0", "decimal") != read("8", "integer")
    assert read("1", "boolean") == read("true", "boolean") != read("0", "boolean")
    assert read("7", "string") != read("7", "integer")


def test_triples_are_compared_as_a_set() -> None:
    line = b"<urn:a> <urn:b> 'c'@SV ."
    assert read_rows(TURTLE, line) == read_rows(TURTLE, line + line)


def make_measured(ratio: float, compared: tuple[Compared, ...] = ()) -> Measured:
    rates = {}
    for question in QUESTIONS:
        for level in (1, 8, 32):
            for name, rate in ((OURS, 10.0 * ratio), (VIRTUOSO, 10.0)):
                rates[question.name, name, level] = Rates([rate] * 3)
        rates[question.name, RDFLIB, 1] = Rates([1.0] * 3)
    for level in (1, 8, 32):
        rates[AGAIN, OURS, level] = Rates([10.0 * ratio] * 3)
        rates[AGAIN, CACHED, level] = Rates([31.0 * ratio] * 3)
    services = {OURS: "1", CACHED: "1", VIRTUOSO: "7", RDFLIB: "0"}
    return Measured(services, 1000, (1, 8, 32), 3, 1, rates, compared, {"Fuseki": "not installed"})


def test_targets_are_told_plainly() -> None:
    report = write_report(make_measured(2.2))
    assert "- point lookup, 32 clients, Virtuoso: at least 2.5 times: not reached, 2.2" in report
    assert "- point lookup, 1 client, Virtuoso: at least 1 times: reached, 2.2" in report
    assert "Virtuoso: at least 2 times at any number of clients: reached, 2.2" in report
    assert "at least 3 times without, at any number of clients: reached, 3.1" in report
    assert "- aim: no query slower than any peer: reached" in report
    assert "Fuseki was left out: not installed." in report


def test_slower_queries_are_named() -> None:
    assert "not reached by point lookup (Virtuoso, 0.50)" in write_report(make_measured(0.5))


def test_what_is_refused_is_marked() -> None:
    measured = make_measured(1)
    measured.rates["regex", OURS, 32].refused = 3
    report = write_report(measured)
    assert f"† {OURS} refused a part, which is not counted: regex." in report
    assert "10 / 10 / 10†" in report


def test_a_round_without_answers_counts_as_half_a_one() -> None:
    measured = make_measured(1)
    measured.rates["regex", OURS, 32] = Rates([0.0] * 3, least=0.5)
    assert measured.find_ratio("regex", VIRTUOSO, 32) == 0.05
    measured.rates["regex", VIRTUOSO, 32] = Rates([0.0] * 3, least=0.5)
    assert measured.find_ratio("regex", VIRTUOSO, 32) is None
    assert measured.find_mean(VIRTUOSO, 32) == pytest.approx(1)


def test_differences_are_listed() -> None:
    compared = (
        Compared("regex", VIRTUOSO, 10),
        Compared("holders", VIRTUOSO, 5, different=2, example="a; Virtuoso: b"),
    )
    report = write_report(make_measured(1, compared))
    assert (
        "Virtuoso: 15 rows compared with ours, holders: 2 differ (ours a; Virtuoso: b)." in report
    )


def test_the_table_is_renewed_between_its_marks() -> None:
    text = "a\n<!-- http-speed: made -->\nold\n<!-- /http-speed -->\nb\n"
    assert renew(text, "new\n") == text.replace("old", "new")
