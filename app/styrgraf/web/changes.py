"""What changed between two days, at `/changes`: by kind, with the decisions and the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus

from flask import Blueprint, Response, json, render_template, request, url_for

from styrgraf.errors import ParameterError
from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.changes.describing import DescribedChange, describe_changes
from styrgraf.governance.changes.difference import Difference, compare_days
from styrgraf.governance.changes.reading import TurningDay, read_turning_days
from styrgraf.governance.changes.turns import Change
from styrgraf.governance.statements import Page
from styrgraf.language import N_
from styrgraf.web.authority.authority_forms import Form, find_today
from styrgraf.web.change_rows import answer_changes, describe_table
from styrgraf.web.change_words import (
    CAUSE_WORDS,
    KIND_NAMES,
    name_sort,
    tell_difference,
    write_edge,
    write_end,
    write_start,
)
from styrgraf.web.negotiation import HTML, JSON, Offer
from styrgraf.web.pages import Frame, collect_iris
from styrgraf.web.paging import page_address, read_page_number
from styrgraf.web.problems import find_status
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader, current_version
from styrgraf.web.sheets import MOST_ROWS, SHEET_OFFERS, answer_table, list_downloads

blueprint = Blueprint("changes", __name__)

OFFERS = (JSON, *SHEET_OFFERS, HTML)
FIELDS = ("from", "to")
PAGE_SIZE = 50
MOST_DAYS = 24
"""So many turning days are offered at once; the others stand folded."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The two days, and the turning days around them."""

    form: Form
    first: date
    last: date
    days: tuple[TurningDay, ...]

    @property
    def is_swapped(self) -> bool:
        """Return whether the first day is after the second."""
        return self.first > self.last

    def address(self, first: date, last: date) -> str:
        """Return where two other days are compared."""
        days = {"from": first.isoformat(), "to": last.isoformat()}
        return self.form.address("changes.show_changes", **days, on=None)


@blueprint.get("/changes")
def show_changes() -> Response:
    """Show what came, went and changed between two days."""
    offer = choose_offer(OFFERS)
    asked = _read_days()
    if offer is HTML:
        return link_representations(_render(asked), offer, OFFERS)
    if error := asked.form.first_error:
        raise error
    return link_representations(_write(asked, offer), offer, OFFERS)


def _read_days() -> Asked:
    typed = {name: request.args.get(name, "").strip() for name in FIELDS}
    form = Form(typed, find_today(), FIELDS, asked=True)
    days = read_turning_days(current_reader())
    known = [each.day for each in days]
    turning = max((day for day in known if day <= form.today), default=form.today)
    usual = form.today if typed["from"] else turning
    last = form.read("to", parse_day, usual) if typed["to"] else usual
    before = last - _ONE_DAY if last > date.min else last
    first = form.read("from", parse_day, before) if typed["from"] else before
    asked = Asked(form, first, last, days)
    if asked.is_swapped and not form.errors:
        form.errors["from"] = ParameterError(
            N_(
                "The first day, {first}, is after the second, {last}. Nothing is compared"
                " backwards: exchange the days."
            ),
            first=first.isoformat(),
            last=last.isoformat(),
        )
    return asked


def _compare(asked: Asked) -> Difference:
    reader = current_reader()
    index = open_authority(reader, current_version()).index
    return compare_days(reader, index, asked.first, asked.last)


def _render(asked: Asked) -> Response:
    error = asked.form.first_error
    shown = {} if error or asked.first == asked.last else _show(asked)
    text = render_template(
        "changes.html",
        asked=asked,
        form=asked.form,
        most_days=MOST_DAYS,
        one_day=_ONE_DAY,
        first_of_all=date.min,
        page_address=page_address,
        offers=list_downloads(OFFERS),
        **shown,
    )
    status = find_status(type(error)) if error else HTTPStatus.OK
    return Response(text, status, content_type=HTML.content_type)


def _show(asked: Asked) -> dict[str, object]:
    difference = _compare(asked)
    pages = {
        name: Page(found, size=PAGE_SIZE, total=len(found)).cut(read_page_number(name))
        for name, found in difference.changes.items()
    }
    described = _describe(pages)
    return {
        "difference": difference,
        "sentences": tell_difference(difference),
        "pages": described,
        "frame": Frame(iri.value for iri in collect_iris(list(described.values()))),
        "kind_names": KIND_NAMES,
        "undated_links": _link_undated(),
        "cause_words": CAUSE_WORDS,
        "name_sort": name_sort,
        "write_edge": write_edge,
        "write_start": write_start,
        "write_end": write_end,
    }


def _link_undated() -> dict[str, str]:
    """Return the pages on which things without a date stand, by kind."""
    pages = {
        "delegations": "delegations.show_delegations",
        "orders": "orders.show_orders",
        "decisions": "decisions.show_decisions",
        "plans": "goals.show_goals",
        "initiatives": "goals.show_goals",
    }
    places = {"units": "units", "classifications": "units", "memberships": "units"}
    places |= {"posts": "posts", "holdings": "posts", "substitutions": "posts"}
    places |= {"bodies": "bodies", "responsibilities": "areas", "reorganisations": "changes"}
    organisation = "organisation.show_organisation"
    return {kind: url_for(endpoint) for kind, endpoint in pages.items()} | {
        kind: url_for(organisation, _anchor=place) for kind, place in places.items()
    }


def _describe(pages: Mapping[str, Page[Change]]) -> dict[str, Page[DescribedChange]]:
    """Return the pages of all kinds, described in one reading."""
    described = iter(
        describe_changes(current_reader(), [each for page in pages.values() for each in page.items])
    )
    return {
        name: page.with_items([next(described) for _ in page.items]) for name, page in pages.items()
    }


def _write(asked: Asked, offer: Offer) -> Response:
    difference = _compare(asked)
    changes = [each for found in difference.changes.values() for each in found]
    described = describe_changes(current_reader(), changes[:MOST_ROWS])
    frame = Frame(iri.value for iri in collect_iris(described))
    if offer is not JSON:
        return answer_table(describe_table(difference, described, frame), offer)
    body = answer_changes(difference, described, frame)
    return Response(json.dumps(body, ensure_ascii=False), content_type=offer.content_type)
