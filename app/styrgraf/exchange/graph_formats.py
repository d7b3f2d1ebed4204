"""Graphs of drawings as text: GraphML, DOT and node-link JSON. No IO here.

Only what is said is written: an empty value is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from styrgraf.exchange.graphs import Graph, GraphEdge, GraphNode

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def write_graphml(graph: Graph) -> str:
    """Return the graph as GraphML 1.0."""
    from networkx import generate_graphml

    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return head + "\n".join(generate_graphml(_build(graph))) + "\n"


def write_node_link(graph: Graph) -> str:
    """Return the graph as JSON: `nodes` with `id`, `edges` with `source` and `target`."""
    from networkx import node_link_data

    return json.dumps(node_link_data(_build(graph), edges="edges"), ensure_ascii=False)


def write_dot(graph: Graph) -> str:
    """Return the graph in the language of Graphviz, to be laid out from left to right."""
    head = [f"graph [rankdir=LR, {_attributes(_tell_graph(graph))}];", "node [shape=box];"]
    nodes = [f"{_quote(each.id)} [{_attributes(_tell_node(each))}];" for each in graph.nodes]
    edges = [
        f"{_quote(each.start)} -> {_quote(each.end)} [{_attributes(_tell_edge(each))}];"
        for each in graph.edges
    ]
    body = "\n".join(f"  {line}" for line in (*head, *nodes, *edges))
    return f"digraph {{\n{body}\n}}\n"


def _build(graph: Graph) -> MultiDiGraph[str]:
    # networkx takes half a second to load, which only who asks for these forms waits for.
    from networkx import MultiDiGraph

    built: MultiDiGraph[str] = MultiDiGraph(**_tell_graph(graph))
    for node in graph.nodes:
        built.add_node(node.id, **_tell_node(node))
    for edge in graph.edges:
        built.add_edge(edge.start, edge.end, **_tell_edge(edge))
    return built


def _tell_graph(graph: Graph) -> dict[str, str]:
    return _said({"label": graph.title, "lang": graph.language})


def _tell_node(node: GraphNode) -> dict[str, str]:
    told = {"label": node.label, "lang": node.language, "kind": node.kind, "details": node.details}
    return _said(told)


def _tell_edge(edge: GraphEdge) -> dict[str, str]:
    told = {"label": edge.label, "kind": edge.kind, "about": edge.about, "details": edge.details}
    return _said(told)


def _said(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _attributes(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={_quote(value)}" for name, value in values.items())


def _quote(text: str) -> str:
    """Return a quoted string; a backslash, which would mean a break or a place, is doubled."""
    doubled = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{doubled}"'
