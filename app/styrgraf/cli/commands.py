"""The commands. Exit codes: 0 fine, 1 the data does not conform, 2 wrong use or a told error."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click

from styrgraf import __version__
from styrgraf.cli.answers import (
    choose_export_format,
    list_queries,
    print_answer,
    tell_address,
    tell_start,
    tell_version,
)
from styrgraf.cli.authority import AUTHORITY_COMMANDS
from styrgraf.cli.console import (
    note,
    print_report,
    print_solutions,
    show_progress,
    write_bytes,
    write_file,
)
from styrgraf.cli.framework import (
    ALL_SETTINGS,
    QUERY_SETTINGS,
    STORE_SETTINGS,
    TranslatedCommand,
    TranslatedGroup,
    TranslatedOption,
    choose_language,
    current_language,
    install_language,
    read_options,
    setting_options,
)
from styrgraf.cli.rehearsal import REHEARSAL_COMMANDS
from styrgraf.errors import NonConformingError, ParameterError, StyrgrafError
from styrgraf.governance.publication import (
    ensure_loaded,
    load_dataset,
    load_files,
    open_local_reader,
    validate_files,
    validate_shipped,
)
from styrgraf.graph.queries import bind_parameters, read_query
from styrgraf.graph.reports import ValidationReport
from styrgraf.graph.shipped import read_dataset
from styrgraf.language import N_
from styrgraf.settings import Settings

_FINE, _DOES_NOT_CONFORM, _WRONG = 0, 1, 2


def main() -> NoReturn:
    """Run the command line and exit."""
    install_language(choose_language(sys.argv[1:], os.environ))
    try:
        sys.exit(styrgraf.main(prog_name="styrgraf", standalone_mode=False) or _FINE)
    except StyrgrafError as error:
        _tell(error)
        sys.exit(_DOES_NOT_CONFORM if isinstance(error, NonConformingError) else _WRONG)
    except click.ClickException as error:
        error.show()
        sys.exit(_WRONG)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_FINE)


def _tell(error: StyrgrafError) -> None:
    language = choose_language(sys.argv[1:], os.environ)
    if isinstance(error, NonConformingError) and isinstance(error.report, ValidationReport):
        print_report(error.report, "")
    note(f"styrgraf: {error.describe(language)}")


@click.group(
    cls=TranslatedGroup,
    help=N_("A governance knowledge graph with a query service."),
    examples=("styrgraf serve", "styrgraf query dated-decisions", "styrgraf query --help"),
)
@click.version_option(
    __version__, prog_name="styrgraf", cls=TranslatedOption, help=N_("Show the version and exit.")
)
def styrgraf() -> None:
    """Hold the commands together."""


@styrgraf.command(
    cls=TranslatedCommand,
    help=N_("Serve pages and the SPARQL endpoint; load the shipped data first where needed."),
    examples=("styrgraf serve", "styrgraf serve --port 8080 --data-dir /srv/styrgraf"),
)
@setting_options(*ALL_SETTINGS)
def serve(**options: Any) -> None:
    """Serve until stopped."""
    _prepare_processes()
    # The other commands start faster without Flask.
    from styrgraf.web.serving.processes import serve_in_processes, stop_on_signals
    from styrgraf.web.serving.server import open_listener

    stop_on_signals()
    settings = read_options(options)
    with open_listener(settings) as listener:
        settings = replace(settings, port=listener.getsockname()[1])
        with show_progress() as progress:
            loaded = ensure_loaded(settings, progress)
        tell_start(loaded)
        serve_in_processes(settings, listener, lambda: tell_address(settings))


def _prepare_processes() -> None:
    """Start the process that web processes come from, so that it imports while we do."""
    # These, too, are for this command alone.
    import multiprocessing
    from multiprocessing import forkserver

    multiprocessing.set_forkserver_preload(
        ["styrgraf.web.serving.processes", "uvloop", "pygraphviz"]
    )
    forkserver.ensure_running()


@styrgraf.command(
    cls=TranslatedCommand,
    help=N_("Load files as a new version, all or nothing; without files, the shipped data anew."),
    examples=(
        "styrgraf load",
        "styrgraf load decisions.ttl --graph source/own",
        "styrgraf load everything.trig",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--graph",
    cls=TranslatedOption,
    help=N_("Graph for triples outside named graphs: an IRI, or a name such as source/own."),
)
@setting_options(*STORE_SETTINGS, "lock_seconds")
def load(files: tuple[Path, ...], graph: str | None, **options: Any) -> None:
    """Load and tell the version."""
    settings = read_options(options)
    with show_progress() as progress:
        if files:
            loaded = load_files(settings, files, _name_graph(settings, graph), progress)
        else:
            loaded = load_dataset(settings, progress)
    tell_version(loaded)


@styrgraf.command(
    cls=TranslatedCommand,
    help=N_("Validate files against the shapes; without files, the shipped data."),
    examples=("styrgraf validate", "styrgraf validate decisions.ttl --with-dataset"),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--with-dataset",
    is_flag=True,
    cls=TranslatedOption,
    help=N_("Validate the files together with the shipped data that they may refer to."),
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "turtle"]),
    default="table",
    cls=TranslatedOption,
    help=N_("How the report is written."),
)
@setting_options("dataset")
def validate(files: tuple[Path, ...], with_dataset: bool, shape: str, **options: Any) -> int:
    """Print a report; exit with 1 where the data does not conform."""
    settings = read_options(options)
    with show_progress() as progress:
        if files:
            report = validate_files(settings, files, with_dataset, progress)
        else:
            report = validate_shipped(settings, progress)
    if shape == "turtle":
        write_bytes([report.turtle.encode()])
    else:
        print_report(report, read_dataset(settings).base)
    return _FINE if report.conforms else _DOES_NOT_CONFORM


@styrgraf.command(
    cls=TranslatedCommand,
    help=N_(
        "Answer a stored query by its name, or a SPARQL query from a file (- reads it here); "
        "without either, list the stored queries."
    ),
    examples=(
        "styrgraf query",
        "styrgraf query dated-decisions",
        "styrgraf query support-area-codes -p area=support-area/hr --format csv",
        "styrgraf query my-query.rq --format json",
    ),
)
@click.argument("query", required=False)
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    cls=TranslatedOption,
    help=N_("A parameter of the query; an IRI may be written as type/slug."),
)
@click.option(
    "--format",
    "word",
    cls=TranslatedOption,
    default="table",
    show_default=True,
    help=N_("table, json, csv, tsv or xml; for CONSTRUCT turtle, jsonld and others."),
)
@setting_options(*STORE_SETTINGS, *QUERY_SETTINGS)
def query(query: str | None, parameters: tuple[str, ...], word: str, **options: Any) -> None:
    """Print the answer."""
    settings = read_options(options)
    if query is None:
        print_solutions(list_queries(current_language()), "")
        return
    stored = read_query(query)
    base = read_dataset(settings).base
    values = dict(_split_parameter(parameter) for parameter in parameters)
    if any(parameter.name == "lang" for parameter in stored.params):
        values.setdefault("lang", current_language())
    text = bind_parameters(stored, values, base)
    with open_local_reader(settings) as reader:
        print_answer(reader, text, stored.form, word, base)


@styrgraf.command(
    cls=TranslatedCommand,
    help=N_("Write the whole dataset, or one of its graphs, to a file or the standard output."),
    examples=(
        "styrgraf export -o kth.trig",
        "styrgraf export --graph source/000 --format turtle",
    ),
)
@click.option(
    "--graph", cls=TranslatedOption, help=N_("One graph: an IRI, or a name such as source/000.")
)
@click.option(
    "--format",
    "word",
    cls=TranslatedOption,
    help=N_("trig, nquads, turtle, ntriples, rdfxml or jsonld; else the ending of the file tells."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    cls=TranslatedOption,
    help=N_("The file to write, whole or not at all."),
)
@setting_options(*STORE_SETTINGS)
def export(graph: str | None, word: str | None, output: Path | None, **options: Any) -> None:
    """Write a dump."""
    settings = read_options(options)
    media_type = choose_export_format(word, output, graph).media_type
    with open_local_reader(settings) as reader:
        parts = reader.dump(media_type, _name_graph(settings, graph))
        if output is None:
            write_bytes(parts)
        else:
            write_file(output, parts)


for command in (*AUTHORITY_COMMANDS, *REHEARSAL_COMMANDS):
    styrgraf.add_command(command)


def _name_graph(settings: Settings, graph: str | None) -> str | None:
    if graph is None or ":" in graph:
        return graph
    return read_dataset(settings).graph(graph)


def _split_parameter(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise ParameterError(
            N_("“{parameter}” is not of the form NAME=VALUE."), parameter=parameter
        )
    return name, value
