"""Derived authority in the inferred graph: what plain SPARQL is told, held against the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from styrgraf.governance import publication
from styrgraf.governance.authority.answers import Amount, MayAnswer, Question
from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.forms.derived import describe_entries
from styrgraf.governance.authority.indexing.effective import Derived
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.rules import Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.reports import Severity, read_report
from styrgraf.model import Iri
from styrgraf.namespaces import PREFIXES
from styrgraf.settings import Settings

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
DAYS = [date(year, month, 1) for year in range(2021, 2027) for month in (1, 7)]
FIRST = Derived(
    delegation="https://e.org/id/delegation/a",
    root="https://e.org/id/original-authority/a",
    party="https://e.org/id/post/a",
    matter="https://e.org/id/matter/a",
    kinds=frozenset({Kind.DECIDE}),
    units=(),
    limits=(),
    conditional=False,
    depth=1,
    start=date(2022, 1, 1),
    end=None,
    verdict=Verdict.YES,
    certainty=Certainty.ASSERTED,
)
BASE = "https://e.org/"
TAKING = {Rule.VACANT, Rule.EXCLUSIVE, Rule.EXCLUSIVE_NOT_STATED}
"""What the nodes do not know."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a data directory with the example university."""
    folder = tmp_path_factory.mktemp("example")
    made = Settings(data_dir=folder, dataset="example", query_workers=1)
    publication.load_dataset(made)
    return made


@pytest.fixture(scope="module")
def reader(settings: Settings) -> Iterator[PublishedStore]:
    """A reader of the example university."""
    with publication.open_reader(settings) as opened:
        yield opened


def select(reader: PublishedStore, text: str) -> list[dict[str, str]]:
    rows = reader.select(PROLOGUE + text).rows
    return [{name: term.value for name, term in row.items()} for row in rows]


def list_rules(answer: MayAnswer) -> set[Rule]:
    ways = [each for answer in answer.answers for each in (answer, *answer.chains)]
    return {finding.rule for way in ways for finding in way.findings}


def describe(*entries: Derived) -> dict[str, dict[str, set[str]]]:
    """Return the values of the nodes by local names of properties."""
    nodes: dict[str, dict[str, set[str]]] = {}
    names = {"sv": {FIRST.party: "dekan"}, "en": {FIRST.party: "dean"}}
    for node, name, value in describe_entries(entries, names, BASE):
        assert isinstance(name, Iri)
        local = name.value.replace("#", "/").rpartition("/")[2]
        nodes.setdefault(node.value, {}).setdefault(local, set()).add(value.value)
    return nodes


def test_a_node_says_all_that_an_entry_does() -> None:
    ((iri, node),) = describe(
        FIRST._replace(limits=(Limit(150050, "SEK", True),), units=("https://e.org/u",))
    ).items()
    assert iri.startswith("https://e.org/id/derived-authority/")
    assert node["maxValue"] == {"1500.5"}
    assert node["currency"] == {"SEK"}
    assert node["limitExcluded"] == {"true"}
    assert node["withinUnit"] == {"https://e.org/u"}
    assert node["chainDepth"] == {"1"}
    assert node["validFrom"] == {"2022-01-01"}
    assert "validTo" not in node
    assert node["prefLabel"] == {
        "Härledd beslutanderätt: dekan, a, 2022-01-01–",
        "Derived authority: dean, a, 2022-01-01–",
    }


def test_what_is_the_same_has_the_same_iri_and_what_differs_has_another() -> None:
    others = [
        FIRST._replace(start=None),
        FIRST._replace(end=date(2023, 1, 1)),
        FIRST._replace(matter=None),
        FIRST._replace(verdict=Verdict.NOT_TOLD),
        FIRST._replace(kinds=frozenset(Kind)),
        FIRST._replace(root="https://e.org/other"),
        FIRST._replace(conditional=True),
    ]
    assert len(describe(FIRST, FIRST)) == 1
    assert len(describe(FIRST, *others)) == 1 + len(others)


def test_limits_in_several_currencies_are_nodes_of_their_own() -> None:
    nodes = describe(FIRST._replace(limits=(Limit(100, "EUR"), Limit(1000, "SEK"))))
    assert sorted(min(node["currency"]) for node in nodes.values()) == ["EUR", "SEK"]


