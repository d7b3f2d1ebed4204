"""How deep a file nests, counted before parsers recurse on it. No IO here.

Measured: nested triple terms end the process by stack overflow, nested JSON takes gigabytes, and
nested RDF/XML takes quadratic time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from styrgraf.formats import JSON_LD, RDF_XML, Format

_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_JSON_BRACKET = re.compile(rb"[\[{\]}]")
_TURTLE_TEXT = re.compile(
    rb"""<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n\r]*"""
    rb'''|\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|"(?:[^"\\\n\r]|\\.)*"'''
    rb"""|\'\'\'(?:\'{0,2}(?:[^'\\]|\\.))*\'\'\'|'(?:[^'\\\n\r]|\\.)*'""",
    re.DOTALL,
)
_TURTLE_TRIPLE = re.compile(rb"<<|>>")


def nests_deeper(content: bytes, written_as: Format, limit: int) -> bool:
    """Tell whether a file nests deeper than `limit` in a way that its parser recurses on."""
    if written_as is RDF_XML:
        return _xml_nests_deeper(content, limit)
    if written_as is JSON_LD:
        brackets = _JSON_BRACKET.findall(_JSON_STRING.sub(b"", content))
        return _exceeds((1 if bracket in b"[{" else -1 for bracket in brackets), limit)
    if content.count(b"<<") <= limit:
        return False
    brackets = _TURTLE_TRIPLE.findall(_TURTLE_TEXT.sub(b" ", content))
    return _exceeds((1 if bracket == b"<<" else -1 for bracket in brackets), limit)


def _exceeds(steps: Iterable[int], limit: int) -> bool:
    depth = 0
    for step in steps:
        depth += step
        if depth > limit:
            return True
    return False


class _TooDeepError(Exception):
    """Ends the counting."""


def _xml_nests_deeper(content: bytes, limit: int) -> bool:
    depth = 0

    def enter(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limit:
            raise _TooDeepError

    def leave(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(content, True)
    except _TooDeepError:
        return True
    except (expat.ExpatError, ValueError, LookupError):
        return False  # what is wrong with it is for the RDF parser to say
    return False
