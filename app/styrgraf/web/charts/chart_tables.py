"""The delegations of a drawing for spreadsheets: a row each, with how it stands on the day."""

from __future__ import annotations

from styrgraf.exchange.spreadsheets import Cell, Row
from styrgraf.governance.surroundings import Period
from styrgraf.language import N_
from styrgraf.web.authority.authority_words import write_rule
from styrgraf.web.cells import join_names, join_texts, list_days, read_stated, tell_names
from styrgraf.web.charts.chart_forms import ChartForm
from styrgraf.web.charts.chart_views import ChartRow, ChartView
from styrgraf.web.charts.chart_words import write_state
from styrgraf.web.charts.path_views import PathView
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.sheets import Layout, Table, lay_out


def tabulate_chart(view: ChartView | PathView | None, form: ChartForm) -> Table:
    """Return the delegations that are drawn; none where nothing is."""
    facts: list[tuple[str, Cell]] = [(gettext("Day"), form.on)]
    name = f"{gettext('delegations')}-{form.on.isoformat()}"
    if view is None:
        return lay_out(_LAYOUT, name, (), Frame(()), facts, 0)
    facts.insert(0, (gettext("What is drawn"), view.drawing.title))
    return lay_out(_LAYOUT, name, view.rows.items, view.frame, facts, view.rows.total)


def _make_row(row: ChartRow, frame: Frame) -> Row:
    delegation = row.delegation
    period = Period(delegation.valid_from, delegation.valid_to, delegation.precision)
    allowed = delegation.sub_delegation_allowed
    return (
        frame.label(delegation.iri),
        tell_names(delegation.delegators, frame),
        tell_names(delegation.delegates, frame),
        tell_names(delegation.matters, frame),
        join_names(delegation.amount_limits, frame),
        join_texts(delegation.conditions),
        *list_days(period),
        write_state(row.state),
        "; ".join(write_rule(rule) for rule in row.rules),
        row.falls,
        tell_names(delegation.decisions + delegation.orders, frame),
        join_names(delegation.source_delegations, frame),
        read_stated(allowed) if allowed else gettext("not stated"),
        join_names(delegation.permitted, frame),
    )


_LAYOUT = Layout(
    N_("Delegations"),
    (
        *(N_("Delegation"), N_("Who delegates"), N_("Who receives"), N_("What may be decided")),
        *(N_("Limit"), N_("Condition"), N_("First day"), N_("Last day"), N_("On the day")),
        *(N_("Why"), N_("Falls if recalled"), N_("Decision or order"), N_("Sub-delegation of")),
        *(N_("May it be sub-delegated"), N_("To whom")),
    ),
    _make_row,
)
