"""The decisions for spreadsheets: one row each, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from styrgraf.exchange.spreadsheets import Cell, Row, read_cell
from styrgraf.governance.decisions import DecisionRecord
from styrgraf.governance.statements import Source, SourcedIri, SourcedText
from styrgraf.web.addresses import this_address
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
            _read(each.date),
            frame.label(each.iri),
            _read(each.title),
            _name(each.deciders, frame),
            _read(each.written_number),
            _read(each.case_number),
            _read(each.document_number),
            _name([each.status] if each.status else [], frame),
            "; ".join(
                f"{frame.label(relation.property)}: {_name(relation.objects, frame, ', ')}"
                for relation in each.relations
            ),
            ", ".join(map(_place, each.passages)),
            each.iri.value,
        )


def _read(stated: SourcedText | None) -> Cell:
    return read_cell(stated.value) if stated else None


def _name(things: Iterable[SourcedIri], frame: Frame, between: str = "; ") -> str:
    return between.join(frame.label(each.value) for each in things)


def _place(source: Source) -> str:
    """Return document and lines as the marks of the pages write them."""
    code = source.document.value.rpartition("/")[2]
    lines = f"{source.first_line}"
    if source.last_line != source.first_line:
        lines += f"–{source.last_line}"
    return f"{code}:{lines}"
