"""The W3C suites as cases: what their manifests say, with files in place of IRIs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

ROOT = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Quads = frozenset[ox.Quad]


def find_suites() -> Path | None:
    """Return the folder of the suites, None where `STYRGRAF_SUITES` names none."""
    named = os.environ.get("STYRGRAF_SUITES", "")
    return Path(named).absolute() if named else None


@dataclass(frozen=True)
class Manifest:
    """The graph of one manifest."""

    store: ox.Store = field(default_factory=ox.Store)

    @classmethod
    def load(cls, path: Path, address: str) -> Manifest:
        """Read a manifest file whose address is `address`."""
        manifest = cls()
        manifest.store.load(path=path, format=ox.RdfFormat.TURTLE, base_iri=address)
        return manifest

    def values(self, subject: object, predicate: str) -> list[Term]:
        """Return the objects of a subject and predicate."""
        if subject is None:
            return []
        found = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None)  # type: ignore[arg-type]
        return [quad.object for quad in found]  # type: ignore[misc]

    def value(self, subject: object, predicate: str) -> Term | None:
        """Return the one object, None where there is none."""
        return next(iter(self.values(subject, predicate)), None)

    def entries(self) -> Iterator[Term]:
        """Yield the cases in their order."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(MF + "entries"), None):
            yield from self.members(quad.object)

    def members(self, node: object) -> Iterator[Term]:
        """Yield the members of a list."""
        while node is not None and node != ox.NamedNode(RDF + "nil"):
            first = self.value(node, RDF + "first")
            if first is not None:
                yield first
            node = self.value(node, RDF + "rest")


@dataclass(frozen=True)
class Dataset:
    """Files of a dataset: those of the default graph, and of each named graph."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Case:
    """One case of the SPARQL suite. Files are told by their addresses; `locate` finds them."""

    name: str
    kind: str
    text: str
    data: Dataset
    result: str
    expected: Dataset

    @property
    def folder(self) -> str:
        """Return the folder of the case."""
        return self.name.partition("/")[0]


def locate(address: str) -> Path:
    """Return the file that stands for an address of the suite."""
    suites = find_suites()
    assert suites is not None
    return suites / "sparql11" / address.removeprefix(ROOT)


@cache
def load_cases(folder: str) -> tuple[Case, ...]:
    """Return the cases of a folder that have a query or an update."""
    address = f"{ROOT}{folder}/manifest.ttl"
    manifest = Manifest.load(locate(address), address)
    return tuple(_read_case(manifest, entry, folder) for entry in manifest.entries())


def _read_case(manifest: Manifest, entry: Term, folder: str) -> Case:
    kind = _tell(manifest.value(entry, RDF + "type")).rpartition("#")[2]
    action, result = manifest.value(entry, MF + "action"), manifest.value(entry, MF + "result")
    text = manifest.value(action, QT + "query") or manifest.value(action, UT + "request")
    return Case(
        name=f"{folder}/{_tell(entry).rpartition('#')[2]}",
        kind=kind,
        text=_tell(text or action),
        data=_read_dataset(manifest, action),
        result=_tell(result) if isinstance(result, ox.NamedNode) else "",
        expected=_read_dataset(manifest, result),
    )


def _read_dataset(manifest: Manifest, node: Term | None) -> Dataset:
    default = [*manifest.values(node, QT + "data"), *manifest.values(node, UT + "data")]
    named = [(_tell(graph), _tell(graph)) for graph in manifest.values(node, QT + "graphData")]
    for described in manifest.values(node, UT + "graphData"):
        graph, label = (
            manifest.value(described, predicate) for predicate in (UT + "graph", RDFS + "label")
        )
        named.append((_tell(label), _tell(graph)))
    return Dataset(tuple(sorted(map(_tell, default))), tuple(sorted(named)))


def _tell(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


@cache
def load_quads(dataset: Dataset) -> Quads:
    """Return what the files of a dataset hold."""
    unnamed = [(ox.DefaultGraph(), address) for address in dataset.default]
    named = [(ox.NamedNode(name), address) for name, address in dataset.named]
    return frozenset(
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for graph, address in [*unnamed, *named]
        for quad in _parse(address)
    )


def _parse(address: str) -> list[ox.Quad]:
    path = locate(address)
    syntax = ox.RdfFormat.from_extension(path.suffix[1:])
    return list(ox.parse(path=path, format=syntax, base_iri=address, rename_blank_nodes=True))


def read_text(address: str) -> str:
    """Return a query or an update as it stands, with the base that the suite gives it."""
    return locate(address).read_text(encoding="utf-8")
