"""Queries that would have the service send a request of its own; a listener waits for it."""

# ruff: noqa: E501 -- what is sent stands as it is

from __future__ import annotations

from urllib.parse import urlencode

from tests.hostile.requests import (
    DIRECT,
    FORM,
    MALFORMED,
    REFUSED,
    TRAP,
    Hostile,
    query,
    query_by_get,
    send,
)

_ADDRESS = f"http://127.0.0.1:{TRAP}/x"
_CALL = f"<{_ADDRESS}> {{ ?s ?p ?o }}"
_ANYHOW = REFUSED | MALFORMED

PLAIN = {
    "SERVICE": f"SELECT * {{ SERVICE {_CALL} }}",
    "SERVICE SILENT": f"SELECT * {{ SERVICE SILENT {_CALL} }}",
    "service in lower case": f"SELECT * {{ service {_CALL} }}",
    "SeRvIcE sIlEnT": f"SELECT * {{ SeRvIcE sIlEnT {_CALL} }}",
    "SERVICE in EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE {_CALL} }} }}",
    "SERVICE in NOT EXISTS": f"ASK {{ FILTER NOT EXISTS {{ SERVICE SILENT {_CALL} }} }}",
    "SERVICE in EXISTS in BIND": f"SELECT * {{ BIND(EXISTS {{ SERVICE {_CALL} }} AS ?x) }}",
    "SERVICE in a subselect": f"SELECT * {{ {{ SELECT * {{ SERVICE {_CALL} }} }} }}",
    "SERVICE in OPTIONAL": f"SELECT * {{ OPTIONAL {{ SERVICE {_CALL} }} }}",
    "SERVICE in MINUS": f"SELECT * {{ ?a ?b ?c MINUS {{ SERVICE {_CALL} }} }}",
    "SERVICE in UNION": f"SELECT * {{ {{ }} UNION {{ SERVICE {_CALL} }} }}",
    "SERVICE in GRAPH": f"SELECT * {{ GRAPH ?g {{ SERVICE {_CALL} }} }}",
    "SERVICE in SERVICE": f"SELECT * {{ SERVICE <x:y> {{ SERVICE {_CALL} }} }}",
    "SERVICE in CONSTRUCT": f"CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE {_CALL} }}",
    "SERVICE in ORDER BY": f"SELECT * {{}} ORDER BY (EXISTS {{ SERVICE {_CALL} }})",
    "SERVICE in HAVING": f"SELECT (1 AS ?x) {{}} HAVING (EXISTS {{ SERVICE {_CALL} }})",
    "SERVICE of a variable": f"SELECT * {{ BIND(<{_ADDRESS}> AS ?a) SERVICE ?a {{ ?s ?p ?o }} }}",
    "SERVICE of a variable in VALUES": f"SELECT * {{ VALUES $a {{ <{_ADDRESS}> }} SERVICE SILENT $a {{ ?s ?p ?o }} }}",
    "SERVICE by a prefixed name": f"PREFIX t: <http://127.0.0.1:{TRAP}/> SELECT * {{ SERVICE t:x {{ ?s ?p ?o }} }}",
    "SERVICE by an empty prefix": f"PREFIX : <{_ADDRESS}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
    "SERVICE against a base": f"BASE <http://127.0.0.1:{TRAP}/> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}",
    "SERVICE by the name localhost": f"SELECT * {{ SERVICE <http://localhost:{TRAP}/> {{ ?s ?p ?o }} }}",
    "SERVICE by a number": f"SELECT * {{ SERVICE <http://2130706433:{TRAP}/> {{ ?s ?p ?o }} }}",
    "SERVICE with a user name": f"SELECT * {{ SERVICE <http://w3.org@127.0.0.1:{TRAP}/> {{ ?s ?p ?o }} }}",
    "SERVICE to a file": "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    "SERVICE without white space": f"SELECT*{{SERVICE<{_ADDRESS}>{{?s ?p ?o}}}}",
    "SERVICE stuck to a word": f"SELECT * {{ FILTER(true)FILTER(true&&trueSERVICE{_CALL} }}",
    "SERVICE stuck to a number": f"SELECT * {{ ?s ?p 1SERVICE {_CALL} }}",
    "SERVICE after a comparison that looks like an IRI": f"SELECT * {{ ?a ?b ?c FILTER(?a<?b)SERVICE {_CALL} FILTER(?a>?b) }}",
    "SERVICE after a comment of a carriage return": f"SELECT * {{ #\rSERVICE {_CALL} }}",
    "SERVICE after an IRI with a number sign": f"SELECT * {{ ?s <x:y#z> ?o . SERVICE {_CALL} }}",
    "SERVICE after a quote in an IRI": f"SELECT * {{ ?s <x:'> ?o . SERVICE {_CALL} ?s <x:'> ?o }}",
    "SERVICE after an escaped quote in a name": f"PREFIX a: <x:> SELECT * {{ ?s a:\\' ?o . SERVICE {_CALL} ?s a:\\' ?o }}",
    "SERVICE after a text that ends in a backslash": f"SELECT * {{ ?s ?p '\\\\' . SERVICE {_CALL} ?s ?p '' }}",
    "SERVICE between long texts": f"SELECT * {{ ?s ?p '''a'''''' . SERVICE {_CALL} ?s ?p ''' ''' }}",
    "SERVICE by four-digit escapes": f"SELECT * {{ \\u0053ERVICE {_CALL} }}",
    "SERVICE all in escapes": "SELECT * { "
    + "".join(f"\\u{ord(sign):04x}" for sign in "SERVICE")
    + f" {_CALL} }}",
    "SERVICE by eight-digit escapes": f"SELECT * {{ SER\\U00000056ICE {_CALL} }}",
    "SERVICE in escapes after an escaped quote": f"SELECT * {{ ?s ?p '\\u0027 . SERVICE {_CALL} ?s ?p '' }}",
    "SERVICE after an escaped line end": f"SELECT * {{ #\\u000ASERVICE {_CALL}\n }}",
    "SERVICE with a letter that folds to S": f"SELECT * {{ ſERVICE {_CALL} }}",
    "SERVICE with a dotted I": f"SELECT * {{ SERVİCE {_CALL} }}",
    "FROM an address": f"SELECT * FROM <{_ADDRESS}> {{ ?s ?p ?o }}",
    "FROM NAMED an address": f"SELECT * FROM NAMED <{_ADDRESS}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "GRAPH of an address": f"SELECT * {{ GRAPH <{_ADDRESS}> {{ ?s ?p ?o }} }}",
    "a function by an address": f"SELECT (<{_ADDRESS}>(1) AS ?x) {{}}",
    "DESCRIBE of an address": f"DESCRIBE <{_ADDRESS}>",
}
UPDATES = {
    "LOAD": f"LOAD <{_ADDRESS}>",
    "LOAD SILENT": f"load silent <{_ADDRESS}> INTO GRAPH <x:y>",
    "LOAD after a query": f"SELECT * {{ ?s ?p ?o }} LIMIT 1 ; LOAD <{_ADDRESS}>",
    "LOAD by escapes": f"\\u004COAD <{_ADDRESS}>",
    "LOAD after a comment": f"# SELECT\nLOAD <{_ADDRESS}>",
    "INSERT of what a SERVICE says": f"INSERT {{ GRAPH <x:y> {{ ?s ?p ?o }} }} WHERE {{ SERVICE {_CALL} }}",
    "INSERT DATA": "INSERT DATA { GRAPH <x:y> { <x:a> <x:b> <x:c> } }",
    "DELETE WHERE": "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CLEAR ALL": "CLEAR ALL",
    "DROP ALL after a prefix": "PREFIX a: <x:y> DROP ALL",
    "COPY": "COPY DEFAULT TO <x:y>",
    "two updates": "INSERT DATA { <x:a> <x:b> <x:c> } ; DELETE WHERE { ?s ?p ?o }",
}
_NEVER_SENT = (
    "FROM an address",
    "FROM NAMED an address",
    "GRAPH of an address",
    "DESCRIBE of an address",
)
_ALSO: dict[str, frozenset[int]] = dict.fromkeys(_NEVER_SENT, frozenset({200}))
_ALSO["a function by an address"] = frozenset({422})
"""What answers besides refusals tell that nothing is sent: it is no request at all."""
_QUERY = urlencode({"query": "SELECT * { ?s ?p ?o }"})
_PARAMETERS = f"{_QUERY}&default-graph-uri={_ADDRESS}&named-graph-uri={_ADDRESS}"

