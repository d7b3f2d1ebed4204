"""Validation reports, and their files beside a version, so that no reader validates again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum

from styrgraf.errors import StoreMissingError
from styrgraf.language import N_
from styrgraf.model import Version
from styrgraf.settings import Settings

REPORT_FILE = "validation.json"


class Severity(IntEnum):
    """How much a result weighs; the heaviest first (SHACL, section 2.1.4)."""

    VIOLATION = 0
    WARNING = 1
    INFO = 2


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One finding. Nodes are IRIs, or texts where they are literals; absent ones are empty.

    `path` is an IRI, or a SPARQL property path. `messages` is by language tag ('' for none).
    """

    severity: Severity
    focus_node: str
    path: str
    value: str
    messages: Mapping[str, str]
    source_shape: str
    component: str

    def message(self, language: str) -> str:
        """Return the message in `language`, else in any."""
        return self.messages.get(language) or next(iter(self.messages.values()), "")


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All findings, heaviest first. It conforms when none is a violation."""

    conforms: bool
    results: tuple[ValidationResult, ...]
    turtle: str
    """The report as SHACL writes it (section 3.6)."""

    def count(self, severity: Severity) -> int:
        """Return how many results have this severity."""
        return sum(1 for result in self.results if result.severity is severity)


def serialize_report(report: ValidationReport) -> bytes:
    """Return a report as the bytes of its file."""
    return json.dumps(asdict(report), ensure_ascii=False).encode()


def parse_report(content: bytes) -> ValidationReport:
    """Return the report that a file holds."""
    values = json.loads(content)
    results = tuple(
        ValidationResult(**{**result, "severity": Severity(result["severity"])})
        for result in values["results"]
    )
    return ValidationReport(values["conforms"], results, values["turtle"])


def read_report(settings: Settings, version: Version) -> ValidationReport:
    """Return the report that was made when `version` was loaded."""
    path = settings.data_dir / "versions" / str(version.number) / REPORT_FILE
    try:
        return parse_report(path.read_bytes())
    except FileNotFoundError:
        raise StoreMissingError(
            N_("Version {number} has no validation report."), number=version.number
        ) from None
