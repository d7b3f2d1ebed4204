"""How pages show what was found: name, kind, days, why, and where to go from there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from styrgraf.governance.search.finding import Hit
from styrgraf.governance.search.kinds import KINDS
from styrgraf.graph.search import Entry, Lookup, Name, Role
from styrgraf.graph.words import split_words
from styrgraf.language import LANGUAGES, N_
from styrgraf.model import Iri
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.authority.authority_links import Link
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.pages import show_day, show_last_day
from styrgraf.web.services import current_addresses
from styrgraf.web.terms import cut_text, shorten_iri

_WORD = re.compile(r"[^\W_]+")
_AROUND = 90
"""Characters shown on each side of what was found in a description."""
_MOST_NUMBERS = 3
_MOST_CHARACTERS = 300
_LEAST_INSIDE = 4

_REASONS = {
    Role.NAME: N_("also called"),
    Role.OTHER_NAME: N_("also called"),
    Role.TEXT: N_("described as"),
}
_PARTIES = frozenset({"post", "body"})

Marked = tuple[tuple[str, bool], ...]
"""A text in parts; those that are true are what was looked for."""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A thing on the page of results; `reason` and `matched` where the name does not tell why."""

    name: Marked
    language: str
    address: str
    kind: str
    days: str
    numbers: tuple[Marked, ...]
    reason: str
    matched: Marked
    matched_language: str
    links: tuple[Link, ...]


def show_hits(lookup: Lookup, hits: Iterable[Hit], words: Sequence[str]) -> tuple[ShownHit, ...]:
    """Return hits as the page shows them, with `words` marked in them."""
    shown = list(hits)
    types = name_types(lookup, [hit.entry for hit in shown])
    return tuple(_show_hit(hit, types, words) for hit in shown)


def _show_hit(hit: Hit, types: Mapping[str, str], words: Sequence[str]) -> ShownHit:
    entry, name = hit.entry, choose_name(hit.entry)
    numbers = [each for each in entry.names if each.role is Role.NUMBER and each != name]
    found = hit.rank.name
    told = found == name or found in numbers or found.role not in _REASONS
    is_explained = hit.rank.is_like and not told
    return ShownHit(
        name=mark_words(cut_text(name.text, _MOST_CHARACTERS)[0], words),
        language=_foreign(name),
        address=find_address(entry),
        kind=name_kind(entry, types),
        days=write_days(entry),
        numbers=tuple(mark_words(each.text, words) for each in numbers[:_MOST_NUMBERS]),
        reason=gettext(_REASONS[found.role]) if is_explained else "",
        matched=mark_words(cut_around(found.text, words), words) if is_explained else (),
        matched_language=_foreign(found),
        links=list_onward(entry, name.text),
    )


def choose_name(entry: Entry) -> Name:
    """Return what an entry is called in the language of the request; its number where it has none.

    The first of equals is the one that `governance.labels` takes as well.
    """
    order = (current_language(), "", *LANGUAGES)

    def rate(name: Name) -> tuple[bool, int, int]:
        known = name.language in order
        return name.role > Role.OTHER_NAME, order.index(name.language) if known else 9, name.role

    named = [name for name in entry.names if name.role < Role.DAY]
    local = shorten_iri(entry.iri, current_addresses().base)
    return min(named, key=rate, default=Name(local))


def find_address(entry: Entry) -> str:
    """Return where the page about an entry is."""
    addresses = current_addresses()
    return addresses.local_address(entry.iri) or url_for("resources.describe", iri=entry.iri)


def list_onward(entry: Entry, name: str) -> tuple[Link, ...]:
    """Return the questions that are most often asked of such a thing."""
    kind, thing = KINDS[entry.kind].code, shorten(entry.iri)
    if kind == "matter":
        words = gettext("Who may decide on “%(matter)s”?", matter=name)
        return (Link(words, url_for("authority.ask_who", matter=thing)),)
    if kind in _PARTIES:
        words = gettext("What may %(party)s decide?", party=name)
        return (Link(words, url_for("authority.show_party", party=thing)),)
    return ()


def name_types(lookup: Lookup, entries: Iterable[Entry]) -> dict[str, str]:
    """Return what the classes of entries are called, those that the vocabulary names."""
    numbers = {
        each.type: lookup.find_key(each.type.casefold(), most=1) for each in entries if each.type
    }
    known = lookup.read([number for found in numbers.values() for number in found])
    return {
        name: choose_name(known[found[0]]).text.lower() for name, found in numbers.items() if found
    }


def name_kind(entry: Entry, types: Mapping[str, str]) -> str:
    """Return in words what a thing is: the name of its class, else of its kind."""
    return types.get(entry.type) or gettext(KINDS[entry.kind].one)


def write_days(entry: Entry) -> str:
    """Return the day of a thing, or from when to when it holds; empty where nothing is stated."""
    precision = Iri(entry.precision) if entry.precision else None
    start = show_day(entry.start, precision) if entry.start else ""
    if not entry.lasts:
        return start
    parts = [gettext("from %(day)s", day=start)] if start else []
    if entry.finish:
        parts.append(gettext("to and including %(day)s", day=show_last_day(entry.finish)))
    return " ".join(parts)


def mark_words(text: str, words: Sequence[str]) -> Marked:
    """Return a text with the words marked that begin with, or hold, what was looked for.

    What stands between two marked words without a space, as in a number, is marked as well.
    """
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(text):
        folded = "".join(split_words(match[0]))
        if any(folded.startswith(each) or _is_inside(each, folded) for each in words):
            between = text[end : match.start()]
            if parts and not any(map(str.isspace, between)):
                parts[-1] = (parts[-1][0] + between + match[0], True)
            else:
                parts += [(between, False), (match[0], True)]
            end = match.end()
    return tuple(part for part in (*parts, (text[end:], False)) if part[0])


def _is_inside(word: str, folded: str) -> bool:
    return len(word) >= _LEAST_INSIDE and word in folded


def cut_around(text: str, words: Sequence[str]) -> str:
    """Return the part of a long text around the first word that was looked for."""
    if len(text) <= 2 * _AROUND:
        return text
    place = 0
    for part, is_marked in mark_words(text, words):
        if is_marked:
            break
        place += len(part)
    start, end = max(0, place - _AROUND), place + _AROUND
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _foreign(name: Name) -> str:
    """Return the language of a name where that is not the page's."""
    return "" if name.language in {"", current_language()} else name.language
