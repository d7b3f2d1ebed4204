"""Queries that would never end, or would take all memory."""

# ruff: noqa: E501 -- what is sent stands as it is

from __future__ import annotations

from tests.hostile.requests import ANYTHING, BROKEN, BUSY, ENDLESS, Hostile, query

_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_ANY = "(<x:x>|!<x:x>)"
_DOUBLING = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(40))
_STOPPED_OR_DONE = ENDLESS | {200}
_TOO_LARGE = frozenset({422, BROKEN}) | BUSY

_CROSS = {
    "count of a triple cross product": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}",
    "cross product of four": f"SELECT (COUNT(*) AS ?n) {{ {_ALL} . ?j ?k ?l }}",
    "distinct solutions of a cross product": f"SELECT DISTINCT * {{ {_ALL} }} ORDER BY ?a",
    "cross product in order": f"SELECT * {{ {_ALL} }} ORDER BY DESC(?i) ?a LIMIT 1",
    "cross product with a filter that nothing meets": f"ASK {{ {_ALL} FILTER(?a = ?i && ?a != ?i) }}",
    "counting distinct values of a cross product": f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) {{ {_ALL} }}",
    "groups of a cross product": f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?a ?d ?g",
    "cross product over named graphs": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }",
    "optional cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }",
    "union of cross products": f"SELECT (COUNT(*) AS ?n) {{ {{ {_ALL} }} UNION {{ {_ALL} }} }}",
    "NOT EXISTS over a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?d = ?i && ?d = ?c && ?e = ?a) } }",
    "MINUS of a cross product": f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f MINUS {{ {_ALL} }} }}",
    "cross product of subselects": f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?a {{ {_ALL} }} }} {{ SELECT ?z {{ ?z ?y ?x }} }} }}",
    "join on inequality": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }",
    "CONSTRUCT of a cross product": f"CONSTRUCT {{ ?a ?e ?i }} {{ {_ALL} }}",
    "DESCRIBE of a cross product": f"DESCRIBE ?a ?d ?g {{ {_ALL} }}",
}
_PATHS = {
    "star of any property, both ends open": f"SELECT (COUNT(*) AS ?n) {{ ?a {_ANY}* ?b . ?c {_ANY}* ?d }}",
    "star both ways": f"SELECT (COUNT(*) AS ?n) {{ ?a ({_ANY}|^{_ANY})* ?b . ?b ({_ANY}|^{_ANY})* ?c }}",
    "star of a star": f"SELECT (COUNT(*) AS ?n) {{ ?a (({_ANY}*/{_ANY}*)*/({_ANY}|^{_ANY})+)* ?b . ?b ({_ANY}|^{_ANY})* ?c }}",
    "row of plus paths": f"SELECT (COUNT(*) AS ?n) {{ ?a {_ANY}+ ?b . ?b {_ANY}+ ?c . ?d {_ANY}+ ?e . ?e {_ANY}+ ?f }}",
    "long sequence both ways": f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([f'({_ANY}|^{_ANY})'] * 12)} ?b }}",
    "star of two hundred alternatives": f"SELECT (COUNT(*) AS ?n) {{ ?a ({'|'.join(f'<x:{n}>|^<x:{n}>' for n in range(100))}|{_ANY}|^{_ANY})* ?b . ?b ({_ANY}|^{_ANY})* ?c }}",
    "negated property set with star": "SELECT (COUNT(*) AS ?n) { ?a !(<x:x>|^<x:x>)* ?b . ?b !(<x:x>|^<x:x>)* ?c }",
    "optional path forty times": f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([f'({_ANY}|^{_ANY})?'] * 40)} ?b }}",
}
_TEXTS = {
    "GROUP_CONCAT of a cross product": "SELECT (GROUP_CONCAT(?c) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "GROUP_CONCAT with a separator of 100 kB": f"SELECT (GROUP_CONCAT(?c; separator='{'x' * 100_000}') AS ?n) {{ ?a ?b ?c . ?d ?e ?f }}",
    "text doubled forty times": f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('xxxxxxxx' AS ?s0) {_DOUBLING} }}",
    "REPLACE that multiplies": f"SELECT (STRLEN(?s) AS ?n) {{ BIND('{'a' * 1000}' AS ?a) "
    + " ".join(
        f"BIND(REPLACE(?{'a' * n}, 'a', '{'a' * 100}') AS ?{'a' * (n + 1)})" for n in range(1, 6)
    )
    + " BIND(?aaaaaa AS ?s) }",
    "escapes that grow threefold": "SELECT (STRLEN(?s9) AS ?n) { ?x ?y ?z . ?d ?e ?f BIND(CONCAT(STR(?z), '%%%%%%%%') AS ?s0) "
    + " ".join(f"BIND(ENCODE_FOR_URI(?s{n}) AS ?s{n + 1})" for n in range(9))
    + " }",
    "hash of every pair": "SELECT (MAX(SHA512(CONCAT(STR(?c), STR(?f), STR(?i)))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
