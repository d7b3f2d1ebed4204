"""What the page of the delegation graph shows: a drawing, its delegations, and the day's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from styrgraf.exchange.drawings import Drawing
from styrgraf.governance.authority.forms.trial_forms import parse_trial
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.authority.reasoning.changes import RecallOf
from styrgraf.governance.authority.reasoning.trials import TASK, TIMES_A_QUERY, write_arguments
from styrgraf.governance.authority.rules import Rule
from styrgraf.governance.charts.charting import draw_chart
from styrgraf.governance.charts.growth import Chart, Fold
from styrgraf.governance.charts.states import State, find_span, list_time_rules
from styrgraf.governance.delegations import DelegationRecord, describe_delegation
from styrgraf.governance.extract import read_things
from styrgraf.governance.statements import Page
from styrgraf.model import Iri
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.charts.chart_drawings import UNSTATED, ChartScene, draw_chart_net
from styrgraf.web.charts.chart_forms import ChartForm
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame, gather_frame
from styrgraf.web.services import current_reader, current_settings, current_version

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A delegation of the table: how it stands on the day, why, and whether it falls."""

    delegation: DelegationRecord
    state: State
    rules: tuple[Rule, ...]
    falls: bool

    @property
    def iri(self) -> Iri:
        """Return which delegation it is."""
        return self.delegation.iri


@dataclass(frozen=True, slots=True)
class Fallen:
    """What a recall would make fall: how many delegations, and how many of them are drawn."""

    number: int
    drawn: int


@dataclass(frozen=True, slots=True)
class ChartView:
    """What is shown; `counts` are the delegations drawn, by how they stand."""

    frame: Frame
    chart: Chart
    drawing: Drawing
    rows: Page[ChartRow]
    counts: tuple[tuple[State, int], ...]
    fallen: Fallen | None
    span: tuple[date, date] | None

    @property
    def hidden(self) -> int:
        """Return how many parties find no room."""
        return sum(fold.number for fold in self.chart.folds if fold.full)


def lay_out_chart(form: ChartForm, number: int, size: int = PAGE_SIZE) -> ChartView:
    """Return what is shown of a form that has no fault; `number` is the page of the table."""
    index = open_authority(current_reader(), current_version()).index
    recalled = form.named.get("recall")
    fallen = _try_recall(recalled, form.on) if recalled else frozenset()
    question = replace(form.chart_question, apart=fallen)
    chart = draw_chart(index, question)
    matters = read_matters(index, chart.delegations)
    rows = list_rows(index, chart, form.on, fallen, Page((), number, size))
    frame = frame_chart(chart, matters, rows, tuple(form.named.values()))
    focus = {question.party.value} if question.party else set()
    scene = ChartScene(frame, matters, lambda fold: _unfold(form, fold), focus, fallen)
    drawn = fallen.intersection(chart.delegations)
    return ChartView(
        frame,
        chart,
        draw_chart_net(chart, scene, write_title(form, frame), "delegations"),
        rows,
        count_states(chart),
        Fallen(len(fallen), len(drawn)) if recalled else None,
        find_span(index),
    )


def _try_recall(delegation: Iri, on: date) -> frozenset[str]:
    """Return the delegations that hold on the day, and by a recall would not, itself included."""
    seconds = TIMES_A_QUERY * current_settings().query_seconds
    arguments = write_arguments(RecallOf(delegation.value), on)
    trial = parse_trial(current_reader().run_task(TASK, arguments, seconds))
    return frozenset(each.value for each in trial.rehearsal.fallen)


def _unfold(form: ChartForm, fold: Fold) -> str:
    """Return where more is shown: one step from a party, or, without room, in the overview."""
    if not fold.full:
        return form.link_opened(fold.party)
    # What is not in force is not in the overview, so that its level may not be there.
    named = fold.party and fold.party not in UNSTATED and not form.everything
    return url_for(
        "delegations.show_overview",
        at=shorten(fold.party) if named and not fold.above else None,
        on=form.on.isoformat(),
    )


def write_title(form: ChartForm, frame: Frame) -> str:
    """Return what is drawn, in words."""
    names = [frame.label(form.named[name]) for name in ("party", "matter") if name in form.named]
    if not names:
        return str(gettext("Delegations in the whole organisation"))
    return str(gettext("Delegations: %(names)s", names=", ".join(names)))


def read_matters(index: Index, delegations: Sequence[str]) -> Mapping[str, tuple[Iri, ...]]:
    """Return the matters of each delegation."""
    return {
        name: tuple(Iri(index.iri(each)) for each in index.delegation(index.find(name)).matters)
        for name in delegations
    }


def list_rows(
    index: Index, chart: Chart, on: date, fallen: frozenset[str], wanted: Page[ChartRow]
) -> Page[ChartRow]:
    """Return the page of the delegations drawn that has the number and size of `wanted`."""
    states = {name: joint.state for joint in chart.joints for name in joint.delegations}
    page = Page(tuple(states), size=wanted.size, total=len(states)).cut(wanted.number)
    things = read_things(current_reader(), tuple(map(Iri, page.items)), with_external=True)
    return page.with_items(
        ChartRow(
            describe_delegation(thing),
            states[thing.iri.value],
            list_time_rules(index, index.find(thing.iri.value), on),
            thing.iri.value in fallen,
        )
        for thing in things
    )


def frame_chart(
    chart: Chart,
    matters: Mapping[str, tuple[Iri, ...]],
    rows: Page[ChartRow],
    named: tuple[Iri, ...],
) -> Frame:
    """Return the names of all that is shown."""
    parties = tuple(Iri(key) for key in chart.parties if key not in UNSTATED)
    records = [row.delegation for row in rows.items]
    return gather_frame(
        {"parties": parties, "matters": dict(matters), "rows": records, "named": named}
    )


def count_states(chart: Chart) -> tuple[tuple[State, int], ...]:
    """Return how many delegations are drawn of each state that there is."""
    states = {name: joint.state for joint in chart.joints for name in joint.delegations}
    found = list(states.values())
    return tuple((state, found.count(state)) for state in State if state in found)
