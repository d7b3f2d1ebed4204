"""The table of hostile requests: `python -m tests.hostile.table` runs them and writes it.

It is docs/hostile-requests.md. A test holds it to the battery: the same requests, allowed answers.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.attack import Attack, attack
from tests.hostile.battery import BATTERY
from tests.hostile.requests import Hostile
from tests.hostile.running import digest_data, load_hostile, serve

PAGE = Path(__file__).parents[2] / "docs" / "hostile-requests.md"

_HEAD = """\
# Hostile requests

What is sent to a running service in `make test` (`tests/hostile`), and what it answered. Written
by `python -m tests.hostile.table`, not by hand. {count} requests in {families} families, sent to
`styrgraf serve` with two web processes and eight query processes, limits of 1.5 s, 300 MiB,
20,000 rows and 4 MiB for each query. Beside them an innocent client asked every 100 ms:

{songs}

Memory of all processes together was at most {most:.0f} MiB. Nothing in the store changed, a
listener on loopback that the requests name was {reached}, and all processes were alive after it.
“Bound” is the most seconds that an answer may take; “closed” is a connection closed without an
answer, “broken off” one that was closed in the midst of an answer, so that nobody takes it for
whole, and “held” one on which nothing was asked yet. 429 and 503 carry `Retry-After`.
"""
_ROW = re.compile(r"^\| (.+) \| (.+?) \| (.+?) \| ([\d.]+) s \|$", re.MULTILINE)


def write_page(found: Attack) -> str:
    """Return the page."""
    families = dict.fromkeys(hostile.family for hostile in BATTERY)
    songs = {"before": found.baseline, **found.songs}
    told = "\n".join(f"- {name}: {song.describe()}" for name, song in songs.items())
    head = _HEAD.format(
        count=len(BATTERY),
        families=len(families),
        songs=told,
        most=found.most,
        reached="reached" if found.trap_reached else "never reached",
    )
    return "\n".join([head, *(_write_family(family, found) for family in families)])


def _write_family(family: str, found: Attack) -> str:
    rows = [f"## {family.capitalize()}", "", "| request | answer | allowed | bound |"]
    rows.append("| --- | --- | --- | --- |")
    for hostile in BATTERY:
        if hostile.family == family:
            allowed = ", ".join(sorted(map(str, hostile.statuses)))
            status = found.outcomes[hostile].status
            rows.append(
                f"| {name_in_table(hostile)} | {status} | {allowed} | {hostile.seconds:g} s |"
            )
    return "\n".join([*rows, ""])


def name_in_table(hostile: Hostile) -> str:
    """Return a name that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", hostile.name).replace("\r\n", "\\\\r\\\\n")


def read_page(page: str) -> Iterator[tuple[str, str, str, float]]:
    """Yield name, answer, allowed answers and bound of each request on the page."""
    for name, answer, allowed, seconds in _ROW.findall(page):
        yield name, answer, allowed, float(seconds)


def main() -> int:
    """Run the battery and write the page, unless an answer is none of those allowed."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_hostile(Path(folder))
        before = digest_data(settings)
        with serve(settings) as running:
            found = attack(running)
        has_changed = digest_data(settings) != before
    for fault in (*found.faults, *(["The store has changed."] if has_changed else [])):
        print(fault, file=sys.stderr)
    if has_changed or found.trap_reached or not _are_allowed(found):
        return 1
    PAGE.write_text(write_page(found))
    return 0


def _are_allowed(found: Attack) -> bool:
    statuses = [found.outcomes[one].status in one.statuses for one in BATTERY]
    return all(statuses)


if __name__ == "__main__":
    sys.exit(main())
