"""The index of a published version, and `sg:mayDecide`, in real stores and query processes."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from styrgraf.errors import StoreMissingError, StoreUnusableError
from styrgraf.governance import publication
from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.functions import MAY_DECIDE
from styrgraf.governance.authority.opening import INDEX_FILE, open_authority
from styrgraf.governance.authority.rules import Verdict
from styrgraf.graph import loading
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.store import Reader
from styrgraf.graph.versions import find_current, locate_version, read_current
from styrgraf.model import Literal
from styrgraf.namespaces import XSD
from styrgraf.settings import Settings
from tests.tiny import BASE, copy_data, make_dataset

OWN = f"{BASE}graph/source/own"
PREFIXES = """\
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <http://schema.org/> .
@prefix sg: <https://w3id.org/styrgraf/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/tiny/id/thing/> .
"""
FACTS = """
:matters a skos:ConceptScheme ; skos:prefLabel "ärenden"@sv, "matters"@en .
:purchases a sg:MatterType ; skos:prefLabel "inköp"@sv, "purchases"@en ; skos:inScheme :matters .
:travel a sg:MatterType ; skos:prefLabel "resor"@sv, "travel"@en ; skos:inScheme :matters .
:rector a org:Post ; skos:prefLabel "rektor"@sv, "rector"@en .
:dean a org:Post ; skos:prefLabel "dekan"@sv, "dean"@en .
:head a org:Post ; skos:prefLabel "prefekt"@sv, "head"@en .
:statute a sg:OriginalAuthority ; skos:prefLabel "ursprunglig"@sv, "original"@en ;
  sg:authorityHolder :rector ; sg:residual true ; sg:delegationAllowed true ;
  sg:validFrom "2000-01-01"^^xsd:date .
:limit a schema:MonetaryAmount ; schema:maxValue 1000.5 ; schema:currency "SEK" .
:first a sg:DelegationOfAuthority ; skos:prefLabel "ett"@sv, "one"@en ;
  sg:delegator :rector ; sg:delegate :dean ; sg:delegatesMatter :purchases ;
  sg:amountLimit :limit ; sg:validFrom "2022-01-01"^^xsd:date .
:second a sg:DelegationOfAuthority ; skos:prefLabel "två"@sv, "two"@en ;
  sg:delegator :dean ; sg:delegate :head ; sg:delegatesMatter :purchases ;
  sg:subDelegationOf :first ; sg:validFrom "2022-01-01"^^xsd:date .
"""
RECALL = """
:recall a sg:Recall ; skos:prefLabel "återkallelse"@sv, "recall"@en ;
  sg:recalls :first ; sg:validFrom "2022-03-01"^^xsd:date .
"""
DAY = date(2022, 3, 1)
RECTOR, DEAN, HEAD = (f"{BASE}id/thing/{name}" for name in ("rector", "dean", "head"))
PURCHASES, TRAVEL = (f"{BASE}id/thing/{name}" for name in ("purchases", "travel"))
PROLOGUE = (
    "PREFIX sg: <https://w3id.org/styrgraf/ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    f"PREFIX : <{BASE}id/thing/> "
)


def add(settings: Settings, folder: Path, text: str) -> None:
    path = folder / f"added{len(text)}.ttl"
    path.write_text(PREFIXES + text)
    publication.load_files(settings, [path], OWN)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data directory with a few facts of authority, that no test changes."""
    folder = tmp_path_factory.mktemp("authority")
    dataset = make_dataset(folder / "dataset")
    settings = Settings(folder / "data", dataset=str(dataset), query_workers=1)
    publication.load_dataset(settings)
    add(settings, folder, FACTS)
    return settings


@pytest.fixture
def own(loaded: Settings, tmp_path: Path) -> Settings:
    """A copy that a test may change."""
    return copy_data(loaded, tmp_path)


@pytest.fixture(scope="module")
def reader(loaded: Settings) -> Iterator[PublishedStore]:
    """A reader of it."""
    with publication.open_reader(loaded) as opened:
        yield opened


def ask_dean(reader: Reader) -> Verdict:
    return open_authority(reader).verdict(DEAN, PURCHASES, DAY)


def call(reader: Reader, *arguments: str) -> str | None:
    """Return what the function says, None for no value."""
    text = f"{PROLOGUE} SELECT ?may {{ BIND(sg:mayDecide({', '.join(arguments)}) AS ?may) }}"
    (row,) = reader.select(text).rows
    return row["may"].value if "may" in row else None


