"""The delegation orders on a day for spreadsheets: a row each, with how it stood on the day."""

from __future__ import annotations

from collections.abc import Mapping

from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.orders import OrderRecord, OrdersOnDay
from styrgraf.governance.presence import Presence
from styrgraf.governance.surroundings import Period
from styrgraf.language import N_
from styrgraf.web.cells import join_names, list_days, read_stated
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame, gather_frame
from styrgraf.web.sheets import Layout, Table, lay_out

_PRESENCE_WORDS: Mapping[Presence, str] = {
    Presence.IN_FORCE: N_("in force"),
    Presence.NOT_TOLD: N_("cannot be told"),
    Presence.ENDED: N_("no longer in force"),
    Presence.NOT_YET: N_("not yet in force"),
}
_HEADINGS = (
    *(N_("Order"), N_("Delegation order"), N_("On the day"), N_("Case number")),
    *(N_("First day"), N_("Last day"), N_("Repealed by"), N_("Changed to")),
    *(N_("Number of delegations"), N_("Change log")),
)


def tabulate_orders(orders: OrdersOnDay) -> Table:
    """Return all orders and other governing documents, as they stood on the day."""

    def make_row(order: OrderRecord, frame: Frame) -> Row:
        return _make_row(order, orders, frame)

    layout = Layout(N_("Delegation orders on a day"), _HEADINGS, make_row)
    name = f"{gettext('orders')}-{orders.on.isoformat()}"
    frame = gather_frame({"orders": orders})
    facts = [(gettext("Day"), orders.on)]
    return lay_out(layout, name, orders.orders, frame, facts, len(orders.orders))


def _make_row(order: OrderRecord, orders: OrdersOnDay, frame: Frame) -> Row:
    number = order.case_number
    return (
        frame.label(order.iri),
        order.delegates,
        gettext(_PRESENCE_WORDS[order.presence(orders.on)]),
        read_stated(number) if number else gettext("not stated"),
        *list_days(Period(order.valid_from, order.valid_to, order.precision)),
        join_names(order.repealed_by, frame),
        join_names(orders.successors_of(order), frame),
        order.delegation_count,
        join_names(order.entries, frame),
    )
