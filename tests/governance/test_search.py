"""Whatever is called something is found by it: by name, number, part, and near spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from styrgraf.errors import QueryTimeoutError
from styrgraf.governance.search.collecting import collect_entries
from styrgraf.governance.search.finding import Found, find_things
from styrgraf.governance.search.kinds import CODES, TERMS, find_place
from styrgraf.governance.search.opening import open_search
from styrgraf.governance.search.questions import Form, Understood, understand
from styrgraf.graph import search
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.search import Entry, Lookup, Name, Role, SearchFile, Sought
from styrgraf.graph.search_building import build_search
from styrgraf.graph.words import fold, join_words, split_words

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NUMBERS = st.integers(0, 1_000_000)


@pytest.fixture(scope="module")
def file(shipped_reader: PublishedStore) -> SearchFile:
    return open_search(shipped_reader, shipped_reader.version())


@pytest.fixture
def lookup(file: SearchFile) -> Iterator[Lookup]:
    with file.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def entries(shipped_reader: PublishedStore) -> list[Entry]:
    """The things of the shipped data, without the words of the vocabulary."""
    return [each for each in collect_entries(shipped_reader) if each.kind != TERMS]


def list_slugs(found: Found) -> list[str]:
    return [hit.entry.iri.partition("/id/")[2] for hit in found.page.items]


def find(lookup: Lookup, text: str, size: int = 10) -> list[str]:
    return list_slugs(find_things(lookup, text, size=size))


@dataclass(frozen=True)
class Named:
    """Names and numbers with what they name."""

    pairs: list[tuple[str, str]] = field(repr=False)

    def choose(self, number: int) -> tuple[str, str]:
        return self.pairs[number % len(self.pairs)]


@pytest.fixture(scope="module")
def names(entries: list[Entry]) -> Named:
    """The names and numbers of the data, but those of more than ten things."""
    found = [
        (name.text, entry.iri)
        for entry in entries
        for name in entry.names
        if name.role <= Role.NUMBER and split_words(name.text)
    ]
    shared = Counter(join_words(text) for text, _ in found)
    return Named(sorted(each for each in found if shared[join_words(each[0])] <= 10))


@given(number=NUMBERS, write=st.sampled_from([str, str.upper, fold, "  {} ?".format]))
def test_what_has_a_name_or_number_is_among_the_first_ten_that_it_finds(
    file: SearchFile, names: Named, number: int, write: Callable[[str], str]
) -> None:
    text, iri = names.choose(number)
    written = write(text)
    with file.open() as lookup:
        found = find_things(lookup, written, size=10)
    assert iri in {hit.entry.iri for hit in found.page.items}, written


@given(number=NUMBERS, place=st.integers(1, 40), letter=st.sampled_from(LETTERS))
def test_a_name_with_one_wrong_letter_in_a_long_word_is_found(
    file: SearchFile, names: Named, number: int, place: int, letter: str
) -> None:
    text, iri = names.choose(number)
    words = split_words(text)[:16]
    word = max(words, key=len)
    assume(len(word) >= 6 and word.isalpha() and place < len(word))
    wrong = word[:place] + letter + word[place + 1 :]
    sought = " ".join(wrong if each == word else each for each in words)
    with file.open() as lookup:
        assume(not lookup.match([[Sought(wrong, begins=True)]], most=1, texts=True))
        found = find_things(lookup, sought, size=400)
    assert iri in {hit.entry.iri for hit in found.page.items}, sought


@given(text=st.text(max_size=200))
@example('rektor" OR "')
@example("names:rektor NEAR(a b) -c ^d *")
@example("\0\0rektor\0")
@example("' ; DROP TABLE thing --")
@example("?!—…")
@example("ﬀ ½ № ℌ \ud800")
def test_nothing_that_is_typed_breaks_a_search_or_commands_it(file: SearchFile, text: str) -> None:
    with file.open() as lookup:
        found = find_things(lookup, text)
        understand(lookup, text)
    assert found.page.total <= found.total


@pytest.mark.parametrize(
    "text",
    ["V-2022-0218", "v-2022-0218", "2022-0218", "0218", "218", "V 2022 0218", "V20220218"],
)
def test_a_case_number_is_found_whole_and_by_its_parts(lookup: Lookup, text: str) -> None:
    assert "case/v-2022-0218" in find(lookup, text)


def test_a_number_with_swapped_digits_finds_nothing_and_leads_to_the_number_there_is(
    lookup: Lookup,
) -> None:
    found = find_things(lookup, "V-2022-0281")
    assert (found.total, found.corrected) == (0, "V-2022-0218")


def build(folder: Path, *names: str) -> SearchFile:
    """Return the file of units with these names."""
    path = folder / "search.index"
    path.write_bytes(
        build_search(
            Entry(f"https://example.org/id/unit/{number}", 2, "", (Name(text, "sv"),))
            for number, text in enumerate(names)
        )
    )
    return SearchFile(path)


def test_the_exact_spelling_goes_before_the_folded_one(tmp_path: Path) -> None:
    with build(tmp_path, "hall", "håll", "hallen", "Hållen 2").open() as lookup:
        assert find(lookup, "håll") == ["unit/1", "unit/0", "unit/3", "unit/2"]
        assert find(lookup, "hall")[0] == "unit/0"


def test_words_inside_longer_ones_are_found_where_there_are_few_others(lookup: Lookup) -> None:
    assert "document/delegationsordning-kth" in find(lookup, "ordning kth", size=30)


def test_words_that_stand_in_no_one_thing_find_what_has_most_of_them(lookup: Lookup) -> None:
    found = find_things(lookup, "styrgrupp kvastskaft")
    assert found.way == "some"
    assert "body/styrgrupp-programdirektiv" in list_slugs(found)


def test_a_kind_is_counted_and_chosen(lookup: Lookup) -> None:
    everything = find_things(lookup, "styrgrupp", size=400)
    kind = find_place("body")
    bodies = find_things(lookup, "styrgrupp", kind)
    assert bodies.counts == everything.counts
    assert bodies.page.total == everything.counts[kind] == 3
    assert {hit.entry.kind for hit in bodies.page.items} == {kind}


def test_words_of_the_vocabulary_come_after_all_data(lookup: Lookup) -> None:
    kinds = [hit.entry.kind for hit in find_things(lookup, "delegation", size=400).page.items]
    assert TERMS in kinds
    assert kinds.index(TERMS) == len(kinds) - kinds.count(TERMS)


def test_every_kind_of_the_data_can_be_found(entries: list[Entry]) -> None:
    assert {CODES[each.kind] for each in entries} == set(CODES) - {"term"}


def read(lookup: Lookup, text: str) -> Understood:
    question = understand(lookup, text)
    assert question is not None
    return question


@pytest.mark.parametrize(
    "text",
    [
        "vem får besluta om verksamhetsstöd 2023-01-15",
        "Vem får besluta om verksamhetsstödet den 15 januari 2023?",
        "vem beslutar om Allt verksamhetsstöd vid KTH per 2023-01-15",
        "who may decide on operational support on 15 January 2023?",
        "Who decides on “operational support” on 2023-01-15",
    ],
)
def test_who_may_decide_is_understood_in_both_languages(lookup: Lookup, text: str) -> None:
    question = read(lookup, text)
    assert (question.form, question.on, question.signs) == (Form.WHO, date(2023, 1, 15), False)
    assert question.matter is not None
    assert question.matter.known
    assert "matter/verksamhetsstod" in {
        each.iri.partition("/id/")[2] for each in question.matter.things
    }


def test_what_a_post_may_decide_and_whether_it_may_are_understood(lookup: Lookup) -> None:
    party = read(lookup, "Vad får universitetsdirektören besluta om?")
    assert party.form is Form.PARTY
    assert party.party is not None
    assert [each.iri.rpartition("/")[2] for each in party.party.things] == ["universitetsdirektor"]
    may = read(lookup, "får rektor skriva under forskningsavtal")
    assert (may.form, may.signs) == (Form.MAY, True)
    assert may.party is not None
    assert may.matter is not None
    assert may.party.known
    assert may.matter.known


def test_a_matter_that_is_none_is_told_with_the_nearest(lookup: Lookup) -> None:
    unknown = read(lookup, "vem får besluta om strategisk xyzzyq").matter
    assert unknown is not None
    assert not unknown.known
    assert unknown.things[0].iri.endswith("matter/strategiska-fragor")
    nothing = read(lookup, "vem får besluta om xyzzyq").matter
    assert nothing is not None
    assert nothing.things == ()


def test_a_day_that_the_calendar_lacks_is_told(lookup: Lookup) -> None:
    question = read(lookup, "vem får besluta om forskningsavtal 2023-02-30")
    assert question.on is None
    assert question.wrong_day is not None
    assert "2023-02-30" in question.wrong_day.describe("sv")


def test_plain_words_are_no_question(lookup: Lookup) -> None:
    assert understand(lookup, "rektor") is None
    assert understand(lookup, "vem") is None


def test_a_file_of_nothing_finds_nothing(tmp_path: Path) -> None:
    with build(tmp_path).open() as lookup:
        assert find_things(lookup, "rektor").total == 0


def test_a_search_that_takes_too_long_is_ended(
    file: SearchFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_SECONDS", -1)
    monkeypatch.setattr(search, "_STEPS", 1)
    with pytest.raises(QueryTimeoutError), file.open() as lookup:
        find_things(lookup, "rektor")
