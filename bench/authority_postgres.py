"""The same decision by PostgreSQL: integer keys, and one recursive query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import count
from typing import Any

from bench.authority_graphs import AskedOf
from bench.authority_measures import Decider
from styrgraf.governance.authority.facts import AuthorityFacts, Window

_OPEN = 2**31 - 1
"""The day of an end that is not stated, as a number."""

_NO_LIMIT = 2**62

TABLES = """
CREATE TABLE delegation (
  id int PRIMARY KEY, delegator int NOT NULL, delegate int NOT NULL, matter int NOT NULL,
  starts int NOT NULL, ends int NOT NULL, most bigint NOT NULL, conditional boolean NOT NULL,
  allowed boolean, ordered_by int NOT NULL
);
CREATE TABLE source (delegation int, source int, PRIMARY KEY (delegation, source));
CREATE TABLE recall (delegation int, day int, PRIMARY KEY (delegation, day));
CREATE TABLE ordering (id int PRIMARY KEY, starts int NOT NULL, ends int NOT NULL);
CREATE TABLE ordering_default (
  ordering int NOT NULL, starts int NOT NULL, ends int NOT NULL, allowed boolean NOT NULL
);
CREATE TABLE original (
  holder int NOT NULL, matter int NOT NULL, starts int NOT NULL, ends int NOT NULL,
  allowed boolean NOT NULL
);
CREATE TABLE matter_above (matter int, above int, PRIMARY KEY (matter, above));
CREATE TABLE holding (post int NOT NULL, starts int NOT NULL, ends int NOT NULL);
CREATE TABLE substitution (
  post int NOT NULL, substitute int NOT NULL, starts int NOT NULL, ends int NOT NULL,
  by_law boolean NOT NULL
);
"""

INDEXES = """
CREATE INDEX ON delegation (delegate, matter);
CREATE INDEX ON ordering_default (ordering);
CREATE INDEX ON original (holder);
CREATE INDEX ON holding (post);
CREATE INDEX ON substitution (post);
CREATE INDEX ON substitution (substitute);
"""

_HOLDS = """
  d.matter = ANY (ARRAY(SELECT above FROM matter_above WHERE matter = %(matter)s))
  AND d.starts <= %(day)s AND %(day)s < d.ends AND %(amount)s <= d.most AND NOT d.conditional
  AND NOT EXISTS (SELECT FROM recall r WHERE r.delegation = d.id AND r.day <= %(day)s)
  AND EXISTS (
    SELECT FROM ordering o WHERE o.id = d.ordered_by AND o.starts <= %(day)s AND %(day)s < o.ends
  )
"""

_COVERS = """
  o.starts <= %(day)s AND %(day)s < o.ends
  AND o.matter = ANY (ARRAY(SELECT above FROM matter_above WHERE matter = %(matter)s))
"""

_VACANT = """
  coalesce((SELECT NOT bool_or(h.starts <= %%(day)s AND %%(day)s < h.ends) FROM holding h
            WHERE h.post = %s), false)
"""

# The party itself, unless vacant without a substitute; and the posts that it steps in for.
_BEARERS = f"""
    SELECT %(party)s AS post WHERE NOT {_VACANT % "%(party)s"} OR EXISTS (
      SELECT FROM substitution u
      WHERE u.post = %(party)s AND u.starts <= %(day)s AND %(day)s < u.ends
    )
  UNION ALL
    SELECT u.post FROM substitution u
    WHERE u.substitute = %(party)s AND u.starts <= %(day)s AND %(day)s < u.ends
      AND (NOT u.by_law OR {_VACANT % "u.post"}) AND NOT {_VACANT % "%(party)s"}
