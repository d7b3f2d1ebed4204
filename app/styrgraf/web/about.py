"""What the data is made of, what it leaves open, on what terms, and how to cite it."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import format_date

from styrgraf.governance.datasheet import Datasheet, read_datasheet
from styrgraf.graph.shipped import EXTERNAL_GRAPH
from styrgraf.model import Iri
from styrgraf.web.datasheets import tabulate_documents, tabulate_graphs, tell_graph
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.layout import read_served_dataset
from styrgraf.web.negotiation import HTML
from styrgraf.web.pages import render_page
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import (
    current_addresses,
    current_reader,
    current_settings,
    current_version,
)
from styrgraf.web.sheets import SHEET_OFFERS, answer_table, choose_table

blueprint = Blueprint("about", __name__)

OFFERS = (HTML, *SHEET_OFFERS)
TABLES = ("documents", "graphs")


@blueprint.get("/about")
def show_about() -> Response:
    """Show sources, graphs, gaps, terms and a text to cite; its tables as files."""
    offer = choose_offer(OFFERS)
    sheet = read_datasheet(current_reader())
    if offer is HTML:
        answer = Response(_render(sheet), content_type=HTML.content_type)
    elif choose_table(TABLES) == "graphs":
        answer = answer_table(tabulate_graphs(sheet.graphs), offer)
    else:
        answer = answer_table(tabulate_documents(sheet.documents), offer)
    return link_representations(answer, offer, OFFERS)


def _render(sheet: Datasheet) -> str:
    dataset = read_served_dataset(current_settings())
    return render_page(
        "about.html",
        sheet=sheet,
        external=Iri(current_addresses().graph_iri(EXTERNAL_GRAPH)),
        licence=Iri(dataset.licence) if dataset.licence else None,
        is_shipped=dataset.is_shipped,
        tell_graph=tell_graph,
        citation=_cite(dataset.titles.get(current_language()) or dataset.name),
    )


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
