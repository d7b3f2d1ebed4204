"""Findings of the engine and of the shapes as lines of work lists. No IO here."""

from __future__ import annotations

from styrgraf.governance.authority.forms.health_texts import HEALTH_TEXTS
from styrgraf.governance.authority.reasoning.register import (
    SHAPE_MEANINGS,
    RegisterLine,
    name_code,
)
from styrgraf.governance.worklists import WorkLine, WorkRule
from styrgraf.graph.reports import ValidationResult
from styrgraf.model import Iri


def read_line(line: RegisterLine) -> WorkLine[RegisterLine]:
    """Return a line of the health register under its code, else under its shape."""
    if line.code is None:
        rule = WorkRule(name_code(line), shape=line.shapes[0])
    else:
        text = HEALTH_TEXTS[line.code]
        rule = WorkRule(name_code(line), text.heading, sources=text.sources)
    return WorkLine(rule, line.subject, line.severity, line)


def read_result(result: ValidationResult) -> WorkLine[ValidationResult]:
    """Return a result of validation under its shape, with the rules that the shape is about."""
    name = result.source_shape.rpartition("#")[2]
    meaning = SHAPE_MEANINGS.get(name)
    sources = HEALTH_TEXTS[meaning.code].sources if meaning else ()
    rule = WorkRule(name, shape=Iri(result.source_shape), sources=sources)
    return WorkLine(rule, Iri(result.focus_node), result.severity, result)
