"""The decisions for spreadsheets: one row each, with where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.decisions import DecisionRecord, read_decisions
from styrgraf.governance.lineage import Lineage, Tie
from styrgraf.graph.keeping import keep_each
from styrgraf.graph.store import Reader
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.addresses import this_address
from styrgraf.web.authority.order_rows import CERTAINTY_WORDS
from styrgraf.web.cells import join_names, list_places, read_stated
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.lineage.decision_forms import (
    FACETS,
    DecisionForm,
    list_named,
    show_value,
)
from styrgraf.web.pages import Frame, gather_frame
from styrgraf.web.services import current_reader
from styrgraf.web.sheets import Table


def tabulate_decisions(decisions: Sequence[Iri], form: DecisionForm) -> Table:
    """Return the table of decisions; the facts say which were asked for."""
    frame = gather_frame({"chosen": list_named((), form)})
    facts = [
        (gettext(heading), show_value(facet, form.chosen[facet], frame))
        for facet, heading in FACETS.items()
        if facet in form.chosen
    ]
    reader = current_reader()
    name = "decision rows", current_language()
    rows = keep_each(reader, name, decisions, lambda new: _make_rows(reader, new), _MOST_KEPT)
    headings = [gettext(each) for each in _HEADINGS]
    address = this_address(format="html")
    return Table("decisions", gettext("Decisions"), headings, rows.values(), address, facts)


_HEADINGS = (
    *(N_("Date"), N_("Decision"), N_("Title"), N_("Decided by"), N_("Number as written")),
    *(N_("Case number"), N_("Document number"), N_("Status"), N_("What it does")),
    *(N_("Where it stands"), N_("IRI")),
)
_READ_AT_ONCE = 500
_MOST_KEPT = 10_000
"""Rows: about a kilobyte each, by language."""


def _make_rows(reader: Reader, decisions: Sequence[Iri]) -> dict[Iri, Row]:
    """Return the rows of decisions; read part by part, so that only the rows are held."""
    rows: dict[Iri, Row] = {}
    for first in range(0, len(decisions), _READ_AT_ONCE):
        records = tuple(read_decisions(reader, decisions[first : first + _READ_AT_ONCE]))
        frame = gather_frame({"named": [_list_named(each) for each in records]})
        rows |= {each.iri: _make_row(each, frame) for each in records}
    return rows


def _list_named(record: DecisionRecord) -> list[Iri]:
    """Return what the row of a decision names."""
    stated = [*record.deciders, *([record.status] if record.status else [])]
    for relation in record.relations:
        stated += relation.objects
    properties = [each.property for each in record.relations]
    return [record.iri, *properties, *(each.value for each in stated)]


def _make_row(record: DecisionRecord, frame: Frame) -> Row:
    return (
        read_stated(record.date),
        frame.label(record.iri),
        read_stated(record.title),
        join_names(record.deciders, frame),
        read_stated(record.written_number),
        read_stated(record.case_number),
        read_stated(record.document_number),
        join_names([record.status] if record.status else [], frame),
        "; ".join(
            f"{frame.label(relation.property)}: {join_names(relation.objects, frame, ', ')}"
            for relation in record.relations
        ),
        ", ".join(list_places(record.passages)),
        record.iri.value,
    )


def tabulate_ties(lineage: Lineage) -> Table:
    """Return the table of what ties decisions to what."""
    frame = gather_frame({"lineage": lineage})
    headings = [gettext(each) for each in _TIE_HEADINGS]
    rows = (_make_tie(tie, frame) for tie in lineage.ties)
    address = this_address(format="html")
    return Table("ties", gettext("Ties of the decisions"), headings, rows, address)


_TIE_HEADINGS = (
    *(N_("From"), N_("Tie"), N_("To"), N_("Certainty"), N_("Where it stands")),
    *(N_("IRI it goes from"), N_("IRI it goes to")),
)


def _make_tie(tie: Tie, frame: Frame) -> Row:
    return (
        frame.label(tie.start),
        frame.label(tie.relation),
        frame.label(tie.end),
        gettext(CERTAINTY_WORDS[tie.stated.certainty]),
        ", ".join(list_places(tie.stated)),
        tie.start.value,
        tie.end.value,
    )
