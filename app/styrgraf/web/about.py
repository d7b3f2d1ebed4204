"""What the data is made of, what it leaves open, on what terms, and how to cite it."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import format_date

from styrgraf.governance.datasheet import read_datasheet
from styrgraf.graph.shipped import EXTERNAL_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, SHAPES_GRAPH
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.namespaces import GRAPH_PATH
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.layout import read_served_dataset
from styrgraf.web.pages import render_page
from styrgraf.web.services import (
    current_addresses,
    current_reader,
    current_settings,
    current_version,
)

blueprint = Blueprint("about", __name__)

GRAPH_WORDS = {
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


@blueprint.get("/about")
def show_about() -> str:
    """Show sources, graphs, gaps, terms and a text to cite."""
    dataset = read_served_dataset(current_settings())
    external = Iri(current_addresses().graph_iri(EXTERNAL_GRAPH))
    return render_page(
        "about.html",
        sheet=read_datasheet(current_reader()),
        external=external,
        licence=Iri(dataset.licence) if dataset.licence else None,
        is_shipped=dataset.is_shipped,
        tell_graph=_tell_graph,
        citation=_cite(dataset.titles.get(current_language()) or dataset.name),
    )


def _tell_graph(graph: Iri) -> str:
    """Return what a graph holds, empty for one that only its dataset knows."""
    name = graph.value.partition(GRAPH_PATH)[2]
    words = GRAPH_WORDS.get(name) or GRAPH_WORDS.get(name.partition("/")[0])
    return gettext(words) if words else ""


def _cite(title: str) -> str:
    version = current_version()
    return str(
        gettext(
            "%(title)s. Version %(number)s, recorded %(day)s. %(address)s",
            title=title,
            number=version.number,
            day=format_date(version.recorded, "yyyy-MM-dd"),
            address=current_addresses().root,
        )
    )
