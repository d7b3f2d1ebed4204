"""A command does the same in a process that has read the code before as in one that has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from styrgraf.cli.commands import styrgraf as group
from tests.cli.conftest import CommandLine

GRAPH_FILES = Path(__file__).parents[1] / "graph"

# One use of each command but `serve`, which has tests of its own; they end in 0, 1 and 2.
USES: dict[str, tuple[str, ...]] = {
    "breaks": ("inköp",),
    "competence": ("--format", "csv"),
    "delegations": ("post/dekan", "--on", "2024-05-15"),
    "export": ("--graph", "source/beslut", "--format", "ntriples"),
    "health": ("--on", "2024-06-01", "--format", "json"),
    "load": (str(GRAPH_FILES / "truncated.ttl"), "--graph", "source/own"),
    "query": ("dated-decisions", "--format", "csv"),
    "rehearse": ("--vacate", "post/rektor", "--on", "2024-05-15", "--lang", "sv"),
    "validate": (str(GRAPH_FILES / "cycle.ttl"),),
    "who": ("inköp", "--on", "2024-03-01", "--amount", "500000"),
    "why-not": ("post/nobody", "inköp"),
}


def test_each_command_has_a_use() -> None:
    assert {*USES, "serve"} == set(group.commands)


@pytest.mark.parametrize("command", USES)
def test_a_command_does_the_same_in_a_process_that_begins_with_nothing(
    example: CommandLine, command: str
) -> None:
    anew = example.run_anew(command, *USES[command])
    warm = example.run(command, *USES[command])
    assert anew.returncode == {"validate": 1, "load": 2, "why-not": 2}.get(command, 0), anew.stderr
    assert anew.stdout or anew.stderr
    assert (anew.returncode, anew.stdout, anew.stderr) == (
        warm.returncode,
        warm.stdout,
        warm.stderr,
    )
