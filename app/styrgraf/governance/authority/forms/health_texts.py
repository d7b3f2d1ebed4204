"""What the health register says of each kind of finding, and where the rule comes from. No IO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from styrgraf.governance.authority.reasoning.health import HealthCode
from styrgraf.language import N_


@dataclass(frozen=True, slots=True)
class HealthText:
    """A heading, an explanation, and numbers among R1 to R17 of delegation law."""

    heading: str
    explanation: str
    sources: tuple[str, ...] = ()


HEALTH_TEXTS: Mapping[HealthCode, HealthText] = {
    HealthCode.SOURCE_ENDED: HealthText(
        N_("Source has ended"),
        N_("The delegation that it rests on is over, and it is still in force itself."),
        ("R8",),
    ),
    HealthCode.NOT_PERMITTED: HealthText(
        N_("Sub-delegation not permitted"),
        N_("It rests on a delegation that may not go on."),
        ("R5",),
    ),
    HealthCode.RECIPIENT: HealthText(
        N_("Sub-delegated to another than permitted"),
        N_("It rests on a delegation that may go on to others only."),
        ("R5",),
    ),
    HealthCode.RECIPIENT_KIND: HealthText(
        N_("Kind of recipient ruled out"),
        N_("The order or the source does not let this kind of recipient have it."),
        ("R6",),
    ),
    HealthCode.RESERVED: HealthText(
        N_("Matter that may not be delegated"),
        N_("The one whose matter it is may not delegate it."),
        ("R2",),
    ),
    HealthCode.GIVER: HealthText(
        N_("Given by one who has not received"),
        N_("The one who sub-delegates has not received the source delegation."),
        ("R1",),
    ),
    HealthCode.WIDER_MATTER: HealthText(
        N_("Wider than its source: matter"),
        N_("It is about a matter that its source does not cover."),
        ("R3",),
    ),
    HealthCode.WIDER_AMOUNT: HealthText(
        N_("Wider than its source: amount"),
        N_("Its limit is higher than that of its source."),
        ("R4",),
    ),
    HealthCode.WIDER_TIME: HealthText(
        N_("Wider than its source: time"),
        N_("It begins before its source, or ends after it."),
    ),
    HealthCode.WIDER_UNIT: HealthText(
        N_("Wider than its source: unit"),
        N_("It reaches outside the unit that its source is for."),
        ("R4",),
    ),
    HealthCode.VACANT_POST: HealthText(
        N_("Delegated to a vacant post"),
        N_("Nobody holds the post that has it, and no substitute is recorded."),
        ("R10",),
    ),
    HealthCode.NUMBER_MISSING: HealthText(
        N_("Number missing"),
        N_("No case number is stated."),
        ("R7",),
    ),
    HealthCode.CYCLE: HealthText(
        N_("Runs in a circle"),
        N_("Delegations rest on each other, and have no beginning."),
        ("R1",),
    ),
    HealthCode.NO_ROOT: HealthText(
        N_("Unreachable from a root"),
        N_("Nothing leads from it up to statute, board or rektor."),
        ("R1",),
    ),
    HealthCode.GIVER_NOT_STATED: HealthText(
        N_("Who delegated is not stated"),
        N_("Without a delegator it cannot be told what it rests on."),
        ("R1",),
    ),
    HealthCode.EXCLUSIVE_CONFLICT: HealthText(
        N_("Exclusive delegations in conflict"),
        N_("Two have the same matter exclusively, and neither rests on the other."),
        ("R13",),
    ),
    HealthCode.ORDER_REPEALED: HealthText(
        N_("Repealed order still relied on"),
        N_("It stands in an order that is no longer in force, and has not ended itself."),
        ("R15",),
    ),
    HealthCode.ENDING_SOON: HealthText(
        N_("Ends soon"),
        N_("It ends within the days asked for."),
    ),
    HealthCode.START_NOT_STATED: HealthText(
        N_("Start not stated"),
        N_("It is taken as in force, and from when is not stated."),
    ),
}

OTHER = HealthText(
    N_("Other remarks by the shapes"),
    N_("The shapes find something in what concerns authority that has no heading of its own here."),
)
