"""Drafts: what the graph would become, validated where the draft touches it, and never written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from styrgraf.errors import SyntaxInFileError, UnacceptableDataError, UsageError
from styrgraf.graph.drafts import MAX_DRAFT_BYTES, RDF_PATCH, AppliedDraft, apply_draft
from styrgraf.graph.loading import load_files
from styrgraf.graph.published import PublishedStore, open_local_reader
from styrgraf.graph.reports import Severity
from styrgraf.graph.validation import validate_reader
from styrgraf.namespaces import SKOS
from styrgraf.settings import Settings
from tests.tiny import BASE, copy_data

TURTLE = "text/turtle"
PREFIXES = """\
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sg: <https://w3id.org/styrgraf/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix post: <https://example.org/tiny/id/post/> .
@prefix delegation: <https://example.org/tiny/id/delegation/> .
"""
DELEGATIONS = """
post:dean a org:Post ; skos:prefLabel "dekan"@sv, "dean"@en .
post:head a org:Post ; skos:prefLabel "prefekt"@sv, "head"@en .
delegation:first a sg:DelegationOfAuthority ; skos:prefLabel "ett"@sv, "one"@en ;
  sg:delegator post:chair ; sg:delegate post:dean ; sg:validFrom "2022-01-01"^^xsd:date .
delegation:second a sg:DelegationOfAuthority ; skos:prefLabel "två"@sv, "two"@en ;
  sg:subDelegationOf delegation:first ; sg:delegator post:dean ; sg:delegate post:head .
