"""No term of ours is used that is not declared, and none is declared that nothing uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ontology.terms import (
    ROOT,
    declare_terms,
    list_families,
    mention_terms,
    use_terms_in_query,
    use_terms_in_turtle,
)

TEXTS = {
    ".ttl",
    ".po",
    ".rq",
    ".py",
    ".html",
    ".jinja",
    ".js",
    ".mjs",
    ".txt",
    ".xml",
    ".svg",
    ".md",
}
FOLDERS = ["ontology", "data", "shapes", "queries", "app/styrgraf", "docs", "bench"]
SHAPES = sorted((ROOT / "shapes").glob("*.ttl"))
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))


def list_texts() -> list[Path]:
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return sorted(path for path in [*inside, *ROOT.glob("*.md")] if path.suffix in TEXTS)


def find_undeclared(paths: list[Path], declared: set[str]) -> dict[str, list[str]]:
    """Return the files that mention undeclared terms, with the terms.

    Code may put the names of concepts together from what they begin with.
    """
    known = {
        path: declared | (list_families() if path.suffix == ".py" else set()) for path in paths
    }
    mentions = {path: mention_terms(path.read_text()) - known[path] for path in paths}
    return {str(path.name): sorted(terms) for path, terms in mentions.items() if terms}


def test_no_term_of_ours_is_used_anywhere_without_being_declared() -> None:
    assert find_undeclared(list_texts(), set(declare_terms())) == {}


@pytest.mark.parametrize(
    "text",
    [
        "sg:vessel",
        "SELECT ?s WHERE { ?s (sg:vessel|^sg:vessel)+ ?o }",
        "<https://w3id.org/styrgraf/ns#vessel>",
        'SG + "vessel"',
        'f"{SG}vessel"',
    ],
)
def test_an_undeclared_term_is_found_however_it_is_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "text.py"
    path.write_text(text)
    assert find_undeclared([path], {"ship"}) == {"text.py": ["vessel"]}


def test_what_concepts_begin_with_is_known_in_code_and_nowhere_else(tmp_path: Path) -> None:
    code, query = tmp_path / "code.py", tmp_path / "query.rq"
    code.write_text('SG + "precision" + name')
    query.write_text("SELECT ?s WHERE { ?s ?p sg:precision }")
    assert find_undeclared([code, query], {"ship"}) == {"query.rq": ["precision"]}


def test_a_term_that_only_a_comment_of_a_query_mentions_is_not_used() -> None:
    query = "# sg:ship\nSELECT ?s WHERE { ?s a <https://w3id.org/styrgraf/ns#Boat> . } # sg:oar"
    assert use_terms_in_query(query) == {"Boat"}


def test_a_term_that_only_a_comment_of_a_shape_mentions_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "shape.ttl"
    path.write_text(
        "# <https://w3id.org/styrgraf/ns#Ship>\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:shape> sh:path <https://w3id.org/styrgraf/ns#mast> ;\n"
        '  sh:select "SELECT $this { $this sg:oar ?oar }" .\n'
    )
    assert use_terms_in_turtle(path) == {"mast", "oar"}


def collect_uses(paths: list[Path]) -> set[str]:
    return set[str]().union(*map(use_terms_in_turtle, paths))


def collect_query_uses() -> set[str]:
    return set[str]().union(*(use_terms_in_query(path.read_text()) for path in QUERIES))


def list_declared(*kinds: str) -> set[str]:
    return {name for name, kind in declare_terms().items() if kind in kinds}


def test_every_class_and_property_is_used_by_a_shape_or_a_query() -> None:
    used = collect_uses(SHAPES) | collect_query_uses()
    declared = list_declared("Class", "ObjectProperty", "DatatypeProperty")
    assert sorted(declared - used) == []


def test_every_concept_is_used_by_a_shape_a_query_or_the_data() -> None:
    data = sorted((ROOT / "data").rglob("*.ttl"))
    used = collect_uses(SHAPES) | collect_query_uses() | collect_uses(data)
    assert sorted(list_declared("Concept") - used) == []
