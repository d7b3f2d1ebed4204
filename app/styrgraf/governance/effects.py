"""What came of a decision: what it set up, ended, delegated and assigned, and what rests on it.

No HTTP; a reader is passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.charts.states import STANDING, State, judge_state
from styrgraf.governance.extract import list_subjects, read_things
from styrgraf.governance.statements import SourcedIri, Thing
from styrgraf.governance.surroundings import Surroundings
from styrgraf.graph.store import Reader
from styrgraf.model import Iri
from styrgraf.namespaces import SG

MOST_RESTING = 100
"""Things shown that rest on a decision."""

_RESTING = f"""
SELECT DISTINCT ?subject WHERE {{
  {{ VALUES ?decision {{ $things }} ?subject sg:grantedBy|sg:elaborates ?decision }}
  UNION {{ VALUES ?decision {{ $things }} ?order sg:grantedBy ?decision .
          ?subject sg:underOrder ?order }}
}} ORDER BY ?subject LIMIT {MOST_RESTING + 1}
"""
_DELEGATION = SG + "DelegationOfAuthority"


@dataclass(frozen=True, slots=True)
class Resting:
    """A thing that rests on a decision: by which statement, and how it stands on the day.

    `state` is None for what has no window, such as a decision.
    """

    relation: Iri
    stated: SourcedIri
    state: State | None

    @property
    def stands(self) -> bool:
        """Tell whether it holds on the day, or may hold."""
        return self.state is None or self.state in STANDING


@dataclass(frozen=True, slots=True)
class Effects:
    """What a decision did, as far as it is stated; `more` tells that more rests on it."""

    established: tuple[SourcedIri, ...]
    ended: tuple[SourcedIri, ...]
    granted: tuple[SourcedIri, ...]
    assigned: tuple[SourcedIri, ...]
    actions: tuple[SourcedIri, ...]
    resting: tuple[Resting, ...]
    more: bool

    @property
    def standing(self) -> tuple[Resting, ...]:
        """Return what rests on it on the day."""
        return tuple(each for each in self.resting if each.stands)

    @property
    def gone(self) -> tuple[Resting, ...]:
        """Return what does not hold on the day: ended, recalled, not begun or a draft."""
        return tuple(each for each in self.resting if not each.stands)


def read_effects(reader: Reader, index: Index, decision: Iri, on: date) -> Effects:
    """Return what came of a decision, and how that stands on a day."""
    found = list_subjects(reader, _RESTING, (decision,))
    things = read_things(reader, (decision, *found[:MOST_RESTING]))
    about = Surroundings(things)
    own = about.things.get(decision, Thing(decision))
    granted = about.pointing_at(decision, SG + "grantedBy")
    ties = [(SG + "elaborates", decision), (SG + "grantedBy", decision)]
    ties += [(SG + "underOrder", thing.iri) for thing, _ in granted]
    resting = {
        stated.value: Resting(Iri(name), stated, _judge(about.things[stated.value], index, on))
        for name, iri in ties
        for stated in about.subjects_of(iri, name)
    }
    return Effects(
        established=own.iris(SG + "establishes"),
        ended=own.iris(SG + "ends"),
        granted=about.subjects_of(decision, SG + "grantedBy"),
        assigned=own.iris(SG + "assignsTaskTo"),
        actions=own.iris(SG + "hasActionItem"),
        resting=tuple(resting.values()),
        more=len(found) > MOST_RESTING,
    )


def _judge(thing: Thing, index: Index, on: date) -> State | None:
    """Return how a thing stands: a delegation by the rules, what else has a window by that."""
    row = index.find(thing.iri.value) if _DELEGATION in thing.types else -1
    if row >= 0:
        return judge_state(index, row, on)
    begins, ends = thing.text_of(SG + "validFrom"), thing.text_of(SG + "validTo")
    if ends and ends.value.value <= on.isoformat():
        return State.ENDED
    if begins:
        return State.NOT_YET if begins.value.value > on.isoformat() else State.IN_FORCE
    return None if SG + "Decision" in thing.types else State.UNDATED
