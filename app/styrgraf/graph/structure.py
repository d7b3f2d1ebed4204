"""How long the chains of a query are, counted before an engine recurses on them. No IO here.

Measured on a stack of 8 MB: the engine's process dies of some 2,500 BINDs, projections or
described things, and of 6,000 terms of a sum or branches of a UNION.
"""

from __future__ import annotations

from collections.abc import Iterator

from styrgraf.errors import QuerySyntaxError
from styrgraf.graph.tokens import Token, locate
from styrgraf.language import N_

MAX_PARTS = 2_000
"""Links of chains: a triple pattern counts 3, a BIND 2, a group and a `+` 1."""

_TERMS = frozenset(("iri", "prefixed", "variable", "blank", "number", "string", "language"))
_LINKS = frozenset(".;{|&/+-*")
_LINKING_WORDS = frozenset(("bind", "filter", "as"))


def check_parts(text: str, tokens: list[Token]) -> None:
    """Raise QuerySyntaxError where chains have more than MAX_PARTS links in all."""
    if len(tokens) <= MAX_PARTS:
        return
    for parts, token in enumerate(_list_links(tokens), start=1):
        if parts > MAX_PARTS:
            line, column = locate(text, token.start)
            raise QuerySyntaxError(
                N_(
                    "The query has more than {limit} parts at line {line}, column {column}; "
                    "ask in several queries, or list values with VALUES."
                ),
                limit=MAX_PARTS,
                line=line,
                column=column,
                reason="parts",
            )


def _list_links(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens that make a chain one longer; lists of values and arguments are none."""
    brackets: list[str] = []
    values = 0  # depth at which VALUES stood, plus one
    preceding = ""
    for token in tokens:
        kind, sign = token.kind, token.text
        if kind == "word" and sign.lower() == "values":
            values = values or len(brackets) + 1
            yield token
        if kind == "punctuation" and sign in "([{":
            brackets.append(sign)
            if sign == "(" and len(brackets) == 1:
                yield token
        elif kind == "punctuation" and sign in ")]}" and brackets:
            brackets.pop()
            if len(brackets) < values and sign == "}":
                values = 0
        if not values and _is_link(token, preceding, in_list=brackets[-1:] == ["("]):
            yield token
        preceding = kind


def _is_link(token: Token, preceding: str, in_list: bool) -> bool:
    if token.kind in _TERMS:
        return preceding in _TERMS
    if token.kind == "word":
        return token.text.lower() in _LINKING_WORDS
    return token.text in _LINKS or (token.text == "," and not in_list)
