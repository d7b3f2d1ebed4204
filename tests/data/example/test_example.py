"""The example university conforms, speaks both languages, and cannot be taken for a real one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from styrgraf.graph.reports import Severity, read_report
from styrgraf.graph.shipped import read_dataset
from styrgraf.graph.versions import read_current
from styrgraf.settings import Settings
from tests.data.example.reading import find_example, select

FILES = sorted(find_example().folder.rglob("*.ttl"))
MADE_UP = re.compile(r"exempel|example", re.IGNORECASE)


def test_it_conforms_and_draws_warnings(example_settings: Settings) -> None:
    report = read_report(example_settings, read_current(example_settings.data_dir))
    assert report.conforms
    assert report.count(Severity.WARNING) > 0, "odd authority is part of the example"


def test_it_says_that_it_is_an_example_and_the_other_dataset_does_not() -> None:
    assert find_example().example
    assert not read_dataset(Settings()).example
    assert "finns inte" in find_example().titles["sv"]
    assert "does not exist" in find_example().titles["en"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_file_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_everything_has_a_name_in_both_languages() -> None:
    nameless = select("""
      SELECT DISTINCT ?thing WHERE {
        ?thing a ?class .
        FILTER NOT EXISTS {
          ?thing skos:prefLabel ?swedish, ?english .
          FILTER (LANG(?swedish) = "sv" && LANG(?english) = "en")
        }
      }""")
    assert nameless == []


def test_every_title_and_description_says_that_it_is_an_example() -> None:
    texts = select("SELECT ?text WHERE { ?thing dct:title|dct:description ?text }")
    assert len(texts) > 50
    assert [text for (text,) in texts if not MADE_UP.search(text)] == []


def test_nobody_can_take_its_people_for_real_ones() -> None:
    names = [name for (name,) in select("SELECT ?name WHERE { ?person foaf:name ?name }")]
    assert len(names) > 20
    assert [name for name in names if not name.startswith(("Exempel ", "Exempla "))] == []


def test_every_thing_stands_under_its_own_base() -> None:
    things = select("SELECT DISTINCT ?thing WHERE { ?thing a ?class }")
    start = find_example().base + "id/"
    assert [thing for (thing,) in things if not thing.startswith(start)] == []


def test_every_name_that_is_mentioned_is_described() -> None:
    start = find_example().base + "id/"
    dangling = select(f"""
      SELECT DISTINCT ?thing WHERE {{
        ?subject ?property ?thing .
        FILTER STRSTARTS(STR(?thing), "{start}")
        FILTER NOT EXISTS {{ ?thing a ?class }}
      }}""")
    assert dangling == []


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("sg:DelegationOfAuthority", 40, 60),
        ("sg:MatterType", 15, 40),
        ("org:OrganizationalUnit", 8, 12),
        ("org:Post", 20, 25),
        ("sg:Body", 2, 3),
        ("sg:DelegationOrder", 5, 5),
    ],
)
def test_it_is_of_a_size_that_one_can_take_in(name: str, least: int, most: int) -> None:
    ((count,),) = select(f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ ?thing a {name} }}")
    assert least <= int(count) <= most


def test_a_delegation_can_be_cited_but_for_the_few_that_show_what_is_missing() -> None:
    uncited = select("""
      SELECT ?delegation WHERE {
        ?delegation a sg:DelegationOfAuthority .
        FILTER NOT EXISTS { ?delegation sg:inProvision/skos:notation ?number }
        FILTER NOT EXISTS { ?delegation sg:caseNumber|(sg:grantedBy/sg:caseNumber) ?number }
        FILTER NOT EXISTS { ?delegation sg:status sg:statusDraft }
      }""")
    assert sorted(iri.rpartition("/")[2] for (iri,) in uncited) == [
        "prefekt-a-studierektor-a-anstallning-larare",
        "rektor-registrator-utlamnande",
    ]
