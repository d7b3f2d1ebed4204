"""The decisions for spreadsheets: one row each, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from styrgraf.exchange.spreadsheets import Row
from styrgraf.governance.decisions import DecisionRecord
from styrgraf.governance.lineage import Lineage, Tie
from styrgraf.language import N_
from styrgraf.web.addresses import this_address
from styrgraf.web.authority.order_rows import CERTAINTY_WORDS
from styrgraf.web.cells import join_names, list_places, read_stated
from styrgraf.web.languages import gettext
from styrgraf.web.lineage.decision_forms import FACETS, DecisionForm, show_value
from styrgraf.web.pages import Frame, gather_frame
from styrgraf.web.sheets import Table


def tabulate_decisions(records: Sequence[DecisionRecord], form: DecisionForm) -> Table:
    """Return the table of decisions; the facts say which were asked for."""
    frame = gather_frame({"records": records, "chosen": form.named})
    headings = (
        gettext("Date"),
        gettext("Decision"),
        gettext("Title"),
        gettext("Decided by"),
        gettext("Number as written"),
        gettext("Case number"),
        gettext("Document number"),
        gettext("Status"),
        gettext("What it does"),
        gettext("Where it stands"),
        "IRI",
    )
    facts = [
        (gettext(heading), show_value(facet, form.chosen[facet], frame))
        for facet, heading in FACETS.items()
        if facet in form.chosen
    ]
    rows = _list_rows(records, frame)
    address = this_address(format="html")
    return Table("decisions", gettext("Decisions"), headings, rows, address, facts)


def _list_rows(records: Iterable[DecisionRecord], frame: Frame) -> Iterator[Row]:
    for each in records:
        yield (
            read_stated(each.date),
            frame.label(each.iri),
            read_stated(each.title),
            join_names(each.deciders, frame),
            read_stated(each.written_number),
            read_stated(each.case_number),
            read_stated(each.document_number),
            join_names([each.status] if each.status else [], frame),
            "; ".join(
                f"{frame.label(relation.property)}: {join_names(relation.objects, frame, ', ')}"
                for relation in each.relations
            ),
            ", ".join(list_places(each.passages)),
            each.iri.value,
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
