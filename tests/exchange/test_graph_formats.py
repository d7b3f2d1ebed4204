"""A drawing as a graph: what is read back from GraphML, DOT and JSON is what was drawn."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import networkx
import pygraphviz
import pytest

from styrgraf.exchange.diagrams import Branch
from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.graph_formats import write_dot, write_graphml, write_node_link
from styrgraf.exchange.strokes import Box

SVG = "{http://www.w3.org/2000/svg}"
HEAD = Box("Prefekt \\N", ("inköp", "till 2023"), "/id/post/b", iri="urn:b")
TREE = Branch(
    Box('Rektor "R" & <co>', (), "/id/post/a", "emphasis", iri="urn:a"),
    (
        Branch(HEAD, (), "delegerar till\n✕ återkallad", "failing", "urn:d1"),
        Branch(
            HEAD,
            (
                Branch(
                    Box("+12 till"),
                ),
            ),
            "får delegera till",
            "possible",
        ),
        Branch(Box("Dean", language="en", iri="urn:c")),
    ),
)
DRAWING = Drawing("Kedja \x00 ö", "Från vänster", "chain", "sv", (TREE,))
GRAPH = DRAWING.graph
NAMES = {"urn:a": 'Rektor "R" & <co>', "urn:b": "Prefekt \\N", "urn:c": "Dean"}


def test_what_is_drawn_twice_is_one_node_and_each_line_is_an_edge() -> None:
    assert [node.id for node in GRAPH.nodes] == ["urn:a", "urn:b", "urn:c", "box-4"]
    assert [node.language for node in GRAPH.nodes] == ["sv", "sv", "en", "sv"]
    first, *others = GRAPH.edges
    assert (first.about, first.label, first.details) == (
        "urn:d1",
        "delegerar till; ✕ återkallad",
        "inköp; till 2023",
    )
    assert [(edge.start, edge.end, edge.kind) for edge in others] == [
        ("urn:a", "urn:b", "possible"),
        ("urn:a", "urn:c", ""),
        ("urn:b", "box-4", ""),
    ]


@pytest.mark.parametrize("form", ["graphml", "json"])
def test_graphml_and_json_are_read_back_by_networkx(form: str) -> None:
    if form == "graphml":
        read = networkx.parse_graphml(write_graphml(GRAPH))
    else:
        data = json.loads(write_node_link(GRAPH))
        read = networkx.node_link_graph(data, edges="edges")
        assert data["graph"] == {"label": "Kedja \ufffd ö", "lang": "sv"}
    assert read.is_directed()
    assert {name: read.nodes[name]["label"] for name in NAMES} == NAMES
    assert read.nodes["urn:c"]["lang"] == "en"
    told = [data for _, end, data in read.edges(data=True) if end == "urn:b"]
    assert {(each.get("kind"), each.get("about")) for each in told} == {
        ("failing", "urn:d1"),
        ("possible", None),
    }


def test_dot_is_read_back_by_graphviz() -> None:
    read = pygraphviz.AGraph(string=write_dot(GRAPH))
    labels = {name: read.get_node(name).attr["label"] for name in NAMES}
    assert {name: label.replace("\\\\", "\\") for name, label in labels.items()} == NAMES
    assert len(read.edges()) == 4
    assert {edge.attr["about"] for edge in read.edges()} == {"urn:d1", ""}


def test_a_drawing_by_itself_has_letters_and_addresses_of_its_own() -> None:
    alone = ElementTree.fromstring(DRAWING.write_alone(lambda path: f"https://example.org{path}"))
    assert "sans-serif" in alone.attrib["font-family"]
    links = [each.attrib["href"] for each in alone.iter(f"{SVG}a")]
    assert links[0] == "https://example.org/id/post/a"
    assert alone.findtext(f"{SVG}title") == "Kedja \ufffd ö"


def test_a_graph_of_nothing_is_written_all_the_same() -> None:
    empty = Drawing("Tomt", "", "none", "sv").graph
    assert networkx.parse_graphml(write_graphml(empty)).number_of_nodes() == 0
    assert json.loads(write_node_link(empty))["nodes"] == []
    assert pygraphviz.AGraph(string=write_dot(empty)).nodes() == []
