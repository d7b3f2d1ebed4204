"""Questions on orders, holders, substitutes, recalls and chains, asked of made-up data."""

from __future__ import annotations

from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from styrgraf.assets import find_asset
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.graph.versions import CHECKPOINT, find_current, read_version
from styrgraf.model import Version
from styrgraf.settings import Settings
from tests.queries import asking
from tests.shapes.focus import EXAMPLES

SHAPES_BASE = "https://example.org/styrgraf/"


@pytest.fixture(scope="module")
def university(example_settings: Settings) -> EmbeddedReader:
    """A reader of the made-up university, in this process."""
    folder = find_current(example_settings.data_dir)
    store = ox.Store.read_only(str(folder / CHECKPOINT))
    return EmbeddedReader(store, read_version(folder), folder=folder)


@pytest.fixture
def chains() -> EmbeddedReader:
    """A reader of the examples that show the shapes of derived authority and what it rests on."""
    store = ox.Store()
    examples = [EXAMPLES / "valid" / name for name in ("answers.ttl", "authority.ttl")]
    for path in (*examples, *find_asset("ontology").glob("*schemes.ttl")):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return EmbeddedReader(
        store, Version(1, datetime(2024, 1, 1, tzinfo=UTC), 0, "", "", SHAPES_BASE)
    )


def ask(reader: EmbeddedReader, name: str, **values: str) -> list[dict[str, str]]:
    """Return the rows of a stored query by column."""
    columns = asking.read_header(asking.FILES[name])["returns"].split(", ")
    rows = asking.ask(reader, name, values, reader.version().base)
    return [dict(zip(columns, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("day", "order"),
    [
        ("2023-06-30", "order:delegationsordning-2021"),
        ("2023-07-01", "order:delegationsordning-2023"),
    ],
)
def test_an_order_is_in_force_from_its_first_day_to_the_day_before_its_end(
    university: EmbeddedReader, day: str, order: str
) -> None:
    orders = [row["order"] for row in ask(university, "orders-in-force", date=day)]
    rektors = [each for each in orders if each.startswith("order:delegationsordning-")]
    assert rektors == [order]


def test_the_orders_that_ended_and_began_on_a_day_are_told_with_what_they_replace(
    university: EmbeddedReader,
) -> None:
    rows = ask(university, "order-changes", date="2023-07-01")
    told = [(row["order"], row["change"], row["replaced"]) for row in rows]
    assert told == [
        ("order:delegationsordning-2021", "upphörde", ""),
        ("order:delegationsordning-2023", "började", "order:delegationsordning-2021"),
    ]


def test_without_a_day_all_changes_of_orders_are_told_in_their_order(
    university: EmbeddedReader,
) -> None:
    days = [row["date"] for row in ask(university, "order-changes")]
    assert len(set(days)) > 2
    assert days == sorted(days)


def test_the_holders_of_a_post_come_in_their_order(university: EmbeddedReader) -> None:
    rows = ask(university, "holdings-of-post", post="post/rektor")
    assert [(row["holder"], row["valid_from"], row["valid_to"]) for row in rows] == [
        ("person:exempel-andersson", "2020-01-01", "2025-08-01"),
        ("person:exempla-bengtsson", "2025-09-01", ""),
    ]


def test_without_a_post_the_holders_of_all_posts_are_told(university: EmbeddedReader) -> None:
    held = {row["held"] for row in ask(university, "holdings-of-post")}
    assert {"post:rektor", "post:prorektor", "post:dekan"} < held


def test_a_substitute_is_told_with_the_ground(university: EmbeddedReader) -> None:
    rows = ask(university, "substitutes-of-post", post="post/rektor", lang="en")
    told = [(row["substitute"], row["kind_label"], row["valid_to"]) for row in rows]
    assert told == [("post:prorektor", "by law", "")]


def test_a_recall_is_told_with_its_delegation_day_and_number(university: EmbeddedReader) -> None:
    rows = ask(university, "recalls")
    told = [(row["delegation"], row["valid_from"], row["number"]) for row in rows]
    assert told == [("delegation:rektor-bibliotekschef-inkop", "2024-10-01", "EX-2024-0311")]


@pytest.mark.parametrize("matter", ["matter/exempelinkop", "matter/exempelkontorsinkop"])
def test_what_chains_let_decide_is_told_of_the_matter_and_what_is_narrower(
    chains: EmbeddedReader, matter: str
) -> None:
    rows = ask(chains, "derived-authority", matter=matter, date="2024-04-01", lang="en")
    told = [
        (row["delegate"], row["verdict_label"], row["root"], row["depth"], row["up_to"])
        for row in rows
    ]
    assert told == [
        ("post:exempeldirektor", "yes", "original-authority:exempelrektor", "1", "5000000")
    ]


def test_what_chains_let_decide_is_told_of_days_in_its_window_only(chains: EmbeddedReader) -> None:
    assert ask(chains, "derived-authority", date="2024-03-31") == []
    assert len(ask(chains, "derived-authority", date="2024-04-01")) == 1
