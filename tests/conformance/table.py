"""Write docs/conformance.md from the suites and from what is known of them.

    python -m tests.conformance.table

The tests hold every case to `known.toml`, so what is written follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.conformance.exchanges import list_protocol_cases
from tests.conformance.sections import Known, list_cases, read_known
from tests.conformance.shapes import list_shapes_cases

DOCUMENT = Path(__file__).parents[2] / "docs" / "conformance.md"
BEGIN, END = "<!-- written by python -m tests.conformance.table -->", "<!-- end -->"

_SECTIONS = (
    "query evaluation",
    "CSV and TSV results",
    "JSON results",
    "query syntax",
    "update evaluation",
    "update syntax",
)
_STORES = ("manifest-direct", "manifest-indirect")
_DESCRIPTION = ("has-endpoint-triple", "returns-rdf", "conforms-to-schema")


def write_tables() -> str:
    """Return the tables of figures and of what does not pass."""
    sparql, shacl = read_known("sparql11"), read_known("shacl")
    sections = {
        f"SPARQL 1.1 {section}": [case.name for case in list_cases(section)]
        for section in _SECTIONS
    }
    sections["SPARQL 1.1 Protocol"] = [case.name for case in list_protocol_cases("protocol")]
    sections["Service Description"] = [f"service-description/{name}" for name in _DESCRIPTION]
    sections["Graph Store Protocol"] = [
        case.name
        for manifest in _STORES
        for case in list_protocol_cases("graph-store-protocol", manifest)
    ]
    rows = [_write_row(title, names, sparql) for title, names in sections.items()]
    rows.append(_write_row("SHACL", [case.name for case in list_shapes_cases()], shacl))
    return "\n".join(
        (
            BEGIN,
            "",
            "| suite | passed | of | answered otherwise | refused |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "Answered otherwise than the suite expects:",
            "",
            *_list_reasons(sparql.failing | shacl.failing),
            "",
            "Refused:",
            "",
            *_list_reasons(sparql.refused),
            "",
            END,
        )
    )


def _write_row(title: str, names: Iterable[str], known: Known) -> str:
    asked = list(names)
    failing = sum(1 for name in asked if name in known.failing)
    refused = sum(1 for name in asked if name in known.refused)
    passed = len(asked) - failing - refused
    return f"| {title} | {passed} | {len(asked)} | {failing or ''} | {refused or ''} |"


def _list_reasons(reasons: dict[str, str]) -> list[str]:
    return [f"- `{name}`: {reason}." for name, reason in reasons.items()]


def main() -> None:
    """Put the tables into the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    DOCUMENT.write_text(before + write_tables() + after, encoding="utf-8")


if __name__ == "__main__":
    main()
