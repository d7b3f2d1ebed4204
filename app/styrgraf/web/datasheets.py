"""The tables of what the data is made of, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from styrgraf.governance.datasheet import DocumentSheet
from styrgraf.graph.shipped import EXTERNAL_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, SHAPES_GRAPH
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.namespaces import GRAPH_PATH
from styrgraf.web.addresses import this_address
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.sheets import Table

_GRAPH_WORDS = {
    "source": N_("What a source says, as it is written."),
    "interpretation": N_("Readings: what goes beyond the words of a source, with reasons."),
    "gaps": N_("What the documents leave open."),
    "evidence": N_("Facts, readings and the lines that they were read from."),
    EXTERNAL_GRAPH: N_("What public pages say. It stands apart from the documents."),
    INFERRED_GRAPH: N_("What follows by counting or joining; made anew at each load."),
    ONTOLOGY_GRAPH: N_("The vocabulary: classes and properties."),
    SHAPES_GRAPH: N_("The rules that the data is checked by."),
}
"""By the name of a graph, or its first part."""


def tell_graph(graph: Iri) -> str:
    """Return what a graph holds, empty for one that only its dataset knows."""
    name = graph.value.partition(GRAPH_PATH)[2]
    words = _GRAPH_WORDS.get(name) or _GRAPH_WORDS.get(name.partition("/")[0])
    return str(gettext(words)) if words else ""


def tabulate_graphs(graphs: Iterable[tuple[Iri, int]]) -> Table:
    """Return the table of named graphs, each with the number of its statements."""
    listed = tuple(graphs)
    frame = Frame(graph.value for graph, _ in listed)
    return Table(
        "graphs",
        gettext("Named graphs"),
        (gettext("Graph"), gettext("What it holds"), gettext("Statements"), "IRI"),
        [(frame.label(graph), tell_graph(graph), size, graph.value) for graph, size in listed],
        this_address(format="html"),
    )


def tabulate_documents(documents: Iterable[DocumentSheet]) -> Table:
    """Return the table of source documents, with how much of them is read."""
    listed = tuple(documents)
    frame = Frame(each.iri.value for each in listed)
    return Table(
        "documents",
        gettext("Source documents"),
        (
            *(gettext("Document"), gettext("Lines"), gettext("Lines covered")),
            *(gettext("Facts"), gettext("Readings"), "IRI"),
        ),
        [
            (
                frame.label(each.iri),
                each.line_count,
                each.covered,
                each.facts,
                each.readings,
                each.iri.value,
            )
            for each in listed
        ],
        this_address(format="html"),
    )
