"""What the page of the way between two parties shows: the chains, drawn, told and as a table."""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.exchange.drawings import Drawing
from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.opening import open_authority
from styrgraf.governance.charts.paths import PathAnswer, PathQuestion, find_path
from styrgraf.governance.charts.states import State
from styrgraf.governance.statements import Page
from styrgraf.model import Iri
from styrgraf.web.charts.chart_drawings import ChartScene, draw_chart_net
from styrgraf.web.charts.chart_forms import ChartForm
from styrgraf.web.charts.chart_views import (
    PAGE_SIZE,
    ChartRow,
    count_states,
    frame_chart,
    list_rows,
    read_matters,
)
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_reader, current_version


@dataclass(frozen=True, slots=True)
class ToldChain:
    """The names of the parties that a chain passes, and its delegations.

    `by_role` tells that the last of the parties is a role of the one that was asked about.
    """

    parties: tuple[str, ...]
    delegations: tuple[Iri, ...]
    by_role: bool


@dataclass(frozen=True, slots=True)
class PathView:
    """What is shown of the chains between two parties."""

    frame: Frame
    answer: PathAnswer
    drawing: Drawing
    rows: Page[ChartRow]
    counts: tuple[tuple[State, int], ...]
    chains: tuple[ToldChain, ...]


def lay_out_path(form: ChartForm, number: int, size: int = PAGE_SIZE) -> PathView:
    """Return the way between the two that a form without fault names."""
    index = open_authority(current_reader(), current_version()).index
    start, end = form.named["start"], form.named["end"]
    question = PathQuestion(start, end, form.on, form.named.get("matter"), form.everything)
    answer = find_path(index, question)
    matters = read_matters(index, answer.chart.delegations)
    rows = list_rows(index, answer.chart, form.on, frozenset(), Page((), number, size))
    shared = (Iri(answer.shared),) if answer.shared else ()
    passed = tuple(Iri(name) for chain in answer.chains for name in chain)
    frame = frame_chart(answer.chart, matters, rows, (*form.named.values(), *shared, *passed))
    scene = ChartScene(frame, matters, lambda fold: form.link(), (start.value, end.value))
    title = gettext("From %(start)s to %(end)s", start=frame.label(start), end=frame.label(end))
    return PathView(
        frame,
        answer,
        draw_chart_net(answer.chart, scene, title, "path"),
        rows,
        count_states(answer.chart),
        tuple(_tell_chain(index, chain, end, frame) for chain in answer.chains),
    )


def _tell_chain(index: Index, chain: tuple[str, ...], end: Iri, frame: Frame) -> ToldChain:
    parties = [Iri(index.iri(party)) for party in _list_parties(index, chain)]
    names = tuple(map(frame.label, parties))
    return ToldChain(names, tuple(map(Iri, chain)), by_role=parties[-1] != end)


def _list_parties(index: Index, chain: tuple[str, ...]) -> list[int]:
    """Return those whom a chain passes, from its first giver to its last receiver."""
    delegated = [index.delegation(index.find(name)) for name in chain]
    return [each.delegator for each in delegated] + [delegated[-1].delegate]
