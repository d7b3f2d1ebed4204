"""What is asked of an update text: every operation names the graphs it writes to. No IO here."""

from __future__ import annotations

from itertools import pairwise

from styrgraf.errors import OutgoingRequestError, ReadOnlyError
from styrgraf.graph.inspection import check_nesting, check_outgoing, check_text
from styrgraf.graph.tokens import Token, tokenize_meaning
from styrgraf.language import N_

_WHOLE_STORE = frozenset({"default", "all", "named"})
_GRAPH_MANAGEMENT = frozenset({"clear", "drop", "create", "copy", "move", "add"})
_PROLOGUE = frozenset({"prefix", "base"})
_HALT = "DROP GRAPH <missing:> ; "
_UNNAMED = N_("The update writes to the unnamed graph; name a graph with GRAPH or WITH.")


def inspect_update(text: str, *, unnamed: bool = False) -> None:
    """Raise ReadOnlyError for a write without a named graph, OutgoingRequestError for LOAD.

    `unnamed`: the unnamed graph may be written to, being a graph like any other.
    """
    check_text(text)
    tokens = list(tokenize_meaning(text))
    check_nesting(text, tokens)
    check_outgoing(text, tokens)
    for operation in _split_operations(tokens):
        _inspect_operation(operation, unnamed)


def halt_update(text: str) -> tuple[str, int, int]:
    """Return an update of the same syntax that carries out nothing: its first operation fails.

    It drops a graph that an empty store does not hold, before all that `text` would do. With it
    come the offset and the length of what was put in.
    """
    words = (token for token in tokenize_meaning(text) if token.kind == "word")
    start = next((token.start for token in words if token.text.lower() not in _PROLOGUE), 0)
    return text[:start] + _HALT + text[start:], start, len(_HALT)


def _split_operations(tokens: list[Token]) -> list[list[Token]]:
    operations: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind == "punctuation":
            depth += (token.text in "{([") - (token.text in "})]")
        if token.text == ";" and depth == 0:
            operations.append([])
        else:
            operations[-1].append(token)
    return [operation for operation in operations if operation]


def _inspect_operation(tokens: list[Token], unnamed: bool) -> None:
    words = [token.text.lower() for token in tokens if token.kind == "word"]
    if "load" in words:
        raise OutgoingRequestError(
            N_("LOAD would fetch a file from the network; load files with `styrgraf load`.")
        )
    if unnamed:
        return
    first = next((word for word in words if word not in _PROLOGUE), "")
    if first in _GRAPH_MANAGEMENT:
        if _WHOLE_STORE & set(words):
            raise ReadOnlyError(_UNNAMED)
    elif first != "with" and _writes_unnamed(tokens):
        raise ReadOnlyError(_UNNAMED)


def _writes_unnamed(tokens: list[Token]) -> bool:
    """Tell whether a template of INSERT or DELETE holds a triple outside GRAPH."""
    for index, (token, follower) in enumerate(pairwise(tokens)):
        word = token.text.lower() if token.kind == "word" else ""
        opens = follower.text == "{"
        starts_template = word in {"insert", "delete"} or (
            word in {"data", "where"} and _is_whole_template(tokens, index)
        )
        if opens and starts_template and _holds_bare_triple(tokens[index + 2 :]):
            return True
    return False


def _is_whole_template(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].text.lower() in {"insert", "delete"}


def _holds_bare_triple(tokens: list[Token]) -> bool:
    depth, graph_named = 0, False
    for token in tokens:
        if depth == 0 and token.text == "}":
            return False
        if token.text == "{":
            depth += 1
            graph_named = False
        elif token.text == "}":
            depth -= 1
        elif depth == 0:
            if token.kind == "word" and token.text.lower() == "graph":
                graph_named = True
            elif not graph_named and token.text != ".":
                return True
    return False
