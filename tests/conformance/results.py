"""Answers and expectations as datasets that can be compared: by value, blank nodes by place.

Numbers and booleans are compared by value and datatype (the store writes `01` as `1`), all else by
lexical form. Solutions are a bag; they are in order where the expectation numbers them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from tests.conformance.manifests import RDF, locate

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT = {"integer", "decimal"}
_FLOATING = {"double", "float"}
_RESULTS = {
    "srx": ox.QueryResultsFormat.XML,
    "srj": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
}

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]
_NAMESPACE = "urn:row:"


class Table:
    """Solutions: variables, and rows in the order of the variables' names."""

    def __init__(self, variables: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> None:
        order = sorted(range(len(variables)), key=lambda place: variables[place])
        self.variables = tuple(variables[place] for place in order)
        self.rows = [tuple(row[place] for place in order) for row in rows]

    def as_dataset(self, ordered: bool) -> ox.Dataset:
        """Return the rows as triples about blank nodes, or numbered ones where the order counts."""
        dataset = ox.Dataset()
        for number, row in enumerate(self.rows):
            # Rows may be equal: how often each occurs is told by its number among its equals.
            equals = sum(1 for other in self.rows[:number] if other == row)
            node: ox.NamedNode | ox.BlankNode = ox.BlankNode()
            if ordered:
                node = ox.NamedNode(f"{_NAMESPACE}{number}")
            count = ox.Literal(equals)
            dataset.add(ox.Quad(node, ox.NamedNode(_NAMESPACE + "equals"), count))
            for name, term in zip(self.variables, row, strict=True):
                if term is not None:
                    predicate = ox.NamedNode(f"{_NAMESPACE}variable:{name}")
                    dataset.add(ox.Quad(node, predicate, normalise_term(term)))
        return dataset


def parse_table(body: bytes, kind: str) -> Table | bool:
    """Return solutions, or the truth, of a results document: srx, srj, tsv or csv."""
    if kind == "csv":
        return _parse_csv(body.decode())
    parsed = ox.parse_query_results(body, format=_RESULTS[kind])
    if isinstance(parsed, ox.QueryBoolean):
        return bool(parsed)
    names = [variable.value for variable in parsed.variables]
    rows = [[row[name] for name in names] for row in parsed]
    return Table(names, rows)  # type: ignore[arg-type]


def read_expected(address: str) -> Table | bool | ox.Dataset:
    """Return what a case expects: a table, a truth, or a graph."""
    path = locate(address)
    kind = path.suffix[1:]
    if kind in {*_RESULTS, "csv"}:
        return parse_table(path.read_bytes(), kind)
    return _read_result_graph(parse_graph(path.read_bytes(), f"text/{kind}", address))


def parse_graph(body: bytes, media_type: str, base: str) -> ox.Dataset:
    """Return the triples of a document; `text/rdf` stands for RDF/XML, `text/ttl` for Turtle."""
    names = {"text/ttl": ox.RdfFormat.TURTLE, "text/rdf": ox.RdfFormat.RDF_XML}
    syntax = names.get(media_type) or ox.RdfFormat.from_media_type(media_type)
    assert syntax is not None, media_type
    return ox.Dataset(ox.parse(body, syntax, base_iri=base, rename_blank_nodes=True))


def are_equal(
    found: Table | bool | ox.Dataset, expected: Table | bool | ox.Dataset, ordered: bool = False
) -> bool:
    """Tell whether an answer is what was expected, but for the names of blank nodes."""
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    if isinstance(found, Table) and isinstance(expected, Table):
        if found.variables != expected.variables or len(found.rows) != len(expected.rows):
            return False
        return _are_isomorphic(found.as_dataset(ordered), expected.as_dataset(ordered))
    if isinstance(found, Table) or isinstance(expected, Table):
        return False
    return _are_isomorphic(normalise(found), normalise(expected))


def normalise(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """Return quads with numbers in one form."""
    return ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, normalise_term(quad.object), quad.graph_name)  # type: ignore[arg-type]
        for quad in quads
    )


def _are_isomorphic(first: ox.Dataset, second: ox.Dataset) -> bool:
    for dataset in (first, second):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return first == second


def normalise_term(term: Term) -> Term:
    if not isinstance(term, ox.Literal) or term.language:
        return term
    name = term.datatype.value.removeprefix(_XSD)
    try:
        if name in _EXACT:
            return ox.Literal(f"{Decimal(term.value).normalize():f}", datatype=term.datatype)
        if name in _FLOATING:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        if name == "boolean":
            truth = {"1": "true", "0": "false"}.get(term.value, term.value)
            return ox.Literal(truth, datatype=term.datatype)
    except (InvalidOperation, ValueError):
        pass
    return term


def _parse_csv(text: str) -> Table:
    """Return a CSV table: cells are texts but for blank nodes; numbers are compared by value."""
    names, *rows = csv.reader(io.StringIO(text))
    nodes: dict[str, Term] = {}

    def read_cell(cell: str) -> Term | None:
        if cell.startswith("_:"):
            return nodes.setdefault(cell, ox.BlankNode())
        try:
            return ox.Literal(repr(float(cell)))
        except ValueError:
            return ox.Literal(cell) if cell else None

    return Table(names, [[read_cell(cell) for cell in row] for row in rows])


def _read_result_graph(graph: ox.Dataset) -> Table | bool | ox.Dataset:
    """Return the table that a graph in the result-set vocabulary tells, or the graph itself."""
    store = ox.Store()
    store.extend(graph)

    def values(subject: object, name: str) -> list[Term]:
        found = store.quads_for_pattern(subject, ox.NamedNode(RS + name), None)  # type: ignore[arg-type]
        return [quad.object for quad in found]  # type: ignore[misc]

    kind = ox.NamedNode(RS + "ResultSet")
    sets = list(store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind))
    if not sets:
        return graph
    (truth, *_) = values(sets[0].subject, "boolean") or [None]
    if isinstance(truth, ox.Literal):
        return truth.value == "true"
    names = [term.value for term in values(sets[0].subject, "resultVariable")]
    rows = []

    def tell_place(solution: Term) -> int:
        return int((values(solution, "index") or [ox.Literal(0)])[0].value)  # type: ignore[union-attr]

    for solution in sorted(values(sets[0].subject, "solution"), key=tell_place):
        bound: dict[str, Term] = {}
        for binding in values(solution, "binding"):
            bound[values(binding, "variable")[0].value] = values(binding, "value")[0]
        rows.append([bound.get(name) for name in names])
    return Table(names, rows)
