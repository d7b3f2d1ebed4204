"""The commands that ask who may decide. An answer of any kind ends with 0, also a no."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

from styrgraf.cli.chains import print_representation
from styrgraf.cli.console import write_bytes
from styrgraf.cli.framework import (
    QUERY_SETTINGS,
    STORE_SETTINGS,
    Command,
    TranslatedCommand,
    TranslatedOption,
    current_language,
    read_options,
    setting_options,
)
from styrgraf.formats import TURTLE
from styrgraf.governance.authority.answers import Question
from styrgraf.governance.authority.forms.json_form import write_json
from styrgraf.governance.authority.forms.representation import (
    Answer,
    BreakDates,
    Representation,
    list_held,
    represent,
)
from styrgraf.governance.authority.forms.rows_form import write_csv
from styrgraf.governance.authority.forms.triples_form import list_triples
from styrgraf.governance.authority.intake.naming import (
    find_matter,
    find_party,
    find_unit,
    parse_amount,
    parse_conditions,
    parse_day,
    parse_kind,
)
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.publication import open_local_reader
from styrgraf.graph.parameters import today
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.serialization import write_triples
from styrgraf.language import N_
from styrgraf.settings import Settings

Options = dict[str, Any]

ANSWER_SETTINGS = (*STORE_SETTINGS, *QUERY_SETTINGS)


def option(*names: str, help: str, **attributes: Any) -> Callable[[Command], Command]:
    """Return a decorator that adds an option with translated help."""
    return click.option(*names, cls=TranslatedOption, help=help, **attributes)


ON_OPTION = option(
    "--on", metavar="YYYY-MM-DD", help=N_("The day asked about; else today in Sweden.")
)
_CASE_OPTIONS = (
    option("--unit", help=N_("The unit that the matter is in: name, type/slug or IRI.")),
    option("--amount", help=N_("The amount it is about, as 4000000 or 4 000 000,50.")),
    option(
        "--currency",
        default="SEK",
        show_default=True,
        help=N_("The currency of the amount (ISO 4217)."),
    ),
    option("--kind", default="decide", metavar="decide|sign", help=N_("To decide, or to sign.")),
    option(
        "--conditions",
        default="",
        metavar="met|unmet",
        help=N_("Whether the conditions of delegations are met; else that is not said."),
    ),
)
FORMAT_OPTION = option(
    "--format",
    "word",
    type=click.Choice(["text", "json", "csv", "ttl"]),
    default="text",
    show_default=True,
    help=N_("How the answer is written."),
)


def _case_options(command: Command) -> Command:
    for option in reversed(_CASE_OPTIONS):
        command = option(command)
    return command


@click.command(
    cls=TranslatedCommand,
    help=N_("Tell who may decide on a matter on a day, by which chains, and who nearly may."),
    examples=(
        "styrgraf who matter/verksamhetsstod --on 2023-04-05",
        "styrgraf who inköp --on 2024-03-01 --amount 500000 --dataset example",
        "styrgraf who inköp --post post/dekan --format json --dataset example",
    ),
)
@click.argument("matter")
@ON_OPTION
@_case_options
@option("--post", help=N_("Ask of this post, body, role or person alone."))
@FORMAT_OPTION
@setting_options(*ANSWER_SETTINGS)
def who(matter: str, post: str | None, word: str, **options: Any) -> None:
    """Print the answer."""
    with open_answering(options) as reader:
        question = _read_question(reader, matter, options)
        if post is None:
            authority = open_authority(reader)
            breaks = authority.break_dates(question)
            _print(reader, authority.who(question), word, breaks)
        else:
            _print(reader, _ask_of(reader, post, question), word)


@click.command(
    "why-not",
    cls=TranslatedCommand,
    help=N_("Tell whether a party may decide, and if not, which link of its chains fails and why."),
    examples=(
        "styrgraf why-not post/universitetsdirektor matter/verksamhetsstod --on 2022-12-31",
        "styrgraf why-not post/prefekt-a inköp --amount 500000 --dataset example",
    ),
)
@click.argument("party")
@click.argument("matter")
@ON_OPTION
@_case_options
@FORMAT_OPTION
@setting_options(*ANSWER_SETTINGS)
def why_not(party: str, matter: str, word: str, **options: Any) -> None:
    """Print the answer."""
    with open_answering(options) as reader:
        question = _read_question(reader, matter, options)
        _print(reader, _ask_of(reader, party, question), word)


@click.command(
    cls=TranslatedCommand,
    help=N_("Tell the days on which the answer to who may decide on a matter changes."),
    examples=(
        "styrgraf breaks matter/verksamhetsstod",
        "styrgraf breaks inköp --format csv --dataset example",
    ),
)
@click.argument("matter")
@_case_options
@FORMAT_OPTION
@setting_options(*ANSWER_SETTINGS)
def breaks(matter: str, word: str, **options: Any) -> None:
    """Print the days."""
    with open_answering(options) as reader:
        question = _read_question(reader, matter, options)
        authority = open_authority(reader)
        days = authority.break_dates(question)
        _print(reader, BreakDates(question, days, authority.version), word)


@click.command(
    cls=TranslatedCommand,
    help=N_("Tell what a post, body, role or person may decide on a day, and what it gave on."),
    examples=(
        "styrgraf delegations post/universitetsdirektor --on 2023-04-05",
        "styrgraf delegations post/dekan --format csv --dataset example",
    ),
)
@click.argument("party")
@ON_OPTION
@FORMAT_OPTION
@setting_options(*ANSWER_SETTINGS)
def delegations(party: str, word: str, **options: Any) -> None:
    """Print what the party has."""
    with open_answering(options) as reader:
        authority, day = open_authority(reader), read_day(options)
        found = find_party(reader, party, current_language())
        _print(reader, list_held(authority, found, day), word)


AUTHORITY_COMMANDS = (who, why_not, breaks, delegations)


def read_answer_settings(options: Options) -> Settings:
    """Return the settings among the options of a command."""
    return read_options({name: each for name, each in options.items() if name in ANSWER_SETTINGS})


@contextmanager
def open_answering(options: Options) -> Iterator[PublishedStore]:
    """Open the store that the settings among the options tell."""
    with open_local_reader(read_answer_settings(options)) as reader:
        yield reader


def _read_question(reader: PublishedStore, matter: str, options: Options) -> Question:
    language, unit, amount = current_language(), options["unit"], options["amount"]
    return Question(
        matter=find_matter(reader, matter, language),
        on=read_day(options),
        unit=None if unit is None else find_unit(reader, unit, language),
        amount=None if amount is None else parse_amount(amount, options["currency"]),
        kind=parse_kind(options["kind"]),
        conditions_met=parse_conditions(options["conditions"]),
    )


def read_day(options: Options) -> date:
    """Return the day asked about."""
    text = options.get("on")
    return today() if text is None else parse_day(text)


def _ask_of(reader: PublishedStore, party: str, question: Question) -> Answer:
    found = find_party(reader, party, current_language())
    return open_authority(reader).may(found, question)


def _print(
    reader: PublishedStore, answer: Answer, word: str, breaks: tuple[date, ...] | None = None
) -> None:
    shown = represent(reader, answer, breaks)
    if word == "text":
        print_representation(shown, current_language())
    else:
        write_bytes([_FORMS[word](shown)])


def _write_json(shown: Representation) -> bytes:
    return json.dumps(write_json(shown), ensure_ascii=False, indent=2).encode() + b"\n"


_FORMS: dict[str, Callable[[Representation], bytes]] = {
    "json": _write_json,
    "csv": lambda shown: write_csv(shown, current_language()).encode(),
    "ttl": lambda shown: write_triples(list_triples(shown), TURTLE),
}
