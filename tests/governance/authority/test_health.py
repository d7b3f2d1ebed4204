"""The health register: what the engine finds and what the shapes find, each told once."""

from __future__ import annotations

from datetime import date

import pytest

from styrgraf.assets import find_asset
from styrgraf.errors import ParameterError
from styrgraf.governance.authority.facts import (
    AuthorityFacts,
    Holding,
    Order,
    OriginalAuthority,
    PartyKind,
    Standing,
    Window,
)
from styrgraf.governance.authority.forms.health_texts import HEALTH_TEXTS
from styrgraf.governance.authority.forms.register_forms import (
    tell_register,
    write_register,
    write_register_csv,
)
from styrgraf.governance.authority.forms.wording import make_words
from styrgraf.governance.authority.indexing.compiling import compile_index
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.reasoning.health import HealthCode, HealthFinding, check_health
from styrgraf.governance.authority.reasoning.register import (
    SHAPE_MEANINGS,
    Register,
    join_register,
    open_register,
    parse_days,
    parse_findings,
    run_check,
    write_arguments,
)
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.reports import Severity, ValidationReport, ValidationResult
from styrgraf.model import Iri
from styrgraf.settings import Settings
from tests.governance.authority.building import (
    ALWAYS,
    DAY,
    UNSTATED,
    build,
    delegation,
    first,
    limit,
    second,
    statute,
)

ON = date(2022, 6, 1)
OVER = Window(date(2010, 1, 1), date(2021, 1, 1))


def check(*things: object, days: int = 0) -> set[tuple[str, str, str | None]]:
    return check_facts(build(*things), days)


def check_facts(facts: AuthorityFacts, days: int = 0) -> set[tuple[str, str, str | None]]:
    found = check_health(Index.over(compile_index(facts)), ON, days)
    return {
        (each.code.value, each.subject.value, each.other.value if each.other else None)
        for each in found
    }


def test_sound_chains_have_no_line() -> None:
    assert check(statute(), first(), second()) == set()


@pytest.mark.parametrize(
    ("things", "line"),
    [
        ([first(window=OVER), second()], ("source-ended", "second", "first")),
        ([first(sub_delegation_allowed=False), second()], ("not-permitted", "second", "first")),
        ([first(recipients=("other",)), second()], ("recipient", "second", "first")),
        (
            [first(recipient_kinds=frozenset({PartyKind.BODY})), second()],
            ("recipient-kind", "second", "first"),
        ),
        ([first(), second(delegator="other")], ("giver", "second", "first")),
        ([first(), second(matters=("travel",))], ("wider-matter", "second", "first")),
        (
            [first(limit=limit(100)), second(limit=limit(101))],
            ("wider-amount", "second", "first"),
        ),
        ([first(limit=limit(100)), second()], ("wider-amount", "second", "first")),
        (
            [first(window=Window(ALWAYS.start, date(2023, 1, 1))), second()],
            ("wider-time", "second", "first"),
        ),
        ([first(unit="school"), second(unit="library")], ("wider-unit", "second", "first")),
        ([first(), Holding("h", "dean", "ada", OVER)], ("vacant-post", "first", "dean")),
        ([delegation("loose", "other", "head")], ("no-root", "loose", None)),
        ([delegation("loose", None, "head")], ("giver-not-stated", "loose", None)),
        ([first(order="order"), Order("order", OVER)], ("order-repealed", "first", "order")),
        ([first(window=UNSTATED)], ("start-not-stated", "first", None)),
    ],
)
def test_each_oddity_is_told(things: list[object], line: tuple[str, str, str | None]) -> None:
    assert line in check(statute(), *things)


def test_a_reserved_matter_that_is_delegated_is_told() -> None:
    reserved = OriginalAuthority("a", "board", ("travel",), False, ALWAYS, False)
    given = delegation("given", "board", "rektor", matters=("travel",))
    assert ("reserved", "given", None) in check(statute(), reserved, given)


def test_a_circle_is_told_for_each_of_its_delegations() -> None:
    one = delegation("one", "head", "dean", sources=("two",))
    two = delegation("two", "dean", "head", sources=("one",))
    assert {line for line in check(statute(), one, two) if line[0] == "cycle"} == {
        ("cycle", "one", None),
        ("cycle", "two", None),
    }


def test_two_exclusive_grants_are_told_and_one_that_rests_on_another_is_not() -> None:
    one, two = first(exclusive=True), delegation("two", "rektor", "other", exclusive=True)
    assert ("exclusive-conflict", "first", "two") in check(statute(), one, two)
    below = second(exclusive=True)
    assert check(statute(), one, below) == set()


def test_what_ends_within_the_days_is_told_with_its_day() -> None:
    ending = first(window=Window(ALWAYS.start, ON + 30 * DAY))
    assert ("ending-soon", "first", None) in check(statute(), ending, days=30)
    assert check(statute(), ending, days=29) == set()


