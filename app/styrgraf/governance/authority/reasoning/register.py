"""The health register: what the engine and the shapes find odd in delegations, in one list.

The engine finds what is so on a day; the shapes, when a version is loaded, what is so whatever the
day. Nothing is repaired here, or anywhere.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from styrgraf.errors import ParameterError
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.health import HealthCode, HealthFinding, check_health
from styrgraf.governance.authority.reasoning.trials import TIMES_A_QUERY
from styrgraf.governance.selecting import select_each
from styrgraf.graph.reports import Severity, ValidationReport, ValidationResult, read_report
from styrgraf.graph.store import Reader, TaskReader
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.settings import Settings

TASK = "health"
MOST_DAYS = 3660
USUAL_DAYS = 90


_CONCERNED = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?thing { $things }
  VALUES ?class {
    sg:DelegationOfAuthority sg:DelegationOrder sg:OrderDefault sg:Provision sg:Recall sg:Holding
    sg:Substitution sg:OriginalAuthority
  }
  ?thing a ?class .
}
"""


@dataclass(frozen=True, slots=True)
class ShapeMeaning:
    """The code of a shape's findings; `tells_other`: whether their value is the other thing.

    `of_value`: whether they are about their value, and the focus node is the other thing.
    """

    code: HealthCode
    tells_other: bool = False
    of_value: bool = False


SHAPE_MEANINGS: Mapping[str, ShapeMeaning] = {
    "SubDelegationSourceInForce": ShapeMeaning(HealthCode.SOURCE_ENDED, tells_other=True),
    "SubDelegationPermitted": ShapeMeaning(HealthCode.NOT_PERMITTED),
    "SubDelegationOrderPermits": ShapeMeaning(HealthCode.NOT_PERMITTED),
    "SubDelegationRecipient": ShapeMeaning(HealthCode.RECIPIENT),
    "SubDelegationRecipientKind": ShapeMeaning(HealthCode.RECIPIENT_KIND),
    "OrderRecipientKind": ShapeMeaning(HealthCode.RECIPIENT_KIND),
    "ReservedAuthority": ShapeMeaning(HealthCode.RESERVED, of_value=True),
    "SubDelegationDelegator": ShapeMeaning(HealthCode.GIVER),
    "SubDelegationMatter": ShapeMeaning(HealthCode.WIDER_MATTER),
    "SubDelegationAmount": ShapeMeaning(HealthCode.WIDER_AMOUNT, tells_other=True),
    "SubDelegationAmountStated": ShapeMeaning(HealthCode.WIDER_AMOUNT, tells_other=True),
    "SubDelegationWindow": ShapeMeaning(HealthCode.WIDER_TIME, tells_other=True),
    "SubDelegationEndStated": ShapeMeaning(HealthCode.WIDER_TIME, tells_other=True),
    "SubDelegationRegistered": ShapeMeaning(HealthCode.NUMBER_MISSING),
    "OrderRegistered": ShapeMeaning(HealthCode.NUMBER_MISSING),
    "RecallRegistered": ShapeMeaning(HealthCode.NUMBER_MISSING),
    "SubDelegationAcyclic": ShapeMeaning(HealthCode.CYCLE),
    "SubDelegationAcyclicDraft": ShapeMeaning(HealthCode.CYCLE),
    "DelegationDelegatorStated": ShapeMeaning(HealthCode.GIVER_NOT_STATED),
    "ExclusiveConflict": ShapeMeaning(HealthCode.EXCLUSIVE_CONFLICT, tells_other=True),
    "OrderOpen": ShapeMeaning(HealthCode.ORDER_REPEALED),
    "OrderStartStated": ShapeMeaning(HealthCode.START_NOT_STATED),
    "OrderDefaultStartStated": ShapeMeaning(HealthCode.START_NOT_STATED),
    "HoldingStartStated": ShapeMeaning(HealthCode.START_NOT_STATED),
    "SubstitutionStartStated": ShapeMeaning(HealthCode.START_NOT_STATED),
}
"""By the name of the shape; the findings of all other shapes stand under their own messages."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line: `code` is None where only a shape has words for it, which `messages` are then.

    `by_engine`: found on the day asked; `shapes` have found it, whatever the day. `messages` is by
    language tag. `severity` is the heaviest that was found.
    """

    code: HealthCode | None
    subject: Iri
    other: Iri | None = None
    day: date | None = None
    by_engine: bool = False
    shapes: tuple[Iri, ...] = ()
    messages: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Register:
    """The register on a day, with what ends within `days` days; `lines` by code and subject."""

    on: date
    days: int
    lines: tuple[RegisterLine, ...]
    version: int


def run_check(reader: Reader, arguments: Mapping[str, str]) -> bytes:
    """Return what the engine finds, as a query process sends it; `arguments`: on and days."""
    index = open_authority(reader).index
    found = check_health(index, date.fromisoformat(arguments["on"]), int(arguments["days"]))
    rows = [
        (
            each.code.value,
            each.subject.value,
            each.other.value if each.other else None,
            each.day.isoformat() if each.day else None,
        )
        for each in found
    ]
    return json.dumps(rows).encode()


def parse_findings(content: bytes) -> tuple[HealthFinding, ...]:
    """Return the findings that a query process has sent."""
    return tuple(
        HealthFinding(
            HealthCode(code),
            Iri(subject),
            Iri(other) if other else None,
            date.fromisoformat(day) if day else None,
        )
        for code, subject, other, day in json.loads(content)
    )


def write_arguments(on: date, days: int) -> dict[str, str]:
    """Return the arguments of the task."""
    return {"on": on.isoformat(), "days": str(days)}


