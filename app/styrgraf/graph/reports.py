"""Validation reports as files beside a version, so that no reader validates again."""

from __future__ import annotations

import json
from dataclasses import asdict

from styrgraf.errors import StoreMissingError
from styrgraf.graph.validation import Severity, ValidationReport, ValidationResult
from styrgraf.language import N_
from styrgraf.model import Version
from styrgraf.settings import Settings

REPORT_FILE = "validation.json"


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
