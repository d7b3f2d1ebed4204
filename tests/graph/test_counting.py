"""Rows are counted, and previews cut, wherever the parts of an answer end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.errors import AnswerTooLargeError
from styrgraf.formats import CSV, JSON, N_TRIPLES, SOLUTION_FORMATS, TSV, XML, Format
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.graph.isolation.counting import open_counter
from styrgraf.graph.isolation.outputs import PART_BYTES, AnswerOutput, PreviewFull
from styrgraf.graph.limits import AnswerLimits
from styrgraf.model import Version
from tests.tiny import BASE

JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
CSV_STRING = re.compile(rb'"[^"]*"')
ENGINE_FORMATS = {
    JSON: ox.QueryResultsFormat.JSON,
    XML: ox.QueryResultsFormat.XML,
    CSV: ox.QueryResultsFormat.CSV,
    TSV: ox.QueryResultsFormat.TSV,
}
PIECES = [*'a"\\\n\r\t,{}[]<>&;:é', "<result>", '\\"', "},{", '""']
NASTY = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=6)
ROWS = st.lists(st.tuples(NASTY, st.booleans()), max_size=12)

VERSION = Version(1, datetime.now(UTC), 0, "", "tiny", BASE)


def count_whole(body: bytes, wanted: Format) -> int:
    """Count rows in a whole body, as plainly as can be."""
    if wanted is XML:
        return body.count(b"<result>")
    if wanted is JSON:
        skeleton = JSON_STRING.sub(b"", body)
        return skeleton.count(b"[{") + skeleton.count(b",{")
    lines = CSV_STRING.sub(b"", body) if wanted is CSV else body
    return lines.count(b"\n") - 1


def fill_store(rows: list[tuple[str, bool]]) -> ox.Store:
    """Return a store with a triple per row; some also have a triple term for their object."""
    store = ox.Store()
    for number, (text, quoted) in enumerate(rows):
        subject, literal = ox.NamedNode(f"a:{number}"), ox.Literal(text)
        value = ox.Triple(subject, subject, literal) if quoted else literal
        store.add(ox.Quad(subject, ox.NamedNode("a:p"), value))
    return store


def serialize(store: ox.Store, wanted: Format, limit: int | None = None) -> bytes:
    """Return all rows as the engine writes them."""
    text = "SELECT ?s ?v { ?s <a:p> ?v }" + ("" if limit is None else f" LIMIT {limit}")
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    return answer.serialize(format=ENGINE_FORMATS[wanted]) or b""


def split(body: bytes, cuts: list[int]) -> Iterator[bytes]:
    """Yield a body in parts, some of them empty."""
    borders = sorted(cut % (len(body) + 1) for cut in cuts)
    for start, end in zip([0, *borders], [*borders, len(body)], strict=True):
        yield body[start:end]


@given(ROWS, st.sampled_from(SOLUTION_FORMATS), st.lists(st.integers(0, 5000), max_size=30))
def test_the_count_is_that_of_the_whole_wherever_parts_end(
    rows: list[tuple[str, bool]], wanted: Format, cuts: list[int]
) -> None:
    body = serialize(fill_store(rows), wanted)
    counter = open_counter(wanted)
    for part in split(body, cuts):
        counter.feed(part)
    assert counter.rows == count_whole(body, wanted) == len(rows)


@pytest.mark.parametrize("wanted", SOLUTION_FORMATS, ids=lambda wanted: wanted.name)
def test_the_count_is_right_byte_by_byte(wanted: Format) -> None:
    rows = [('"},{"\\', False), ("<result>\n\r\n", True), ('\\"', False), ("", False), ('"', True)]
    body = serialize(fill_store(rows), wanted)
    counter = open_counter(wanted)
    for place in range(len(body)):
        counter.feed(body[place : place + 1])
    assert counter.rows == len(rows)


@given(
    ROWS,
    st.sampled_from(SOLUTION_FORMATS),
    st.lists(st.integers(0, 5000), max_size=30),
    st.integers(0, 13),
)
def test_a_preview_is_the_document_of_the_first_rows(
    rows: list[tuple[str, bool]], wanted: Format, cuts: list[int], most: int
) -> None:
    store = fill_store(rows)
    output = AnswerOutput(AnswerLimits(preview=most), open_counter(wanted))
    try:
        for part in split(serialize(store, wanted), cuts):
            output.write(part)
    except PreviewFull:
        assert output.more
    assert output.more == (len(rows) > most)
    assert output.rest() == serialize(store, wanted, limit=most)


def test_a_cut_preview_parses() -> None:
    store = fill_store([("x", False)] * 3)
    reader = EmbeddedReader(store, VERSION, AnswerLimits(preview=2))
    text = "SELECT ?s ?v { ?s <a:p> ?v }"
    assert len(json.loads(reader.query(text, JSON.media_type).body)["results"]["bindings"]) == 2
    assert len(ElementTree.fromstring(reader.query(text, XML.media_type).body)[1]) == 2
    assert reader.query(text, CSV.media_type).body.count(b"\r\n") == 3
    graph = reader.query("CONSTRUCT WHERE { ?s <a:p> ?v }").body
    assert graph.count(b"\n") == 2


def test_a_large_answer_is_delivered_in_parts_and_a_small_one_whole() -> None:
    reader = EmbeddedReader(fill_store([("x" * 500, False)] * 1000), VERSION)
    text = "SELECT ?s ?v { ?s <a:p> ?v }"
    whole = reader.query(text).body
    parts: list[bytes] = []
    rest = reader.write_answer(text, JSON, deliver=parts.append).rest()
    assert b"".join(parts) + rest == whole
    assert len(parts) > 5
    assert min(map(len, parts)) >= PART_BYTES
    parts.clear()
    reader.write_answer(f"{text} LIMIT 10", JSON, deliver=parts.append)
    assert parts == []


@pytest.mark.parametrize("limits", [AnswerLimits(rows=999), AnswerLimits(size=200_000)])
@pytest.mark.parametrize("text", ["SELECT ?s ?v { ?s <a:p> ?v }", "CONSTRUCT WHERE { ?s ?p ?v }"])
def test_an_answer_beyond_a_limit_ends_as_an_error_after_its_first_parts(
    limits: AnswerLimits, text: str
) -> None:
    reader = EmbeddedReader(fill_store([("x" * 500, False)] * 1000), VERSION, limits)
    wanted = JSON if text.startswith("SELECT") else N_TRIPLES
    parts: list[bytes] = []
    with pytest.raises(AnswerTooLargeError):
        reader.write_answer(text, wanted, deliver=parts.append)
    assert parts


def test_a_graph_is_a_set_also_in_parts() -> None:
    reader = EmbeddedReader(fill_store([("x" * 500, False)] * 1000), VERSION)
    text = "CONSTRUCT { <a:s> <a:p> ?v } WHERE { ?s <a:p> ?v }"
    assert reader.query(text).body.count(b"\n") == 1
