"""What is made of a version is made once, and never given out for another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from styrgraf.graph.keeping import Kept, keep_each
from styrgraf.graph.published import PublishedStore
from styrgraf.model import Version


def number_version(number: int) -> Version:
    return Version(number, datetime(2026, 1, number, tzinfo=UTC), 0, "", "verk", "")


def test_what_is_made_of_a_version_is_made_once_and_anew_of_the_next() -> None:
    kept, current, made = Kept(), number_version(1), list[int]()

    def make() -> int:
        made.append(current.number)
        return current.number

    assert [kept.keep(lambda: current, "it", make) for _ in range(2)] == [1, 1]
    current = number_version(2)
    assert kept.keep(lambda: current, "it", make) == 2
    assert made == [1, 2]


def test_what_is_made_while_a_version_comes_is_not_kept() -> None:
    kept, versions = Kept(), [1, 2, 2, 2, 2]
    made = iter(["of both", "of the second"])

    def identify() -> Version:
        return number_version(versions.pop(0))

    assert kept.keep(identify, "it", lambda: next(made)) == "of both"
    assert kept.keep(identify, "it", lambda: next(made)) == "of the second"


def test_the_thing_asked_for_longest_ago_makes_way() -> None:
    kept = Kept(most=2)
    for name in ("a", "b", "a", "c"):
        kept.keep(lambda: number_version(1), name, lambda: "first")
    again = {name: kept.keep(lambda: number_version(1), name, lambda: "anew") for name in "ac"}
    assert again == {"a": "first", "c": "first"}
    assert kept.keep(lambda: number_version(1), "b", lambda: "anew") == "anew"


def test_each_key_is_asked_for_once_also_where_there_is_nothing(
    tiny_reader: PublishedStore,
) -> None:
    asked: list[str] = []

    def find(keys: Sequence[str]) -> dict[str, int]:
        asked.extend(keys)
        return {key: len(key) for key in keys if key != "none"}

    def look_up(*keys: str) -> dict[str, int]:
        return keep_each(tiny_reader, "lengths", keys, find, 3)

    assert list(look_up("bb", "none", "a").items()) == [("bb", 2), ("a", 1)]
    assert look_up("a", "none", "a") == {"a": 1}
    assert asked == ["bb", "none", "a"]
    assert look_up("ccc") == {"ccc": 3}  # the first makes way
    assert look_up("bb") == {"bb": 2}
    assert asked == ["bb", "none", "a", "ccc", "bb"]
