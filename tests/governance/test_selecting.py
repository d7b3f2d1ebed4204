"""Many things are read in parts: a query may name only so many."""

from __future__ import annotations

from styrgraf.governance.extract import list_subjects, read_things
from styrgraf.governance.selecting import AT_ONCE
from styrgraf.model import Iri
from tests.tiny_graphs import BASE, read_text

NUMBER = 4 * AT_ONCE + 1


def test_things_beyond_what_one_query_may_name_are_read_in_their_order() -> None:
    long = (
        "thing-with-a-name-of-about-a-hundred-characters-so-that-all-in-one-query-would-be-refused-"
    )
    text = " ".join(f':{long}{n} sg:hasGoal :goal{n} ; dct:title "{n}" .' for n in range(NUMBER))
    reader = read_text(f"graph:source\\/1 {{ {text} }}")
    things = [Iri(f"{BASE}id/thing/{long}{n}") for n in reversed(range(NUMBER))]
    read = read_things(reader, things)
    assert [thing.iri for thing in read] == things
    goals = list_subjects(
        reader, "SELECT ?subject { VALUES ?t { $things } ?t sg:hasGoal ?subject }", things
    )
    assert set(goals) == {Iri(f"{BASE}id/thing/goal{n}") for n in range(NUMBER)}


def test_of_no_things_nothing_is_asked() -> None:
    reader = read_text("graph:source\\/1 { :one a sg:Goal . }")
    before = reader.asked
    assert read_things(reader, ()) == ()
    assert reader.asked == before