def test_an_amount_is_written_plainly() -> None:
    written = {100: "1", 10**12: "10000000000", 5: "0.05", 0: "0"}
    for hundredths, text in written.items():
        (node,) = describe(FIRST._replace(limits=(Limit(hundredths, "SEK"),))).values()
        assert node["maxValue"] == {text}


def test_the_example_university_conforms_with_its_derived_authority(
    settings: Settings, reader: PublishedStore
) -> None:
    report = read_report(settings, reader.version())
    derived = [each for each in report.results if "derived-authority" in each.focus_node]
    assert [each for each in derived if each.severity is Severity.VIOLATION] == []
    assert reader.ask(
        f"{PROLOGUE} ASK {{ GRAPH <graph/inferred> {{ ?node a sg:DerivedAuthority }} }}"
    )


def test_every_yes_of_a_node_is_a_yes_of_the_engine(reader: PublishedStore) -> None:
    """Beyond chains the engine looks at vacancy and exclusive grants, which can only take away."""
    authority = open_authority(reader)
    rows = select(
        reader,
        """SELECT * { ?node a sg:DerivedAuthority ; sg:delegate ?party ; sg:overMatter ?matter ;
          sg:verdict sg:verdictYes ; sg:conditional false ; sg:rightKind sg:rightDecide .
          OPTIONAL { ?node sg:validFrom ?start } OPTIONAL { ?node sg:validTo ?end }
          OPTIONAL { ?node schema:maxValue ?limit ; schema:currency ?currency }
          OPTIONAL { ?node sg:withinUnit ?unit } }""",
    )
    asked = 0
    for row in rows:
        amount = unit = None
        if "limit" in row:
            amount = Amount(int(Decimal(row["limit"]) * 100) - 1, row["currency"])
        if "unit" in row:
            unit = Iri(row["unit"])
        for day in DAYS:
            if row.get("start", "") <= day.isoformat() < row.get("end", "9999"):
                asked += 1
                question = Question(Iri(row["matter"]), day, unit, amount)
                answer = authority.may(Iri(row["party"]), question)
                assert answer.verdict is Verdict.YES or list_rules(answer) & TAKING, (row, day)
    assert asked > 100


def test_every_yes_of_the_engine_by_a_delegation_has_a_node(reader: PublishedStore) -> None:
    rows = select(
        reader,
        """SELECT DISTINCT ?party ?matter { ?d a sg:DelegationOfAuthority ; sg:delegate ?party ;
          sg:delegatesMatter ?matter }""",
    )
    authority = open_authority(reader)
    found = 0
    for row in rows:
        for day in DAYS[::3]:
            if authority.verdict(row["party"], row["matter"], day) is not Verdict.YES:
                continue
            found += 1
            question = f"""ASK {{ VALUES (?asked ?day) {{ (<{row["matter"]}> "{day}"^^xsd:date) }}
              ?asked skos:broader* ?matter .
              {{ ?node a sg:DerivedAuthority ; sg:delegate ?party ; sg:overMatter ?matter ;
                 sg:verdict sg:verdictYes }}
              UNION {{ ?node a sg:OriginalAuthority ; sg:authorityHolder ?party }}
              UNION {{ ?node a sg:Substitution ; sg:substitute ?party }}
              FILTER(?party = <{row["party"]}> || EXISTS {{ <{row["party"]}> org:role ?party }})
              OPTIONAL {{ ?node sg:validFrom ?start }} OPTIONAL {{ ?node sg:validTo ?end }}
              FILTER(COALESCE(?start <= ?day, true) && COALESCE(?day < ?end, true)) }}"""
            assert reader.ask(PROLOGUE + question), (row, day)
    assert found > 20


def test_nodes_are_made_anew_with_each_version(settings: Settings, tmp_path: Path) -> None:
    before = publication.load_dataset(settings).version
    with publication.open_local_reader(settings) as reader:
        nodes = select(reader, "SELECT ?node { ?node a sg:DerivedAuthority } ORDER BY ?node")
        again = publication.load_dataset(settings).version
        assert again.quads == before.quads
        assert nodes == select(
            reader, "SELECT ?node { ?node a sg:DerivedAuthority } ORDER BY ?node"
        )
