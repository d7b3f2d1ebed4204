"""The forms of the data: terms, literals, IRIs and labels."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from styrgraf.namespaces import RDF, SG, XSD
from tests.data.reading import DATA, PREF_LABEL, find_dataset, index_values, read_graphs

FILES = sorted(DATA.rglob("*.ttl"))
CANONICAL = {
    XSD + "string": re.compile(r".*", re.DOTALL),
    RDF + "langString": re.compile(r".*", re.DOTALL),
    XSD + "integer": re.compile(r"0|-?[1-9]\d*"),
    XSD + "decimal": re.compile(r"-?(0|[1-9]\d*)\.(0|\d*[1-9])"),
    XSD + "date": re.compile(r"\d{4}-\d\d-\d\d"),
    XSD + "boolean": re.compile(r"true|false"),
}
NAMELESS = {RDF + "Statement", SG + "Locator", SG + "Fact"}
PATH = re.compile(r"[a-z0-9/-]+")


def show(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


def list_terms(path: Path) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    quads = list(ox.parse(path=str(path)))
    return [term for quad in quads for term in (quad.subject, quad.predicate, quad.object)]


def is_canonical(literal: ox.Literal) -> bool:
    form = CANONICAL.get(literal.datatype.value)
    return bool(form and form.fullmatch(literal.value) and literal.language in (None, "sv", "en"))


def list_paths(terms: list[ox.NamedNode]) -> set[str]:
    """Return what follows `id/` in the IRIs of things of the dataset."""
    start = find_dataset().base + "id/"
    return {term.value.removeprefix(start) for term in terms if term.value.startswith(start)}


def list_named_nodes() -> list[ox.NamedNode]:
    quads = [quad for quads in read_graphs().values() for quad in quads]
    terms = [term for quad in quads for term in (quad.subject, quad.object)]
    return [term for term in terms if isinstance(term, ox.NamedNode)]


@pytest.mark.parametrize("path", FILES, ids=show)
def test_a_file_has_no_blank_nodes(path: Path) -> None:
    assert [term for term in list_terms(path) if isinstance(term, ox.BlankNode)] == []


@pytest.mark.parametrize("path", FILES, ids=show)
def test_a_file_has_literals_of_the_six_kinds_in_canonical_form(path: Path) -> None:
    literals = [term for term in list_terms(path) if isinstance(term, ox.Literal)]
    assert [str(literal) for literal in literals if not is_canonical(literal)] == []


@pytest.mark.parametrize("path", FILES, ids=show)
def test_a_file_declares_the_prefixes_that_it_uses_and_no_others(path: Path) -> None:
    text = path.read_text()
    body = re.sub(
        r'"(?:[^"\\]|\\.)*"|<[^>]*>', "", re.sub(r"^(@prefix|#).*$", "", text, flags=re.M)
    )
    declared = set(re.findall(r"^@prefix ([\w-]*):", text, re.MULTILINE))
    assert declared == set(re.findall(r"(?<![\w-])([a-z][\w-]*):", body))


def test_every_thing_has_an_iri_of_small_letters_figures_and_hyphens() -> None:
    paths = list_paths(list_named_nodes())
    assert sorted(path for path in paths if not PATH.fullmatch(path)) == []


def test_every_thing_is_named_in_both_languages() -> None:
    kinds: dict[str, set[str]] = {}
    labels: dict[str, set[str]] = {}
    for name in read_graphs():
        for subject, values in index_values(name, RDF + "type").items():
            kinds.setdefault(subject, set()).update(value.value for value in values)
        for subject, values in index_values(name, PREF_LABEL).items():
            found = {str(v.language) for v in values if isinstance(v, ox.Literal)}
            labels.setdefault(subject, set()).update(found)
    start = find_dataset().base + "id/"
    used = {term.value for term in list_named_nodes() if term.value.startswith(start)}
    named = {thing for thing in used if not kinds.get(thing, set()) & NAMELESS}
    assert sorted(thing for thing in named if labels.get(thing) != {"sv", "en"}) == []


def test_no_thing_has_two_names_in_one_language() -> None:
    names: dict[tuple[str, str], set[str]] = {}
    for graph in set(read_graphs()) - {"external"}:
        for subject, values in index_values(graph, PREF_LABEL).items():
            for value in values:
                assert isinstance(value, ox.Literal)
                names.setdefault((subject, str(value.language)), set()).add(value.value)
    assert {key: found for key, found in names.items() if len(found) > 1} == {}


def test_everything_pointed_at_exists() -> None:
    subjects = {str(quad.subject) for quads in read_graphs().values() for quad in quads}
    start = find_dataset().base + "id/"
    used = {term for term in list_named_nodes() if term.value.startswith(start)}
    assert sorted(term.value for term in used if str(term) not in subjects) == []
