"""Questions to begin with, made of what the graph holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from flask import url_for

from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.query_text import write_query
from styrgraf.model import Iri, Solution
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.authority.authority_links import Link
from styrgraf.web.authority.authority_words import write_amount, write_day
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_reader

_DELEGATED = """
SELECT ?delegation ?matter ?party ?start ?amount ?currency WHERE {
  ?delegation sg:delegatesMatter ?matter ; sg:delegate ?party .
  OPTIONAL { ?delegation sg:validFrom ?start }
  OPTIONAL {
    ?delegation sg:amountLimit ?limit .
    ?limit schema:maxValue ?amount ; schema:currency ?currency
  }
} ORDER BY ?delegation ?matter ?party LIMIT 500
"""


def list_examples(today: date) -> tuple[Link, ...]:
    """Return questions that fit the delegations there are: of each kind one, if there is one."""
    rows = current_reader().select(write_query(_DELEGATED)).rows
    if not rows:
        return ()
    iris = {row[name].value for row in rows for name in ("matter", "party")}
    frame = Frame(iris)
    first = rows[0]
    examples: list[Link | None] = [_ask_who(first, today, frame)]
    examples += [_ask_start(row, frame) for row in reversed(rows) if "start" in row][:1]
    examples += [found for row in rows if (found := _ask_amount(row, today, frame))][:1]
    examples += [_ask_may(rows[-1], today, frame), _ask_party(rows[-1], frame)]
    return tuple(found for found in examples if found)


def _ask_who(row: Solution, day: date, frame: Frame) -> Link:
    matter = Iri(row["matter"].value)
    return Link(
        gettext(
            "Who may decide on “%(matter)s” on %(day)s?",
            matter=frame.label(matter),
            day=write_day(day),
        ),
        url_for("authority.ask_who", matter=shorten(matter), on=day.isoformat()),
    )


def _ask_start(row: Solution, frame: Frame) -> Link | None:
    """Return who might on the day on which a delegation begins."""
    try:
        return _ask_who(row, date.fromisoformat(row["start"].value), frame)
    except ValueError:
        return None


def _ask_amount(row: Solution, day: date, frame: Frame) -> Link | None:
    """Return who might for twice the amount of a limit."""
    if "amount" not in row:
        return None
    try:
        amount = int(Decimal(row["amount"].value) * 2)
    except InvalidOperation:
        return None
    matter, currency = Iri(row["matter"].value), row["currency"].value
    return Link(
        gettext(
            "Who may decide on “%(matter)s” for %(amount)s?",
            matter=frame.label(matter),
            amount=write_amount(Amount(amount * 100, currency)),
        ),
        url_for(
            "authority.ask_who",
            matter=shorten(matter),
            on=day.isoformat(),
            amount=str(amount),
            currency=currency,
        ),
    )


def _ask_may(row: Solution, day: date, frame: Frame) -> Link:
    matter, party = Iri(row["matter"].value), Iri(row["party"].value)
    return Link(
        gettext(
            "May %(party)s decide on “%(matter)s”?",
            party=frame.label(party),
            matter=frame.label(matter),
        ),
        url_for(
            "authority.ask_may",
            party=shorten(party),
            matter=shorten(matter),
            on=day.isoformat(),
        ),
    )


def _ask_party(row: Solution, frame: Frame) -> Link:
    party = Iri(row["party"].value)
    return Link(
        gettext("What may %(party)s decide?", party=frame.label(party)),
        url_for("authority.show_party", party=shorten(party)),
    )
