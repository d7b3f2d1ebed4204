"""Each drawing can be had by itself, and what is had is what the page draws."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

import networkx
import pygraphviz
import pytest

from styrgraf.settings import Settings
from styrgraf.web import create_app
from tests.serving import Answer, Service
from tests.tiny_graphs import read_text

WHO = "/authority?matter=matter/verksamhetsstod&on=2023-06-01"
PAGES = {
    "organisation": "/organisation",
    "who may decide": WHO,
    "may one decide": "/authority/may?party=post/rektor&matter=matter/verksamhetsstod",
    "delegations": "/delegations",
    "delegations of a post": "/delegations?party=post/universitetsdirektor&on=2023-06-01",
    "way between two posts": "/delegations/path?start=post/rektor&end=post/universitetsdirektor",
    "overview": "/delegations/overview?on=2023-06-01",
    "question": "/questions/delegations",
}
SVG = "{http://www.w3.org/2000/svg}"


def read_nodes(answer: Answer) -> set[str]:
    """Return the nodes of a graph by the library of its form."""
    if answer.media_type == "application/graphml+xml":
        return set(networkx.parse_graphml(answer.text).nodes)
    if answer.media_type == "text/vnd.graphviz":
        return set(pygraphviz.AGraph(string=answer.text).nodes())
    return set(networkx.node_link_graph(json.loads(answer.text), edges="edges").nodes)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_drawing_can_be_downloaded_in_four_forms(service: Service, path: str) -> None:
    page = service.browse(path).text
    paragraph = re.search(r'<p class="drawing-downloads">(.*?)</p>', page, re.DOTALL)
    assert paragraph
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', paragraph[1])]
    drawn, *graphs = [service.get(link) for link in links]
    assert drawn.media_type == "image/svg+xml"
    alone = ElementTree.fromstring(drawn.text)
    assert alone.tag == f"{SVG}svg"
    addresses = [link.attrib["href"] for link in alone.iter(f"{SVG}a")]
    assert addresses
    assert all(address.startswith(service.address) for address in addresses)
    assert len(graphs) == 3
    nodes = [read_nodes(answer) for answer in graphs]
    assert nodes[0] == nodes[1] == nodes[2]
    assert any(node.endswith(("/id/post/rektor", "/id/unit/kth")) for node in nodes[0])


def test_a_page_of_several_drawings_gives_the_one_that_is_named(service: Service) -> None:
    titles = [
        service.get(WHO, format="graph-json", drawing=name, lang="sv").text for name in ("c1", "c2")
    ]
    assert "Kedjor till rektor" in titles[0]
    assert "Kedjor till universitetsdirektör" in titles[1]
    unknown = service.get(WHO, format="svg", drawing="c9", lang="sv")
    assert unknown.status == 404
    assert "c1, c2" in unknown.text


def test_a_program_has_the_page_or_a_drawing_by_what_it_accepts(service: Service) -> None:
    assert service.get("/organisation", "*/*").media_type == "text/html"
    assert service.get("/organisation", "application/json").media_type == "application/json"
    assert service.get("/organisation", "text/turtle").status == 406
    answer = service.get(WHO, "application/json")
    assert "verdict" in answer.text
    assert 'type="image/svg+xml"' in answer.headers["link"]


def test_a_crowd_is_cut_to_what_one_reads_and_the_rest_is_in_the_overview() -> None:
    given = " ".join(
        f":d{number} a sg:DelegationOfAuthority ; sg:delegator :top ; sg:delegate :p{number} ;"
        f" sg:delegatesMatter :m ; sg:validFrom '2024-01-01'^^xsd:date ."
        for number in range(5_000)
    )
    reader = read_text(f"graph:source\\/1 {{ {given} }}")
    client = create_app(Settings(), reader).test_client()
    page = client.get("/delegations?on=2024-06-01&lang=sv", headers={"Accept": "text/html"}).text
    assert reader.asked <= 12
    assert page.count('class="node') == 61
    assert "4941 befattningar och organ till ryms inte i bilden" in page
    fold = re.search(r'class="node group" href="([^"]+)"', page)
    assert fold
    level = client.get(unescape(fold[1]), headers={"Accept": "text/html"}).text
    assert "(5001)" in level
    assert "Sida 1 av 100 (5000 totalt)" in level


@pytest.mark.parametrize(
    ("path", "node"),
    [
        ("/doc/post/rektor?drawing=history", "/id/holding/rektor-anders-soderholm"),
        ("/goals?drawing=spans", "/id/plan/vp-kth-23-25"),
    ],
)
def test_an_axis_of_time_can_be_had_in_four_forms(service: Service, path: str, node: str) -> None:
    alone = ElementTree.fromstring(service.get(f"{path}&format=svg").text)
    assert alone.attrib["class"] == "timeline"
    links = [link.attrib["href"] for link in alone.iter(f"{SVG}a")]
    assert all(link.startswith(service.address) for link in links)
    assert any(link.partition("?")[0].endswith(node) for link in links)
    for name in ("graphml", "dot", "graph-json"):
        assert any(each.endswith(node) for each in read_nodes(service.get(f"{path}&format={name}")))
