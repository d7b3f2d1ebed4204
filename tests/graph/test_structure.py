"""Chains and nesting: what would end the engine's process is told before, what is let in is borne.

Each text is built at a length; the last one let in is sent to a real query process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from styrgraf.errors import QueryMemoryError, QuerySyntaxError, QueryTimeoutError
from styrgraf.graph.inspection import MAX_NESTING, read_query
from styrgraf.graph.loading import load_dataset
from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings
from tests.tiny import make_dataset

Build = Callable[[int], str]

CHAINS: dict[str, Build] = {
    "BIND": lambda n: f"SELECT * {{ {''.join(f'BIND(1 AS ?x{i}) ' for i in range(n))} }}",
    "projection": lambda n: f"SELECT {''.join(f'(1 AS ?x{i}) ' for i in range(n))} {{}}",
    "DESCRIBE": lambda n: f"DESCRIBE {'<a:b> ' * n}",
    "sum": lambda n: f"SELECT * {{ FILTER(1{'+1' * n}) }}",
    "difference": lambda n: f"SELECT * {{ FILTER(1{' -1' * n}) }}",
    "product": lambda n: f"SELECT * {{ FILTER({'1*' * n}1) }}",
    "or": lambda n: f"SELECT * {{ FILTER({'1||' * n}1) }}",
    "and": lambda n: f"SELECT * {{ FILTER({'1&&' * n}1) }}",
    "HAVING": lambda n: f"SELECT (1 AS ?x) {{}} GROUP BY ?s HAVING{'(1=1)' * n}",
    "UNION": lambda n: f"SELECT * {{ {'{ ?s ?p ?o } UNION ' * n} {{}} }}",
    "OPTIONAL": lambda n: f"SELECT * {{ {'OPTIONAL { ?s ?p ?o } ' * n} }}",
    "MINUS": lambda n: f"SELECT * {{ ?s ?p ?o {'MINUS { ?s ?p ?o } ' * n} }}",
    "FILTER": lambda n: f"SELECT * {{ {'FILTER(true) ' * n} }}",
    "EXISTS": lambda n: f"SELECT * {{ ?s ?p ?o {'FILTER EXISTS { ?s ?p ?o } ' * n} }}",
    "subquery": lambda n: f"SELECT * {{ {'{ SELECT * {} } ' * n} }}",
    "alternative": lambda n: f"SELECT * {{ ?s {'<a:b>|' * n}<a:b> ?o }}",
    "VALUES": lambda n: f"SELECT * {{ {'VALUES ?x { 1 } ' * n} }}",
    "triple": lambda n: f"SELECT * {{ {'?s <a:b> ?o . ' * n} }}",
    "predicate": lambda n: f"SELECT * {{ ?s {'<a:b> ?o ; ' * n} }}",
    "object": lambda n: f"SELECT * {{ ?s <a:b> {'?o , ' * n} ?o }}",
    "collection": lambda n: f"SELECT * {{ ?s ?p ({'1 ' * n}) }}",
    "sequence": lambda n: f"SELECT * {{ ?s {'<a:b>/' * n}<a:b> ?o }}",
}
NESTS: dict[str, Build] = {
    "parentheses": lambda n: f"SELECT * {{ FILTER{'(' * n}1{')' * n} }}",
    "braces": lambda n: f"SELECT * {'{' * n}{'}' * n}",
    "not": lambda n: f"SELECT * {{ FILTER({'!' * n}true) }}",
    "IF": lambda n: f"SELECT ({'IF(true,' * n}1{',1)' * n} AS ?y) {{}}",
    "EXISTS": lambda n: f"SELECT * {{ {'FILTER EXISTS { ' * n}{'}' * n} }}",
    "OPTIONAL": lambda n: f"SELECT * {{ {'OPTIONAL { ' * n}{'}' * n} }}",
    "path": lambda n: f"SELECT * {{ ?s {'(' * n}<a:b>{')*' * n} ?o }}",
    "collection": lambda n: f"SELECT * {{ ?s ?p {'(' * n}1{')' * n} }}",
    "blank nodes": lambda n: f"SELECT * {{ ?s ?p {'[ ?p ' * n}1{']' * n} }}",
    "triple terms": lambda n: f"SELECT * {{ {'<<( ?s ?p ' * n}?o{' )>>' * n} ?p ?o }}",
}
LISTS: dict[str, Build] = {
    "rows": lambda n: f"SELECT * {{ VALUES ?x {{ {'1 ' * n} }} }}",
    "wide rows": lambda n: f"SELECT * {{ VALUES (?x ?y) {{ {'(1 -2) ' * n} }} }}",
    "IN": lambda n: f"SELECT * {{ FILTER(1 IN ({'1,' * n}1)) }}",
    "arguments": lambda n: f"SELECT (CONCAT({'1,' * n}1) AS ?x) {{}}",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedStore]:
    folder = tmp_path_factory.mktemp("structure")
    dataset = make_dataset(folder / "dataset")
    settings = Settings(
        data_dir=folder / "data", dataset=str(dataset), query_workers=1, query_seconds=1
    )
    load_dataset(settings)
    with open_reader(settings) as opened:
        yield opened


def find_longest(build: Build) -> int:
    """Return the greatest length at which a text is let in."""
    low, high = 1, 4_000
    while low < high:
        middle = (low + high + 1) // 2
        try:
            read_query(build(middle))
            low = middle
        except QuerySyntaxError:
            high = middle - 1
    return low


@pytest.mark.parametrize("kind", CHAINS)
def test_a_chain_that_is_let_in_does_not_end_the_process(reader: PublishedStore, kind: str) -> None:
    longest = find_longest(CHAINS[kind])
    assert 300 <= longest <= 2_001
    answer_or_time_out(reader, CHAINS[kind](longest))


@pytest.mark.parametrize("kind", NESTS)
def test_nesting_that_is_let_in_does_not_end_the_process(reader: PublishedStore, kind: str) -> None:
    longest = find_longest(NESTS[kind])
    assert MAX_NESTING // 2 - 1 <= longest <= MAX_NESTING
    answer_or_time_out(reader, NESTS[kind](longest))


@pytest.mark.parametrize("kind", LISTS)
def test_lists_of_values_may_be_long(reader: PublishedStore, kind: str) -> None:
    answer_or_time_out(reader, LISTS[kind](10_000))


def answer_or_time_out(reader: PublishedStore, text: str) -> None:
    try:
        reader.query(text)
    except QueryMemoryError:
        pytest.fail("the process was ended")
    except QueryTimeoutError:
        pass


def test_the_place_where_a_chain_is_too_long_is_told() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        read_query("SELECT *\n{ " + "?s ?p ?o . " * 5_000 + "}")
    assert caught.value.facts["line"] == 2
    assert int(str(caught.value.facts["column"])) > 1_000
