"""What is wrong with a query is told where its tokens tell it."""

from __future__ import annotations

import pytest

from styrgraf.graph.syntax import find_fault

PREFIX = "PREFIX e: <http://e/> "


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("SELECT * {\n ?s ex:p ?o }", (2, 5), "prefix of ex:p"),
        (f"{PREFIX}SELECT * {{ ?s e:p x:y }}", (1, 41), "prefix of x:y"),
        ("SELECT * { ?s ?p 'abc }", (1, 18), "text that begins"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, place: tuple[int, int], part: str) -> None:
    fault = find_fault(text)
    assert fault is not None
    assert (fault.facts["line"], fault.facts["column"]) == place
    assert part in str(fault)


@pytest.mark.parametrize(
    "text",
    [
        f"{PREFIX}SELECT * {{ ?s e:p 'a {{ b' }} # }}",
        "PREFIX : <http://e/> ASK { :a :b [ :c ( 1 2 ) ] }",
        "SELECT ?s WHERE { ?s ?p }",
    ],
)
def test_all_else_is_left_to_the_engine_to_tell(text: str) -> None:
    assert find_fault(text) is None
