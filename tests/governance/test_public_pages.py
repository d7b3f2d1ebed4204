"""What public pages say is read only where it is asked for, and names its pages as sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from styrgraf.governance.extract import read_things
from styrgraf.governance.statements import Certainty, Source, Thing
from styrgraf.model import Iri
from styrgraf.namespaces import SG
from tests.tiny_graphs import BASE, CountingReader

ORDER, HEAD, COPY, LOG = (
    Iri(f"{BASE}id/thing/{name}") for name in ("order", "head", "copy", "log")
)


def page(iri: Iri) -> Source:
    return Source(iri, iri, 0, 0)


@pytest.fixture
def things(read: Callable[[str], CountingReader]) -> tuple[Thing, ...]:
    return read_things(read("public_pages"), (ORDER, HEAD), with_external=True)


def test_what_public_pages_say_is_left_out_where_it_is_not_asked_for(
    read: Callable[[str], CountingReader],
) -> None:
    (head,) = read_things(read("public_pages"), (ORDER, HEAD))
    assert head.iri == HEAD
    assert head.text_of(SG + "caseNumber") is None
    assert head.sources == ()


def test_a_statement_without_a_page_of_its_own_has_those_of_the_thing(
    things: tuple[Thing, ...],
) -> None:
    start = things[0].text_of(SG + "validFrom")
    assert start is not None
    assert (start.certainty, start.sources) == (Certainty.ASSERTED, (page(COPY),))
    assert things[0].sources == (page(COPY),)


def test_a_statement_of_its_own_gives_the_page_and_the_certainty_of_one_triple(
    things: tuple[Thing, ...],
) -> None:
    end = things[0].text_of(SG + "validTo")
    assert end is not None
    assert (end.certainty, end.sources) == (Certainty.INTERPRETED, (page(LOG),))
    assert all(source.is_page for source in end.sources)


def test_what_a_document_says_of_a_thing_keeps_its_lines_and_gets_no_page(
    things: tuple[Thing, ...],
) -> None:
    (task,) = things[1].iris(SG + "hasTask")
    assert [(each.first_line, each.is_page) for each in task.sources] == [(3, False)]
