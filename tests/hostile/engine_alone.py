"""The engine without anything that guards it: `python -m tests.hostile.engine_alone`.

It evaluates each text of its input, a JSON string per line, and answers each with a line. For
tests that look whether a text which the inspection lets through would reach the network.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress

import pyoxigraph as ox

_MOST_ROWS = 20


class EngineAlone:
    """That process; one that has died is replaced by the next question."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def evaluate(self, text: str) -> str:
        """Return what came of a text: ok, the kind of an error, or died."""
        process = self._process = self._process or self._start()
        assert process.stdin and process.stdout
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(text) + "\n")
            process.stdin.flush()
        answer = process.stdout.readline().strip()
        if not answer:
            self.close()
        return answer or "died"

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @staticmethod
    def _start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.engine_alone"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def _evaluate(store: ox.Store, text: str) -> str:
    try:
        result = store.query(text, base_iri="http://127.0.0.1:1/")
        if isinstance(result, ox.QuerySolutions | ox.QueryTriples):
            for _ in zip(range(_MOST_ROWS), result, strict=False):
                pass
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        return type(error).__name__
    return "ok"


def _main() -> None:
    store = ox.Store()
    node = ox.NamedNode("x:a")
    store.add(ox.Quad(node, node, node))
    store.add(ox.Quad(node, node, node, node))
    for line in sys.stdin:
        print(_evaluate(store, json.loads(line)), flush=True)


if __name__ == "__main__":
    _main()
