"""Changes as rows: for programs (JSON), and for spreadsheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from styrgraf.exchange.spreadsheets import Cell
from styrgraf.governance.changes.describing import Cause, DescribedChange, Side
from styrgraf.governance.changes.difference import Difference
from styrgraf.governance.changes.turns import Edge
from styrgraf.language import N_
from styrgraf.model import Term
from styrgraf.web.addresses import this_address
from styrgraf.web.cells import list_places
from styrgraf.web.change_words import CAUSE_WORDS, KIND_NAMES, name_sort, tell_difference
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_version
from styrgraf.web.sheets import Table

Json = dict[str, object]

HEADINGS = (
    *(N_("Kind"), N_("What happened"), N_("Before"), N_("After"), N_("What differs")),
    *(N_("First day"), N_("End (first day after)"), N_("By which decision"), N_("Case number")),
    *(N_("Where it says so"), N_("IRI before"), N_("IRI after")),
)


def answer_changes(
    difference: Difference, changes: Sequence[DescribedChange], frame: Frame
) -> Json:
    """Return the changes as values of JSON."""
    version = current_version()
    return {
        "answers": "changes",
        "from": difference.first.isoformat(),
        "to": difference.last.isoformat(),
        "version": version.number,
        "recorded": version.recorded.isoformat(),
        "sentences": list(tell_difference(difference)),
        "total": _count(difference),
        "undated": dict(difference.undated),
        "changes": [_write_change(change, frame) for change in changes],
    }


def _count(difference: Difference) -> int:
    return sum(map(len, difference.changes.values()))


def _write_change(change: DescribedChange, frame: Frame) -> Json:
    return {
        "kind": change.kind,
        "sort": change.sort.value,
        "before": _write_side(change.before, frame),
        "after": _write_side(change.after, frame),
        "differing": [name.value for name in change.differing],
        "replacementStated": change.replaced,
        "causes": [_write_cause(cause, frame) for cause in change.causes],
    }


def _write_side(side: Side | None, frame: Frame) -> Json | None:
    if side is None:
        return None
    return {
        "iri": side.iri.value,
        "name": frame.label(side.iri),
        "start": _write_edge(side.start),
        "end": _write_edge(side.end),
        "stated": {
            told.property.value: [_read(each.value) for each in told.values] for told in side.told
        },
        "sources": list_places(side.sources),
    }


def _write_edge(edge: Edge | None) -> list[str] | None:
    """Return the first and the last day that it may be."""
    return [date.fromordinal(day).isoformat() for day in (edge.first, edge.last)] if edge else None


def _read(term: Term) -> str:
    return term.value


def _write_cause(cause: Cause, frame: Frame) -> Json:
    return {
        "property": cause.property.value,
        "iri": cause.stated.value.value,
        "name": frame.label(cause.stated.value),
        "caseNumbers": list(cause.numbers),
        "certainty": cause.stated.certainty.value,
    }


def describe_table(
    difference: Difference, changes: Sequence[DescribedChange], frame: Frame
) -> Table:
    """Return the changes as a table that tells of the days too."""
    days = (difference.first.isoformat(), difference.last.isoformat())
    return Table(
        "-".join((gettext("changes"), *days)),
        gettext("Changes between two days"),
        [gettext(heading) for heading in HEADINGS],
        [_make_row(change, frame) for change in changes],
        this_address(format="html"),
        _list_facts(difference, len(changes)),
        _count(difference),
    )


def _list_facts(difference: Difference, shown: int) -> list[tuple[str, Cell]]:
    return [
        (gettext("From"), difference.first),
        (gettext("To"), difference.last),
        *((sentence, None) for sentence in tell_difference(difference)),
        (gettext("Rows"), shown),
        (gettext("Rows on all pages"), _count(difference)),
        (gettext("Without a stated date, not compared"), sum(difference.undated.values())),
    ]


def _make_row(change: DescribedChange, frame: Frame) -> list[Cell]:
    before, after = change.before, change.after
    last, first = before or after, after or before
    return [
        gettext(KIND_NAMES[change.kind]),
        name_sort(change.sort, change.kind),
        frame.label(before.iri) if before else None,
        frame.label(after.iri) if after else None,
        ", ".join(map(frame.label, change.differing)),
        _read_day(first.start if first else None),
        _read_day(last.end if last else None),
        "; ".join(_tell_cause(cause, frame) for cause in change.causes) or gettext("not stated"),
        ", ".join(dict.fromkeys(number for cause in change.causes for number in cause.numbers)),
        "; ".join(
            dict.fromkeys(each for side in change.sides for each in list_places(side.sources))
        ),
        before.iri.value if before else None,
        after.iri.value if after else None,
    ]


def _tell_cause(cause: Cause, frame: Frame) -> str:
    return f"{gettext(CAUSE_WORDS[cause.property.value])} {frame.label(cause.stated.value)}"


def _read_day(edge: Edge | None) -> Cell:
    """Return a day as a date; one that is known to the month or year as it is known, in text."""
    if edge is None:
        return None
    day = date.fromordinal(edge.first)
    if edge.first == edge.last:
        return day
    return day.isoformat()[:7] if edge.last - edge.first < 31 else day.isoformat()[:4]
