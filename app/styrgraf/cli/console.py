"""How the command line shows things: tables, reports, progress, files."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from styrgraf.cli.framework import current_language, say
from styrgraf.errors import UsageError
from styrgraf.graph.reports import Severity, ValidationReport, ValidationResult
from styrgraf.language import N_
from styrgraf.model import Iri, Literal, Solutions, Term
from styrgraf.namespaces import ID_PATH, XSD, compact_iri

_LOADING_STEPS = 4
_WIDE = 100_000
_SEVERITY_WORDS = {
    Severity.VIOLATION: N_("Violation"),
    Severity.WARNING: N_("Warning"),
    Severity.INFO: N_("Note"),
}
_SEVERITY_STYLES = {Severity.VIOLATION: "bold red", Severity.WARNING: "yellow"}


def note(text: str) -> None:
    """Tell something beside the answer, on the error stream."""
    print(text, file=sys.stderr, flush=True)


def write_bytes(parts: Iterable[bytes]) -> None:
    """Write an answer to the standard output."""
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file that is there whole or not at all."""
    try:
        _write_whole(path, parts)
    except OSError as error:
        raise UsageError(
            N_("The file {file} cannot be written: {reason}."), file=path, reason=error.strerror
        ) from error


def _write_whole(path: Path, parts: Iterable[bytes]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def print_solutions(solutions: Solutions, base: str) -> None:
    """Print solutions as a table."""
    table = Table(show_lines=False)
    for variable in solutions.variables:
        table.add_column(Text(variable), overflow="fold")
    for row in solutions.rows:
        cells = (row.get(variable) for variable in solutions.variables)
        table.add_row(*(Text(_show_term(term, base)) for term in cells))
    open_console().print(table)


def print_boolean(value: bool) -> None:
    """Print the answer to an ASK."""
    print(say(N_("yes")) if value else say(N_("no")))


def print_report(report: ValidationReport, base: str) -> None:
    """Print a validation report, the heaviest findings first, and end with the verdict."""
    console = open_console()
    for result in report.results:
        console.print(_show_result(result, base))
    facts = {
        "violations": report.count(Severity.VIOLATION),
        "warnings": report.count(Severity.WARNING),
    }
    if report.conforms:
        print(say(N_("The data conforms to the shapes (warnings: {warnings})."), **facts))
    else:
        message = N_("The data breaks the shapes (violations: {violations}, warnings: {warnings}).")
        print(say(message, **facts))


def _show_result(result: ValidationResult, base: str) -> Text:
    line = Text()
    line.append(say(_SEVERITY_WORDS[result.severity]), _SEVERITY_STYLES.get(result.severity, ""))
    line.append(f" {_shorten(result.focus_node, base)}")
    if result.path:
        line.append(f" {_shorten(result.path, base)}")
    if result.value:
        line.append(f" = {_shorten(result.value, base)}")
    line.append(f"\n    {result.message(current_language())}")
    return line


def _shorten(iri: str, base: str) -> str:
    """Return an IRI as it may be given to a query: `type/slug`, a prefixed name, or whole."""
    things = base + ID_PATH
    return iri.removeprefix(things) if base and iri.startswith(things) else compact_iri(iri)


def _show_term(term: Term | None, base: str) -> str:
    if term is None:
        return ""
    if isinstance(term, Iri):
        return _shorten(term.value, base)
    if isinstance(term, Literal) and term.datatype == XSD + "boolean":
        return say(N_("yes")) if term.value == "true" else say(N_("no"))
    return term.value


def open_console() -> Console:
    """Return the console of the standard output."""
    # Cut at the width of a terminal only where there is one: pipes get whole lines.
    return Console(
        width=None if sys.stdout.isatty() else _WIDE, soft_wrap=False, highlight=False, emoji=False
    )


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """Show the steps of a load on the error stream, where that is a terminal."""
    # What only answers starts faster without the bar.
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=_LOADING_STEPS, completed=-1)

        def begin(step: str) -> None:
            bar.update(task, advance=1, description=say(step))

        yield begin
