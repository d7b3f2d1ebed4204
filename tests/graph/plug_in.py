"""A plug-in as a query process loads it: functions and tasks on one version."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from styrgraf.errors import NonConformingError, SyntaxInFileError, UnknownNameError
from styrgraf.graph.functions import Function, Task
from styrgraf.graph.inference import Compiled, Compiler
from styrgraf.graph.reports import Severity, ValidationReport, ValidationResult
from styrgraf.graph.store import Reader
from styrgraf.language import Phrase
from styrgraf.model import BlankNode, Iri, Literal, Term, Triple
from styrgraf.namespaces import SKOS, XSD
from tests.tiny import BASE

NAME = __name__
FUNCTIONS = "https://example.org/functions#"
COUNT_FILE = "labels.txt"
COUNTED = Iri(f"{BASE}ns#counted")
POST_CLASS = "http://www.w3.org/ns/org#Post"


def count_labels(reader: Reader) -> Compiled:
    """Count the labels of posts, in a triple and in a file."""
    rows = reader.select(
        f"SELECT ?post (COUNT(*) AS ?n) {{ ?post a <{POST_CLASS}> ; <{SKOS}prefLabel> ?l }} "
        "GROUP BY ?post"
    ).rows
    triples = tuple(Triple(row["post"], COUNTED, row["n"]) for row in rows)
    total = sum(int(row["n"].value) for row in rows)
    return Compiled(triples, {COUNT_FILE: str(total).encode()})


COMPILER = Compiler("labels 1", count_labels)


def open_functions(reader: Reader) -> Mapping[str, Function]:
    """Offer functions that show what a function may do."""

    def total(arguments: tuple[Term, ...]) -> Term | None:
        text = reader.open_attachment(COUNT_FILE, reader.version(), Path.read_text)
        return Literal(text, XSD + "integer")

    def same(arguments: tuple[Term, ...]) -> Term | None:
        return arguments[0] if len(arguments) == 1 else None

    def fail(arguments: tuple[Term, ...]) -> Term | None:
        raise ZeroDivisionError("as asked")

    def make(arguments: tuple[Term, ...]) -> Term | None:
        made: dict[str, Term] = {
            "blank": BlankNode("made"),
            "sv": Literal.in_language("på svenska", "sv"),
        }
        return made.get(arguments[0].value)

    functions = {"total": total, "same": same, "fail": fail, "make": make}
    return {FUNCTIONS + name: function for name, function in functions.items()}


def echo(reader: Reader, arguments: Mapping[str, str]) -> bytes:
    """Tell the version and the arguments."""
    return f"{reader.version().number} {sorted(arguments.items())}".encode()


def wait(reader: Reader, arguments: Mapping[str, str]) -> bytes:
    """Take as long as asked."""
    time.sleep(float(arguments["seconds"]))
    return b""


def eat(reader: Reader, arguments: Mapping[str, str]) -> bytes:
    """Take a gigabyte."""
    return bytes(2**30)


def leave(reader: Reader, arguments: Mapping[str, str]) -> bytes:
    """End the process."""
    os._exit(1)


def refuse(reader: Reader, arguments: Mapping[str, str]) -> bytes:
    """Raise the error that is asked for."""
    if arguments["error"] == "name":
        raise UnknownNameError("There is no graph {graph}.", graph="x")
    if arguments["error"] == "syntax":
        raise SyntaxInFileError(
            "The file {file} does not parse at line {line}: {reason}. Nothing was loaded.",
            file="x",
            line=3,
            reason=Phrase("DOCTYPE is not taken"),
        )
    if arguments["error"] == "shape":
        result = ValidationResult(Severity.VIOLATION, "a:b", "", "", {"en": "No."}, "", "")
        report = ValidationReport(False, (result,), "")
        raise NonConformingError("{count} wrong", report, count=1)
    raise ZeroDivisionError("as asked")


def find_task(name: str) -> Task:
    """Return one of the above."""
    tasks = {"echo": echo, "wait": wait, "eat": eat, "leave": leave, "refuse": refuse}
    return tasks[name]
