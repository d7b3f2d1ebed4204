"""Posts, roles and groups of people; persons only as holders.

No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from styrgraf.governance.statements import OpenQuestion, SourcedIri, SourcedText, Thing
from styrgraf.governance.surroundings import Period, Surroundings, describe_period
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, ORG, SG, SKOS

_HELD = SG + "heldPost"

POST_CLASSES = (ORG + "Post", ORG + "Role", SG + "PersonGroup")


@dataclass(frozen=True, slots=True)
class HoldingRecord:
    """Who holds a post, when; `acting` is stated where somebody does so in another's place."""

    iri: Iri
    persons: tuple[SourcedIri, ...]
    acting: SourcedText | None
    period: Period


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post, a role, or a group of people.

    `holders` are stated without a time; `vacant`: holdings are recorded, and on the day asked
    about none of them holds or may hold.
    """

    iri: Iri
    kind: Iri
    places: tuple[SourcedIri, ...]
    roles: tuple[SourcedIri, ...]
    holders: tuple[SourcedIri, ...]
    holder_roles: tuple[SourcedIri, ...]
    holder_count: SourcedText | None
    superiors: tuple[SourcedIri, ...]
    holdings: tuple[HoldingRecord, ...]
    vacant: bool
    period: Period
    possibly_same: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]


def describe_post(thing: Thing, around: Surroundings, on: date | None = None) -> PostRecord:
    """Return what is known of a post, role or group of people, on a day where one is given."""
    recorded = [_describe_holding(each) for each, _ in around.pointing_at(thing.iri, _HELD)]
    holdings = tuple(each for each in recorded if each.period.may_hold(on))
    sure = tuple(each for each in holdings if on and each.period.presence(on) == "in-force")
    return PostRecord(
        iri=thing.iri,
        kind=Iri(next((each for each in POST_CLASSES if each in thing.types), POST_CLASSES[0])),
        places=thing.iris(ORG + "postIn", DCTERMS + "relation"),
        roles=thing.iris(ORG + "role", SKOS + "broader"),
        holders=thing.iris(ORG + "heldBy"),
        holder_roles=thing.iris(SG + "holderRole"),
        holder_count=thing.text_of(SG + "holderCount"),
        superiors=thing.iris(ORG + "reportsTo"),
        holdings=sure or holdings,
        vacant=bool(recorded) and not holdings,
        period=describe_period(thing),
        possibly_same=thing.iris(SG + "possiblySameAs"),
        open_questions=thing.open_questions,
    )


def _describe_holding(thing: Thing) -> HoldingRecord:
    return HoldingRecord(
        iri=thing.iri,
        persons=thing.iris(SG + "holder"),
        acting=thing.text_of(SG + "acting"),
        period=describe_period(thing),
    )
