"""Stored queries: headers, and values bound so that they stay values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.errors import (
    ParameterError,
    ParametersError,
    QuerySyntaxError,
    SettingError,
    UnknownNameError,
    UsageError,
)
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.graph.parameters import PARAMETER_TYPES, parse_value, today
from styrgraf.graph.queries import (
    StoredQuery,
    bind_parameters,
    bind_terms,
    find_stored_query,
    load_stored_queries,
    parse_stored_query,
    read_parameters,
    read_query,
)
from styrgraf.model import Iri, Literal, Term, Version
from styrgraf.namespaces import SG, XSD

BASE = "https://e.org/"
VERSION = Version(1, datetime(2026, 1, 1, tzinfo=UTC), 0, "", "tiny", BASE)
ANY_TEXT = st.text(st.characters(codec="utf-8")) | st.text(
    "\\u0041\"'$value{}<>#?\n\r\t", min_size=1
)

HEADER = """\
#+ summary: What is bound
#+ summary-sv: Vad som binds
#+ question: CQ7
#+ params: {params}
#+ returns: v, w
#+ tags: one, two
"""


def store_query(params: str, body: str = "SELECT ?v {}") -> StoredQuery:
    return parse_stored_query(HEADER.format(params=params) + body, Path("family/name.rq"))


def answer(text: str) -> Mapping[str, Term]:
    return EmbeddedReader(ox.Store(), VERSION).select(text).rows[0]


def test_a_header_is_read() -> None:
    query = store_query("area:iri required choices=areas; on:date default=today; lang:language")
    assert (query.name, query.family, query.form) == ("name", "family", "select")
    assert query.summary == {"en": "What is bound", "sv": "Vad som binds"}
    assert query.question == "CQ7"
    assert query.returns == ("v", "w")
    assert query.tags == ("one", "two")
    area, on, lang = query.params
    assert (area.name, area.kind, area.required, area.choices) == ("area", "iri", True, "areas")
    assert (on.default, on.required) == ("today", False)
    assert (lang.default, lang.required, lang.choices) == (None, False, None)


def test_none_means_none() -> None:
    query = store_query("none")
    assert query.params == ()
    assert parse_stored_query(query.text.replace("CQ7", "none"), Path("a/b.rq")).question is None


@pytest.mark.parametrize(
    "params",
    [
        "area",
        "area:hue",
        "area:iri needed",
        "area:iri hue=red",
        "area:iri unit=SEK",
        "area:string min=1",
        "sum:number min=much",
        "sum:number min=1 default=0",
        "on:date max=2023-02-30",
        "sum:date decimals=2",
    ],
)
def test_a_parameter_that_is_not_declared_right_is_told_with_its_file(params: str) -> None:
    with pytest.raises(SettingError, match=r"family/name\.rq.*params"):
        store_query(params)


@pytest.mark.parametrize("key", ["summary", "summary-sv", "question", "params", "returns", "tags"])
def test_a_header_without_a_line_is_told(key: str) -> None:
    lines = HEADER.format(params="none").splitlines()
    text = "\n".join(line for line in lines if not line.startswith(f"#+ {key}:"))
    with pytest.raises(SettingError, match=key):
        parse_stored_query(text + "\nSELECT ?v {}", Path("family/name.rq"))


@given(ANY_TEXT)
def test_any_text_is_bound_as_that_text(value: str) -> None:
    assert answer(bind_terms("SELECT ($value AS ?v) {}", {"value": Literal(value)})) == {
        "v": Literal(value)
    }


@given(ANY_TEXT, st.sampled_from(["sv", "en-gb"]))
def test_any_text_in_a_language_is_bound_as_that(value: str, language: str) -> None:
    term = Literal.in_language(value, language)
    assert answer(bind_terms("SELECT ($value AS ?v) {}", {"value": term})) == {"v": term}


@pytest.mark.parametrize(
    "term",
    [
        Iri("https://e.org/a?b=c#d"),
        Literal("2023-01-01", XSD + "date"),
        Literal("-7", XSD + "integer"),
        Literal("1.5", XSD + "decimal"),
        Literal("true", XSD + "boolean"),
    ],
)
def test_terms_of_all_kinds_are_bound_as_they_are(term: Term) -> None:
    text = "SELECT ?v { BIND($value AS ?v) FILTER EXISTS { SELECT ($value AS ?w) {} } }"
    assert answer(bind_terms(text, {"value": term})) == {"v": term}


@given(st.text())
def test_text_in_strings_comments_and_iris_is_left_alone(value: str) -> None:
    text = """SELECT ("$value" AS ?a) ('''$value''' AS ?b) (<https://e.org/$value> AS ?c) # $value
    ("?value" AS ?d) ($values AS ?e) { VALUES ?values { 1 } }"""
    assert bind_terms(text, {"value": Literal(value)}) == text


def test_a_variable_of_the_same_name_is_left_alone() -> None:
    assert bind_terms("SELECT ?value $value", {"value": Literal("x")}) == 'SELECT ?value "x"'


def test_defaults_are_bound_and_what_is_left_out_stays_a_variable() -> None:
    query = store_query("on:date default=today; area:iri", "SELECT ($on AS ?v) ($area AS ?w) {}")
    assert answer(bind_parameters(query, {})) == {"v": Literal(today().isoformat(), XSD + "date")}
    assert answer(bind_parameters(query, {"area": "https://e.org/a"}))["w"] == Iri(
        "https://e.org/a"
    )


def test_a_missing_parameter_is_named_with_what_the_query_takes() -> None:
    query = store_query("area:iri required; on:date default=today")
    with pytest.raises(ParameterError, match=r"“area”.*area \(iri\), on \(date\)"):
        bind_parameters(query, {"on": "2023-01-01"})
    with pytest.raises(ParameterError, match="“area”"):
        bind_parameters(query, {"area": "  "})


def test_an_unknown_parameter_is_named_with_what_the_query_takes() -> None:
    with pytest.raises(ParameterError, match=r"“aera”.*“area”.*area \(iri\)"):
        bind_parameters(store_query("area:iri"), {"aera": "https://e.org/a"})


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("iri", "not an iri"),
        ("iri", "a:b>?x <c:d"),
        ("iri", "nothing"),
        ("date", "2023-02-30"),
        ("date", "2023-1-1"),
        ("date", "20230101"),
        ("date", "tomorrow"),
        ("integer", "1.5"),
        ("integer", "٣"),
        ("integer", "9" * 30),
        ("decimal", "1e5"),
        ("decimal", "ett"),
        ("number", "1,000"),
        ("number", "1 00"),
        ("number", "1.000.000"),
        ("number", "ett"),
        ("number", "9" * 40),
        ("string", "\ud800"),
        ("string", "a\0b"),
        ("language", "sv_SE"),
    ],
)
def test_a_malformed_value_is_told_with_the_name_and_what_is_expected(
    kind: str, value: str
) -> None:
    with pytest.raises(ParametersError, match=r"“.*must be") as caught:
        bind_parameters(store_query(f"it:{kind}"), {"it": value})
    assert [fault.facts["name"] for fault in caught.value.faults] == ["it"]
    str(caught.value).encode()


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("iri", "unit/kth", Iri("https://e.org/id/unit/kth")),
        ("iri", "sg:Decision", Iri(SG + "Decision")),
        ("iri", "https://e.org/x", Iri("https://e.org/x")),
        ("iri", "urn:isbn:1", Iri("urn:isbn:1")),
        ("date", "2024-02-29", Literal("2024-02-29", XSD + "date")),
        ("integer", "007", Literal("7", XSD + "integer")),
        ("decimal", "1.50", Literal("1.50", XSD + "decimal")),
        ("number", "4000000", Literal("4000000", XSD + "integer")),
        ("number", "4 000 000", Literal("4000000", XSD + "integer")),
        ("number", "4\u00a0000\u202f000,50", Literal("4000000.50", XSD + "decimal")),
        ("number", "2.5", Literal("2.5", XSD + "decimal")),
        ("number", "−3,25", Literal("-3.25", XSD + "decimal")),
        ("string", "å 'ä' \"ö\"", Literal("å 'ä' \"ö\"")),
        ("language", "SV", Literal("sv")),
    ],
)
def test_values_become_terms_of_their_kind(kind: str, value: str, term: Term) -> None:
    assert parse_value("it", kind, value, BASE) == term


@given(st.sampled_from(sorted(PARAMETER_TYPES)), st.text())
def test_no_value_breaks_out_of_a_query(kind: str, value: str) -> None:
    query = store_query(f"it:{kind}", "SELECT ($it AS ?v) {}")
    try:
        text = bind_parameters(query, {"it": value}, BASE)
    except ParameterError:
        return
    assert set(answer(text)) <= {"v"}


def test_all_faults_are_told_at_once_each_with_its_name_in_both_languages() -> None:
    query = store_query("area:iri required; on:date; sum:number min=0")
    with pytest.raises(ParametersError) as caught:
        bind_parameters(query, {"on": "soon", "sum": "-1", "arae": "x"})
    names = [fault.facts["name"] for fault in caught.value.faults]
    assert names == ["arae", "area", "on", "sum"]
    for language in ("en", "sv"):
        for fault in caught.value.faults:
            assert fault.describe(language) in caught.value.describe(language)


def test_a_value_given_twice_is_told_though_both_are_right() -> None:
    query = store_query("on:date; sum:number")
    pairs = [("on", "2023-01-01"), ("on", "2023-01-01"), ("page", "1"), ("page", "2")]
    read = read_parameters(query, pairs, others=["page", "rows"])
    assert [fault.facts["name"] for fault in read.faults] == ["on", "page"]
    assert [fault.facts["count"] for fault in read.faults] == [2, 2]


def test_a_name_that_is_somebody_elses_to_read_is_no_fault_and_may_be_the_nearest() -> None:
    query = store_query("on:date")
    assert read_parameters(query, [("page", "x")], others=["page"]).faults == ()
    (fault,) = read_parameters(query, [("pages", "x")], others=["page"]).faults
    assert fault.facts["nearest"] == "page"


@pytest.mark.parametrize(
    ("declaration", "right", "wrong"),
    [
        ("number min=0", ["0", "0.01"], ["-0.01"]),
        ("number max=10", ["10", "-99999"], ["10,01"]),
        ("number unit=SEK decimals=2", ["1.50", "1.500"], ["1.505"]),
        ("integer min=1 max=12", ["1", "12"], ["0", "13"]),
        ("date min=1900-01-01 max=2099-12-31", ["1900-01-01", "2099-12-31"], ["1899-12-31"]),
    ],
)
def test_a_range_has_its_ends_in_it(declaration: str, right: list[str], wrong: list[str]) -> None:
    query = store_query(f"it:{declaration}")
    for value in right:
        assert read_parameters(query, [("it", value)]).faults == ()
    for value in wrong:
        (fault,) = read_parameters(query, [("it", value)]).faults
        assert (fault.facts["name"], fault.facts["value"]) == ("it", value)


def test_an_example_and_a_drawing_stand_in_the_header() -> None:
    text = store_query("area:iri required").text
    body = text.replace("#+ tags: one, two", "#+ tags: one\n#+ example: area=a/b\n#+ drawing: v, w")
    query = parse_stored_query(body, Path("family/name.rq"))
    assert query.example == {"area": "a/b"}
    assert query.drawing is not None
    assert (query.drawing.start, query.drawing.end, query.drawing.label) == ("v", "w", "")


@pytest.mark.parametrize(
    "line", ["example: area", "example: hue=red", "drawing: v", "drawing: v, x", "drawing: v, w, x"]
)
def test_an_example_or_a_drawing_of_what_is_not_there_is_told(line: str) -> None:
    text = store_query("area:iri required").text.replace("#+ tags: one", f"#+ {line}\n#+ tags: one")
    with pytest.raises(SettingError, match=line.partition(":")[0]):
        parse_stored_query(text, Path("family/name.rq"))


def test_the_shipped_queries_are_known_by_name() -> None:
    queries = load_stored_queries()
    assert queries["dated-decisions"].family == "decisions"
    assert all(query.family != "derive" for query in queries.values())


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="dated-decisions"):
        find_stored_query("dated-decision")
    with pytest.raises(UnknownNameError):
        find_stored_query("zzzzzz")


def test_a_query_is_read_from_a_file(tmp_path: Path) -> None:
    plain, headed = tmp_path / "plain.rq", tmp_path / "headed.rq"
    plain.write_text("ASK {}")
    headed.write_text(store_query("area:iri").text)
    assert read_query(str(plain)).form == "ask"
    assert read_query(str(headed)).params[0].name == "area"
    assert read_query("dated-decisions").family == "decisions"


def test_a_file_that_is_no_query_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bytes.rq"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match=r"bytes\.rq"):
        read_query(str(path))
    path.write_text("hello")
    with pytest.raises(QuerySyntaxError):
        read_query(str(path))
    with pytest.raises(UnknownNameError):
        read_query(str(tmp_path / "absent.rq"))
