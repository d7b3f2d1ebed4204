"""What was found as JSON and for spreadsheets, and what is suggested."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from styrgraf.exchange.spreadsheets import Cell, Row
from styrgraf.governance.presence import parse_iso, read_precision
from styrgraf.governance.search.finding import Found, Hit
from styrgraf.governance.search.kinds import CODES, KINDS
from styrgraf.governance.search.questions import Understood
from styrgraf.governance.statements import Sourced
from styrgraf.graph.search import Entry, Lookup, Role
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.addresses import this_address
from styrgraf.web.cells import write_day
from styrgraf.web.languages import gettext
from styrgraf.web.searching.question_boxes import show_question
from styrgraf.web.searching.search_views import (
    choose_name,
    find_address,
    name_kind,
    name_types,
    write_days,
)
from styrgraf.web.sheets import Table

Json = dict[str, Any]


def describe_found(
    lookup: Lookup, text: str, kind: int | None, found: Found, question: Understood | None
) -> Json:
    """Return one page of what was found."""
    types = name_types(lookup, [hit.entry for hit in found.page.items])
    return {
        "q": text,
        "kind": CODES[kind] if kind is not None else None,
        "way": found.way or None,
        "corrected": found.corrected or None,
        "question": _describe_question(question) if question else None,
        "total": found.total,
        "listed": found.page.total,
        "page": found.page.number,
        "resultsPerPage": found.page.size,
        "kinds": [
            {"kind": CODES[place], "label": gettext(KINDS[place].many), "count": count}
            for place, count in sorted(found.counts.items())
        ],
        "results": [_describe_hit(hit, types) for hit in found.page.items],
    }


def _describe_hit(hit: Hit, types: Mapping[str, str]) -> Json:
    entry, name = hit.entry, choose_name(hit.entry)
    return {
        "iri": entry.iri,
        "name": name.text,
        "language": name.language or None,
        "address": find_address(entry),
        "kind": CODES[entry.kind],
        "type": name_kind(entry, types),
        "numbers": [each.text for each in entry.names if each.role is Role.NUMBER],
        "date": entry.start or None if not entry.lasts else None,
        "validFrom": entry.start or None if entry.lasts else None,
        "validTo": entry.finish or None,
        "matched": hit.rank.name.text if hit.rank.is_like else None,
    }


def tabulate_found(lookup: Lookup, text: str, found: Found) -> Table:
    """Return all that is listed as a table."""
    types = name_types(lookup, [hit.entry for hit in found.page.items])
    headings = (N_("Name"), N_("Kind"), N_("Number"), N_("First day"), N_("Last day"), N_("When"))
    facts: list[tuple[str, Cell]] = [
        (gettext("Looked for"), text),
        (gettext("Found"), found.total),
    ]
    return Table(
        gettext("search"),
        gettext("What was found"),
        [*map(gettext, headings), "IRI"],
        [_make_row(hit.entry, types) for hit in found.page.items],
        this_address(format="html"),
        facts,
        found.page.total,
    )


def _make_row(entry: Entry, types: Mapping[str, str]) -> Row:
    precision = read_precision(Sourced(Iri(entry.precision)) if entry.precision else None)
    start, end = parse_iso(entry.start), parse_iso(entry.finish)
    last = end - timedelta(days=1) if end else start if not entry.lasts else None
    return (
        choose_name(entry).text,
        name_kind(entry, types),
        "; ".join(each.text for each in entry.names if each.role is Role.NUMBER),
        write_day(start, precision),
        write_day(last, precision),
        write_days(entry),
        entry.iri,
    )


def _describe_question(question: Understood) -> Json:
    box = show_question(question)
    return {
        "answers": [{"question": each.words, "address": each.address} for each in box.answers],
        "notes": list(box.notes),
        "nearest": [{"question": each.words, "address": each.address} for each in box.nearest],
    }


def describe_suggestions(
    lookup: Lookup, text: str, found: Found, question: Understood | None, most: int
) -> Json:
    """Return the answers to a question that was understood, then the first things found."""
    answers = show_question(question).answers if question else ()
    suggested = [
        {"name": each.words, "kind": gettext("question"), "address": each.address}
        for each in answers
    ]
    types = name_types(lookup, [hit.entry for hit in found.page.items])
    suggested += [_suggest(hit.entry, types) for hit in found.page.items]
    return {"q": text, "suggestions": suggested[:most]}


def _suggest(entry: Entry, types: Mapping[str, str]) -> Json:
    numbers = (each.text for each in entry.names if each.role is Role.NUMBER)
    name = choose_name(entry)
    return {
        "name": name.text,
        "language": name.language or None,
        "kind": name_kind(entry, types),
        "number": next(numbers, None),
        "address": find_address(entry),
        "iri": entry.iri,
    }
