"""What is asked of a query text before it reaches an engine. No IO here.

Engines recurse on what nests and on chains; both are counted in the tokens, so that the sender is
told. Ours dies of some 1,000 braces on a stack of 8 MB.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from styrgraf.errors import BusyError, OutgoingRequestError, QuerySyntaxError, ReadOnlyError
from styrgraf.formats import QUERY_FORMS
from styrgraf.graph.structure import MAX_PARTS, check_parts
from styrgraf.graph.tokens import (
    Token,
    decode_codepoints,
    locate,
    may_be_misread,
    tokenize_meaning,
)
from styrgraf.language import N_

MAX_CHARACTERS = 200_000
MAX_NESTING = 128
MAX_TOKENS = 100_000

_UPDATE_WORDS = frozenset(
    "insert delete load clear create drop copy move add with".split()  # noqa: SIM905
)
_OUTGOING = N_("SERVICE would send a request to another server, which this service does not do.")
_CHANGING = ("now", "rand", "uuid", "bnode")
"""Functions that answer differently each time (SPARQL 1.1, section 17.4); STRUUID is one."""

_MOST_KEPT = 20_000
_PLAIN_CHARACTERS = 2 * MAX_PARTS
_REMARKABLE = ("service", "now", "rand", "uuid", "bnode", "from", "\\u")
_PLAIN_START = re.compile(
    r"""(?:\s++ | \#[^\n\r]*+(?=[\n\r])
        | prefix\s++(?:[a-z][a-z0-9]*+)?:\s*+<[^\x00-\x20<>"{}|^`)\\]*+>
        | base\s++<[^\x00-\x20<>"{}|^`)\\]*+> )*+
    (select|ask|construct|describe)(?=[\s{*(?$<])""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
"""Prologue and form as nearly every query writes them; what it does not match is tokenised."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the tokens of a query tell: its form (select, ask, construct, describe), and more.

    `services` are what each SERVICE calls, as written. `changing` are words that call functions
    which answer differently each time. `default_graphs` and `named_graphs` are what FROM and
    FROM NAMED name, as written.
    """

    form: str
    services: tuple[Token, ...] = ()
    changing: tuple[str, ...] = ()
    default_graphs: tuple[Token, ...] = ()
    named_graphs: tuple[Token, ...] = ()

    @property
    def is_repeatable(self) -> bool:
        """Tell whether the same query on the same version has the same answer."""
        return not self.changing and not self.services


def read_query(text: str) -> Inspection:
    """Return what a query text asks that may be evaluated, if SERVICE is allowed where it stands.

    Raises QuerySyntaxError for nesting and size, OutgoingRequestError for LOAD and for SERVICE in
    disguise, ReadOnlyError for an update. Whether the text parses is for the engine to say.
    """
    if len(text) <= _MOST_KEPT:
        return _read_kept(text)
    if not _one_at_a_time.acquire(timeout=_WAIT_SECONDS):
        raise BusyError(
            N_("Other long queries are being read; try again in a moment."), retry=_WAIT_SECONDS
        )
    try:
        return _read(text)
    finally:
        _one_at_a_time.release()


def inspect_query(text: str) -> str:
    """Return the query form of a text that may be evaluated; SERVICE is refused as well."""
    found = read_query(text)
    if found.services:
        raise OutgoingRequestError(_OUTGOING)
    return found.form


def read_query_form(text: str) -> str:
    """Return the query form of a text: select, ask, construct or describe.

    Raises ReadOnlyError for an update and QuerySyntaxError where no form is found.
    """
    check_text(text)
    return _read_form(tokenize_meaning(text))


def _read(text: str) -> Inspection:
    check_text(text)
    if _is_plain(text):
        found = _PLAIN_START.match(text)
        form = found[1].lower() if found else _read_form(tokenize_meaning(text))
        return Inspection(form)
    tokens = list(islice(tokenize_meaning(text), MAX_TOKENS + 1))
    check_nesting(text, tokens)
    form = _read_form(tokens)
    services = _read_services(text, tokens)
    check_parts(text, tokens)
    _check_count(text, tokens)
    words = [token.text.lower() for token in tokens if token.kind == "word"]
    changing = tuple(word for word in words if any(name in word for name in _CHANGING))
    return Inspection(form, services, changing, *_list_clauses(tokens))


_read_kept = lru_cache(maxsize=512)(_read)
_one_at_a_time = threading.Lock()
"""Long texts take their time, in which no other thread of this process gets on."""
_WAIT_SECONDS = 2


def _is_plain(text: str) -> bool:
    """Tell at a glance, of nearly every query, that its form is all there is to read."""
    lowered = text.lower()
    return (
        len(text) <= _PLAIN_CHARACTERS
        and not any(word in lowered for word in _REMARKABLE)
        and sum(map(text.count, "([{!")) <= MAX_NESTING
    )


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


def _check_count(text: str, tokens: list[Token]) -> None:
    if len(tokens) > MAX_TOKENS:
        line, column = locate(text, tokens[-1].start)
        raise QuerySyntaxError(
            N_("The query has more than {limit} words and signs at line {line}, column {column}."),
            limit=MAX_TOKENS,
            line=line,
            column=column,
            reason="size",
        )


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
    """Raise OutgoingRequestError where SERVICE is called, in whatever way."""
    if _read_services(text, tokens):
        raise OutgoingRequestError(_OUTGOING)


def _read_services(text: str, tokens: list[Token]) -> tuple[Token, ...]:
    """Return what each SERVICE calls. Raises where one is called by escapes or in disguise."""
    decoded = decode_codepoints(text)
    if "service" not in decoded.lower():
        return ()
    found = tuple(_list_services(tokens))
    readings = {text: tokens}
    if decoded != text:
        readings[decoded] = list(tokenize_meaning(decoded))
    for reading, seen in readings.items():
        if len(tuple(_list_services(seen))) != len(found) or may_be_misread(reading, seen):
            raise OutgoingRequestError(_OUTGOING)
    return found


def _list_services(tokens: list[Token]) -> Iterator[Token]:
    # Bare words are keywords, so any that holds SERVICE is a call (`trueSERVICE<..>` parses).
    # `SERVICE:x {` is a call to `:x`, unless it is the graph of `GRAPH service:x {`.
    for index, token in enumerate(tokens):
        if token.kind == "word" and "service" in token.text.lower():
            yield _find_called(tokens, index)
        if token.kind == "prefixed" and "service" in token.text.partition(":")[0].lower():
            following = [follower.text for follower in islice(tokens, index + 1, index + 3)]
            preceding = tokens[index - 1].text.lower() if index else ""
            if "{" in following and preceding != "graph":
                raise OutgoingRequestError(_OUTGOING)


def _find_called(tokens: list[Token], index: int) -> Token:
    """Return what the SERVICE at `index` calls. Raises where it is not written plainly."""
    after = tokens[index + 1 : index + 3]
    if after and after[0].text.lower() == "silent":
        after = after[1:]
    plain = tokens[index].text.lower() == "service"
    if not plain or not after or after[0].kind not in {"iri", "prefixed", "variable"}:
        raise OutgoingRequestError(_OUTGOING)
    return after[0]


def _list_clauses(tokens: list[Token]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    """Return what FROM and what FROM NAMED name. The two words need no space between them."""
    default: list[Token] = []
    named: list[Token] = []
    for index, token in enumerate(tokens):
        word = token.text.lower() if token.kind == "word" else ""
        if word not in {"from", "fromnamed"}:
            continue
        after = tokens[index + 1 : index + 3]
        if word == "from" and after and after[0].text.lower() == "named":
            word, after = "fromnamed", after[1:]
        if after and after[0].kind in {"iri", "prefixed"}:
            (default if word == "from" else named).append(after[0])
    return tuple(default), tuple(named)