def is_mapped(path: Path) -> bool:
    gc.collect()
    return str(path) in Path("/proc/self/maps").read_text()


def test_a_published_version_holds_its_index(reader: PublishedStore) -> None:
    authority = open_authority(reader)
    assert authority.version == reader.version().number == 2
    assert authority.verdict(DEAN, PURCHASES, DAY) is Verdict.YES
    assert authority.verdict(HEAD, PURCHASES, DAY) is Verdict.NOT_TOLD
    assert authority.verdict(DEAN, TRAVEL, DAY) is Verdict.NO


def test_an_index_is_mapped_once_and_let_go_with_its_reader(own: Settings) -> None:
    path = find_current(own.data_dir).absolute() / INDEX_FILE
    with publication.open_reader(own) as reader, ThreadPoolExecutor(4) as threads:
        found = set(threads.map(lambda _: id(open_authority(reader)), range(20)))
        assert len(found) == 1
        assert is_mapped(path)
    assert not is_mapped(path)


def test_a_reader_that_lives_through_a_publish_answers_from_the_new_index(
    own: Settings, tmp_path: Path
) -> None:
    question = [f"<{DEAN}>", f"<{PURCHASES}>", '"2022-03-01"^^xsd:date', '""']
    with publication.open_reader(own) as reader:
        before, version = open_authority(reader), reader.version()
        assert (ask_dean(reader), call(reader, *question)) == (Verdict.YES, "true")
        add(own, tmp_path, RECALL)
        assert (ask_dean(reader), call(reader, *question)) == (Verdict.NO, "false")
        assert open_authority(reader).version == version.number + 1
        assert before.verdict(DEAN, PURCHASES, DAY) is Verdict.YES
        assert open_authority(reader, version) is before


def test_threads_that_ask_while_versions_come_always_get_an_answer(
    own: Settings, tmp_path: Path
) -> None:
    stop = threading.Event()

    def ask_on(reader: PublishedStore) -> list[int]:
        seen = []
        while not stop.is_set():
            authority = open_authority(reader)
            assert authority.verdict(RECTOR, PURCHASES, DAY) is Verdict.YES
            seen.append(authority.version)
        return seen

    with publication.open_reader(own) as reader, ThreadPoolExecutor(4) as threads:
        running = [threads.submit(ask_on, reader) for _ in range(4)]
        try:
            for number in range(3):
                publication.load_dataset(own)
                assert open_authority(reader).version == number + 3
        finally:
            stop.set()
        for task in running:
            assert task.result() == sorted(task.result())


def test_a_version_without_index_says_what_to_do_and_is_made_anew(
    own: Settings, reader: PublishedStore
) -> None:
    loading.load_dataset(own)
    with publication.open_reader(own) as bare:
        with pytest.raises(StoreMissingError, match="styrgraf load"):
            open_authority(bare)
        with pytest.raises(StoreMissingError, match="styrgraf load"):
            call(bare, f"<{DEAN}>", f"<{PURCHASES}>", '"2022-03-01"^^xsd:date', '""')
        assert publication.ensure_loaded(own).is_new
        assert ask_dean(bare) is Verdict.YES
    assert not publication.ensure_loaded(own).is_new


def test_a_damaged_index_is_told(own: Settings) -> None:
    path = locate_version(own.data_dir, read_current(own.data_dir)) / INDEX_FILE
    path.write_bytes(path.read_bytes()[:100])
    with (
        publication.open_reader(own) as reader,
        pytest.raises(StoreUnusableError, match="styrgraf load"),
    ):
        open_authority(reader)


def test_the_function_says_what_the_engine_says(reader: PublishedStore) -> None:
    days = [date(2021, 12, 31), date(2022, 1, 1), DAY]
    values = " ".join(f'"{day}"^^xsd:date' for day in days)
    rows = reader.select(
        f"""{PROLOGUE} SELECT ?party ?matter ?day ?may {{
          VALUES ?party {{ :rector :dean :head :nobody }} VALUES ?matter {{ :purchases :travel }}
          VALUES ?day {{ {values} }} BIND(sg:mayDecide(?party, ?matter, ?day, "") AS ?may) }}"""
    ).rows
    authority = open_authority(reader)
    assert len(rows) == 24
    for row in rows:
        day = date.fromisoformat(row["day"].value)
        verdict = authority.verdict(row["party"].value, row["matter"].value, day)
        told = row["may"].value if "may" in row else None
        assert told == {Verdict.YES: "true", Verdict.NO: "false"}.get(verdict)


