"""Pages over records of the domain: the labels of all they point at, dates, paging."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache

from flask import Flask, render_template
from markupsafe import Markup, escape

from styrgraf.governance.statements import Source, Thing
from styrgraf.model import Iri, Literal
from styrgraf.namespaces import SG
from styrgraf.web.labels import load_labels
from styrgraf.web.languages import current_language, format_date
from styrgraf.web.negotiation import HTML
from styrgraf.web.paging import page_address
from styrgraf.web.representations import choose_offer
from styrgraf.web.services import current_addresses, current_reader
from styrgraf.web.terms import ShownTerm, show_iri

_SPAN, _LANGUAGE = Markup("<span>%s</span>"), Markup(' lang="%s"')
_LINK = Markup('<a href="%s"%s>%s</a>')
_LONG_WORD, _BREAK = re.compile(r"\S{41,}"), Markup("<wbr>")
_PART = 20
"""Characters of a long word that stay together, so that it does not widen a table."""
_PATTERNS = {SG + "precisionMonth": "MMMM y", SG + "precisionYear": "y"}


def install_pages(app: Flask) -> None:
    """Give templates the words for dates, and anchors."""
    app.jinja_env.filters.update(day=show_day, last_day=show_last_day, month_name=show_month)
    app.jinja_env.filters.update(anchor=name_anchor, breakable=write_text)


class Frame:
    """What the IRIs of one page are called, and where they lead."""

    def __init__(self, iris: Iterable[str]) -> None:
        self._addresses = current_addresses()
        self._labels = load_labels(current_reader(), iris, current_language())
        self._shown: dict[Iri, ShownTerm] = {}
        self._links: dict[Iri, Markup] = {}

    def show(self, iri: Iri) -> ShownTerm:
        """Return the IRI as a page shows it; a page shows many of them again and again."""
        if iri not in self._shown:
            self._shown[iri] = show_iri(iri.value, self._addresses, self._labels)
        return self._shown[iri]

    def link(self, iri: Iri) -> Markup:
        """Return its label in the user's language, leading to its page."""
        if iri not in self._links:
            self._links[iri] = _write_link(self.show(iri), self.language(iri))
        return self._links[iri]

    def label(self, iri: Iri) -> str:
        """Return what it is called."""
        return self.show(iri).text

    def language(self, iri: Iri) -> str:
        """Return the language of its label where that is not the page's."""
        language = self.show(iri).language
        return "" if language == current_language() else language

    def address(self, iri: Iri) -> str:
        """Return where it leads, empty where nothing can be followed."""
        return self.show(iri).href or ""


def render_page(
    template: str, derive: Callable[[Frame], dict[str, object]] | None = None, **records: object
) -> str:
    """Return the page, with the labels of every IRI in `records` at hand.

    `derive` makes what needs labels itself, such as drawings.
    """
    choose_offer((HTML,))
    frame = gather_frame(records)
    derived = derive(frame) if derive else {}
    return render_template(template, frame=frame, page_address=page_address, **derived, **records)


def _write_link(shown: ShownTerm, language: str) -> Markup:
    text = write_text(shown.text)
    if not shown.href:
        return _SPAN % text
    said = _LANGUAGE % language if language else ""
    return _LINK % (shown.href, said, text)


def write_text(text: str) -> Markup:
    """Return a text whose long words may break, also where a table asks how narrow they are."""
    written, end = Markup(), 0
    for word in _LONG_WORD.finditer(text):
        parts = (word[0][start : start + _PART] for start in range(0, len(word[0]), _PART))
        written += escape(text[end : word.start()]) + _BREAK.join(parts)
        end = word.end()
    return written + escape(text[end:])


def gather_frame(records: Mapping[str, object]) -> Frame:
    """Return the frame of a page that shows `records`."""
    return Frame(iri.value for record in records.values() for iri in collect_iris(record))


def collect_iris(record: object) -> Iterator[Iri]:
    """Yield every IRI that a page may name: in records, tuples and mappings, however deep.

    Sources are shown by document and line, not by what they are called; public pages by title.
    """
    waiting = [record]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Iri):
            yield each
        elif isinstance(each, Source):
            if each.is_page:
                yield each.document
        elif isinstance(each, tuple | list | frozenset):
            waiting.extend(each)
        elif isinstance(each, dict):
            waiting.extend(each.values())
        else:
            waiting.extend([getattr(each, name) for name in _list_parts(type(each))])  # type: ignore[arg-type]


@cache
def _list_parts(kind: type) -> tuple[str, ...]:
    """Return the fields of a record in which IRIs may stand that the page names."""
    if issubclass(kind, Thing):
        return ("open_questions",)
    if issubclass(kind, Literal) or not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind))


def name_anchor(iri: Iri) -> str:
    """Return the name of the place of a thing on a page: its type and slug."""
    return "-".join(iri.value.rsplit("/", 2)[-2:])


def show_day(text: str, precision: Iri | None = None) -> str:
    """Return an ISO date in words, no more exact than `precision`; what is no date as it stands."""
    day = _parse_day(text)
    if day is None:
        return text
    pattern = _PATTERNS.get(precision.value if precision else "", "d MMMM y")
    return format_date(day, pattern)


def show_last_day(text: str, precision: Iri | None = None) -> str:
    """Return the last day before an exclusive end, in words, no more exact than `precision`."""
    end = _parse_day(text)
    if end is None or end == date.min:
        return text
    return show_day((end - timedelta(days=1)).isoformat(), precision)


def show_month(text: str) -> str:
    """Return the name of a month from 1 to 12; what is none as it stands."""
    day = _parse_day(f"2000-{text:0>2}-01")
    return format_date(day, "MMMM") if day else text


def _parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
