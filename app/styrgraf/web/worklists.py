"""Work lists as pages and tables: how they are arranged and filtered, page by page or whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from styrgraf.errors import ParameterError
from styrgraf.exchange.spreadsheets import Cell, Row
from styrgraf.governance.statements import Page
from styrgraf.governance.worklists import (
    Arrangement,
    WorkGroup,
    WorkLine,
    WorkRule,
    arrange_lines,
    cut_groups,
    list_parties,
    place_lines,
)
from styrgraf.graph.reports import Severity
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.authority.authority_forms import Form
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.paging import read_page_number
from styrgraf.web.services import current_reader

Found = TypeVar("Found")

PAGE_SIZE = 50
LIST_FIELDS = ("by", "severity")
ARRANGEMENT_WORDS: Mapping[Arrangement, str] = {
    Arrangement.RULE: N_("By rule"),
    Arrangement.UNIT: N_("By unit"),
    Arrangement.POST: N_("By post"),
}
SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.VIOLATION: N_("Violation"),
    Severity.WARNING: N_("Warning"),
    Severity.INFO: N_("Remark"),
}
_SEVERITIES = {severity.name.lower(): severity for severity in Severity}


@dataclass(slots=True)
class ListForm(Form):
    """A form with what a work list is arranged by, and the one severity it shows, None for all."""

    by: Arrangement = Arrangement.RULE
    severity: Severity | None = None

    def read_choices(self) -> None:
        """Read arrangement and severity; what is wrong is kept at its field."""
        if self.typed["by"]:
            self.by = self.read("by", _parse_arrangement, self.by)
        if self.typed["severity"]:
            self.severity = self.read("severity", _parse_severity, None)

    def keeps(self, severity: Severity) -> bool:
        """Tell whether the list shows what has this severity."""
        return self.severity in {None, severity}

    def list_choices(self, name: str) -> list[tuple[str, str]]:
        """Return the values of a field, each with what it is called."""
        if name == "by":
            return [(by.value, gettext(words)) for by, words in ARRANGEMENT_WORDS.items()]
        named = [(key, gettext(SEVERITY_WORDS[each])) for key, each in _SEVERITIES.items()]
        return [("", gettext("All")), *named]


@dataclass(frozen=True, slots=True)
class WorkList(Generic[Found]):
    """All lines of a list in their groups."""

    groups: tuple[WorkGroup[Found], ...]

    @property
    def lines(self) -> tuple[WorkLine[Found], ...]:
        """Return the lines of all groups, in their order."""
        return tuple(line for group in self.groups for line in group.lines)

    def cut(self) -> Page[WorkGroup[Found]]:
        """Return the page that the request asks for."""
        return cut_groups(self.groups, read_page_number(), PAGE_SIZE)


def open_list(lines: Iterable[WorkLine[Found]], by: Arrangement) -> WorkList[Found]:
    """Return the list of lines, arranged; each gets the units and posts that it concerns."""
    placed = place_lines(current_reader(), lines)
    parties = {party.value for line in placed for party in list_parties(line, by)}
    return WorkList(arrange_lines(placed, by, Frame(parties).label))


def list_rows(
    lines: Iterable[WorkLine[Found]],
    frame: Frame,
    tell: Callable[[WorkLine[Found]], tuple[str, Sequence[Cell]]],
) -> Iterator[Row]:
    """Yield the rows of a table of lines.

    `tell` gives what a line says, and the cells that only this list has.
    """
    for line in lines:
        said, further = tell(line)
        yield (
            gettext(SEVERITY_WORDS[line.severity]),
            name_rule(line.rule, frame),
            ", ".join(line.rule.sources),
            said,
            frame.label(line.thing),
            _name_all(line.place.units, frame),
            _name_all(line.place.posts, frame),
            *further,
            line.thing.value,
        )


def list_headings(*further: str) -> list[str]:
    """Return the headings of a table; `further` are those that only one list has."""
    return [
        gettext("Weight"),
        gettext("Rule"),
        gettext("Rules of delegation"),
        gettext("What was found"),
        gettext("Thing"),
        gettext("Unit"),
        gettext("Post or body"),
        *further,
        gettext("Address"),
    ]


def name_rule(rule: WorkRule, frame: Frame) -> str:
    """Return what a rule is called: its heading, else the name of its shape."""
    if rule.heading or rule.shape is None:
        return str(gettext(rule.heading)) if rule.heading else rule.name
    return frame.label(rule.shape)


def _name_all(parties: Iterable[Iri], frame: Frame) -> str:
    return ", ".join(map(frame.label, parties)) or gettext("not stated")


def _parse_arrangement(text: str) -> Arrangement:
    try:
        return Arrangement(text)
    except ValueError:
        raise ParameterError(
            N_("“{text}” is no arrangement of the list. Write {words}."),
            text=text[:40],
            words=" / ".join(Arrangement),
        ) from None


def _parse_severity(text: str) -> Severity:
    if text not in _SEVERITIES:
        raise ParameterError(
            N_("“{text}” is no weight. Write {words}, or leave it out for all."),
            text=text[:40],
            words=" / ".join(_SEVERITIES),
        )
    return _SEVERITIES[text]