def test_drafts_are_not_told() -> None:
    draft = second(standing=Standing.DRAFT)
    assert check(statute(), first(window=OVER), draft) == set()


# The register


def result(shape: str, focus: str, value: str = "", message: str = "") -> ValidationResult:
    return ValidationResult(
        Severity.WARNING,
        focus,
        "",
        value,
        {"en": message, "sv": message},
        f"https://w3id.org/styrgraf/ns/shapes#{shape}",
        "",
    )


def join(
    reader: PublishedStore, findings: list[HealthFinding], results: list[ValidationResult]
) -> list[tuple[str | None, str, bool, int]]:
    lines = join_register(reader, findings, ValidationReport(True, tuple(results), ""))
    return [
        (line.code and line.code.value, line.subject.value, line.by_engine, len(line.shapes))
        for line in lines
    ]


@pytest.fixture(scope="module")
def base(example_reader: PublishedStore) -> str:
    return example_reader.version().base + "id/"


def test_what_both_find_is_one_line(example_reader: PublishedStore, base: str) -> None:
    odd = base + "delegation/prefekt-a-studierektor-a-anstallning-larare"
    source = Iri(base + "delegation/dekan-prefekt-a-anstallning-larare")
    findings = [HealthFinding(HealthCode.NOT_PERMITTED, Iri(odd), source)]
    results = [result("SubDelegationPermitted", odd, "false")]
    assert join(example_reader, findings, results) == [("not-permitted", odd, True, 1)]


def test_two_in_conflict_are_one_line_whichever_is_told_first(
    example_reader: PublishedStore, base: str
) -> None:
    one, two = (
        base + "delegation/" + name
        for name in ("rektor-dekan-kursplan", "rektor-fakultetsnamnden-kursplan")
    )
    results = [result("ExclusiveConflict", one, two), result("ExclusiveConflict", two, one)]
    assert len(join(example_reader, [], results)) == 1


def test_a_shape_without_a_code_stands_under_its_own_message(
    example_reader: PublishedStore, base: str
) -> None:
    odd = base + "delegation/rektor-dekan-inkop-2021"
    lines = join_register(
        example_reader,
        [],
        ValidationReport(True, (result("DelegationDecisionStated", odd, message="why"),), ""),
    )
    assert [(line.code, line.messages["en"]) for line in lines] == [(None, "why")]


def test_findings_about_other_things_are_left_out(
    example_reader: PublishedStore, base: str
) -> None:
    goal = base + "goal/fler-exempel"
    assert join(example_reader, [], [result("GoalAnchored", goal)]) == []


def test_every_shape_that_has_a_code_is_a_shape() -> None:
    shapes = "".join(
        path.read_text(encoding="utf-8") for path in find_asset("shapes").glob("*.ttl")
    )
    assert {name for name in SHAPE_MEANINGS if f"sgsh:{name} a sh:" not in shapes} == set()


def test_every_code_has_its_words() -> None:
    assert set(HEALTH_TEXTS) == set(HealthCode)


def test_the_register_of_the_example_tells_each_line_once(
    example_reader: PublishedStore, example_settings: Settings
) -> None:
    register = open_register(example_reader, example_settings, date(2024, 6, 1), 90)
    keys = [(line.code, line.subject, line.other, line.shapes) for line in register.lines]
    assert len(keys) == len(set(keys))
    codes = {line.code for line in register.lines}
    assert {HealthCode.SOURCE_ENDED, HealthCode.NUMBER_MISSING, HealthCode.CYCLE, None} <= codes
    rows = write_register_csv(register, {"en": {}, "sv": {}}, "sv").splitlines()
    assert len(rows) == len(register.lines) + 1
    assert len(write_register(register, {"en": {}})["lines"]) == len(register.lines)


def test_findings_come_back_from_their_process_as_they_were(
    example_reader: PublishedStore,
) -> None:
    found = parse_findings(run_check(example_reader, write_arguments(date(2024, 6, 1), 90)))
    assert {each.code for each in found} >= {HealthCode.ENDING_SOON, HealthCode.NO_ROOT}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (0, "On 2022-06-01, nothing odd is found among the delegations."),
        (1, "On 2022-06-01, there is one thing to look at."),
    ],
)
def test_the_register_is_a_sentence_first_and_says_that_nothing_is_repaired(
    example_reader: PublishedStore, number: int, sentence: str
) -> None:
    findings = [HealthFinding(HealthCode.CYCLE, Iri("one"))] * number
    lines = join_register(example_reader, findings, ValidationReport(True, (), ""))
    told = tell_register(Register(ON, 0, lines, 1), make_words("en", {}))
    assert told[0] == sentence
    assert told[1].startswith("Nothing of it is repaired by itself")


@pytest.mark.parametrize("text", ["", "-1", "1.5", "x", "99999", "٣"])
def test_what_is_no_number_of_days_is_told(text: str) -> None:
    with pytest.raises(ParameterError):
        parse_days(text)
