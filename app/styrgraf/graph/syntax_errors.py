"""What the engine says of a query that it cannot answer, as an error that users understand."""

from __future__ import annotations

import re

from styrgraf.errors import QuerySyntaxError, UnofferedQueryError
from styrgraf.graph.syntax import find_fault
from styrgraf.language import N_

_PARSE_ERROR = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Z][a-zA-Z]+( [\w']+){2,}.*")
_KEYWORD = re.compile(r"[A-Z_]+")
_UNKNOWN_FUNCTION = re.compile(r"custom function <(.*)> is not supported")
_MOST_SIGNS = 8

_VALUE = N_(
    "The query does not parse at line {line}, column {column}; a variable, an IRI, a text or a "
    "number may follow."
)
_NAME = N_(
    "The query does not parse at line {line}, column {column}; a variable or an IRI may follow."
)
_VARIABLE = N_("The query does not parse at line {line}, column {column}; a variable may follow.")
_SIGNS = N_("The query does not parse at line {line}, column {column}; {reason} may follow.")
_REASON = N_("The query does not parse at line {line}, column {column}: {reason}.")
_PLACE = N_("The query does not parse at line {line}, column {column}.")
_FUNCTION = N_(
    "The query calls the function <{function}>, which is not offered here; those that are stand "
    "in the service description."
)

_KINDS = (
    ({'"?"', '"<"', r'"\""'}, _VALUE),
    ({'"?"', '"<"'}, _NAME),
    ({'"?"'}, _VARIABLE),
)
"""Where the engine lists all of these signs, something that begins with them is expected."""


def describe_syntax_error(
    text: str, error: SyntaxError, inserted: tuple[int, int] = (0, 0)
) -> QuerySyntaxError:
    """Return the error that tells line, column and what was expected.

    `inserted`: offset and length of what the engine was given besides `text`, in one line.
    """
    if fault := find_fault(text):
        return fault
    found = _PARSE_ERROR.match(str(error))
    line, column, expected = found.groups() if found else ("1", "1", str(error))
    message, reason = _tell_reason(expected)
    place = _move_back(text, int(line), int(column), inserted)
    return QuerySyntaxError(message, line=int(line), column=place, reason=reason)


def _move_back(text: str, line: int, column: int, inserted: tuple[int, int]) -> int:
    start, length = inserted
    before = text[:start]
    first = start - before.rfind("\n")
    return column - length if line == before.count("\n") + 1 and column > first else column


def describe_unoffered(error: RuntimeError) -> UnofferedQueryError:
    """Return the error that names the function that a query calls in vain."""
    if found := _UNKNOWN_FUNCTION.search(str(error)):
        return UnofferedQueryError(_FUNCTION, function=found[1])
    return UnofferedQueryError(N_("The query cannot be evaluated: {reason}."), reason=error)


def _tell_reason(expected: str) -> tuple[str, str]:
    # Sentences among what the engine lists say more than character classes, and of keywords it
    # names a few by chance.
    plain = [part for part in expected.split(", ") if "[" not in part and "]" not in part]
    signs = [part for part in plain if not _KEYWORD.fullmatch(part)]
    if sentence := next(filter(_SENTENCE.fullmatch, plain), ""):
        return _REASON, sentence
    for kind, message in _KINDS:
        if kind <= set(signs):
            return message, ""
    return (_SIGNS, " ".join(signs[:_MOST_SIGNS])) if signs else (_PLACE, "")
