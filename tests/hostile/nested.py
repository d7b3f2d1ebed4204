"""Texts that nest, or that go on, until a parser gives up."""

from __future__ import annotations

from styrgraf.graph.inspection import MAX_CHARACTERS
from tests.hostile.requests import (
    DIRECT,
    ENDLESS,
    FORM,
    MALFORMED,
    Hostile,
    Repeated,
    get,
    query,
    raw,
    send,
    write_request,
)

_DEEP = 20_000
_LONG = MAX_CHARACTERS - 1000


def _fill(head: str, piece: str, tail: str = "") -> str:
    """Return a text that is nearly as long as a query may be."""
    return head + piece * (_LONG // len(piece)) + tail


def _nest(opening: str, inside: str, closing: str, times: int = _DEEP) -> str:
    return opening * times + inside + closing * times


_NESTED = {
    "parentheses": f"ASK {{ FILTER({_nest('(', '1', ')')}) }}",
    "braces": f"SELECT * {{ {_nest('{', '', '}')} }}",
    "blank nodes": f"ASK {{ {_nest('[ <x:p> ', '1', ' ]')} }}",
    "collections": f"ASK {{ ?s ?p {_nest('(', '1', ')')} }}",
    "negations": f"ASK {{ FILTER({'!' * _DEEP}true) }}",
    "negations with blanks and comments between": "ASK { FILTER(" + "! #!\n" * _DEEP + "true) }",
    "minus signs": f"ASK {{ FILTER({'- ' * _DEEP}1 = 1) }}",
    "optional patterns": f"ASK {{ {_nest('OPTIONAL { ', '?s ?p ?o', ' }')} }}",
    "EXISTS": f"ASK {{ {_nest('FILTER EXISTS { ', '?s ?p ?o ', ' }')} }}",
    "MINUS": f"ASK {{ {_nest('?s ?p ?o MINUS { ', '?s ?p ?o', ' }')} }}",
    "subselects": _nest("SELECT * { { ", "SELECT * { ?s ?p ?o }", " } }"),
    "graph patterns": f"ASK {{ {_nest('GRAPH ?g { ', '?s ?p ?o', ' }')} }}",
    "function calls": f"SELECT ({_nest('STR(', '1', ')')} AS ?x) {{}}",
    "conditions": f"SELECT ({_nest('IF(true, 1, ', '1', ')')} AS ?x) {{}}",
    "paths in parentheses": f"ASK {{ ?s {_nest('(', '<x:p>', ')*')} ?o }}",
    "negated properties": f"ASK {{ ?s {_nest('!(', '<x:p>', ')')} ?o }}",
    "triple terms": f"ASK {{ {_nest('<<( ?s ?p ', '?o', ' )>>')} ?p ?o }}",
    "reified triples": f"ASK {{ {_nest('<< ?s ?p ', '?o', ' >>')} ?p ?o }}",
    "annotations": f"ASK {{ ?s ?p ?o {_nest('{| ?p ?o ', '', ' |}')} }}",
    "opened and never closed": "SELECT * " + "{" * _DEEP,
    "closed and never opened": "SELECT * " + "}" * _DEEP,
}
_FLAT = {
    "sum of 50,000": f"SELECT ({'+'.join(['1'] * 50_000)} AS ?x) {{}}",
    "disjunction of 20,000": f"ASK {{ ?s ?p ?o FILTER({' || '.join(['?s = ?o'] * _DEEP)}) }}",
    "conjunction of 20,000": f"ASK {{ ?s ?p ?o FILTER({' && '.join(['?s = ?o'] * _DEEP)}) }}",
    "union of 20,000": f"ASK {{ {' UNION '.join(['{ ?s ?p ?o }'] * _DEEP)} }}",
    "20,000 optional patterns": f"ASK {{ {'OPTIONAL { ?s ?p ?o } ' * _DEEP} }}",
    "20,000 MINUS": f"ASK {{ ?s ?p ?o {'MINUS { ?s ?p ?o } ' * _DEEP} }}",
    "20,000 filters": f"ASK {{ ?s ?p ?o {'FILTER(?s != ?o) ' * _DEEP} }}",
    "20,000 patterns": f"ASK {{ {'?s ?p ?o . ' * _DEEP} }}",
    "20,000 BINDs": "ASK { " + " ".join(f"BIND(1 AS ?v{n})" for n in range(_DEEP)) + " }",
    "path sequence of 20,000": f"ASK {{ ?s {'/'.join(['<x:p>'] * _DEEP)} ?o }}",
    "path alternatives of 20,000": f"ASK {{ ?s {'|'.join(['<x:p>'] * _DEEP)} ?o }}",
    "negated set of 20,000": f"ASK {{ ?s !({'|'.join(['<x:p>'] * _DEEP)}) ?o }}",
    "inverse signs": f"ASK {{ ?s {'^' * _DEEP}<x:p> ?o }}",
    "20,000 question marks": f"ASK {{ ?s <x:p>{'?' * _DEEP} ?o }}",
    "20,000 stars": f"ASK {{ ?s <x:p>{'*' * _DEEP} ?o }}",
    "20,000 prefixes": "".join(f"PREFIX p{n}: <x:{n}> " for n in range(_DEEP)) + "ASK {}",
    "20,000 BASEs": "BASE <x:y> " * _DEEP + "ASK {}",
    "20,000 FROMs": "SELECT * " + "FROM <x:y> " * _DEEP + "{ ?s ?p ?o } LIMIT 1",
    "20,000 subselects side by side": f"ASK {{ {'{ SELECT * { ?s ?p ?o } LIMIT 1 } ' * _DEEP} }}",
    "20,000 VALUES side by side": f"ASK {{ {'VALUES ?x { 1 } ' * _DEEP} }}",
    "20,000 predicates of one subject": f"ASK {{ ?s {'?p ?o ; ' * _DEEP} ?p ?o }}",
}
_TOKENISER = {
    "quotes that nothing closes": _fill('ASK { "', "'"),
    "long quotes that nothing closes": _fill('ASK { """', '""'),
    "backslashes in an open text": _fill('ASK { "', "\\") + "\\",
    "angle brackets": _fill("ASK { ", "<"),
    "dots in a name": _fill("ASK { ", "a.", ":b ?p ?o }"),
    "names and dots without a colon": _fill("ASK { ", "a.a-"),
    "backslashes in a prefixed name": _fill("ASK { :", "\\."),
    "percent signs in a prefixed name": _fill("ASK { :", "%"),
    "number signs": _fill("ASK { ", "#"),
    "at signs": _fill("ASK { ", "@a-"),
    "underscores and colons": _fill("ASK { ", "_:"),
    "numbers with exponents": _fill("ASK { ", "1e"),
    "dots": _fill("ASK { ", "."),
    "codepoint escapes": _fill("ASK { ", "\\u0041"),
    "SERVICE in comments and IRIs": _fill("ASK { ", "#SERVICE <x:y> {\n", " }"),
    "white space": _fill("ASK { ", " \t\n", " }"),
    "a long IRI": _fill("ASK { <http://a.example/", "a", "> ?p ?o }"),
    "a long variable": _fill("SELECT * { ?", "v", " ?p ?o } LIMIT 1"),
    "a number of many digits": _fill("SELECT (", "9", " + 1 AS ?x) {}"),
    "a long language tag": _fill("SELECT ('a'@en", "-abcdefgh", " AS ?x) {}"),
}

_TEN_MEGABYTES = Repeated(b"a" * 100_000, 100)
_UNTOLD_BODY = (
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
)


def _post_ten_megabytes(media_type: str, target: str = "/sparql") -> tuple[bytes | Repeated, ...]:
    headers = {"Content-Type": media_type, "Content-Length": "10000000"}
    return write_request("POST", target, headers), _TEN_MEGABYTES


_TOO_LARGE = frozenset({413})
_TOO_LONG = frozenset({400, 414, 431})

REQUESTS: tuple[Hostile, ...] = (
    *(query(name, "nesting", text, MALFORMED) for name, text in _NESTED.items()),
    *(query(name, "long and flat", text, ENDLESS | {200, 400}) for name, text in _FLAT.items()),
    *(query(name, "tokeniser", text, frozenset({200, 400})) for name, text in _TOKENISER.items()),
    raw("query of 10 MB", "large texts", _post_ten_megabytes(DIRECT), _TOO_LARGE),
    raw("form of 10 MB", "large texts", _post_ten_megabytes(FORM), _TOO_LARGE),
    raw(
        "multipart of 10 MB",
        "large texts",
        _post_ten_megabytes("multipart/form-data; boundary=aaaa"),
        _TOO_LARGE | {415},
    ),
    raw(
        "draft of 10 MB",
        "large texts",
        _post_ten_megabytes("text/turtle", "/authority/rehearsal"),
        _TOO_LARGE,
    ),
    raw(
        "10 MB in chunks, length untold",
        "large texts",
        (_UNTOLD_BODY, Repeated(b"186a0\r\n" + b"a" * 100_000 + b"\r\n", 100), b"0\r\n\r\n"),
        _TOO_LARGE,
    ),
    raw(
        "a length of a petabyte",
        "large texts",
        write_request("POST", "/sparql", {"Content-Type": DIRECT, "Content-Length": f"{10**15}"}),
        _TOO_LARGE,
    ),
    query(
        "one character too many", "large texts", "ASK {}" + " " * (MAX_CHARACTERS - 5), MALFORMED
    ),
    query("a comment of 1.9 MB", "large texts", "ASK {} #" + "å" * 950_000, MALFORMED | {200}),
    get("an address of 1 MB", "large texts", "/sparql?query=" + "a" * 1_000_000, _TOO_LONG),
    get("a path of 60 kB", "large texts", "/doc/" + "a/" * 30_000, _TOO_LONG | {404}),
    get(
        "20,000 parameters",
        "large texts",
        "/sparql?" + "&".join(["a=1"] * 20_000),
        _TOO_LONG | {200},
    ),
    send(
        "a form of 100,000 fields",
        "large texts",
        "POST",
        "/sparql",
        MALFORMED | {413},
        {"Content-Type": FORM},
        b"a=1&" * 100_000 + b"query=ASK{}",
    ),
    send(
        "a compressed bomb",
        "large texts",
        "POST",
        "/sparql",
        MALFORMED | {415},
        {"Content-Type": DIRECT, "Content-Encoding": "gzip"},
        bytes.fromhex("1f8b0800000000000003") + b"\0" * 5000,
    ),
)