_REGEXES = {
    "regular expression with nested repeats": f"SELECT ?x {{ BIND('{'a' * 50_000}!' AS ?x) FILTER(REGEX(?x, '^(a+)+$')) }}",
    "regular expression of a thousand thousand": "SELECT ?x { BIND('a' AS ?x) FILTER(REGEX(?x, '((a{1000}){1000}){1000}')) }",
    "regular expression of all letters": "SELECT ?x { BIND('a' AS ?x) FILTER(REGEX(?x, '(\\\\pL{500}){500}', 'i')) }",
    "regular expression from the data": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(STR(?c), STR(?f), 'i')) }",
    "regular expression with alternatives on every pair": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(CONCAT(STR(?c), STR(?f)), '(.*a|.*b|.*c|.*d){12}$', 'is')) }",
    "regular expression that is none": "SELECT ?x { BIND('a' AS ?x) FILTER(REGEX(?x, '(((((((((')) }",
    "regular expression nested ten thousand deep": f"SELECT ?x {{ BIND('a' AS ?x) FILTER(REGEX(?x, '{'(' * 10_000}a{')' * 10_000}')) }}",
    "empty pattern replaced in a long text": f"SELECT (STRLEN(REPLACE('{'a' * 200_000}', '(a|b)*?', 'xxxx')) AS ?n) {{}}",
}
_VALUES = {
    "VALUES of 100,000": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {' '.join(map(str, range(100_000)))} }} }}",
    "three VALUES of 20,000 each": f"SELECT (COUNT(DISTINCT ?z) AS ?n) {{ VALUES ?x {{ {'1 ' * 20_000} }} VALUES ?y {{ {'1 ' * 20_000} }} VALUES ?z {{ {'1 ' * 20_000} }} }}",
    "VALUES of a thousand columns": f"SELECT * {{ VALUES ({' '.join(f'?v{n}' for n in range(1000))}) {{ ({'1 ' * 1000}) ({'UNDEF ' * 1000}) }} }}",
    "IN list of 100,000 for every pair": f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f FILTER(?c IN ({','.join(map(str, range(100_000)))})) }}",
    "a thousand variables in one order": f"SELECT * {{ ?a ?b ?c }} ORDER BY {' '.join(f'?v{n}' for n in range(1000))} LIMIT 1",
}
_QUOTES = '\\"' * 20_000
_RESULTS = {
    "everything three times over": "CONSTRUCT { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "all pairs": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "more rows than allowed, after a sort": "SELECT * { ?a ?b ?c . ?d a ?e } ORDER BY ?a LIMIT 25000",
    "few rows of many bytes": f"SELECT ?a ?x {{ ?a ?b ?c BIND('{'x' * 20_000}' AS ?x) }}",
    "one value that is larger than an answer": f"SELECT ?s19 {{ BIND('{'x' * 100}' AS ?s0) {' '.join(f'BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})' for n in range(19))} }}",
    "quotation marks as CSV": f"SELECT ?a ?x {{ ?a ?b ?c BIND('{_QUOTES}' AS ?x) }}",
}

REQUESTS: tuple[Hostile, ...] = (
    *(query(name, "cross products", text, ENDLESS) for name, text in _CROSS.items()),
    *(query(name, "paths", text, _STOPPED_OR_DONE) for name, text in _PATHS.items()),
    *(query(name, "text bombs", text, ENDLESS) for name, text in _TEXTS.items()),
    *(
        query(name, "regular expressions", text, _STOPPED_OR_DONE | {400})
        for name, text in _REGEXES.items()
    ),
    *(query(name, "long lists", text, _STOPPED_OR_DONE | {400}) for name, text in _VALUES.items()),
    *(
        query(
            name,
            "result bombs",
            text,
            _TOO_LARGE | {504},
            accept="text/csv" if "CSV" in name else ANYTHING,
        )
        for name, text in _RESULTS.items()
    ),
)
