"""The page about the ontology tells the truth about its files and header."""

from __future__ import annotations

import re

import pytest

from styrgraf.namespaces import ONTOLOGY as ONTOLOGY_IRI
from styrgraf.namespaces import PREFIXES, RDF, SG
from tests.ontology.rules import ONTOLOGY
from tests.ontology.terms import KINDS, mention_terms, read_triples


@pytest.fixture(scope="module")
def page() -> str:
    return (ONTOLOGY / "README.md").read_text()


def test_the_page_lists_each_file(page: str) -> None:
    listed = re.findall(r"^\| `([\w.-]+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted(path.name for path in ONTOLOGY.glob("*.ttl"))


def test_the_page_names_the_ontology_and_says_that_the_name_is_to_be_registered(page: str) -> None:
    assert f"`{ONTOLOGY_IRI}`" in page
    assert f"`{SG}`" in page
    assert "still to be registered" in page


def test_the_page_mentions_terms(page: str) -> None:
    assert "subDelegationOf" in mention_terms(page)


def test_each_prefix_on_the_page_is_one_of_the_product(page: str) -> None:
    mentioned = set(re.findall(r"`(\w+):\w+`", page))
    assert mentioned <= set(PREFIXES)


def test_no_term_is_declared_in_two_files() -> None:
    declarations = [
        subject
        for path in ONTOLOGY.glob("*.ttl")
        for subject, predicate, kind in read_triples(path)
        if predicate == RDF + "type" and kind in KINDS
    ]
    assert len(declarations) == len(set(declarations))
