"""The whole delegation order of a day as a document to read and print, at `/orders/document`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, json, render_template, request

from styrgraf.errors import ParameterError
from styrgraf.governance.authority.forms.evidence import Passage
from styrgraf.governance.authority.intake.naming import find_subject, parse_day
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.order_document.document import OrderDocument, arrange_document
from styrgraf.governance.order_document.entries import Entry, EntryDescriber
from styrgraf.governance.order_document.sections import Arrangement, Section, cut_sections
from styrgraf.governance.statements import Page
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.answers import answer_query
from styrgraf.web.authority.authority_choices import MATTERS, PARTIES, UNITS, load_options
from styrgraf.web.authority.authority_forms import Form, find_today
from styrgraf.web.authority.order_rows import answer_rows, describe_table, name_section
from styrgraf.web.languages import current_language
from styrgraf.web.negotiation import HTML, JSON, TURTLE, Offer
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_version
from styrgraf.web.sheets import MOST_ROWS, SHEET_OFFERS, answer_table, list_downloads

blueprint = Blueprint("order_document", __name__)

OFFERS = (JSON, TURTLE, *SHEET_OFFERS, HTML)
FIELDS = ("on", "about", "by", "rows")
SUBJECTS = (*MATTERS, *PARTIES[:3], *UNITS)
"""What a part may be about, in the order in which the form offers it."""
PAGE_SIZE = 100
MOST_ON_PAGE = 5_000
"""So many delegations stand on one page where all are asked for: some seconds, and 8 MB."""
MOST_TURTLE = 1_000
"""So many delegations are written as Turtle at a time; `page` gives the others."""
MOST_CONTENTS = 300
"""Of more sections, the table of contents lists those of the page."""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of the document: its sections with their entries, and where other sections begin.

    `numbers` are the numbers of the delegations by row, of all pages.
    """

    document: OrderDocument
    page: Page[Entry]
    sections: tuple[Section, ...]
    entries: dict[int, Entry]
    numbers: dict[int, int]

    def number_page(self, place: int) -> int:
        """Return the page on which the delegation after `place` others stands."""
        return min(place // self.page.size + 1, self.page.last_number)

    @property
    def contents(self) -> tuple[Section, ...]:
        """Return the sections that the table of contents lists."""
        sections = self.document.sections
        return sections if len(sections) <= MOST_CONTENTS else self.sections

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return one passage of each source document that the page cites, by code."""
        cited = [each for entry in self.page.items for each in entry.evidence.passages]
        found = {each.code: each for each in reversed(cited)}
        return tuple(found[code] for code in sorted(found))


@blueprint.get("/orders/document")
def show_document() -> Response:
    """Show every delegation in force on a day, or those about a thing, in one arrangement."""
    offer = choose_offer(OFFERS)
    form = _read_form()
    if offer is HTML:
        return link_representations(_render(form), offer, OFFERS)
    if error := form.first_error:
        raise error
    size = MOST_TURTLE if offer is TURTLE else MOST_ROWS
    return link_representations(_write(_open_page(form, size), offer), offer, OFFERS)


def _read_form() -> Form:
    typed = {name: request.args.get(name, "").strip() for name in FIELDS}
    form = Form(typed, find_today(), FIELDS, asked=True)
    form.on = form.read("on", parse_day, form.today) if typed["on"] else form.today
    if typed["about"]:
        form.find("about", find_subject)
    form.read("by", _parse_arrangement, Arrangement.MATTER)
    form.read("rows", _parse_rows, PAGE_SIZE)
    return form


def _parse_arrangement(text: str) -> Arrangement:
    """Return how to arrange the document. Raises ParameterError."""
    known = {each.value: each for each in Arrangement} | {"": Arrangement.MATTER}
    if text not in known:
        raise ParameterError(
            N_("“{text}” is no arrangement of the document; it takes matter, post or unit."),
            text=text[:80],
        )
    return known[text]


def _parse_rows(text: str) -> int:
    """Return how many delegations to show on a page. Raises ParameterError."""
    if text not in ("", "all"):
        raise ParameterError(
            N_("“{text}” is no number of delegations here; leave it out, or write all."),
            text=text[:80],
        )
    return MOST_ON_PAGE if text else PAGE_SIZE


def _open_page(form: Form, size: int) -> DocumentPage:
    reader, index = current_reader(), open_authority(current_reader(), current_version()).index
    arrangement = _parse_arrangement(form.typed["by"])
    document = arrange_document(
        reader, index, form.on, arrangement, current_language(), form.named.get("about")
    )
    rows = [row for section in document.sections for row in section.rows]
    cut = Page(tuple(rows), size=size, total=len(rows)).cut(read_page_number())
    first = (cut.number - 1) * size
    numbered = list(enumerate(cut.items, first + 1))
    entries = EntryDescriber(index, form.on).describe(reader, numbered)
    return DocumentPage(
        document=document,
        page=cut.with_items(entries),
        sections=cut_sections(document.sections, first, first + size),
        entries=dict(zip(cut.items, entries, strict=True)),
        numbers={row: number for number, row in enumerate(rows, 1)},
    )


def _render(form: Form) -> Response:
    error = form.first_error
    shown = {} if error else _show(form)
    text = render_template(
        "order_document.html",
        form=form,
        arrangements=Arrangement,
        subjects=load_options(SUBJECTS),
        most_rows=MOST_ON_PAGE,
        name_section=name_section,
        page_address=page_address,
        offers=list_downloads(OFFERS),
        **shown,
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _show(form: Form) -> dict[str, object]:
    shown = _open_page(form, _parse_rows(form.typed["rows"]))
    sources = [each.source.document for each in shown.passages]
    return {"shown": shown, "frame": _gather_frame(shown, sources)}


def _gather_frame(shown: DocumentPage, sources: Iterable[Iri] = ()) -> Frame:
    """Return the frame of what a page shows, and of what stands beside a part."""
    named = [shown.page.items, shown.sections, *sources]
    if excerpt := shown.document.excerpt:
        beside = excerpt.beside
        named += [excerpt.about, *beside.broader_matters, *beside.limited.first]
        named += [each.first for each in excerpt.posts.values()]
    return Frame(iri.value for iri in collect_iris(named))


def _write(shown: DocumentPage, offer: Offer) -> Response:
    if offer is TURTLE:
        return answer_query(_write_extract(each.iri for each in shown.page.items), TURTLE)
    frame = _gather_frame(shown)
    if offer is not JSON:
        table = describe_table(shown.document, shown.page, shown.sections, frame)
        return answer_table(table, offer)
    body = answer_rows(shown.document, shown.page, shown.sections, frame)
    return Response(json.dumps(body, ensure_ascii=False), content_type=offer.content_type)


def _write_extract(delegations: Iterable[Iri]) -> str:
    """Return the query for all that is stated of delegations."""
    listed = " ".join(f"<{iri.value}>" for iri in delegations)
    return f"""
      CONSTRUCT {{ ?thing ?property ?value }} WHERE {{
        VALUES ?thing {{ {listed} }} ?thing ?property ?value
      }}"""