"""

QUERY = f"""
WITH RECURSIVE bearer (post) AS ({_BEARERS}), link (id, delegator) AS (
    SELECT d.id, d.delegator FROM bearer b JOIN delegation d ON d.delegate = b.post WHERE {_HOLDS}
  UNION
    SELECT d.id, d.delegator
    FROM link l JOIN source s ON s.delegation = l.id JOIN delegation d ON d.id = s.source
    WHERE d.delegate = l.delegator AND {_HOLDS}
      AND coalesce(d.allowed, (
        SELECT bool_and(g.allowed) FROM ordering_default g
        WHERE g.ordering = d.ordered_by AND g.starts <= %(day)s AND %(day)s < g.ends
      ))
)
SELECT EXISTS (
  SELECT FROM bearer b JOIN original o ON o.holder = b.post WHERE {_COVERS}
) OR EXISTS (
  SELECT FROM link l JOIN original o ON o.holder = l.delegator
  WHERE o.allowed AND {_COVERS} AND NOT EXISTS (SELECT FROM source s WHERE s.delegation = l.id)
)
"""


def build_decider(facts: AuthorityFacts, questions: Sequence[AskedOf], connection: Any) -> Decider:
    """Fill the tables; return the decider. Names become numbers before, not in, the measuring."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    connection.execute(
        "DROP TABLE IF EXISTS delegation, source, recall, ordering, ordering_default, original,"
        " matter_above, holding, substitution"
    )
    connection.execute(TABLES)
    for table, rows in _list_tables(facts, numbers):
        with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    connection.execute(INDEXES)
    connection.execute("VACUUM ANALYZE")
    version = connection.info.server_version
    name = f"PostgreSQL {version // 10000}.{version % 10000}, recursive query"
    return Decider(name, _prepare(connection), _list_arguments(questions, numbers))


def _prepare(connection: Any):  # type: ignore[no-untyped-def]
    """Return the question as a function; the query is prepared when it is first asked."""
    cursor = connection.cursor(binary=True)

    def may_decide(told: dict[str, object]) -> object:
        return cursor.execute(QUERY, told, prepare=True).fetchone()[0]

    return may_decide


def _list_arguments(
    questions: Iterable[AskedOf], numbers: dict[str, int]
) -> list[tuple[dict[str, object]]]:
    numeric = import_module("psycopg.types.numeric")
    return [
        (
            {
                "party": numeric.Int4(numbers[each.party]),
                "matter": numeric.Int4(numbers[each.matter]),
                "day": numeric.Int4(each.on.toordinal()),
                "amount": numeric.Int8(each.amount.hundredths if each.amount else 0),
            },
        )
        for each in questions
    ]


def _list_tables(
    facts: AuthorityFacts, numbers: dict[str, int]
) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    """Yield each table with its rows."""
    number = numbers.__getitem__
    yield "delegation", _list_delegations(facts, numbers)
    yield (
        "source",
        ((number(x.iri), number(each)) for x in facts.delegations for each in x.sources),
    )
    recalls = {(number(x.delegation), x.start.toordinal()) for x in facts.recalls}
    yield "recall", recalls
    yield "ordering", ((number(x.iri), *_count_days(x.window)) for x in facts.orders)
    yield (
        "ordering_default",
        (
            (number(x.order), *_count_days(x.window), x.sub_delegation_allowed)
            for x in facts.defaults
            if x.sub_delegation_allowed is not None
        ),
    )
    yield (
        "original",
        (
            (number(x.holder), number(each), *_count_days(x.window), bool(x.delegation_allowed))
            for x in facts.original_authorities
            for each in x.matters
        ),
    )
    yield "holding", ((number(x.post), *_count_days(x.window)) for x in facts.holdings)
    yield (
        "substitution",
        (
            (number(x.post), number(x.substitute), *_count_days(x.window), x.by_law)
            for x in facts.substitutions
        ),
    )
    yield (
        "matter_above",
        (
            (number(matter), number(above))
            for matter in facts.broader_matters
            for above in _climb(facts, matter)
        ),
    )


def _list_delegations(
    facts: AuthorityFacts, numbers: dict[str, int]
) -> Iterator[tuple[object, ...]]:
    for each in facts.delegations:
        yield (
            numbers[each.iri],
            numbers[each.delegator or ""],
            numbers[each.delegate or ""],
            numbers[each.matters[0]],
            *_count_days(each.window),
            each.limit.hundredths if each.limit else _NO_LIMIT,
            each.conditional,
            each.sub_delegation_allowed,
            numbers[each.order or ""],
        )


def _count_days(window: Window) -> tuple[int, int]:
    """Return the first day of a window and the first after it, as numbers."""
    if window.start is None:
        raise ValueError("made organisations state when everything starts")
    return window.start.toordinal(), window.end.toordinal() if window.end else _OPEN


def _climb(facts: AuthorityFacts, matter: str) -> set[str]:
    """Return a matter and all above it."""
    found, waiting = {matter}, [matter]
    while waiting:
        above = set(facts.broader_matters[waiting.pop()]) - found
        found |= above
        waiting.extend(above)
    return found
