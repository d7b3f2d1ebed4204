"""What is asked of a query text before it reaches an engine. No IO here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from styrgraf.errors import OutgoingRequestError, QuerySyntaxError, ReadOnlyError
from styrgraf.formats import QUERY_FORMS
from styrgraf.graph.tokens import (
    Token,
    decode_codepoints,
    locate,
    may_be_misread,
    tokenize_meaning,
)
from styrgraf.language import N_

MAX_CHARACTERS = 1_000_000
MAX_NESTING = 128
"""Engines recurse on nesting: ours dies of some 1,000 braces on a stack of 8 MB."""

_UPDATE_WORDS = frozenset(
    "insert delete load clear create drop copy move add with".split()  # noqa: SIM905
)
_OUTGOING = N_("SERVICE would send a request to another server, which this service does not do.")


def inspect_query(text: str) -> str:
    """Return the query form (select, ask, construct, describe) of a text that may be evaluated.

    Raises QuerySyntaxError for nesting and size, OutgoingRequestError for SERVICE and LOAD,
    ReadOnlyError for an update. Whether the text parses is for the engine to say.
    """
    check_text(text)
    tokens = list(tokenize_meaning(text))
    check_nesting(text, tokens)
    form = _read_form(tokens)
    check_outgoing(text, tokens)
    return form


def read_query_form(text: str) -> str:
    """Return the query form of a text: select, ask, construct or describe.

    Raises ReadOnlyError for an update and QuerySyntaxError where no form is found.
    """
    check_text(text)
    return _read_form(tokenize_meaning(text))


def _read_form(tokens: Iterator[Token] | list[Token]) -> str:
    for word in (token.text.lower() for token in tokens if token.kind == "word"):
        if word in QUERY_FORMS:
            return word
        if word == "load":
            raise OutgoingRequestError(
                N_("LOAD would fetch a file from the network; load files with `styrgraf load`.")
            )
        if word in _UPDATE_WORDS:
            raise ReadOnlyError(
                N_("This is an update ({word}); only queries are answered here."),
                word=word.upper(),
            )
    raise QuerySyntaxError(
        N_(
            "The query cannot be understood at line {line}, column {column}: "
            "it has none of SELECT, ASK, CONSTRUCT and DESCRIBE."
        ),
        line=1,
        column=1,
        reason="",
    )


def check_text(text: str) -> None:
    """Raise QuerySyntaxError for a text that is too long, or that holds half characters."""
    if len(text) > MAX_CHARACTERS:
        raise QuerySyntaxError(
            N_("The query has {size} characters; at most {limit} are taken."),
            size=len(text),
            limit=MAX_CHARACTERS,
            line=1,
            column=1,
            reason="",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line, column = locate(text, error.start)
        raise QuerySyntaxError(
            N_("The query has something that is no character at line {line}, column {column}."),
            line=line,
            column=column,
            reason="",
        ) from None


def check_nesting(text: str, tokens: list[Token]) -> None:
    """Raise QuerySyntaxError where brackets, or a row of `!`, nest deeper than MAX_NESTING."""
    depth = negations = 0
    for token in tokens:
        negations = negations + 1 if token.text == "!" else 0
        if token.kind == "punctuation":
            depth += token.text in "([{"
            depth -= token.text in ")]}"
        if depth + negations > MAX_NESTING:
            line, column = locate(text, token.start)
            raise QuerySyntaxError(
                N_("The query nests deeper than {limit} levels at line {line}, column {column}."),
                limit=MAX_NESTING,
                line=line,
                column=column,
                reason="nesting",
            )


def check_outgoing(text: str, tokens: list[Token]) -> None:
    """Raise OutgoingRequestError where SERVICE is called: plainly, by escapes, or in disguise."""
    decoded = decode_codepoints(text)
    if "service" not in decoded.lower():
        return
    readings = {text: tokens}
    if decoded != text:
        readings[decoded] = list(tokenize_meaning(decoded))
    for reading, found in readings.items():
        if _calls_service(found) or may_be_misread(reading, found):
            raise OutgoingRequestError(_OUTGOING)


def _calls_service(tokens: list[Token]) -> bool:
    # Bare words are keywords, so any that holds SERVICE is refused (`trueSERVICE<..>` parses).
    # `SERVICE:x {` is a call to `:x`, unless it is the graph of `GRAPH service:x {`.
    for index, token in enumerate(tokens):
        if token.kind == "word" and "service" in token.text.lower():
            return True
        if token.kind == "prefixed" and "service" in token.text.partition(":")[0].lower():
            following = [follower.text for follower in islice(tokens, index + 1, index + 3)]
            preceding = tokens[index - 1].text.lower() if index else ""
            if "{" in following and preceding != "graph":
                return True
    return False
