"""Terms and answers are values: equal by what they say, and unchangeable."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from styrgraf.model import UNION, BlankNode, Iri, Literal, QueryAnswer, QueryDataset, Triple
from styrgraf.namespaces import PREFIXES, RDF, SG, XSD, compact_iri


def test_literals_are_equal_by_form_datatype_and_language() -> None:
    assert Literal("1") == Literal("1", XSD + "string")
    assert Literal("1") != Literal("1", XSD + "integer")
    assert Literal.in_language("a", "sv") == Literal("a", RDF + "langString", "sv")
    assert Literal.in_language("a", "sv") != Literal.in_language("a", "en")


def test_an_iri_is_no_literal_and_no_blank_node() -> None:
    assert len({Iri("a"), Literal("a"), BlankNode("a")}) == 3


def test_terms_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Iri("a").value = "b"  # type: ignore[misc]


def test_a_triple_is_taken_apart_as_a_tuple() -> None:
    subject, predicate, value = Triple(Iri("a"), Iri("b"), Literal("c"))
    assert (subject, predicate, value) == (Iri("a"), Iri("b"), Literal("c"))


def test_no_dataset_named_is_the_union() -> None:
    assert QueryDataset() == UNION


def test_an_answer_knows_its_version() -> None:
    assert QueryAnswer("ask", "text/csv", b"true", 7).version == 7


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (SG + "Decision", "sg:Decision"),
        (SG, SG),
        (SG + "a/b", SG + "a/b"),
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_an_iri_is_compacted_where_a_prefix_fits(iri: str, short: str) -> None:
    assert compact_iri(iri) == short


def test_no_two_prefixes_stand_for_the_same() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
