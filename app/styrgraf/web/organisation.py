"""The organisation: a drawing of how units hang together, and tables of all there is in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, request

from styrgraf.exchange.diagrams import Branch
from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.strokes import Box
from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.organisation import LISTS, Organisation, read_organisation
from styrgraf.governance.presence import parse_iso
from styrgraf.governance.statements import Certainty, SourcedIri
from styrgraf.governance.units import ChangeRecord, UnitRecord
from styrgraf.model import Iri
from styrgraf.web.authority.authority_forms import Form, find_today
from styrgraf.web.drawings import DRAWN_PAGE, make_drawing, render_drawn
from styrgraf.web.languages import gettext, ngettext
from styrgraf.web.negotiation import Offer
from styrgraf.web.organisation_tables import LAYOUTS, tabulate_list
from styrgraf.web.pages import Frame
from styrgraf.web.paging import read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import MOST_ROWS, SHEET_OFFERS, answer_table, choose_table

blueprint = Blueprint("organisation", __name__)

OFFERS = (*DRAWN_PAGE, *SHEET_OFFERS)

MOST_BRANCHES = 24
"""Units drawn under one; the table has the rest."""


@blueprint.get("/organisation")
def show_organisation() -> Response:
    """Show one page of each list of the organisation; each list has its own page number.

    Without a day, all that the documents name; with one, the organisation as it stood then.
    """
    typed = {"on": request.args.get("on", "").strip()}
    form = Form(typed, find_today(), ("on",), asked=True)
    on = form.read("on", parse_day, form.today) if typed["on"] else None
    error = form.first_error
    offer = choose_offer(OFFERS)
    if offer in SHEET_OFFERS:
        if error:
            raise error
        return link_representations(_answer_list(on, offer), offer, OFFERS)
    organisation = None if error else _read(on)
    answer = render_drawn(
        "organisation.html",
        lambda frame: _draw_units(organisation, frame),
        OFFERS,
        form=form,
        on=on,
        days_of=_list_days,
        organisation=organisation,
    )
    if error:
        answer.status_code = find_status(type(error))
    return answer


def _answer_list(on: date | None, offer: Offer) -> Response:
    """Answer with the whole of the list that `table=` names as a file."""
    name = choose_table(LAYOUTS)
    organisation = read_organisation(current_reader(), {}, on, {name: MOST_ROWS})
    return answer_table(tabulate_list(organisation, name), offer)


def _read(on: date | None) -> Organisation:
    pages = {name: read_page_number(name) for name in LISTS}
    return read_organisation(current_reader(), pages, on)


def _list_days(change: ChangeRecord) -> tuple[str, str] | None:
    """Return the day before a reorganisation and its day, None where it is not stated."""
    day = parse_iso(change.day.value.value) if change.day else None
    if day is None or day == date.min:
        return None
    return (day - timedelta(days=1)).isoformat(), day.isoformat()


def _draw_units(organisation: Organisation | None, frame: Frame) -> Drawing:
    """Return the tree of those units whose place is known."""
    units = {unit.iri: unit for unit in organisation.units.items} if organisation else {}
    wholes = {parent.value for unit in units.values() for parent in _list_wholes(unit)}
    below: defaultdict[Iri, list[tuple[UnitRecord, SourcedIri]]] = defaultdict(list)
    for unit in units.values():
        wider = _list_wholes(unit) if organisation and organisation.on else unit.parents
        parent = next((each for each in wider if each.value in units), None)
        # A derived group of units that stand here themselves would show them twice.
        if parent and not (parent.certainty == Certainty.INFERRED and unit.iri in wholes):
            below[parent.value].append((unit, parent))
    return make_drawing(
        [
            Branch(_box(units[root], frame), _branches(units[root], below, frame, ()))
            for root in _find_roots(
                {iri: [part.iri for part, _ in below[iri]] for iri in units if iri in below}
            )
        ],
        gettext("How the units hang together"),
        gettext(
            "From left to right: a whole and its parts. A dashed line with a word on it means"
            " that the documents do not say it themselves."
        ),
        "units",
    )


def _find_roots(parts: Mapping[Iri, Sequence[Iri]]) -> list[Iri]:
    """Return the wholes that are part of none, and the first of each ring of wholes."""
    placed = {part for some in parts.values() for part in some}
    roots: list[Iri] = []
    reached: set[Iri] = set()
    for whole in sorted(parts, key=placed.__contains__):
        if whole in reached:
            continue
        roots.append(whole)
        further = [whole]
        while further:
            each = further.pop()
            if each not in reached:
                reached.add(each)
                further += parts.get(each, ())
    return roots


def _list_wholes(unit: UnitRecord) -> tuple[SourcedIri, ...]:
    """Return what a unit is part of, or belongs to."""
    return (*unit.parents, *(each for some in unit.belonged_to for each in some.organizations))


def _branches(
    unit: UnitRecord,
    below: defaultdict[Iri, list[tuple[UnitRecord, SourcedIri]]],
    frame: Frame,
    above: tuple[Iri, ...],
) -> tuple[Branch, ...]:
    line = (*above, unit.iri)
    parts = [pair for pair in below.get(unit.iri, ()) if pair[0].iri not in line]
    drawn = [
        Branch(_box(part, frame), _branches(part, below, frame, line), *_describe_link(stated))
        for part, stated in parts[:MOST_BRANCHES]
    ]
    if hidden := len(parts) - len(drawn):
        drawn.append(Branch(Box(gettext("+%(number)s more", number=hidden), kind="group")))
    return tuple(drawn)


def _describe_link(stated: SourcedIri) -> tuple[str, str]:
    """Return the words on a line and its kind."""
    if stated.certainty == Certainty.ASSERTED:
        return "", ""
    if stated.certainty == Certainty.INFERRED:
        return gettext("derived"), "possible"
    return gettext("reading"), "possible"


def _box(unit: UnitRecord, frame: Frame) -> Box:
    details = []
    if unit.count:
        number = int(unit.count.value.value)
        details.append(ngettext("%(num)s unit", "%(num)s units", number))
    elif unit.is_group:
        details.append(gettext("number not stated"))
    return Box(
        frame.label(unit.iri),
        tuple(details),
        frame.address(unit.iri),
        "group" if unit.is_group else "",
        frame.language(unit.iri),
        unit.iri.value,
    )