REQUESTS: tuple[Hostile, ...] = (
    *(
        query(name, "requests to others", text, _ANYHOW | _ALSO.get(name, frozenset()))
        for name, text in PLAIN.items()
    ),
    *(query(name, "updates", text, _ANYHOW) for name, text in UPDATES.items()),
    query_by_get("SERVICE from a browser", "requests to others", PLAIN["SERVICE"], REFUSED),
    query_by_get(
        "SERVICE with format=csv", "requests to others", PLAIN["SERVICE"], REFUSED, format="csv"
    ),
    send(
        "dataset parameters with an address",
        "requests to others",
        "POST",
        "/sparql",
        frozenset({200}),
        {"Content-Type": FORM},
        _PARAMETERS.encode(),
    ),
    send(
        "update as a form field",
        "updates",
        "POST",
        "/sparql",
        REFUSED,
        {"Content-Type": FORM},
        urlencode({"update": "CLEAR ALL"}).encode(),
    ),
    send(
        "update by its media type",
        "updates",
        "POST",
        "/sparql",
        REFUSED | {415},
        {"Content-Type": "application/sparql-update"},
        b"CLEAR ALL",
    ),
    send(
        "update beside a query",
        "updates",
        "POST",
        "/sparql?update=CLEAR+ALL",
        REFUSED | {200, 400},
        {"Content-Type": DIRECT},
        b"ASK {}",
    ),
    *(
        send(
            f"{method} of a graph",
            "updates",
            method,
            target,
            frozenset({403, 404, 405}),
            {"Content-Type": "text/turtle"},
            b"<x:a> <x:b> <x:c> .",
        )
        for method in ("PUT", "POST", "DELETE", "PATCH")
        for target in (f"/graph/source/rektor?m={method}",)
    ),
)
