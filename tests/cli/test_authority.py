"""The commands on authority, run as a user runs them, on KTH and on the made-up university."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from jsonschema import Draft202012Validator

from styrgraf.assets import find_schema
from styrgraf.cli.authority import AUTHORITY_COMMANDS
from styrgraf.governance.authority.forms.rows_form import COLUMNS
from styrgraf.namespaces import RDF, SG
from tests.cli.conftest import CommandLine

OPERATIONS = "matter/verksamhetsstod"
DIRECTOR = "post/universitetsdirektor"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2022-12-31", "nobody else"),
        ("2023-01-15", "For university director it cannot be told."),
        ("2023-04-05", "rektor and university director may decide"),
    ],
)
def test_who_may_decide_on_operational_support_is_told_in_the_first_lines(
    kth: CommandLine, day: str, told: str
) -> None:
    done = kth.run("who", OPERATIONS, "--on", day)
    assert done.returncode == 0, done.stderr
    head = done.stdout.partition("\n\n")[0]
    assert head.startswith(f"On {day}, ")
    if told == "nobody else":
        assert "university director" not in head
    else:
        assert told in head


def test_a_link_cites_lines_and_says_that_its_start_is_a_reading(kth: CommandLine) -> None:
    text = kth.run("who", OPERATIONS, "--on", "2023-04-05").stdout
    assert "000:78–79 (R27)" in text
    assert "from 2023-01-01 (known to the month, by a reading)" in text
    assert "may go on to: administrative head at a school, head of department at GVS" in text
    assert "sub-delegations: none stated" in text


def test_who_answers_for_today_where_no_day_is_named(kth: CommandLine) -> None:
    done = kth.run("who", OPERATIONS, "--format", "json")
    assert done.returncode == 0, done.stderr
    on = json.loads(done.stdout)["question"]["on"]
    assert on > "2026-01-01"


def test_why_not_marks_the_failing_link_with_its_rule(kth: CommandLine) -> None:
    done = kth.run("why-not", DIRECTOR, OPERATIONS, "--on", "2022-12-31")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("On 2022-12-31, university director may not decide on")
    assert "✗ The delegation is not in force yet on that day. [not-yet]" in done.stdout


def test_who_of_one_post_is_the_same_answer_as_why_not(kth: CommandLine) -> None:
    asked = ["--on", "2023-01-15", "--format", "json"]
    by_who = kth.run("who", OPERATIONS, "--post", DIRECTOR, *asked)
    by_why = kth.run("why-not", DIRECTOR, OPERATIONS, *asked)
    assert by_who.stdout == by_why.stdout
    assert json.loads(by_who.stdout)["verdict"] == "not-told"


def test_breaks_are_told_as_days(kth: CommandLine) -> None:
    told = kth.run("breaks", OPERATIONS).stdout
    assert "2023-02-01" in told
    rows = list(
        csv.DictReader(io.StringIO(kth.run("breaks", OPERATIONS, "--format", "csv").stdout))
    )
    assert {row["day"] for row in rows} >= {"2023-01-01", "2023-02-01"}
    assert json.loads(kth.run("breaks", OPERATIONS, "--format", "json").stdout)["days"] == [
        row["day"] for row in rows
    ]


def test_what_a_party_has_is_told_with_what_it_gave_on(example: CommandLine) -> None:
    done = example.run("delegations", "post/laboratoriechef", "--on", "2024-05-15")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("On 2024-05-15, head of laboratory may decide on: ")
    assert "gave on: " in done.stdout


def test_amounts_are_compared_with_limits_to_the_hundredth(example: CommandLine) -> None:
    verdicts = [
        json.loads(
            example.run(
                *("why-not", "post/prefekt-a", "Inköp", "--on", "2024-05-20"),
                *("--amount", amount, "--format", "json"),
            ).stdout
        )["verdict"]
        for amount in ("1 999 999,99", "2 000 000", "2000000,01")
    ]
    assert verdicts == ["yes", "yes", "no"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("who", "matter/inkop", "--on", "2024-05-20"),
        ("why-not", "post/prefekt-a", "matter/inkop", "--on", "2024-05-20"),
        ("breaks", "matter/inkop"),
        ("delegations", "post/dekan", "--on", "2024-05-20"),
    ],
)
def test_json_conforms_to_its_schema_and_csv_and_turtle_can_be_read(
    example: CommandLine, arguments: tuple[str, ...]
) -> None:
    written = json.loads(example.run(*arguments, "--format", "json").stdout)
    schema = json.loads(find_schema("authority").read_text())
    Draft202012Validator(schema).validate(written)
    header = next(csv.reader(io.StringIO(example.run(*arguments, "--format", "csv").stdout)))
    turtle = example.run(*arguments, "--format", "ttl")
    if arguments[0] == "breaks":
        assert header == ["matter", "day"]
        assert turtle.returncode == 2
        return
    assert header == list(COLUMNS)
    quads = list(ox.parse(turtle.stdout, ox.RdfFormat.TURTLE))
    answer = ox.NamedNode(SG + "AuthorityAnswer")
    assert any(quad.predicate.value == RDF + "type" and quad.object == answer for quad in quads)


def test_answers_are_told_in_swedish_and_english(example: CommandLine) -> None:
    asked = ("who", "matter/inkop", "--on", "2024-05-20")
    swedish, english = (example.run(*asked, "--lang", each).stdout for each in ("sv", "en"))
    assert "rektor" in swedish
    assert "Inköp" in swedish
    assert "may decide on “Purchasing”" in english
    for word in ("may decide", "chain", "window", "holder", "cannot be told", "original"):
        assert word not in swedish
        assert word in english


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("who", "inkopp"), "Purchasing (matter/inkop)"),
        (("who", "matter/inkopp"), "matter/inkop"),
        (("who", "https://example.org/nothing"), "no matter"),
        (("who", ""), "which matter"),
        (("who", "matter/inkop", "--on", "2023-02-30"), "no day 2023-02-30"),
        (("who", "matter/inkop", "--on", "yesterday"), "YYYY-MM-DD"),
        (("who", "matter/inkop", "--amount", "-1"), "negative"),
        (("who", "matter/inkop", "--amount", "much"), "no amount"),
        (("who", "matter/inkop", "--amount", "1", "--currency", "XYZ"), "no currency"),
        (("who", "matter/inkop", "--unit", "unit/nowhere"), "no unit"),
        (("who", "matter/inkop", "--kind", "think"), "decide / sign"),
        (("who", "matter/inkop", "--conditions", "maybe"), "met / unmet"),
        (("who", "matter/inkop", "--post", "post/nobody"), "no post, body, role or person"),
        (("who", "matter/inkop", "--format", "docx"), "docx"),
        (("who",), "Missing argument"),
        (("why-not", "post/nobody", "matter/inkop"), "no post, body, role or person"),
        (("why-not", "post/dekan"), "Missing argument"),
        (("breaks", "matter/nothing"), "no matter"),
        (("breaks", "matter/inkop", "--format", "ttl"), "RDF"),
        (("delegations", "\udcff"), "no post, body, role or person"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_ends_with_2(
    example: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    done = example.run(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    if "argument" not in told and told != "docx":
        assert len(done.stderr.strip().splitlines()) == 1


def test_the_examples_of_the_help_are_answered(kth: CommandLine, example: CommandLine) -> None:
    for command in AUTHORITY_COMMANDS:
        for line in command.examples:  # type: ignore[attr-defined]
            words = line.removeprefix("styrgraf ").split()
            of_example = words[-2:] == ["--dataset", "example"]
            done = (example if of_example else kth).run(*(words[:-2] if of_example else words))
            assert done.returncode == 0, (line, done.stderr)
