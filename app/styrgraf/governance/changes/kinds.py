"""What can change between two days: kinds of things, and what is told of each. No IO here."""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.governance.units import CHANGE_CLASSES, UNIT_CLASSES
from styrgraf.namespaces import DCTERMS, ELI, ORG, PROV, SG


@dataclass(frozen=True, slots=True)
class Kind:
    """Things of some classes: `told` are the properties shown of each.

    Those whose values of all of `key` are alike take the place of one another.
    """

    name: str
    classes: tuple[str, ...]
    told: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


DELEGATIONS = "delegations"
BODIES = "bodies"

WINDOWED = (
    Kind(
        DELEGATIONS,
        (SG + "DelegationOfAuthority",),
        (
            *(SG + "delegator", SG + "delegate", SG + "delegatesMatter", SG + "amountLimit"),
            *(SG + "rightKind", SG + "withinUnit", SG + "condition"),
            *(SG + "subDelegationAllowed", SG + "maySubDelegateTo", SG + "exclusive"),
        ),
    ),
    Kind(
        "orders",
        (SG + "DelegationOrder",),
        (SG + "caseNumber",),
        (DCTERMS + "isVersionOf",),
    ),
    Kind(
        "defaults",
        (SG + "OrderDefault",),
        (
            *(SG + "defaultOf", SG + "subDelegationAllowed", SG + "exclusive"),
            SG + "permitsRecipientKind",
        ),
        (SG + "defaultOf",),
    ),
    Kind(
        "authorities",
        (SG + "OriginalAuthority",),
        (SG + "authorityHolder", SG + "overMatter"),
        (SG + "authorityHolder", SG + "overMatter"),
    ),
    Kind(
        "holdings",
        (SG + "Holding",),
        (SG + "heldPost", SG + "holder", SG + "acting"),
        (SG + "heldPost",),
    ),
    Kind(
        "substitutions",
        (SG + "Substitution",),
        (SG + "substituteFor", SG + "substitute", SG + "substitutionKind"),
        (SG + "substituteFor",),
    ),
    Kind("units", UNIT_CLASSES),
    Kind(
        "classifications",
        (SG + "UnitClassification",),
        (SG + "classifies", SG + "classifiedAs"),
        (SG + "classifies",),
    ),
    Kind(
        "memberships",
        (ORG + "Membership",),
        (ORG + "member", ORG + "organization", ORG + "role", SG + "represents"),
        (ORG + "member", ORG + "organization"),
    ),
    Kind("posts", (ORG + "Post", ORG + "Role"), (ORG + "postIn",)),
    Kind(BODIES, (SG + "Body",), (DCTERMS + "isPartOf",)),
    Kind(
        "responsibilities",
        (SG + "AreaResponsibility",),
        (SG + "forArea", SG + "responsibleUnit", SG + "responsibleParty"),
        (SG + "forArea",),
    ),
    Kind("plans", (SG + "Plan",), (SG + "continuesAs",)),
    Kind("initiatives", (SG + "Initiative",), (SG + "continuesAs",)),
    Kind("documents", (ELI + "LegalResource",), (SG + "caseNumber",), (DCTERMS + "isVersionOf",)),
)
"""Things with a window. One of several classes is of the first kind that has one of them."""

DECISIONS = "decisions"
REORGANISATIONS = "reorganisations"

EVENTS = (
    Kind(
        REORGANISATIONS,
        CHANGE_CLASSES,
        (ORG + "originalOrganization", ORG + "resultingOrganization"),
    ),
    Kind(
        DECISIONS,
        (SG + "Decision",),
        (
            *(SG + "decidedBy", SG + "caseNumberAsWritten", SG + "establishes", SG + "ends"),
            *(SG + "continuesAs", ELI + "repeals", ELI + "amends"),
        ),
    ),
)
"""What happens on a day."""

DAYS_OF_EVENTS = (ELI + "date_document", DCTERMS + "date", PROV + "startedAtTime")
"""The day of an event: the first of these that is stated, else its period (dct:temporal)."""

KINDS = {kind.name: kind for kind in (*EVENTS, *WINDOWED)}

REPLACING = (DCTERMS + "replaces",)


GRANTING = (SG + "grantedBy", SG + "underOrder", SG + "inProvision", SG + "legalBasis")
"""By what something holds: it names it itself."""
BEGINNING = (SG + "establishes",)
ENDING = (SG + "ends", ELI + "repeals")
"""By what something begins and ends: what does it names the thing."""
RELATED = (DCTERMS + "relation",)
"""What a decision is said to have to do with, no more; told of what is not otherwise decided."""
