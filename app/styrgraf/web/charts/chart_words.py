"""How delegations of a chart are told: states, matters, and what is read out for a box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from styrgraf.governance.charts.growth import Bond, Joint
from styrgraf.governance.charts.states import State
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.languages import gettext, ngettext
from styrgraf.web.pages import Frame

STATE_WORDS: Mapping[State, str] = {
    State.IN_FORCE: N_("in force"),
    State.UNDATED: N_("start or end not stated"),
    State.NOT_TOLD: N_("cannot be told"),
    State.UNSUPPORTED: N_("lacks support"),
    State.NOT_YET: N_("not in force yet"),
    State.ENDED: N_("has ended"),
    State.RECALLED: N_("recalled"),
    State.DRAFT: N_("draft"),
}
STATE_KINDS: Mapping[State, str] = {
    State.UNDATED: "unknown",
    State.NOT_TOLD: "unknown",
    State.UNSUPPORTED: "failing",
    State.NOT_YET: "coming",
    State.ENDED: "ended",
    State.RECALLED: "ended",
    State.DRAFT: "possible",
}
"""How the line of a state is drawn; what is in force has a whole line."""

_MOST_MATTERS = 2


def write_state(state: State) -> str:
    """Return a state in a word or two."""
    return str(gettext(STATE_WORDS[state]))


def write_matters(matters: Sequence[Iri], frame: Frame, most: int = _MOST_MATTERS) -> str:
    """Return the first matters by name, and how many more there are."""
    if not matters:
        return str(gettext("matter not stated"))
    names = ", ".join(frame.label(each) for each in matters[:most])
    if len(matters) <= most:
        return names
    more = len(matters) - most
    return names + " " + str(ngettext("and %(num)s more matter", "and %(num)s more matters", more))


def write_joint(joint: Joint, matters: Sequence[Iri], frame: Frame, *, falls: bool) -> str:
    """Return the words on a line: above it what is delegated, below it how that stands."""
    if joint.bond is Bond.ROLE:
        return str(gettext("has the role"))
    if joint.bond is Bond.PERMISSION:
        return str(gettext("may be sub-delegated to – no decision shown"))
    told = [write_matters(matters, frame)]
    if joint.state is not State.IN_FORCE:
        told.append(write_state(joint.state))
    if falls:
        told.append(str(gettext("falls")))
    return "\n".join(told)


def speak_box(name: str, incoming: Iterable[tuple[str, str]], onward: Sequence[str]) -> str:
    """Return what is read out for a box: its name, from whom and what, and to whom it goes on."""
    parts = [name]
    for giver, words in incoming:
        told = words.replace("\n", ", ")
        parts.append(gettext("from %(giver)s: %(words)s", giver=giver, words=told))
    if onward:
        parts.append(gettext("leads on to %(names)s", names=", ".join(onward)))
    return "; ".join(parts)
