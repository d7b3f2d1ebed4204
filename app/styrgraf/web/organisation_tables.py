"""The lists of the organisation for spreadsheets: a row for each unit, post, body and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from styrgraf.exchange.spreadsheets import Cell, Row
from styrgraf.governance.bodies import BodyRecord
from styrgraf.governance.organisation import Organisation
from styrgraf.governance.posts import PostRecord
from styrgraf.governance.support_areas import AreaRecord, Responsibility
from styrgraf.governance.surroundings import Period, Task
from styrgraf.governance.units import ChangeRecord, UnitRecord
from styrgraf.language import N_
from styrgraf.web.cells import join_names, join_texts, list_days, read_stated, tell_names
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame, gather_frame, show_day, show_last_day
from styrgraf.web.sheets import Layout, Table, lay_out


def tabulate_list(organisation: Organisation, name: str) -> Table:
    """Return one of the lists as a table that tells of the day too."""
    page = getattr(organisation, name)
    on = organisation.on
    day: Cell = on or gettext("none chosen: all that is named, past and present together")
    frame = gather_frame({"organisation": organisation})
    return lay_out(LAYOUTS[name], name, page.items, frame, [(gettext("Day"), day)], page.total)


def _tell_period(period: Period) -> str:
    """Return a window in words in brackets, empty where none is stated."""
    precision = period.precision.value if period.precision else None
    parts = []
    if period.valid_from:
        day = show_day(period.valid_from.value.value, precision)
        parts.append(gettext("from %(day)s", day=day))
    if period.valid_to:
        last = show_last_day(period.valid_to.value.value, precision)
        parts.append(gettext("to and including %(day)s", day=last))
    return f" ({' '.join(parts)})" if parts else ""


def _make_unit(unit: UnitRecord, frame: Frame) -> Row:
    wholes = [frame.label(each.value) for each in unit.parents]
    wholes += [
        f"{frame.label(each.value)}{_tell_period(some.period)}"
        for some in unit.belonged_to
        for each in some.organizations
    ]
    kinds = [
        f"{frame.label(kind.value)}{_tell_period(each.period)}"
        for each in unit.classifications
        for kind in each.kinds
    ]
    return (
        frame.label(unit.iri),
        join_texts(unit.codes),
        read_stated(unit.count) if unit.count else None,
        "; ".join(wholes) or gettext("not stated"),
        "; ".join(kinds) or gettext("not stated"),
        _list_tasks(unit.tasks, frame),
        *list_days(unit.period),
    )


def _list_tasks(tasks: Iterable[Task], frame: Frame) -> str:
    return "; ".join(_walk_tasks(tasks, frame)) or gettext("not stated")


def _walk_tasks(tasks: Iterable[Task], frame: Frame) -> Iterator[str]:
    for task in tasks:
        yield frame.label(task.iri)
        yield from _walk_tasks(task.parts, frame)


def _make_post(post: PostRecord, frame: Frame) -> Row:
    return (
        frame.label(post.iri),
        frame.label(post.kind),
        tell_names(post.places, frame),
        _tell_holders(post, frame),
        tell_names(post.superiors, frame),
        *list_days(post.period),
    )


def _tell_holders(post: PostRecord, frame: Frame) -> str:
    if post.holdings:
        return "; ".join(
            f"{tell_names(each.persons, frame)}{_tell_period(each.period)}"
            for each in post.holdings
        )
    if post.vacant:
        return str(gettext("vacant"))
    return tell_names((*post.holders, *post.holder_roles), frame)


def _make_body(body: BodyRecord, frame: Frame) -> Row:
    members = [
        f"{join_names(each.members, frame)}{_tell_period(each.period)}" for each in body.memberships
    ]
    made = [each.decision for each in body.events if each.property.value.endswith("establishes")]
    ended = [each.decision for each in body.events if each.property.value.endswith("ends")]
    return (
        frame.label(body.iri),
        tell_names(body.members, frame),
        read_stated(body.seats) if body.seats else None,
        "; ".join(members) or gettext("not stated"),
        tell_names(body.chairs, frame),
        _list_tasks(body.tasks, frame),
        tell_names(made, frame),
        tell_names(ended, frame),
        *list_days(body.period),
    )


def _make_area(area: AreaRecord, frame: Frame) -> Row:
    answers = area.responsibilities
    return (
        frame.label(area.iri),
        join_texts(area.other_names),
        "; ".join(map(_tell_written, answers)) or gettext("not stated"),
        "; ".join(
            f"{tell_names(each.parties, frame)}{_tell_period(each.period)}" for each in answers
        )
        or gettext("not stated"),
    )


def _tell_written(answer: Responsibility) -> str:
    return answer.written.value.value if answer.written else str(gettext("not stated"))


def _make_change(change: ChangeRecord, frame: Frame) -> Row:
    return (
        frame.label(change.iri),
        read_stated(change.day) if change.day else tell_names(change.times, frame),
        tell_names(change.originals, frame),
        tell_names(change.results, frame),
        join_names(change.companions, frame),
    )


_DAYS = (N_("First day"), N_("Last day"))
LAYOUTS: Mapping[str, Layout] = {
    "units": Layout(
        N_("Units"),
        (
            *(N_("Unit or group of units"), N_("code"), N_("Number of units"), N_("Part of")),
            *(N_("Called or classified as"), N_("Tasks"), *_DAYS),
        ),
        _make_unit,
    ),
    "posts": Layout(
        N_("Posts and roles"),
        (N_("Post or role"), N_("Kind"), N_("Where"), N_("Held by"), N_("Manager"), *_DAYS),
        _make_post,
    ),
    "bodies": Layout(
        N_("Bodies"),
        (
            *(N_("Body"), N_("Composition"), N_("Seats"), N_("Members by name"), N_("Chair")),
            *(N_("Tasks"), N_("Set up by"), N_("Ended by"), *_DAYS),
        ),
        _make_body,
    ),
    "areas": Layout(
        N_("Support areas"),
        (
            *(N_("Support area"), N_("Also called"), N_("Printed for it")),
            N_("Responsible role"),
        ),
        _make_area,
    ),
    "changes": Layout(
        N_("Reorganisation"),
        (N_("Reorganisation"), N_("When"), N_("Before"), N_("After"), N_("Comes along")),
        _make_change,
    ),
}
"""The lists by their names, as `table=` gives them."""