"""
FIRST, SECOND = f"<{BASE}id/delegation/first>", f"<{BASE}id/delegation/second>"
SUB, FROM = (f"<https://w3id.org/styrgraf/ns#{name}>" for name in ("subDelegationOf", "validFrom"))
LABEL = f"<{SKOS}prefLabel>"


@pytest.fixture(scope="module")
def reader(
    tiny_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PublishedStore]:
    """A reader of two delegations."""
    folder = tmp_path_factory.mktemp("drafts")
    settings = copy_data(tiny_settings, folder)
    path = folder / "delegations.ttl"
    path.write_text(PREFIXES + DELEGATIONS)
    load_files(settings, [path], f"{BASE}graph/source/own")
    with open_local_reader(settings) as opened:
        yield opened


def apply_turtle(reader: PublishedStore, text: str) -> AppliedDraft:
    return apply_draft(reader, (PREFIXES + text).encode(), TURTLE)


def apply_patch(reader: PublishedStore, *rows: str) -> AppliedDraft:
    return apply_draft(reader, "\n".join(rows).encode(), f"{RDF_PATCH}; charset=utf-8")


def list_violations(draft: AppliedDraft) -> set[str]:
    found = (each for each in draft.report.results if each.severity is Severity.VIOLATION)
    return {each.focus_node.rpartition("/")[2] for each in found}


def test_a_draft_in_turtle_comes_into_a_graph_of_its_own(reader: PublishedStore) -> None:
    draft = apply_turtle(reader, 'post:deputy a org:Post ; skos:prefLabel "vice"@sv, "deputy"@en .')
    assert draft.reader.ask("ASK { GRAPH <graph/draft> { <id/post/deputy> a ?type } }")
    assert draft.reader.ask("ASK { <id/post/deputy> a ?type . <id/post/chair> a ?type }")
    assert [iri.value for iri in draft.touched] == [f"{BASE}id/post/deputy"]
    assert draft.report.conforms
    assert not reader.ask("ASK { <id/post/deputy> ?p ?o }")


def test_a_patch_adds_and_deletes_in_the_graphs_that_it_names(reader: PublishedStore) -> None:
    own = f"<{BASE}graph/source/own>"
    draft = apply_patch(
        reader,
        "TX .",
        f'D {FIRST} {LABEL} "one"@en {own} .',
        f'A {FIRST} {LABEL} "the first"@en {own} .',
        "TC .",
    )
    names = draft.reader.select(f"SELECT ?name {{ GRAPH {own} {{ {FIRST} {LABEL} ?name }} }}").rows
    assert {row["name"].value for row in names} == {"ett", "the first"}
    assert draft.report.conforms


def test_a_row_that_names_no_graph_deletes_from_all_of_them(reader: PublishedStore) -> None:
    date = '"2022-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    draft = apply_patch(reader, f"D {FIRST} {FROM} {date} .")
    assert not draft.reader.ask(f"ASK {{ {FIRST} {FROM} ?day }}")
    assert reader.ask(f"ASK {{ {FIRST} {FROM} ?day }}")


def test_what_is_deleted_is_found_however_its_literal_is_written(reader: PublishedStore) -> None:
    draft = apply_patch(reader, f'D {FIRST} {LABEL} "one"@EN .')
    assert not draft.reader.ask(f'ASK {{ {FIRST} {LABEL} "one"@en }}')


def test_what_is_derived_is_derived_anew(reader: PublishedStore) -> None:
    above = f"<{BASE}id/matter/economy> <{SKOS}narrower> <{BASE}id/matter/travel>"
    question = f"ASK {{ GRAPH <graph/inferred> {{ {above} }} }}"
    row = f"<{BASE}id/matter/travel> <{SKOS}broader> <{BASE}id/matter/economy>"
    draft = apply_patch(reader, f"A {row} .")
    assert draft.reader.ask(question)
    assert not reader.ask(question)
    assert draft.reader.version() == reader.version()
    back = apply_draft(draft.reader, f"D {row} .".encode(), RDF_PATCH)
    assert not back.reader.ask(question)


def test_a_circle_that_a_draft_closes_is_a_violation_of_all_that_stand_in_it(
    reader: PublishedStore,
) -> None:
    draft = apply_turtle(reader, "delegation:first sg:subDelegationOf delegation:second .")
    assert not draft.report.conforms
    assert list_violations(draft) == {"first", "second"}
    assert [iri.value for iri in draft.touched] == [FIRST.strip("<>")]


def test_what_refers_to_a_thing_that_a_draft_deletes_is_validated(reader: PublishedStore) -> None:
    rows = reader.select(f"SELECT ?p ?o {{ {FIRST} ?p ?o }}").rows
    written = {
        "uri": "<{}>".format,
        "sv": '"{}"@sv'.format,
        "en": '"{}"@en'.format,
        "": '"{}"^^<http://www.w3.org/2001/XMLSchema#date>'.format,
    }
    deleted = [
        f"D {FIRST} <{row['p'].value}> "
        + written[getattr(row["o"], "language", "uri")](row["o"].value)
        + " ."
        for row in rows
    ]
    draft = apply_patch(reader, *deleted)
    assert "second" in list_violations(draft)


def test_a_draft_is_told_what_the_whole_would_be_told(reader: PublishedStore) -> None:
    draft = apply_turtle(
        reader,
        "delegation:first sg:subDelegationOf delegation:second ; sg:validFrom post:chair .\n"
        "delegation:third a sg:DelegationOfAuthority ; sg:subDelegationOf post:chair .",
    )
    whole = validate_reader(draft.reader).results
    assert [each for each in draft.report.results if each not in whole] == []
    violations = [each for each in whole if each.severity is Severity.VIOLATION]
    assert [each for each in violations if each not in draft.report.results] == []
    assert len(violations) >= 3


def test_a_draft_that_changes_nothing_touches_nothing(reader: PublishedStore) -> None:
    for draft in (apply_turtle(reader, ""), apply_patch(reader, "TX .", "TA .")):
        assert draft.touched == ()
        assert draft.report.results == ()


def test_nothing_is_written(reader: PublishedStore) -> None:
    def digest() -> str:
        return hashlib.sha256(b"".join(sorted(reader.dump("application/n-quads")))).hexdigest()

    before, version = digest(), reader.version()
    apply_turtle(reader, "delegation:first sg:subDelegationOf delegation:second .")
    apply_patch(reader, f"D {SECOND} {SUB} {FIRST} .")
    assert (digest(), reader.version()) == (before, version)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f'D {FIRST} {LABEL} "uno"@en .', "no such statement"),
        (f'D {FIRST} {LABEL} "one"@en <{BASE}graph/source/one> .', "no such statement"),
        (f"A {FIRST} {LABEL} {FIRST} <{BASE}graph/shapes> .", "own"),
        (f"D {FIRST} {LABEL} {FIRST} <{BASE}graph/inferred> .", "own"),
    ],
)
def test_a_row_that_cannot_be_carried_out_is_told_with_its_line(
    reader: PublishedStore, row: str, reason: str
) -> None:
    with pytest.raises(SyntaxInFileError, match=reason) as caught:
        apply_patch(reader, "TX .", row, "TC .")
    assert caught.value.facts["line"] == 2


def test_a_draft_that_does_not_parse_is_told_with_its_line(reader: PublishedStore) -> None:
    with pytest.raises(SyntaxInFileError) as caught:
        apply_turtle(reader, "delegation:first sg:subDelegationOf")
    assert caught.value.facts["line"] == len(PREFIXES.splitlines()) + 1


def test_a_draft_in_another_format_is_refused(reader: PublishedStore) -> None:
    with pytest.raises(UsageError, match=r"text/turtle or application/rdf-patch"):
        apply_draft(reader, b"{}", "application/json")


def test_a_draft_may_not_be_large(reader: PublishedStore) -> None:
    with pytest.raises(UnacceptableDataError, match="KiB"):
        apply_draft(reader, b"#" * (MAX_DRAFT_BYTES + 1), TURTLE)


@pytest.mark.parametrize("media_type", [TURTLE, RDF_PATCH])
def test_a_draft_may_not_nest_deeply(reader: PublishedStore, media_type: str) -> None:
    deep = "A <a:s> <a:p> " + "<<( <a:s> <a:p> " * 30_000
    with pytest.raises(UnacceptableDataError, match="nests"):
        apply_draft(reader, deep.encode(), media_type)


def test_values_that_the_store_does_not_take_are_told(reader: PublishedStore) -> None:
    for draft, media_type in (
        (f'{FIRST} {FROM} "soon"^^<http://www.w3.org/2001/XMLSchema#date> .', TURTLE),
        (f'A {FIRST} {FROM} "soon"^^<http://www.w3.org/2001/XMLSchema#date> .', RDF_PATCH),
    ):
        with pytest.raises(UnacceptableDataError, match="YYYY-MM-DD"):
            apply_draft(reader, draft.encode(), media_type)


def test_blank_nodes_of_a_draft_are_named(reader: PublishedStore) -> None:
    draft = apply_patch(reader, f"A {FIRST} {LABEL} _:x .", f"A _:x {LABEL} _:x .")
    assert draft.reader.ask(f"ASK {{ {FIRST} {LABEL} ?x . ?x {LABEL} ?x FILTER(isIRI(?x)) }}")


def test_the_data_directory_is_not_touched(reader: PublishedStore, tmp_path: Path) -> None:
    folder = reader._data_dir
    before = sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*"))
    apply_turtle(reader, 'post:chair skos:altLabel "x"@en .')
    assert sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*")) == before
