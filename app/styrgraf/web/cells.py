"""What is stated, as cells of a spreadsheet: names, days, and where it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal

from styrgraf.exchange.spreadsheets import Cell, read_cell
from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.facts import Limit, Precision
from styrgraf.governance.presence import parse_iso, read_precision
from styrgraf.governance.statements import Source, Sourced, SourcedIri, SourcedText, Thing
from styrgraf.governance.surroundings import Period
from styrgraf.model import Iri, Literal
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.pages import Frame


def read_stated(stated: SourcedText | None) -> Cell:
    """Return the value of a literal; empty where nothing is stated."""
    return read_cell(stated.value) if stated else None


def join_names(stated: Iterable[SourcedIri | Iri], frame: Frame, between: str = "; ") -> str:
    """Return what things are called; empty without any."""
    things = (each.value if isinstance(each, Sourced) else each for each in stated)
    return between.join(map(frame.label, things))


def tell_names(stated: Iterable[SourcedIri | Iri], frame: Frame) -> str:
    """Return what things are called, or that it is not stated."""
    return join_names(stated, frame) or str(gettext("not stated"))


def join_texts(stated: Iterable[SourcedText]) -> str:
    """Return the texts in the language of the page, and those in none."""
    spoken = ("", current_language())
    return "; ".join(each.value.value for each in stated if each.value.language in spoken)


def list_days(period: Period) -> tuple[Cell, Cell]:
    """Return the first and the last day of a period, no more exact than they are stated."""
    precision = read_precision(period.precision)
    start, end = (_parse(each) for each in (period.valid_from, period.valid_to))
    return write_day(start, precision), write_day(find_last_day(end), precision)


def find_last_day(end: date | None) -> date | None:
    """Return the last day before an exclusive end."""
    return end - timedelta(days=1) if end and end > date.min else None


def write_day(day: date | None, precision: Precision) -> Cell:
    """Return a day as a date; one that is known to the month or year as 2022-05 or 2022."""
    if day is None or precision is Precision.DAY:
        return day
    return day.isoformat()[: 7 if precision is Precision.MONTH else 4]


def list_amount(amount: Amount | Limit | None) -> tuple[Cell, Cell]:
    """Return an amount and its currency."""
    return (Decimal(amount.hundredths) / 100, amount.currency) if amount else (None, None)


def list_limit(limit: Limit | None) -> tuple[Cell, Cell, Cell]:
    """Return a limit: the amount, its currency, and whether the amount itself is within it."""
    return *list_amount(limit), not limit.excluded if limit else None


def list_places(record: object) -> list[str]:
    """Return where it is said what stands in a record, each place once.

    “000:33–34” is document and lines; a public page stands by its address.
    """
    return list(dict.fromkeys(map(_write_place, _collect_sources(record))))


def _collect_sources(record: object) -> Iterator[Source]:
    if isinstance(record, Source):
        yield record
    elif isinstance(record, Thing | Iri | Literal | type):
        return
    elif isinstance(record, tuple | list):
        for item in record:
            yield from _collect_sources(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from _collect_sources(getattr(record, field.name))


def _write_place(source: Source) -> str:
    if source.is_page:
        return source.document.value
    lines = str(source.first_line)
    if source.last_line != source.first_line:
        lines += f"–{source.last_line}"
    return f"{source.document.value.rpartition('/')[2]}:{lines}"


def _parse(stated: SourcedText | None) -> date | None:
    return parse_iso(stated.value.value) if stated else None