def open_register(
    reader: TaskReader, settings: Settings, on: date, days: int, seconds: float | None = None
) -> Register:
    """Return the register of the version that `reader` answers from.

    Raises LimitError where it takes longer than `seconds`, or some times as long as a query may.
    """
    limit = TIMES_A_QUERY * settings.query_seconds if seconds is None else seconds
    return reader.keep(("register", on, days), lambda: _open(reader, settings, on, days, limit))


def _open(reader: TaskReader, settings: Settings, on: date, days: int, seconds: float) -> Register:
    version = reader.version()
    findings = parse_findings(reader.run_task(TASK, write_arguments(on, days), seconds))
    lines = join_register(reader, findings, read_report(settings, version))
    return Register(on, days, lines, version.number)


def join_register(
    reader: Reader, findings: Iterable[HealthFinding], report: ValidationReport
) -> tuple[RegisterLine, ...]:
    """Return one line for each code, subject and other that the engine or a shape has found."""
    lines = _Lines()
    for each in findings:
        lines.add(_tell_finding(each))
    concerned = _list_concerned(reader, report.results)
    for result in report.results:
        if result.focus_node in concerned:
            lines.join(_read_line(result), _find_meaning(result))
    return lines.ordered


def _tell_finding(found: HealthFinding) -> RegisterLine:
    """Return the line of what the engine finds: odd is a warning, and an end to come is none."""
    is_coming = found.code is HealthCode.ENDING_SOON
    return RegisterLine(
        code=found.code,
        subject=found.subject,
        other=found.other,
        day=found.day,
        by_engine=True,
        severity=Severity.INFO if is_coming else Severity.WARNING,
    )


def _read_line(result: ValidationResult) -> RegisterLine:
    meaning = _find_meaning(result)
    focus = Iri(result.focus_node)
    value = Iri(result.value) if ":" in result.value else None
    subject, other = focus, value if meaning and meaning.tells_other else None
    if meaning and meaning.of_value and value:
        subject, other = value, focus
    return RegisterLine(
        code=meaning.code if meaning else None,
        subject=subject,
        other=other,
        shapes=(Iri(result.source_shape),),
        messages=dict(result.messages),
        severity=result.severity,
    )


def _find_meaning(result: ValidationResult) -> ShapeMeaning | None:
    return SHAPE_MEANINGS.get(result.source_shape.rpartition("#")[2])


def _list_concerned(reader: Reader, results: Iterable[ValidationResult]) -> frozenset[str]:
    """Return the focus nodes that delegations consist of, or rest on."""
    nodes = sorted({each.focus_node for each in results if each.focus_node.startswith("http")})
    rows = select_each(reader, _CONCERNED, map(Iri, nodes))
    return frozenset(row["thing"].value for row in rows)


class _Lines:
    """Lines that are joined where they tell the same."""

    def __init__(self) -> None:
        self._lines: dict[tuple[object, ...], RegisterLine] = {}
        self._keys: defaultdict[tuple[object, ...], list[tuple[object, ...]]] = defaultdict(list)

    def add(self, line: RegisterLine) -> None:
        """Take a line, as one with what is told already."""
        key = _make_key(line)
        known = self._lines.get(key)
        if known is None:
            self._lines[key] = line
            self._keys[line.code, line.subject].append(key)
            return
        self._lines[key] = replace(
            known,
            by_engine=known.by_engine or line.by_engine,
            shapes=tuple(dict.fromkeys((*known.shapes, *line.shapes))),
            messages=known.messages or line.messages,
            severity=min(known.severity, line.severity),
        )

    def join(self, line: RegisterLine, meaning: ShapeMeaning | None) -> None:
        """Take a line of a shape; one that names no other joins those of its code and subject."""
        keys = self._keys[line.code, line.subject] if meaning and not meaning.tells_other else []
        for key in tuple(keys):
            known = self._lines[key]
            self.add(replace(line, other=known.other, day=known.day))
        if not keys:
            self.add(line)

    @property
    def ordered(self) -> tuple[RegisterLine, ...]:
        """Return the lines by code, subject and other."""
        return tuple(sorted(self._lines.values(), key=_order))


def _make_key(line: RegisterLine) -> tuple[object, ...]:
    """Return what makes a line one of its own; of two in conflict neither is the first."""
    if line.code is HealthCode.EXCLUSIVE_CONFLICT and line.other:
        return (line.code, frozenset({line.subject, line.other}))
    own = line.shapes if line.code is None else line.day
    return (line.code, line.subject, line.other, own)


def _order(line: RegisterLine) -> tuple[int, str, str, str]:
    place = list(HealthCode).index(line.code) if line.code else len(HealthCode)
    other = line.other.value if line.other else ""
    return place, name_code(line), line.subject.value, other


def parse_days(text: str) -> int:
    """Return the number of days that `text` is. Raises ParameterError."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
    if not 0 <= number <= MOST_DAYS:
        raise ParameterError(
            N_("“{text}” is no number of days. Write one from 0 to {most}."),
            text=text[:40],
            most=MOST_DAYS,
        )
    return number


def group_lines(lines: Iterable[RegisterLine]) -> Iterator[tuple[str, tuple[RegisterLine, ...]]]:
    """Yield the lines of each code, and those of each shape without one, in their order."""
    groups: defaultdict[str, list[RegisterLine]] = defaultdict(list)
    for line in lines:
        groups[name_code(line)].append(line)
    for name, found in groups.items():
        yield name, tuple(found)


def name_code(line: RegisterLine) -> str:
    """Return the code of a line; of one without, the name of its shape."""
    return line.code.value if line.code else line.shapes[0].value.rpartition("#")[2]
