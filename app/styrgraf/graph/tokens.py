"""SPARQL 1.1 as tokens (section 19.8), enough to bind, to look for keywords and to count nesting.

No parsing: a text that is not SPARQL gives tokens as well. No IO here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ESCAPED_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

# An IRI without `://` must not hold `)`: in `FILTER(?a<?b)SERVICE$s#>` the engine reads a
# comparison, and what looks like an IRI would hide a keyword. Prefixes have a longest length,
# or `a.a.a.` would be looked through anew from each letter; a string that nothing closes is one
# token, or the rest would be looked through anew from each quote. Runs are taken without a way
# back, or one long name would hold up all threads while it is read. Signs that begin nothing else
# come first.
_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<punctuation>[{}()\[\];,|/*+=!&^\-]|\.(?!\d)|<(?=[<\s"{}|^`]))
  | (?P<comment>\#[^\n\r]*)
  | (?P<iri><(?:[A-Za-z][A-Za-z0-9+.\-]*://[^\x00-\x20<>"{}|^`]*|[^\x00-\x20<>"{}|^`)]*)>)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]++|\\.))*+\"\"\"
      |'''(?:'{0,2}(?:[^'\\]++|\\.))*+'''
      |\"(?!\"\")(?:[^"\\\n\r]++|\\.)*+\"
      |'(?!'')(?:[^'\\\n\r]++|\\.)*+')
  | (?P<unclosed>\"\"\"(?:\"{0,2}(?:[^"\\]++|\\.))*+|\"(?:[^"\\\n\r]++|\\.)*+
      |'''(?:'{0,2}(?:[^'\\]++|\\.))*+|'(?:[^'\\\n\r]++|\\.)*+)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:\w(?:[\w\-]++|\.++(?=[\w\-]))*+)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<prefixed>(?:[^\W\d_][\w.\-]{0,61}+(?<!\.))?:
      (?:(?:[\w:%]|\\.)(?:[\w:%\-]++|\\.|\.++(?=[\w:%\-]|\\.))*+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_BRACKETED = re.compile(r'<([^\x00-\x20<>"{}|^`]*)>')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


class Token(NamedTuple):
    """A piece of SPARQL: kind (a group name of the grammar above), text, offset of its start."""

    kind: str
    text: str
    start: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`; joined, they are `text` again."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None or kind == "other":
            kind = "punctuation"
        yield Token(kind, match.group(), match.start())


def tokenize_meaning(text: str) -> Iterator[Token]:
    """Yield the tokens that carry meaning: neither white space nor comments."""
    return (token for token in tokenize(text) if token.kind not in {"space", "comment"})


def may_be_misread(text: str, tokens: Iterable[Token]) -> bool:
    r"""Tell whether an engine may see other tokens: `<a)'>` and `a:\'` hold quotes, not strings."""
    if any(token.kind == "unclosed" or token.text == "\\" for token in tokens):
        return True
    found = (match.group(1) for match in _BRACKETED.finditer(text))
    return any(")" in inside and not _SCHEME.match(inside) for inside in found)


def decode_codepoints(text: str) -> str:
    r"""Replace the escapes `\uXXXX` and `\UXXXXXXXX` (SPARQL 1.1, section 19.2)."""

    def decode(match: re.Match[str]) -> str:
        point = int(match.group(1) or match.group(2), 16)
        return chr(point) if point <= 0x10FFFF else match.group()

    return _ESCAPED_CODEPOINT.sub(decode, text)


def locate(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, of an offset in `text`."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset)
