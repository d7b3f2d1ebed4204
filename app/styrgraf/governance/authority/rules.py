"""The rules by which a chain fails or cannot be told: code, words, and source in delegation law.

The same rules stand as concepts in `ontology/authority_rules.ttl`, for answers as RDF. No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from styrgraf.language import N_


class Verdict(IntEnum):
    """An answer; the order is that of preference: a party's answer is its best chain's."""

    NO = 0
    NOT_TOLD = 1
    YES = 2


class Rule(StrEnum):
    """A rule that a chain breaks, or that cannot be applied since something is not stated."""

    NOT_YET = "not-yet"
    EXPIRED = "expired"
    RECALLED = "recalled"
    ORDER_NOT_YET = "order-not-yet"
    ORDER_REPEALED = "order-repealed"
    DRAFT = "draft"
    MATTER = "matter"
    KIND = "kind"
    UNIT = "unit"
    AMOUNT = "amount"
    CONDITION_UNMET = "condition-unmet"
    GIVER = "giver"
    NOT_PERMITTED = "not-permitted"
    RECIPIENT = "recipient"
    RECIPIENT_KIND = "recipient-kind"
    NO_ROOT = "no-root"
    RESERVED = "reserved"
    CYCLE = "cycle"
    EXCLUSIVE = "exclusive"
    VACANT = "vacant"
    NO_POST = "no-post"
    NO_DELEGATION = "no-delegation"
    START_NOT_STATED = "start-not-stated"
    END_NOT_STATED = "end-not-stated"
    MATTER_NOT_STATED = "matter-not-stated"
    CURRENCY_DIFFERS = "currency-differs"
    CONDITION_NOT_STATED = "condition-not-stated"
    GIVER_NOT_STATED = "giver-not-stated"
    PERMISSION_NOT_STATED = "permission-not-stated"
    EXCLUSIVE_NOT_STATED = "exclusive-not-stated"
    HOLDER_NOT_STATED = "holder-not-stated"
    ABSENCE_NOT_STATED = "absence-not-stated"


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule says: the verdict it leads to, its English sentence, and its source.

    `sources` are numbers among R1 to R17 of delegation law (docs/authority.md); the sentence is the
    key of its Swedish translation.
    """

    verdict: Verdict
    sentence: str
    sources: tuple[str, ...] = ()


_NO, _NOT_TOLD = Verdict.NO, Verdict.NOT_TOLD

RULE_TEXTS: dict[Rule, RuleText] = {
    Rule.NOT_YET: RuleText(_NO, N_("The delegation is not in force yet on that day.")),
    Rule.EXPIRED: RuleText(_NO, N_("The delegation has ended by that day.")),
    Rule.RECALLED: RuleText(_NO, N_("The delegation has been recalled by that day."), ("R8",)),
    Rule.ORDER_NOT_YET: RuleText(
        _NO,
        N_("The order that the delegation stands in is not in force yet on that day."),
        ("R15",),
    ),
    Rule.ORDER_REPEALED: RuleText(
        _NO, N_("The order that the delegation stands in is no longer in force."), ("R15",)
    ),
    Rule.DRAFT: RuleText(_NO, N_("The delegation is a draft or only possible; it is not adopted.")),
    Rule.MATTER: RuleText(_NO, N_("The delegation does not reach as far as this matter."), ("R3",)),
    Rule.KIND: RuleText(
        _NO, N_("The delegation gives another kind of right: to decide is not to sign."), ("R3",)
    ),
    Rule.UNIT: RuleText(_NO, N_("The delegation is for another unit."), ("R4",)),
    Rule.AMOUNT: RuleText(_NO, N_("The amount is above the limit of the delegation."), ("R4",)),
    Rule.CONDITION_UNMET: RuleText(_NO, N_("The condition of the delegation is not met.")),
    Rule.GIVER: RuleText(
        _NO, N_("The one who sub-delegates has not received the source delegation."), ("R1",)
    ),
    Rule.NOT_PERMITTED: RuleText(
        _NO, N_("The source delegation may not be sub-delegated."), ("R5",)
    ),
    Rule.RECIPIENT: RuleText(
        _NO, N_("The source delegation may not be sub-delegated to this recipient."), ("R5",)
    ),
    Rule.RECIPIENT_KIND: RuleText(
        _NO, N_("This kind of recipient may not receive the delegation."), ("R6",)
    ),
    Rule.NO_ROOT: RuleText(
        _NO, N_("Nothing leads from the delegator up to statute, board or rektor."), ("R1",)
    ),
    Rule.RESERVED: RuleText(
        _NO, N_("This matter may not be delegated by the one whose it is."), ("R2",)
    ),
    Rule.CYCLE: RuleText(_NO, N_("The chain runs in a circle and has no beginning."), ("R1",)),
    Rule.EXCLUSIVE: RuleText(_NO, N_("Another has been given the matter exclusively."), ("R13",)),
    Rule.VACANT: RuleText(
        _NO, N_("The post is vacant on that day, and no substitute is recorded."), ("R10",)
    ),
    Rule.NO_POST: RuleText(_NO, N_("The person holds no post on that day that may decide this.")),
    Rule.NO_DELEGATION: RuleText(
        _NO, N_("No delegation or authority of its own in this matter is recorded."), ("R1",)
    ),
    Rule.START_NOT_STATED: RuleText(
        _NOT_TOLD, N_("It is not stated whether it has begun by that day.")
    ),
    Rule.END_NOT_STATED: RuleText(
        _NOT_TOLD, N_("It is not stated whether it has ended by that day.")
    ),
    Rule.MATTER_NOT_STATED: RuleText(
        _NOT_TOLD, N_("It is not stated which matters the delegation is about.")
    ),
    Rule.CURRENCY_DIFFERS: RuleText(
        _NOT_TOLD, N_("The limit is in another currency than the amount.")
    ),
    Rule.CONDITION_NOT_STATED: RuleText(
        _NOT_TOLD, N_("There is a condition, and it is not said whether it is met.")
    ),
    Rule.GIVER_NOT_STATED: RuleText(_NOT_TOLD, N_("It is not stated who has delegated."), ("R1",)),
    Rule.PERMISSION_NOT_STATED: RuleText(
        _NOT_TOLD, N_("It is not stated whether it may be delegated further."), ("R2", "R5")
    ),
    Rule.EXCLUSIVE_NOT_STATED: RuleText(
        _NOT_TOLD,
        N_("Another may have been given the matter exclusively; whether that holds is not stated."),
        ("R13",),
    ),
    Rule.HOLDER_NOT_STATED: RuleText(
        _NOT_TOLD, N_("It is not stated who holds the post on that day."), ("R10",)
    ),
    Rule.ABSENCE_NOT_STATED: RuleText(
        _NOT_TOLD,
        N_("The substitute steps in when the holder is away; whether that is so is not stated."),
        ("R10",),
    ),
}
