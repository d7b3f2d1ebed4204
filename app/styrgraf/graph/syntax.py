"""Why a query does not parse, where its tokens tell more than the engine does. No IO here."""

from __future__ import annotations

from collections.abc import Iterator

from styrgraf.errors import QuerySyntaxError
from styrgraf.graph.tokens import Token, locate, tokenize_meaning
from styrgraf.language import N_


def find_fault(text: str) -> QuerySyntaxError | None:
    """Return what is wrong with a text that does not parse: a prefix or a quotation."""
    tokens = list(tokenize_meaning(text))
    for message, token in (*_find_undeclared(tokens), *_find_unclosed_text(tokens)):
        line, column = locate(text, token.start)
        part = token.text[:40]
        return QuerySyntaxError(message, line=line, column=column, part=part, reason="")
    return None


def _find_undeclared(tokens: list[Token]) -> Iterator[tuple[str, Token]]:
    declared: set[str] = set()
    before = ""
    for token in tokens:
        if token.kind == "prefixed":
            prefix = token.text.partition(":")[0]
            if before == "prefix":
                declared.add(prefix)
            elif prefix not in declared:
                yield (
                    N_(
                        "The query does not parse: at line {line}, column {column}, the prefix of "
                        "{part} is not declared with PREFIX."
                    ),
                    token,
                )
        before = token.text.lower()


def _find_unclosed_text(tokens: list[Token]) -> Iterator[tuple[str, Token]]:
    for token in tokens:
        if token.kind == "unclosed":
            message = N_(
                "The query does not parse: the text that begins at line {line}, column {column}, "
                "is not closed."
            )
            yield message, token
