"""Was it competently decided: every decision beside what the graph shows of its support."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from styrgraf import formats
from styrgraf.governance.authority.forms.competence_forms import (
    MISSING_WORDS,
    SUPPORT_WORDS,
    list_grounds,
    tell_competence,
    write_competence,
    write_competence_csv,
)
from styrgraf.governance.authority.forms.competence_triples import list_competence_triples
from styrgraf.governance.authority.forms.json_form import write_decimal
from styrgraf.governance.authority.forms.rdf_terms import name_rule
from styrgraf.governance.authority.forms.representation import load_names
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.competence import (
    CompetenceAnswer,
    judge_decisions,
    read_decisions,
)
from styrgraf.governance.authority.rules import Rule
from styrgraf.governance.statements import Page
from styrgraf.graph.serialization import write_triples
from styrgraf.web.authority.authority_words import choose_words
from styrgraf.web.authority.competence_tables import tabulate_competence
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import CSV, HTML, JSON, TURTLE, Offer
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_version
from styrgraf.web.sheets import MOST_ROWS, TABLE_CSV, XLSX, answer_table, list_downloads

blueprint = Blueprint("competence", __name__)

OFFERS = (JSON, TURTLE, CSV, TABLE_CSV, XLSX, HTML)
PAGE_SIZE = 50


@blueprint.get("/authority/decisions")
def show_decisions() -> Response:
    """Show what the graph tells of the support of each decision on its day."""
    offer = choose_offer(OFFERS)
    is_table = offer in {TABLE_CSV, XLSX}
    page = _judge_page(read_page_number(), MOST_ROWS if is_table else PAGE_SIZE)
    if is_table:
        answer = answer_table(tabulate_competence(page), offer)
    elif offer is HTML:
        answer = Response(_render(page), content_type=HTML.content_type)
    else:
        answer = _write(page, offer)
    return link_representations(answer, offer, OFFERS)


def _write(page: Page[CompetenceAnswer], offer: Offer) -> Response:
    version = current_version()
    if offer is TURTLE:
        triples = list_competence_triples(page.items, version.base, version.number)
        return Response(write_triples(triples, formats.TURTLE), content_type=offer.content_type)
    names = load_names(current_reader(), {iri.value for iri in collect_iris(page.items)})
    if offer is JSON:
        place = {"page": page.number, "pages": page.last_number, "total": page.total}
        return jsonify(write_competence(page.items, names, version.number) | place)
    text = write_competence_csv(page.items, names, current_language())
    return Response(text, content_type=offer.content_type)


def _judge_page(number: int, size: int) -> Page[CompetenceAnswer]:
    decisions = read_decisions(current_reader())
    page = Page(decisions, size=size, total=len(decisions)).cut(number)
    authority = open_authority(current_reader(), current_version())
    return page.with_items(judge_decisions(authority, page.items))


def _render(page: Page[CompetenceAnswer]) -> str:
    grounds = {rule for each in page.items for told in each.answers for rule in list_grounds(told)}
    rules = tuple(rule for rule in Rule if rule in grounds)
    named = ([each.decision for each in page.items], [name_rule(rule) for rule in rules])
    frame = Frame(iri.value for iri in collect_iris(named))
    return render_template(
        "competence.html",
        frame=frame,
        page=page,
        page_address=page_address,
        sentences=tell_competence(page.items, choose_words(frame)),
        support_words=SUPPORT_WORDS,
        missing_words=MISSING_WORDS,
        grounds_of=list_grounds,
        write_decimal=write_decimal,
        rules=rules,
        offers=list_downloads(OFFERS),
    )
