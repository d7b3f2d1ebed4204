"""Drafts: the graph as it would become, in memory, and whether what a draft touches conforms.

Nothing is ever written. A draft is hostile: this is for a process that can be killed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from styrgraf.errors import SyntaxInFileError, UnacceptableDataError, UsageError
from styrgraf.formats import N_QUADS, TURTLE
from styrgraf.graph.embedded import EmbeddedReader
from styrgraf.graph.inference import infer_quads, make_merged_store
from styrgraf.graph.parsing import (
    Incoming,
    accept_quads,
    check_content,
    parse_content,
    syntax_error,
)
from styrgraf.graph.patches import Change, parse_patch
from styrgraf.graph.reports import ValidationReport
from styrgraf.graph.shipped import (
    EXTERNAL_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    SHAPES_GRAPH,
    list_derivations,
)
from styrgraf.graph.store import Reader
from styrgraf.language import N_, Phrase
from styrgraf.model import Iri
from styrgraf.namespaces import GRAPH_PATH

RDF_PATCH = "application/rdf-patch"
DRAFT_GRAPH = "draft"
MAX_DRAFT_BYTES = 1024 * 1024
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

_PATCH_NAME = "draft.rdfp"
_PRODUCT_GRAPHS = (ONTOLOGY_GRAPH, SHAPES_GRAPH, INFERRED_GRAPH)


class AppliedDraft(NamedTuple):
    """The graph as a draft would make it, the subjects it touches, and what shapes say of those."""

    reader: EmbeddedReader
    touched: tuple[Iri, ...]
    report: ValidationReport


def apply_draft(reader: Reader, draft: bytes, media_type: str) -> AppliedDraft:
    """Return what a draft in Turtle or RDF Patch would make of what a reader reads.

    Triples that name no graph come into one of their own; deleted without a graph, they go from
    every graph. What is derived is derived anew; what compilers made is left out. Raises
    UsageError and DataError.
    """
    from styrgraf.graph.validation import validate_quads  # half a second that a start can spare

    version = reader.version()
    changes = parse_draft(draft, media_type, version.base)
    inferred, external = (_name(version.base, name) for name in (INFERRED_GRAPH, EXTERNAL_GRAPH))
    dump = ox.parse(b"".join(reader.dump(N_QUADS.media_type)), ox.RdfFormat.N_QUADS)
    before = {quad for quad in dump if quad.graph_name != inferred}
    after = _carry_out(changes, before, version.base)
    premises = (quad for quad in after if quad.graph_name != external)
    quads = [*after, *infer_quads(premises, list_derivations(), inferred.value)]
    changed = before ^ after
    return AppliedDraft(
        EmbeddedReader(make_merged_store(quads), version),
        tuple(sorted(map(Iri, _list_iris(quad.subject for quad in changed)))),
        validate_quads(quads, version.base, _list_concerned(changed, before | after)),
    )


def parse_draft(draft: bytes, media_type: str, base: str) -> list[Change]:
    """Return what a draft adds and deletes, in order. Raises UsageError and DataError."""
    kind = media_type.partition(";")[0].strip().lower()
    if kind not in {TURTLE.media_type, RDF_PATCH}:
        raise UsageError(
            N_("A draft is written as {turtle} or {patch}, not as {media_type}."),
            turtle=TURTLE.media_type,
            patch=RDF_PATCH,
            media_type=media_type,
        )
    if len(draft) > MAX_DRAFT_BYTES:
        raise UnacceptableDataError(
            N_("The draft is larger than {limit} KiB; ask for less at a time."),
            limit=MAX_DRAFT_BYTES // 1024,
        )
    if kind == RDF_PATCH:
        return _parse_patch(draft, base)
    incoming = Incoming("draft.ttl", _name(base, DRAFT_GRAPH).value)
    return [Change(1, True, quad) for quad in parse_content(draft, TURTLE, incoming, base)]


def _parse_patch(draft: bytes, base: str) -> list[Change]:
    incoming = Incoming(_PATCH_NAME, _name(base, DRAFT_GRAPH).value)
    check_content(draft, N_QUADS, incoming)
    changes = parse_patch(draft, _PATCH_NAME)
    for change in changes:
        if change.quad.graph_name in {_name(base, name) for name in _PRODUCT_GRAPHS}:
            raise _refuse(change, N_("ontology, shapes and derived facts are the product's own"))
    added = iter(accept_quads((each.quad for each in changes if each.adds), draft, incoming, base))
    return [each._replace(quad=next(added)) if each.adds else each for each in changes]


def _carry_out(changes: Iterable[Change], before: set[ox.Quad], base: str) -> set[ox.Quad]:
    after = set(before)
    graphs = {quad.graph_name for quad in before} - {_name(base, name) for name in _PRODUCT_GRAPHS}
    for change in changes:
        if change.adds:
            after.add(change.quad)
            graphs.add(change.quad.graph_name)
            continue
        deleted = after.intersection(_list_forms(change.quad, graphs))
        if not deleted:
            raise _refuse(change, N_("the graph has no such statement to delete"))
        after -= deleted
    return after


def _list_forms(quad: ox.Quad, graphs: set[GraphName]) -> Iterator[ox.Quad]:
    """Yield a quad as it is written and as the store writes it, in its graph or in all."""
    stored = _write_as_stored(quad)
    for subject, predicate, value in (quad.triple, stored.triple):
        for graph in graphs if quad.graph_name == ox.DefaultGraph() else {quad.graph_name}:
            yield ox.Quad(subject, predicate, value, graph)


def _write_as_stored(quad: ox.Quad) -> ox.Quad:
    store = ox.Store()
    store.add(quad)
    return next(iter(store.quads_for_pattern(None, None, None)))


def _list_concerned(changed: Iterable[ox.Quad], quads: Iterable[ox.Quad]) -> list[str]:
    """Return what changes, what it refers to, and what refers to it."""
    subjects: set[object] = {quad.subject for quad in changed}
    concerned = set(subjects)
    for quad in quads:
        if quad.subject in subjects:
            concerned.add(quad.object)
        elif quad.object in subjects:
            concerned.add(quad.subject)
    return sorted(_list_iris(concerned))


def _list_iris(nodes: Iterable[object]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ox.NamedNode)}


def _name(base: str, graph: str) -> ox.NamedNode:
    return ox.NamedNode(base + GRAPH_PATH + graph)


def _refuse(change: Change, reason: str) -> SyntaxInFileError:
    return syntax_error(_PATCH_NAME, change.line, Phrase(reason))
