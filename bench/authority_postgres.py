"""The same decision by PostgreSQL: a server of our own, integer keys, one recursive query."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from bench.authority_graphs import AskedOf
from bench.authority_measures import Decider
from styrgraf.governance.authority.facts import AuthorityFacts, Window

DEBIAN = Path("/usr/lib/postgresql")
USER = "bench"

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "fsync": "off",
    # Both make so small a query faster: no compiling, and no planning anew.
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
}

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
"""

INDEXES = """
CREATE INDEX ON delegation (delegate, matter);
CREATE INDEX ON ordering_default (ordering);
CREATE INDEX ON original (holder);
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

QUERY = f"""
WITH RECURSIVE link (id, delegator) AS (
    SELECT d.id, d.delegator FROM delegation d WHERE d.delegate = %(party)s AND {_HOLDS}
  UNION
    SELECT d.id, d.delegator
    FROM link l JOIN source s ON s.delegation = l.id JOIN delegation d ON d.id = s.source
    WHERE d.delegate = l.delegator AND {_HOLDS}
      AND coalesce(d.allowed, (
        SELECT bool_and(g.allowed) FROM ordering_default g
        WHERE g.ordering = d.ordered_by AND g.starts <= %(day)s AND %(day)s < g.ends
      ))
)
SELECT EXISTS (SELECT FROM original o WHERE o.holder = %(party)s AND {_COVERS}) OR EXISTS (
  SELECT FROM link l JOIN original o ON o.holder = l.delegator
  WHERE o.allowed AND {_COVERS} AND NOT EXISTS (SELECT FROM source s WHERE s.delegation = l.id)
)
"""


def find_lack() -> str | None:
    """Return why PostgreSQL cannot be asked, if so."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed; it is in the dependency group bench"
    if not _find_program("initdb"):
        return "PostgreSQL's server is not installed; in Debian: apt-get install postgresql"
    return None


def _find_program(name: str) -> str | None:
    """Return a program of the server, of the newest that Debian has installed."""
    installed = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(installed[-1]) if installed else shutil.which(name)


@contextmanager
def run_server() -> Iterator[Any]:
    """Start a server on a socket in a temporary folder; yield a connection; end it."""
    with tempfile.TemporaryDirectory(prefix="styrgraf-") as name:
        owner = _choose_owner(Path(name))
        data = str(Path(name) / "data")
        options = " ".join(f"-c {key}='{each}'" for key, each in SETTINGS.items())
        _run(owner, "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale")
        log = ("-l", f"{name}/log", "-o", f"{options} -c unix_socket_directories='{name}'")
        _run(owner, "pg_ctl", "-D", data, "-w", *log, "start")
        try:
            connect = import_module("psycopg").connect
            with connect(host=name, user=USER, dbname="postgres", autocommit=True) as connection:
                yield connection
        finally:
            _run(owner, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _choose_owner(folder: Path) -> str | None:
    """Return the user that the server is to run as, and give it the folder: never root."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    owner = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, owner)
    return owner


def _run(owner: str | None, program: str, *arguments: str) -> None:
    path = _find_program(program)
    if path is None:
        raise SystemExit(f"PostgreSQL's {program} is not installed")
    group = pwd.getpwnam(owner).pw_gid if owner else None
    command = [path, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=owner, group=group, cwd="/")


def build_decider(facts: AuthorityFacts, questions: Sequence[AskedOf], connection: Any) -> Decider:
    """Fill the tables; return the decider. Names become numbers before, not in, the measuring."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    connection.execute(
        "DROP TABLE IF EXISTS delegation, source, recall, ordering, ordering_default, original,"
        " matter_above"
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
