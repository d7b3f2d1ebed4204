"""Names in questions: what is found by them, and what is told where nothing is."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from babel.numbers import get_territory_currencies

from styrgraf.errors import ParameterError, UnknownNameError, UsageError
from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.intake.currencies import CURRENCIES
from styrgraf.governance.authority.intake.naming import (
    find_matter,
    find_party,
    find_unit,
    parse_amount,
    parse_conditions,
    parse_day,
    parse_kind,
)
from styrgraf.model import Iri
from tests.tiny_graphs import BASE, CountingReader, read_text

NAMES = """
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX id: <https://example.org/verk/id/>
graph:one {
  <https://example.org/verk/id/matter-type/inkop> a sg:MatterType ;
    skos:prefLabel "Inköp av utrustning"@sv, "Purchase of equipment"@en ; skos:notation "E1" .
  <https://example.org/verk/id/matter-type/andring> a sg:MatterType ;
    skos:prefLabel "Ändring av avtal"@sv, "Change of contract"@en .
  <https://example.org/verk/id/matter-type/resor> a sg:MatterType ;
    skos:prefLabel "Resor"@sv, "Travel"@en ; skos:altLabel "Ändring av avtal"@sv .
  <https://example.org/verk/id/post/rektor> a org:Post ; skos:prefLabel "rektor"@sv .
  <https://example.org/verk/id/role/rektor> a org:Role ; skos:prefLabel "Rektor"@sv .
  <https://example.org/verk/id/person/ek> a <http://xmlns.com/foaf/0.1/Person> ;
    <http://xmlns.com/foaf/0.1/name> "Åke Öhman" .
  <https://example.org/verk/id/unit/kemi> a org:OrganizationalUnit ;
    skos:prefLabel "Kemi"@sv, "Chemistry"@en ; skos:notation "KEM" .
  :to-a-unit sg:delegate <https://example.org/verk/id/unit/fysik> .
}
"""


@pytest.fixture(scope="module")
def reader() -> CountingReader:
    return read_text(NAMES)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        (f"{BASE}id/matter-type/inkop", "inkop"),
        ("matter-type/inkop", "inkop"),
        ("Matter-Type/Inkop", "inkop"),
        ("Inköp av utrustning", "inkop"),
        ("  INKÖP  av\tutrustning ", "inkop"),
        ("purchase OF equipment", "inkop"),
        ("e1", "inkop"),
        ("ändring AV avtal", "andring"),
        (unicodedata.normalize("NFD", "Ändring av avtal"), "andring"),
    ],
)
def test_a_matter_is_found_by_iri_type_and_slug_label_and_notation(
    reader: CountingReader, text: str, slug: str
) -> None:
    assert find_matter(reader, text, "sv") == Iri(f"{BASE}id/matter-type/{slug}")


def test_persons_and_units_are_found_by_name_and_notation(reader: CountingReader) -> None:
    assert find_party(reader, "åke öhman", "sv") == Iri(f"{BASE}id/person/ek")
    assert find_unit(reader, "kem", "sv") == Iri(f"{BASE}id/unit/kemi")


def test_a_unit_is_a_party_only_where_it_has_a_delegation(reader: CountingReader) -> None:
    assert find_party(reader, "unit/fysik", "sv") == Iri(f"{BASE}id/unit/fysik")
    with pytest.raises(UnknownNameError):
        find_party(reader, "unit/kemi", "sv")


def test_a_name_of_several_things_is_told_with_what_to_write_instead(
    reader: CountingReader,
) -> None:
    with pytest.raises(ParameterError) as caught:
        find_party(reader, "Rektor", "sv")
    assert "post/rektor, role/rektor" in str(caught.value)
    assert find_party(reader, "role/rektor", "sv") == Iri(f"{BASE}id/role/rektor")


@pytest.mark.parametrize(
    "text",
    [
        "post/rektor",
        f"{BASE}id/post/rektor",
        "Inkob av utrustning",
        'x" } DROP ALL #',
        "<>{}|^`\\",
        "a\0b\ud800",
        "y" * 100_000,
    ],
)
def test_an_unknown_matter_is_told_by_its_name(reader: CountingReader, text: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_matter(reader, text, "sv")
    assert len(caught.value.describe("sv")) < 400
    assert "\n" not in caught.value.describe("en")


@pytest.mark.parametrize(
    ("text", "language", "nearest"),
    [
        ("inkob av utrustning", "sv", "Inköp av utrustning (matter-type/inkop)"),
        ("purchase of equipments", "sv", "Inköp av utrustning (matter-type/inkop)"),
        ("purchase of equipments", "en", "Purchase of equipment (matter-type/inkop)"),
        ("resa", "sv", "Resor (matter-type/resor)"),
    ],
)
def test_the_nearest_names_come_first_and_in_the_language_asked_for(
    reader: CountingReader, text: str, language: str, nearest: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_matter(reader, text, language)
    told = str(caught.value.facts["nearest"])
    assert told.startswith(nearest)
    assert told.count("(") <= 3


@pytest.mark.parametrize("find", [find_matter, find_party, find_unit])
@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_an_empty_name_is_told(reader: CountingReader, find: object, text: str) -> None:
    with pytest.raises(ParameterError):
        find(reader, text, "sv")  # type: ignore[operator]


def test_a_name_that_is_found_takes_two_queries_at_most(reader: CountingReader) -> None:
    before = reader.asked
    find_matter(reader, "e1", "sv")
    assert reader.asked - before <= 2


@pytest.mark.parametrize("text", ["2022-12-31", " 2022-12-31 "])
def test_a_day_is_read(text: str) -> None:
    assert parse_day(text) == date(2022, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30",
        "2023-13-01",
        "0000-01-01",
        "31/12 2022",
        "20221231",
        "2022-1-1",
        "",
        "٢٠٢٢-01-01",
    ],
)
def test_an_impossible_day_is_told_with_how_to_write_it(text: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_day(text)
    assert "YYYY-MM-DD" in str(caught.value)
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("0", 0),
        ("4000000", 400_000_000),
        ("4 000 000,50", 400_000_050),
        ("4 000 000.5", 400_000_050),
        ("4\u00a0000\u202f000", 400_000_000),
        ("4,000,000", 400_000_000),
        ("4,000.25", 400_025),
        ("4.000.000,25", 400_000_025),
        ("0012,01", 1_201),
        ("999 999 999 999 999", 99_999_999_999_999_900),
    ],
)
def test_an_amount_is_read_in_hundredths(text: str, hundredths: int) -> None:
    assert parse_amount(text) == Amount(hundredths, "SEK")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("-1", "negative"),
        ("−1", "negative"),
        ("", "no amount"),
        ("many", "no amount"),
        ("1e6", "no amount"),
        ("4,000", "no amount"),
        ("4 00 0", "no amount"),
        ("4 0000", "no amount"),
        ("1,2,3", "no amount"),
        ("12 MSEK", "no amount"),
        ("٤", "no amount"),
        ("1" * 5000, "too large"),
        ("nan", "no amount"),
    ],
)
def test_an_impossible_amount_is_told(text: str, told: str) -> None:
    with pytest.raises(ParameterError, match=told) as caught:
        parse_amount(text)
    assert len(str(caught.value)) < 200


def test_a_currency_is_read_in_small_letters_and_an_unknown_one_is_told() -> None:
    assert parse_amount("1", "eur") == Amount(100, "EUR")
    for code in ("KR", "SEKK", "", "XTS", "FIM"):
        with pytest.raises(ParameterError, match="4217"):
            parse_amount("1", code)


def test_every_currency_that_is_tender_somewhere_today_is_known() -> None:
    countries = ["SE", "NO", "DK", "FI", "IS", "GB", "US", "CH", "JP", "CN", "IN", "PL", "CZ", "HU"]
    tender = {code for each in countries for code in get_territory_currencies(each)}
    assert tender <= CURRENCIES
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


def test_kinds_and_conditions_are_read() -> None:
    assert [parse_kind(text) for text in ("", "decide", " Sign ")] == [
        Kind.DECIDE,
        Kind.DECIDE,
        Kind.SIGN,
    ]
    assert [parse_conditions(text) for text in ("", "met", "Unmet")] == [None, True, False]


@pytest.mark.parametrize("parse", [parse_kind, parse_conditions])
def test_another_word_is_told_with_those_there_are(parse: object) -> None:
    with pytest.raises(UsageError, match=r"sign|unmet"):
        parse("maybe" * 50)  # type: ignore[operator]
