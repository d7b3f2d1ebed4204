"""Posts, roles and groups of people; persons only as holders.

No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.governance.statements import OpenQuestion, SourcedIri, SourcedText, Thing
from styrgraf.model import Iri
from styrgraf.namespaces import DCTERMS, ORG, SG, SKOS

POST_CLASSES = (ORG + "Post", ORG + "Role", SG + "PersonGroup")


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post, a role, or a group of people."""

    iri: Iri
    kind: Iri
    places: tuple[SourcedIri, ...]
    roles: tuple[SourcedIri, ...]
    holders: tuple[SourcedIri, ...]
    holder_roles: tuple[SourcedIri, ...]
    holder_count: SourcedText | None
    superiors: tuple[SourcedIri, ...]
    possibly_same: tuple[SourcedIri, ...]
    open_questions: tuple[OpenQuestion, ...]


def describe_post(thing: Thing) -> PostRecord:
    """Return what is known of a post, role or group of people."""
    return PostRecord(
        iri=thing.iri,
        kind=Iri(next((each for each in POST_CLASSES if each in thing.types), POST_CLASSES[0])),
        places=thing.iris(ORG + "postIn", DCTERMS + "relation"),
        roles=thing.iris(ORG + "role", SKOS + "broader"),
        holders=thing.iris(ORG + "heldBy"),
        holder_roles=thing.iris(SG + "holderRole"),
        holder_count=thing.text_of(SG + "holderCount"),
        superiors=thing.iris(ORG + "reportsTo"),
        possibly_same=thing.iris(SG + "possiblySameAs"),
        open_questions=thing.open_questions,
    )
