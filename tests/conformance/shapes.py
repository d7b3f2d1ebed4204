"""The W3C SHACL suite as cases, and validation reports as bags of results.

A report is compared by what its results say of focus node, path, value, severity, shape and
component; messages where the suite tells them. Blank nodes are compared as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from tests.conformance.manifests import MF, RDF, Manifest, Term, find_suites
from tests.conformance.results import normalise_term

SH = "http://www.w3.org/ns/shacl#"
SHT = "http://www.w3.org/ns/shacl-test#"
ROOT = "http://www.w3.org/ns/shacl-suite/"

_TOLD = ("focusNode", "value", "resultSeverity", "sourceShape", "sourceConstraintComponent")
_PATHS = ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")

Results = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class ShapesCase:
    """One case: files of data and shapes, and the report expected (None: a failure)."""

    name: str
    data: str
    shapes: str
    conforms: bool
    results: Iterable[tuple[str, ...]] | None
    tells_messages: bool = False


def list_shapes_cases() -> list[ShapesCase]:
    """Return the cases of the suite; none where it is not there."""
    return sorted(_load("manifest.ttl"), key=lambda case: case.name) if find_suites() else []


def locate(address: str) -> Path:
    """Return the file that stands for an address of the suite."""
    suites = find_suites()
    assert suites is not None
    return suites / "shacl" / address.removeprefix(ROOT)


@cache
def _load(place: str) -> tuple[ShapesCase, ...]:
    return tuple(_walk(ROOT + place))


def _walk(address: str) -> Iterator[ShapesCase]:
    manifest = Manifest.load(locate(address), address)
    for included in manifest.values(ox.NamedNode(address), MF + "include"):
        yield from _walk(included.value)
    for entry in manifest.entries():
        yield _read_case(manifest, entry, address)


def _read_case(manifest: Manifest, entry: Term, address: str) -> ShapesCase:
    action, report = manifest.value(entry, MF + "action"), manifest.value(entry, MF + "result")
    data, shapes = (manifest.value(action, SHT + name) for name in ("dataGraph", "shapesGraph"))
    assert isinstance(data, ox.NamedNode)
    assert isinstance(shapes, ox.NamedNode)
    folder = address.removeprefix(ROOT).rpartition("/")[0]
    name = f"{folder}/{entry.value.rpartition('/')[2]}"
    if report == ox.NamedNode(SHT + "Failure"):
        return ShapesCase(name, data.value, shapes.value, False, None)
    conforms = manifest.value(report, SH + "conforms")
    messages = any(
        manifest.value(result, SH + "resultMessage")
        for result in manifest.values(report, SH + "result")
    )
    results = tuple(read_results(manifest, report, messages).elements())
    truth = isinstance(conforms, ox.Literal) and conforms.value == "true"
    return ShapesCase(name, data.value, shapes.value, truth, results, messages)


def read_report(turtle: str, messages: bool) -> Results:
    """Return the results that a report in Turtle tells."""
    manifest = Manifest()
    manifest.store.load(turtle.encode(), ox.RdfFormat.TURTLE)
    kind = ox.NamedNode(SH + "ValidationReport")
    (report,) = manifest.store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind)
    return read_results(manifest, report.subject, messages)  # type: ignore[arg-type]


def read_results(manifest: Manifest, report: Term | None, messages: bool) -> Results:
    """Return the results of a report, each as texts in the same order."""
    told = (*_TOLD, *(["resultMessage"] if messages else []))
    return Counter(
        (
            *(_tell(manifest.value(result, SH + name)) for name in told),
            _tell_path(manifest, manifest.value(result, SH + "resultPath")),
        )
        for result in manifest.values(report, SH + "result")
    )


def _tell(term: Term | None) -> str:
    if term is None:
        return ""
    return "blank" if isinstance(term, ox.BlankNode) else str(normalise_term(term))


def _tell_path(manifest: Manifest, path: Term | None) -> str:
    """Return a path written out (SHACL, section 2.3.1)."""
    if not isinstance(path, ox.BlankNode):
        return _tell(path)
    for name in _PATHS:
        inner = manifest.value(path, SH + name)
        if inner is not None:
            return f"{name}({_tell_path(manifest, inner)})"
    return f"[{' '.join(_tell_path(manifest, member) for member in manifest.members(path))}]"