@pytest.mark.parametrize(
    ("amount", "answer"),
    [
        ("1000", "true"),
        ("1000.5", "true"),
        ("1000.50", "true"),
        ("1000.51", "false"),
        ("0", "true"),
        ("999999999999999999", "false"),
        ('""', "true"),
        ("1000.505", None),
        ("-1", None),
        ("1e3", None),
        ('"1000"', None),
        ('"1000"@sv', None),
        ("true", None),
        ("?unbound", None),
    ],
)
def test_an_amount_is_in_kronor_or_there_is_none(
    reader: PublishedStore, amount: str, answer: str | None
) -> None:
    assert call(reader, ":dean", ":purchases", '"2022-03-01"^^xsd:date', amount) == answer
    if answer and amount.replace(".", "").isdigit():
        asked = Amount(round(float(amount) * 100))
        verdict = open_authority(reader).verdict(DEAN, PURCHASES, DAY, asked)
        assert (verdict is Verdict.YES) == (answer == "true")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (":dean", ":purchases", '"2022-03-01"^^xsd:date'),
        (":dean", ":purchases", '"2022-03-01"^^xsd:date', '""', '""'),
        ('"dean"', ":purchases", '"2022-03-01"^^xsd:date', '""'),
        ("BNODE()", ":purchases", '"2022-03-01"^^xsd:date', '""'),
        (":dean", '"purchases"', '"2022-03-01"^^xsd:date', '""'),
        (":dean", ":nothing", '"2022-03-01"^^xsd:date', '""'),
        (":dean", ":purchases", '"2022-03-01"', '""'),
        (":dean", ":purchases", '"2022-02-30"^^xsd:date', '""'),
        (":dean", ":purchases", '"2022-03-01Z"^^xsd:date', '""'),
        (":dean", ":purchases", '"0000-01-01"^^xsd:date', '""'),
        (":dean", ":purchases", '"12022-03-01"^^xsd:date', '""'),
        (":dean", ":purchases", '"2022-03-01T00:00:00Z"^^xsd:dateTime', '""'),
        (":dean", ":purchases", "?unbound", '""'),
        (":dean", ":purchases", '"2022-03-01"^^xsd:date', '"x"^^xsd:decimal'),
    ],
)
def test_arguments_of_another_kind_give_no_value(
    reader: PublishedStore, arguments: tuple[str, ...]
) -> None:
    assert call(reader, *arguments) is None


@pytest.mark.parametrize(
    "pattern",
    [
        'FILTER(sg:mayDecide(?party, :purchases, "2022-03-01"^^xsd:date, ""))',
        'FILTER(sg:mayDecide(?party, :purchases, "2022-03-01"^^xsd:date, "") = true)',
        'BIND(sg:mayDecide(?party, :purchases, "2022-03-01"^^xsd:date, "") AS ?may) FILTER(?may)',
        "{ SELECT ?party { VALUES ?party { :dean :head } "
        'FILTER(sg:mayDecide(?party, :purchases, "2022-03-01"^^xsd:date, "")) } }',
        f'FILTER(<{MAY_DECIDE}>(?party, :purchases, "2022-03-01"^^xsd:date, ""))',
        'FILTER EXISTS { FILTER(sg:mayDecide(?party, :purchases, "2022-03-01"^^xsd:date, "")) }',
    ],
)
def test_the_function_stands_wherever_an_expression_does(
    reader: PublishedStore, pattern: str
) -> None:
    text = f"{PROLOGUE} SELECT ?party {{ VALUES ?party {{ :dean :head }} {pattern} }}"
    assert [row["party"].value for row in reader.select(text).rows] == [DEAN]


def test_the_answer_is_a_boolean(reader: PublishedStore) -> None:
    text = f"""{PROLOGUE} SELECT
      (sg:mayDecide(:dean, :purchases, "2022-03-01"^^xsd:date, 1) AS ?may) {{}}"""
    assert reader.select(text).rows == ({"may": Literal("true", XSD + "boolean")},)
