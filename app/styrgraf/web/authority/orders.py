"""The delegation orders as they stood on a day, beside the day before, at `/orders`."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, jsonify, request

from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.orders import OrderRecord, OrdersOnDay, read_orders
from styrgraf.governance.presence import Presence
from styrgraf.governance.statements import Sourced, SourcedText
from styrgraf.model import Iri, Term
from styrgraf.web.answers import answer_query
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.authority.order_tables import tabulate_orders
from styrgraf.web.negotiation import HTML, JSON, TURTLE
from styrgraf.web.pages import render_page
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import SHEET_OFFERS, answer_table

blueprint = Blueprint("orders", __name__)

OFFERS = (JSON, TURTLE, HTML, *SHEET_OFFERS)


@blueprint.get("/orders")
def show_orders() -> Response:
    """Show which orders were in force on a day, and what changed since the day before."""
    typed = request.args.get("on", "").strip()
    today = find_today()
    orders = read_orders(current_reader(), parse_day(typed) if typed else today)
    offer = choose_offer(OFFERS)
    if offer is JSON:
        answer = jsonify(_describe_day(orders))
    elif offer is TURTLE:
        answer = answer_query(_write_extract(orders.standing(Presence.IN_FORCE)), TURTLE)
    elif offer in SHEET_OFFERS:
        answer = answer_table(tabulate_orders(orders), offer)
    else:
        page = render_page("orders.html", orders=orders, today=today)
        answer = Response(page, content_type=HTML.content_type)
    return link_representations(answer, offer, OFFERS)


def _write_extract(orders: Iterable[OrderRecord]) -> str:
    """Return the query for all that is stated of the orders in force and their delegations."""
    listed = " ".join(f"<{order.iri.value}>" for order in orders)
    return f"""
      PREFIX sg: <https://w3id.org/styrgraf/ns#>
      CONSTRUCT {{ ?thing ?property ?value }} WHERE {{
        VALUES ?order {{ {listed} }}
        {{ BIND(?order AS ?thing) }} UNION {{ ?thing sg:underOrder ?order }}
        ?thing ?property ?value
      }}"""


def _describe_day(orders: OrdersOnDay) -> dict[str, object]:
    return {
        "on": orders.on.isoformat(),
        "dayBefore": orders.before.isoformat() if orders.before else None,
        "began": [order.iri.value for order in orders.began],
        "ended": [order.iri.value for order in orders.ended],
        "orders": [_describe_order(order, orders) for order in orders.orders],
    }


def _describe_order(order: OrderRecord, orders: OrdersOnDay) -> dict[str, object]:
    return {
        "order": order.iri.value,
        "delegationOrder": order.delegates,
        "presence": order.presence(orders.on).value,
        "caseNumber": _text(order.case_number),
        "validFrom": _text(order.valid_from),
        "validTo": _text(order.valid_to),
        "repealedBy": [each.value for each in order.repealed_by],
        "changedTo": [each.value for each in orders.successors_of(order)],
        "delegations": [each.iri.value for each in order.delegations],
        "delegationCount": order.delegation_count,
        "sources": _list_sources(order),
    }


def _list_sources(order: OrderRecord) -> list[str]:
    """Return the passages and pages that say anything of the order."""
    stated: list[Sourced[Term]] = [
        each for values in order.thing.statements.values() for each in values
    ]
    told: list[Iri] = [source.locator for each in stated for source in each.sources]
    return sorted({iri.value for iri in told})


def _text(stated: SourcedText | None) -> str | None:
    return stated.value.value if stated else None
