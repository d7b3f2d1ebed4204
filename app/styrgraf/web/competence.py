"""Was it competently decided: every decision beside what the graph shows of its support."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from styrgraf.governance.authority.forms.competence_forms import (
    MISSING_WORDS,
    SUPPORT_WORDS,
    list_grounds,
    tell_competence,
    write_competence,
    write_competence_csv,
)
from styrgraf.governance.authority.forms.json_form import write_decimal
from styrgraf.governance.authority.forms.representation import load_names
from styrgraf.governance.authority.forms.triples_form import name_rule
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.competence import (
    CompetenceAnswer,
    judge_decisions,
    read_decisions,
)
from styrgraf.governance.authority.rules import Rule
from styrgraf.governance.statements import Page
from styrgraf.web.authority_words import choose_words
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import CSV, HTML, JSON
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_version

blueprint = Blueprint("competence", __name__)

OFFERS = (JSON, CSV, HTML)
PAGE_SIZE = 50


@blueprint.get("/authority/decisions")
def show_decisions() -> Response:
    """Show what the graph tells of the support of each decision on its day."""
    offer = choose_offer(OFFERS)
    page = _judge_page(read_page_number())
    version = current_reader().version().number
    if offer is HTML:
        answer = Response(_render(page), content_type=HTML.content_type)
        return link_representations(answer, offer, OFFERS)
    iris = {iri.value for iri in collect_iris(page.items)}
    names = load_names(current_reader(), iris)
    if offer is JSON:
        place = {"page": page.number, "pages": page.last_number, "total": page.total}
        answer = jsonify(write_competence(page.items, names, version) | place)
    else:
        text = write_competence_csv(page.items, names, current_language())
        answer = Response(text, content_type=offer.content_type)
    return link_representations(answer, offer, OFFERS)


def _judge_page(number: int) -> Page[CompetenceAnswer]:
    decisions = read_decisions(current_reader())
    page = Page(decisions, size=PAGE_SIZE, total=len(decisions)).cut(number)
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
        offers=[offer for offer in OFFERS if offer is not HTML],
    )
