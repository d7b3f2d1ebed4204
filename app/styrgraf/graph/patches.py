"""RDF Patch, the text format of RDF Delta: rows that add and delete triples and quads. No IO here.

    H id <urn:example:1> .        headers stand first
    TX .                          begins a transaction, TC ends it, TA takes it back
    PA "ex" "http://example/" .   prefixes (PA, PD) are for the graph, not for the rows
    A <s> <p> "o" <graph> .       adds; terms are written as in N-Quads
    D <s> <p> "o" <graph> .       deletes
    TC .

A row is a line. What stands outside a transaction counts as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox

from styrgraf.errors import SyntaxInFileError
from styrgraf.graph.parsing import syntax_error
from styrgraf.language import N_, Phrase

_ROW = re.compile(r"([A-Z]+)(?:[ \t]+(.*))?", re.DOTALL)
_END = re.compile(r"\.\s*(?:#.*)?")
_WORD = r'(?:"[^"\\\s]*"|[^\W\d]?[\w.-]*:?)'
_ADD_PREFIX = re.compile(rf'{_WORD}\s+(?:<[^<>"\s]+>|"[^"\\\s]+")\s*{_END.pattern}')
_DELETE_PREFIX = re.compile(rf"{_WORD}\s*{_END.pattern}")
_HEADER = re.compile(r"[\w-]+\s+(.*)", re.DOTALL)
_PARSER_PLACE = re.compile(r"Parser error (?:at|between) line \d+ .*?: (.*)", re.DOTALL)
_MARKS = {"TX", "TC", "TA"}


class Change(NamedTuple):
    """A row of a patch: its line (from 1), whether it adds, and its quad.

    A row of three terms has a quad of the unnamed graph.
    """

    line: int
    adds: bool
    quad: ox.Quad


def parse_patch(content: bytes, name: str) -> list[Change]:
    """Return the changes of a patch in order. Raises SyntaxInFileError with the line."""
    changes: list[Change] = []
    begun: int | None = None
    for line, code, rest in _split_rows(content, name):
        if code in {"A", "D"}:
            changes.append(Change(line, code == "A", _parse_quad(rest, line, name)))
        elif code == "TX":
            if begun is not None:
                raise _fault(name, line, N_("a transaction has begun already"))
            begun = len(changes)
        elif code in _MARKS:
            if begun is None:
                raise _fault(name, line, N_("no transaction has begun"))
            if code == "TA":
                del changes[begun:]
            begun = None
    if begun is not None:
        raise _fault(name, content.count(b"\n") + 1, N_("the transaction has no end"))
    return changes


def _split_rows(content: bytes, name: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, code and the rest of each row; those that change nothing are checked only."""
    headers_may_come = True
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            text = line.decode().strip()
        except UnicodeDecodeError as error:
            raise _fault(name, number, N_("this is not UTF-8")) from error
        if not text or text.startswith("#"):
            continue
        row = _ROW.fullmatch(text)
        if row is None:
            raise _fault(name, number, N_("a row begins with a code such as A or D"))
        code, rest = row[1], row[2] or ""
        _check_row(code, rest, headers_may_come, number, name)
        headers_may_come = code == "H"
        yield number, code, rest


def _check_row(code: str, rest: str, headers_may_come: bool, line: int, name: str) -> None:
    if code in _MARKS and not _END.fullmatch(rest):
        raise _fault(name, line, N_("nothing but a full stop stands after TX, TC and TA"))
    if code == "H":
        header = _HEADER.fullmatch(rest)
        if not headers_may_come or header is None:
            raise _fault(name, line, N_("headers stand first, each with a word and a term"))
        _parse_quad(f"<urn:x:h> <urn:x:h> {header[1]}", line, name)
    pattern = {"PA": _ADD_PREFIX, "PD": _DELETE_PREFIX}.get(code)
    if pattern is not None and not pattern.fullmatch(rest):
        raise _fault(name, line, N_('a prefix is written as in PA "ex" "http://example/" .'))
    if code not in {"A", "D", "H", "PA", "PD", *_MARKS}:
        raise _fault(name, line, N_("the codes of rows are H, TX, TC, TA, PA, PD, A and D"))


def _parse_quad(text: str, line: int, name: str) -> ox.Quad:
    try:
        quads: list[ox.Quad] = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        found = _PARSER_PLACE.match(error.msg)
        raise syntax_error(name, line, found[1] if found else error.msg) from error
    except ValueError as error:
        raise syntax_error(name, line, str(error)) from error
    if len(quads) != 1:
        raise _fault(name, line, N_("a row has three or four terms and ends with a full stop"))
    return quads[0]


def _fault(name: str, line: int, reason: str) -> SyntaxInFileError:
    return syntax_error(name, line, Phrase(reason))
