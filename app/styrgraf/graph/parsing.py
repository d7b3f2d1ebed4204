"""RDF files at the door: parsed, checked, freed from blank nodes; nothing is written here."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from styrgraf.errors import SyntaxInFileError, UnacceptableDataError
from styrgraf.formats import RDF_FORMATS, RDF_XML, Format, find_file_format
from styrgraf.graph.literals import tell_fault
from styrgraf.graph.nesting import nests_deeper
from styrgraf.graph.serialization import engine_format
from styrgraf.language import N_, Phrase

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_LITERAL_BYTES = 1_000_000
MAX_NESTING = 64
GENID_PATH = ".well-known/genid/"
_PARSER_ERROR = re.compile(r"Parser error (?:at|between) line \d+ .*?: (.*)", re.DOTALL)
_DOCTYPE = re.compile(rb"<!DOCTYPE|<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something to be parsed: the name it is told by, and the graph of its bare triples."""

    name: str
    graph: str | None


@dataclass(frozen=True, slots=True)
class IncomingFile(Incoming):
    """A file to be parsed."""

    path: Path


def parse_file(file: IncomingFile, base: str) -> list[ox.Quad]:
    """Return the quads of a file; blank nodes become IRIs under `<base>.well-known/genid/`.

    The same content gives the same IRIs. Raises SyntaxInFileError and UnacceptableDataError.
    """
    wanted = find_file_format(file.path)
    if wanted is None:
        raise UnacceptableDataError(
            N_("The file {file} has none of the endings {endings}."),
            file=file.name,
            endings=", ".join(ending for known in RDF_FORMATS for ending in known.endings),
        )
    return parse_content(_read_content(file), wanted, file, base)


def parse_content(
    content: bytes, written_as: Format, incoming: Incoming, base: str
) -> list[ox.Quad]:
    """Return the quads of RDF at hand, as `parse_file` does."""
    check_content(content, written_as, incoming)
    return accept_quads(_parse(content, written_as, incoming), content, incoming, base)


def accept_quads(
    quads: Iterable[ox.Quad], content: bytes, incoming: Incoming, base: str
) -> list[ox.Quad]:
    """Return parsed quads as the store takes them: checked, and without blank nodes."""
    naming = _NodeNaming(f"{base}{GENID_PATH}{hashlib.sha256(content).hexdigest()[:16]}-")
    return [_accept_quad(quad, incoming, naming) for quad in quads]


def _read_content(file: IncomingFile) -> bytes:
    try:
        if file.path.stat().st_size > MAX_FILE_BYTES:
            raise UnacceptableDataError(
                N_("The file {file} is larger than {limit} MB; split it."),
                file=file.name,
                limit=MAX_FILE_BYTES // 1024**2,
            )
        return file.path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise UnacceptableDataError(
            N_("The file {file} cannot be read: {reason}."),
            file=file.name,
            reason=error.strerror,
        ) from error


class _Lines(io.BytesIO):
    """Content that is read line by line: the parser of RDF/XML tells no line, so this counts."""

    told = 0

    def read(self, size: int | None = -1) -> bytes:
        part = self.readline(size)
        self.told += part.endswith(b"\n")
        return part


def _parse(content: bytes, wanted: Format, file: Incoming) -> Iterator[ox.Quad]:
    lines = _Lines(content)
    source = lines if wanted is RDF_XML else content
    try:
        yield from ox.parse(source, format=engine_format(wanted))
    except SyntaxError as error:
        found = _PARSER_ERROR.match(error.msg)
        line = error.lineno or max(lines.told, 1)
        raise syntax_error(file.name, line, found[1] if found else error.msg) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise syntax_error(file.name, 1, str(error)) from error


def syntax_error(name: str, line: int, reason: str) -> SyntaxInFileError:
    """Return the error that tells where something does not parse, and why."""
    return SyntaxInFileError(
        N_("The file {file} does not parse at line {line}: {reason}. Nothing was loaded."),
        file=name,
        line=line,
        reason=reason if isinstance(reason, Phrase) else reason.strip().rstrip("."),
    )


def check_content(content: bytes, wanted: Format, file: Incoming) -> None:
    """Raise a DataError for content that a parser of this format would not survive."""
    # Entities of a DOCTYPE and deeply nested JSON take the process down inside the parsers.
    if wanted is RDF_XML and (match := _DOCTYPE.search(content)):
        line = content.count(b"\n", 0, match.start()) + 1
        raise syntax_error(file.name, line, Phrase(N_("DOCTYPE is not taken")))
    if nests_deeper(content, wanted, MAX_NESTING):
        raise UnacceptableDataError(
            N_("The file {file} nests deeper than {limit} levels."),
            file=file.name,
            limit=MAX_NESTING,
        )


class _NodeNaming:
    """Names blank nodes by the order in which a file shows them."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._names: dict[str, ox.NamedNode] = {}

    def name(self, node: ox.BlankNode) -> ox.NamedNode:
        known = self._names.get(node.value)
        if known is None:
            known = ox.NamedNode(f"{self._prefix}{len(self._names) + 1}")
            self._names[node.value] = known
        return known


def _accept_quad(quad: ox.Quad, file: Incoming, naming: _NodeNaming) -> ox.Quad:
    subject, predicate, value = quad.subject, quad.predicate, quad.object
    if isinstance(subject, ox.BlankNode):
        subject = naming.name(subject)
    if isinstance(value, ox.BlankNode):
        value = naming.name(value)
    elif isinstance(value, ox.Literal):
        _check_literal(value, quad, file)
    elif isinstance(value, ox.Triple):
        raise UnacceptableDataError(
            N_("The file {file} has a triple as the value of {subject} {predicate}."),
            **_tell_place(quad, file),
        )
    return ox.Quad(subject, predicate, value, _accept_graph(quad, file, naming))


def _accept_graph(quad: ox.Quad, file: Incoming, naming: _NodeNaming) -> ox.NamedNode:
    if isinstance(quad.graph_name, ox.NamedNode):
        return quad.graph_name
    if isinstance(quad.graph_name, ox.BlankNode):
        return naming.name(quad.graph_name)
    if file.graph is None:
        raise UnacceptableDataError(
            N_("The file {file} has triples outside a named graph; name one with --graph."),
            file=file.name,
        )
    return ox.NamedNode(file.graph)


def _check_literal(value: ox.Literal, quad: ox.Quad, file: Incoming) -> None:
    if len(value.value) * 4 > MAX_LITERAL_BYTES and len(value.value.encode()) > MAX_LITERAL_BYTES:
        raise UnacceptableDataError(
            N_(
                "The file {file} has a value of more than {limit} bytes at {subject} {predicate}; "
                "keep long texts in documents and point to them."
            ),
            limit=MAX_LITERAL_BYTES,
            **_tell_place(quad, file),
        )
    fault = tell_fault(value.value, value.datatype.value)
    if fault:
        raise UnacceptableDataError(
            N_("The file {file} has “{value}” as {kind} at {subject} {predicate}: {fault}."),
            value=value.value[:80],
            kind=value.datatype.value.rpartition("#")[2],
            fault=fault,
            **_tell_place(quad, file),
        )


def _tell_place(quad: ox.Quad, file: Incoming) -> dict[str, str]:
    return {"file": file.name, "subject": str(quad.subject), "predicate": str(quad.predicate)}
