"""What needs attention: how much the rules and the shapes find, by severity.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from styrgraf.errors import LimitError, StoreMissingError
from styrgraf.governance.authority.reasoning.register import USUAL_DAYS, open_register
from styrgraf.graph.reports import Severity, read_report
from styrgraf.graph.store import TaskReader
from styrgraf.settings import Settings

MOST_SECONDS = 2.0
"""A page that only counts waits no longer."""


@dataclass(frozen=True, slots=True)
class Attention:
    """How many lines the health register has, and results the validation, by severity.

    None: could not be counted in the time there is, or there is no report.
    """

    register: Mapping[Severity, int] | None
    validation: Mapping[Severity, int] | None


def count_attention(reader: TaskReader, settings: Settings, today: date) -> Attention:
    """Return what is found on a day, in the version that `reader` answers from."""
    try:
        results = reader.keep("validation counts", lambda: _count_results(reader, settings))
    except StoreMissingError:
        return Attention(None, None)
    try:
        register = open_register(reader, settings, today, USUAL_DAYS, MOST_SECONDS)
    except LimitError:
        return Attention(None, results)
    return Attention(Counter(line.severity for line in register.lines), results)


def _count_results(reader: TaskReader, settings: Settings) -> Mapping[Severity, int]:
    report = read_report(settings, reader.version())
    return Counter(result.severity for result in report.results)
