"""The commands that try a change out, list what is odd, and tell what decisions rest on.

Nothing is written. An answer of any kind ends with 0; a draft that breaks the shapes with 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from styrgraf.cli.authority import (
    ANSWER_SETTINGS,
    FORMAT_OPTION,
    ON_OPTION,
    open_answering,
    option,
    read_answer_settings,
    read_day,
)
from styrgraf.cli.console import write_bytes
from styrgraf.cli.framework import TranslatedCommand, current_language, setting_options
from styrgraf.cli.rehearsal_text import print_competence, print_register, print_trial
from styrgraf.errors import NonConformingError, ParameterError, UsageError
from styrgraf.formats import TURTLE
from styrgraf.governance.authority.forms.competence_forms import (
    write_competence,
    write_competence_csv,
)
from styrgraf.governance.authority.forms.competence_triples import list_competence_triples
from styrgraf.governance.authority.forms.register_forms import write_register, write_register_csv
from styrgraf.governance.authority.forms.register_triples import list_register_triples
from styrgraf.governance.authority.forms.representation import list_iris, load_names
from styrgraf.governance.authority.forms.trial_forms import (
    parse_trial,
    write_told_trial,
    write_trial_csv,
)
from styrgraf.governance.authority.forms.trial_triples import list_trial_triples
from styrgraf.governance.authority.forms.wording import make_words
from styrgraf.governance.authority.intake.naming import find_delegation, find_order, find_post
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.changes import Change, RecallOf, RepealOf, VacancyOf
from styrgraf.governance.authority.reasoning.competence import judge_decisions, read_decisions
from styrgraf.governance.authority.reasoning.register import (
    USUAL_DAYS,
    open_register,
    parse_days,
)
from styrgraf.governance.authority.reasoning.trials import (
    TASK,
    TIMES_A_QUERY,
    Draft,
    Tried,
    check_draft_text,
    tell_broken_shapes,
    write_arguments,
)
from styrgraf.graph.drafts import RDF_PATCH
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.serialization import write_triples
from styrgraf.language import N_
from styrgraf.model import Iri

_PATCH_ENDING = ".rdfp"
_FINDERS: Mapping[str, tuple[Callable[..., Iri], Callable[[str], Change]]] = {
    "recall": (find_delegation, RecallOf),
    "repeal": (find_order, RepealOf),
    "vacate": (find_post, VacancyOf),
}


@click.command(
    cls=TranslatedCommand,
    help=N_("Tell what a recall, a repeal, a vacancy or a draft would do; nothing is written."),
    examples=(
        "styrgraf rehearse --recall delegation/rektor-dekan-inkop-2021 --on 2022-01-01 "
        "--dataset example",
        "styrgraf rehearse --repeal order/delegationsordning-2023 --dataset example",
        "styrgraf rehearse --vacate post/rektor --format csv --dataset example",
        "styrgraf rehearse --draft draft.ttl --on 2027-01-01 --format json",
    ),
)
@option("--recall", help=N_("Recall this delegation: name, type/slug or IRI."))
@option("--repeal", help=N_("Repeal this order: name, type/slug or IRI."))
@option("--vacate", help=N_("Let this post be vacant: name, type/slug or IRI."))
@option(
    "--draft",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Adopt this draft: a file in Turtle, or in RDF Patch where it ends with .rdfp."),
)
@ON_OPTION
@FORMAT_OPTION
@setting_options(*ANSWER_SETTINGS)
def rehearse(draft: Path | None, word: str, **options: Any) -> None:
    """Print what would change."""
    with open_answering(options) as reader:
        tried = _read_tried(reader, draft, options)
        seconds = TIMES_A_QUERY * read_answer_settings(options).query_seconds
        try:
            answer = reader.run_task(TASK, write_arguments(tried, read_day(options)), seconds)
        except NonConformingError as error:
            raise tell_broken_shapes(error, current_language()) from error
        base = reader.version().base
    trial = parse_trial(answer)
    if word == "json":
        _write_json(write_told_trial(trial))
    elif word == "ttl":
        write_bytes([write_triples(list_trial_triples(trial, base), TURTLE)])
    elif word == "csv":
        write_bytes([write_trial_csv(trial, current_language()).encode()])
    else:
        print_trial(trial, current_language())


@click.command(
    cls=TranslatedCommand,
    help=N_("List what is odd among the delegations on a day, and what ends soon after it."),
    examples=("styrgraf health", "styrgraf health --on 2024-06-01 --days 30 --dataset example"),
)
@ON_OPTION
@option(
    "--days",
    default=str(USUAL_DAYS),
    show_default=True,
    help=N_("How many days ahead to look for what ends."),
)
@FORMAT_OPTION
@setting_options(*ANSWER_SETTINGS)
def health(days: str, word: str, **options: Any) -> None:
    """Print the register."""
    with open_answering(options) as reader:
        register = open_register(
            reader, read_answer_settings(options), read_day(options), parse_days(days)
        )
        base = reader.version().base
        named = {iri.value for line in register.lines for iri in list_iris(line)}
        names = load_names(reader, named)
    words = make_words(current_language(), names[current_language()])
    if word == "json":
        _write_json(write_register(register, names))
    elif word == "ttl":
        write_bytes([write_triples(list_register_triples(register, base), TURTLE)])
    elif word == "csv":
        write_bytes([write_register_csv(register, names, current_language()).encode()])
    else:
        print_register(register, words)


@click.command(
    cls=TranslatedCommand,
    help=N_("Tell for each decision whether support in delegation is shown on its day."),
    examples=("styrgraf competence", "styrgraf competence --format csv --dataset example"),
)
@FORMAT_OPTION
@setting_options(*ANSWER_SETTINGS)
def competence(word: str, **options: Any) -> None:
    """Print the support of all decisions."""
    with open_answering(options) as reader:
        authority = open_authority(reader)
        found = judge_decisions(authority, read_decisions(reader))
        base = reader.version().base
        named = {iri.value for each in found for iri in list_iris(each.decision)}
        names = load_names(reader, named)
    words = make_words(current_language(), names[current_language()])
    if word == "json":
        _write_json(write_competence(found, names, authority.version))
    elif word == "ttl":
        write_bytes(
            [write_triples(list_competence_triples(found, base, authority.version), TURTLE)]
        )
    elif word == "csv":
        write_bytes([write_competence_csv(found, names, current_language()).encode()])
    else:
        print_competence(found, words)


REHEARSAL_COMMANDS = (rehearse, health, competence)


def _read_tried(reader: PublishedStore, draft: Path | None, options: Mapping[str, Any]) -> Tried:
    """Return the one thing that the options name. Raises ParameterError and UsageError."""
    named = [name for name in _FINDERS if options[name] is not None]
    if len(named) + (draft is not None) != 1:
        raise ParameterError(
            N_("Say one thing that is to be tried: {names}."),
            names=" / ".join(f"--{name}" for name in (*_FINDERS, "draft")),
        )
    if draft is not None:
        return _read_draft(draft)
    find, change = _FINDERS[named[0]]
    return change(find(reader, options[named[0]], current_language()).value)


def _read_draft(path: Path) -> Draft:
    try:
        text = check_draft_text(path.read_bytes())
    except OSError as error:
        raise UsageError(
            N_("The file {file} cannot be read: {reason}."), file=path, reason=error.strerror
        ) from error
    is_patch = path.suffix.lower() == _PATCH_ENDING
    return Draft(text, RDF_PATCH if is_patch else TURTLE.media_type)


def _write_json(value: Mapping[str, Any]) -> None:
    write_bytes([json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"])
