"""Questions that are understood: who may decide on a matter, what a post may decide.

A few patterns over what is typed, in Swedish and English; what they name is looked for among the
names in the graph. Nothing is guessed: what no name is like stays unknown, and is said to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from styrgraf.errors import ParameterError
from styrgraf.governance.authority.intake.parsing import parse_day
from styrgraf.governance.search.finding import find_things
from styrgraf.governance.search.kinds import find_place
from styrgraf.governance.search.ranking import SAME
from styrgraf.governance.search.ways import Way
from styrgraf.graph.search import Entry, Lookup
from styrgraf.graph.words import tidy

_MOST_NAMED = 5
_PARTIES = ("post", "body", "person")
_ENDINGS = ("en", "et", "n", "t", "erna", "arna", "orna", "na")
_SHORTEST_STEM = 3
_SAME_NAME, _HELD, _NEAR = range(3)


class Form(StrEnum):
    """What is asked."""

    WHO = "who"
    PARTY = "party"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Named:
    """What a part of a question names, one or several; if it names nothing, the nearest."""

    text: str
    things: tuple[Entry, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A question: its form, what it names, whether to sign, the day, and what is wrong with it."""

    form: Form
    matter: Named | None
    party: Named | None
    signs: bool = False
    on: date | None = None
    wrong_day: ParameterError | None = None

    @property
    def about(self) -> str:
        """Return what is to be looked for beside the question."""
        return (self.matter or self.party or Named("")).text


_SWEDISH_VERB = (
    r"(?P<verb>besluta|beslutar|bestämma|bestämmer|fatta beslut|fattar beslut|"
    r"skriva under|skriver under|underteckna|undertecknar|teckna|tecknar|godkänna|godkänner)"
)
_ENGLISH_VERB = (
    r"(?P<verb>decide|decides|sign|signs|approve|approves|take decisions|make decisions)"
)
_PATTERNS = (
    (
        Form.WHO,
        rf"(?:vem|vilka|vilken) (?:som )?(?:(?:får|kan|har rätt att|ska|måste) )?{_SWEDISH_VERB}"
        r"(?: (?:om|i|över|på))? (?P<matter>.+)",
    ),
    (
        Form.WHO,
        rf"who (?:(?:may|can|is allowed to|has the right to|must) )?{_ENGLISH_VERB}"
        r"(?: (?:on|about|over|upon))? (?P<matter>.+)",
    ),
    (Form.MAY, rf"(?:får|kan) (?P<party>.+?) {_SWEDISH_VERB}(?: (?:om|i|över|på))? (?P<matter>.+)"),
    (
        Form.MAY,
        rf"(?:may|can) (?P<party>.+?) {_ENGLISH_VERB}(?: (?:on|about|over|upon))? (?P<matter>.+)",
    ),
    (Form.PARTY, rf"vad (?:får|kan) (?P<party>.+?) {_SWEDISH_VERB}(?: (?:om|i|över|på))?"),
    (Form.PARTY, rf"what (?:may|can) (?P<party>.+?) {_ENGLISH_VERB}(?: (?:on|about|over))?"),
)
_COMPILED = tuple((form, re.compile(text, re.IGNORECASE)) for form, text in _PATTERNS)

_SIGNING = ("skriv", "under", "teck", "sign")

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september"),
    *("oktober", "november", "december", "january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAY = re.compile(
    r"(?:^|[ ,]+)(?:(?:den|per|från och med|on|as of|the) )?"
    r"(?:(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})|"
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)}) (?P<year>[0-9]{{4}}))$",
    re.IGNORECASE,
)


def understand(lookup: Lookup, text: str) -> Understood | None:
    """Return the question that `text` is, if it is one."""
    asked = tidy(text).rstrip(" ?!.")
    rest, day, wrong = _take_day(asked)
    for form, pattern in _COMPILED:
        if match := pattern.fullmatch(rest):
            found = match.groupdict()
            return Understood(
                form,
                _name(lookup, found["matter"], "matter") if found.get("matter") else None,
                _name(lookup, found["party"], *_PARTIES) if found.get("party") else None,
                found["verb"].lower().startswith(_SIGNING),
                day,
                wrong,
            )
    return None


def _take_day(text: str) -> tuple[str, date | None, ParameterError | None]:
    """Return a question without the day at its end, the day, and what is wrong with it."""
    match = _DAY.search(text)
    if not match:
        return text, None, None
    rest = text[: match.start()].rstrip(" ,?")
    try:
        return rest, parse_day(match["iso"] or _write_day(match)), None
    except ParameterError as error:
        return rest, None, error


def _write_day(match: re.Match[str]) -> str:
    month = _MONTHS.index(match["month"].lower()) % 12 + 1
    return f"{match['year']}-{month:02}-{int(match['day']):02}"


def _name(lookup: Lookup, text: str, *kinds: str) -> Named:
    """Return what a text names among things of some kinds, else the nearest."""
    name = text.strip(" “”\"'»«")
    tries = [_try_name(lookup, form, kinds) for form in _list_forms(name)]
    nearness, things = min(tries, key=lambda each: each[0])
    return Named(name, things, known=nearness < _NEAR)


def _try_name(lookup: Lookup, name: str, kinds: Iterable[str]) -> tuple[int, tuple[Entry, ...]]:
    """Return the things of a name, and whether they have it, hold its words, or are only near."""
    found = [
        find_things(lookup, name, find_place(kind), size=_MOST_NAMED, alone=True) for kind in kinds
    ]
    hits = [hit for each in found for hit in each.page.items]
    if same := [hit.entry for hit in hits if hit.rank.grade[0] <= SAME]:
        return _SAME_NAME, tuple(same)
    held = [hit.entry for each in found if each.way == Way.WORDS for hit in each.page.items]
    if held:
        return _HELD, tuple(held[:_MOST_NAMED])
    return (_NEAR if hits else _NEAR + 1), tuple(hit.entry for hit in hits)[:_MOST_NAMED]


def _list_forms(name: str) -> Iterator[str]:
    """Yield a name as it stands, and as it may be without the Swedish ending for “the”."""
    yield name
    for ending in _ENDINGS:
        if name.lower().endswith(ending) and len(name) > len(ending) + _SHORTEST_STEM:
            yield name[: -len(ending)]
