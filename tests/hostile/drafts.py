"""Drafts that are bombs: at the rehearsal, RDF from anybody is parsed and tried."""

# ruff: noqa: E501 -- what is sent stands as it is

from __future__ import annotations

from urllib.parse import urlencode

from tests.hostile.requests import BUSY, FORM, TRAP, Hostile, send

_TARGET = "/authority/rehearsal"
_PATCH = "application/rdf-patch"
_BAD = frozenset({400, 413, 415, 422}) | BUSY
_TRIED = _BAD | {200, 504}
_XML = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&j;</rdf:RDF>'
)
_TURTLE = {
    "blank nodes nested": "<x:a> <x:b> " + "[ <x:b> " * 20_000 + "1" + " ]" * 20_000 + " .",
    "collections nested": "<x:a> <x:b> " + "(" * 20_000 + ")" * 20_000 + " .",
    "triple terms nested": "<x:a> <x:b> "
    + "<<( <x:a> <x:b> " * 20_000
    + "1"
    + " )>>" * 20_000
    + " .",
    "brackets that nothing closes": "<x:a> <x:b> " + "[" * 500_000,
    "a text that nothing closes": '<x:a> <x:b> """' + '"\\' * 200_000,
    "10,000 blank nodes": "\n".join(f"[] <x:b> _:b{n} ." for n in range(10_000)),
    "30,000 statements": "\n".join(f"<x:a{n}> <x:b> <x:c{n}> ." for n in range(20_000)),
    "imports from an address": f"<x:a> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:{TRAP}/> .",
    "a base of an address": f"@base <http://127.0.0.1:{TRAP}/> . <a> <b> <c> .",
    "a circle of delegations": "@prefix sg: <https://w3id.org/styrgraf/ns#> .\n"
    + "\n".join(
        f"<x:d{n}> a sg:DelegationOfAuthority ; sg:delegator <x:p{n}> ; sg:delegate <x:p{(n + 1) % 500}> ; sg:subDelegationOf <x:d{(n + 1) % 500}> ."
        for n in range(500)
    ),
    "a draft that is no UTF-8": b'<x:a> <x:b> "\xff\xfe" .',
    "zero bytes": b"\0" * 100_000,
    "an IRI of 900 kB": f"<x:a> <x:b> <http://a.example/{'a' * 900_000}> .",
    "markup": "<x:a> <http://www.w3.org/2004/02/skos/core#prefLabel> '<script>alert(1)</script>'@sv .",
}
_PATCHES = {
    "a patch that deletes everything": "TX .\n" + "D <x:a> <x:b> <x:c> .\n" * 20_000 + "TC .",
    "a patch without an end": "H id <x:y> .\n" + "TX .\n" * 50_000,
    "a patch of prefixes": "PA a <x:y> .\n" * 20_000,
    "a patch of nested triples": "A <x:a> <x:b> "
    + "<<( <x:a> <x:b> " * 20_000
    + "1"
    + " )>>" * 20_000
    + " .",
    "a patch that is none": "DROP ALL\n" * 1000,
}
_OTHERS = {
    "application/rdf+xml": _XML,
    "application/xml": _XML,
    "application/ld+json": '{"@context": "http://127.0.0.1:'
    + TRAP
    + '/c", "a": '
    + "[" * 50_000
    + "]" * 50_000
    + "}",
    "application/json": '{"a":' * 100_000,
    "application/sparql-update": "DROP ALL",
    "text/n3": "{ <x:a> <x:b> <x:c> } => { <x:a> <x:b> <x:d> } .",
    "multipart/form-data; boundary=x": "--x\r\n" * 100_000,
}


def _draft(name: str, content: str | bytes, media_type: str, statuses: frozenset[int]) -> Hostile:
    body = content.encode() if isinstance(content, str) else content
    headers = {"Content-Type": media_type, "Accept": "application/json"}
    return send(name, "drafts", "POST", _TARGET, statuses, headers, body)


REQUESTS: tuple[Hostile, ...] = (
    *(_draft(name, content, "text/turtle", _TRIED) for name, content in _TURTLE.items()),
    *(_draft(name, content, _PATCH, _TRIED) for name, content in _PATCHES.items()),
    *(_draft(f"a draft as {kind}", content, kind, _BAD) for kind, content in _OTHERS.items()),
    send(
        "a form with markup for a draft",
        "drafts",
        "POST",
        _TARGET,
        _BAD | {200},
        {"Content-Type": FORM, "Accept": "text/html"},
        urlencode(
            {"draft": "</textarea><script>alert(1)</script>", "syntax": "<script>", "on": "<b>"}
        ).encode(),
    ),
    send(
        "a nested draft in a form",
        "drafts",
        "POST",
        _TARGET,
        _TRIED,
        {"Content-Type": FORM, "Accept": "text/html"},
        urlencode(
            {"draft": "<x:a> <x:b> " + "(" * 20_000, "syntax": "turtle", "on": "2022-01-01"}
        ).encode(),
    ),
)
