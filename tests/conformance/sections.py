"""Which folders of the SPARQL 1.1 suite are run, in which section, and the known failures."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conformance.manifests import Case, find_suites, load_cases

QUERY_FOLDERS = (
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "exists",
    "functions",
    "grouping",
    "negation",
    "project-expression",
    "property-path",
    "subquery",
)
UPDATE_FOLDERS = (
    "add",
    "basic-update",
    "clear",
    "copy",
    "delete",
    "delete-data",
    "delete-insert",
    "delete-where",
    "drop",
    "move",
    "update-silent",
)
ALL_FOLDERS = (
    *QUERY_FOLDERS,
    "csv-tsv-res",
    "json-res",
    "syntax-query",
    *UPDATE_FOLDERS,
    "syntax-update-1",
    "syntax-update-2",
)

QUERY_SYNTAX = {"PositiveSyntaxTest11", "NegativeSyntaxTest11"}
UPDATE_SYNTAX = {"PositiveUpdateSyntaxTest11", "NegativeUpdateSyntaxTest11"}

_KNOWN = Path(__file__).with_name("known.toml")


@dataclass(frozen=True)
class Known:
    """Cases that do not pass, or are not asked for, and why: name to reason."""

    failing: dict[str, str]
    refused: dict[str, str]


@cache
def read_known(suite: str) -> Known:
    """Return what is known of a suite: `sparql11` or `shacl`."""
    told = tomllib.loads(_KNOWN.read_text(encoding="utf-8"))[suite]
    return Known(told.get("failing", {}), told.get("refused", {}))


def list_cases(section: str) -> list[Case]:
    """Return the cases of a section; none where the suites are not there."""
    if find_suites() is None:
        return []
    cases = [case for folder in ALL_FOLDERS for case in load_cases(folder)]
    return sorted(
        (case for case in cases if find_section(case) == section),
        key=lambda case: (case.data.default, case.data.named, case.name),
    )


def find_section(case: Case) -> str:
    """Return the section that a case is counted in."""
    if case.kind in UPDATE_SYNTAX:
        return "update syntax"
    if case.kind in QUERY_SYNTAX:
        return "update syntax" if case.text.endswith(".ru") else "query syntax"
    if case.kind == "UpdateEvaluationTest":
        return "update evaluation"
    return {"csv-tsv-res": "CSV and TSV results", "json-res": "JSON results"}.get(
        case.folder, "query evaluation"
    )
