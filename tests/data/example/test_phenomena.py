"""The example contains every phenomenon of delegation that the product speaks of."""

from __future__ import annotations

import pytest

from tests.data.example.reading import has

PHENOMENA = {
    "an original authority over everything else": "?a sg:residual true",
    "the board as holder of original authority": "?a sg:authorityHolder ?b . ?b a sg:Body",
    "a matter that the rektor may not delegate": (
        "?a sg:authorityHolder id:post\\/rektor ; sg:delegationAllowed false ; sg:overMatter ?m"
    ),
    "an authority of which it is not stated whether it may be delegated": (
        "?a a sg:OriginalAuthority FILTER NOT EXISTS { ?a sg:delegationAllowed ?x }"
    ),
    "an original authority that begins later than the rektor's": (
        "?a sg:residual true ; sg:validFrom ?f . ?b a sg:OriginalAuthority ; sg:validFrom ?g"
        " FILTER (?g > ?f)"
    ),
    "an original authority of unknown start": (
        "?a a sg:OriginalAuthority FILTER NOT EXISTS { ?a sg:validFrom ?x }"
    ),
    "an order that replaces and repeals another on the day it ends": (
        "?o dct:replaces ?p ; eli:repeals ?p ; sg:validFrom ?d . ?p sg:validTo ?d"
    ),
    "a default that changes during the life of its order": (
        "?a sg:defaultOf ?o ; sg:subDelegationAllowed true ; sg:validTo ?d ."
        " ?b sg:defaultOf ?o ; sg:subDelegationAllowed false ; sg:validFrom ?d ."
        " ?o sg:validTo ?end FILTER (?d < ?end)"
    ),
    "two defaults that disagree at the same time": (
        "?a sg:defaultOf ?o ; sg:subDelegationAllowed true ."
        " ?b sg:defaultOf ?o ; sg:subDelegationAllowed false ; sg:validFrom ?d"
        " FILTER NOT EXISTS { ?a sg:validTo ?e }"
    ),
    "an order that says nothing of sub-delegation": (
        "?x sg:underOrder ?o FILTER NOT EXISTS { ?d sg:defaultOf ?o }"
    ),
    "four levels below the rektor": (
        "?d sg:subDelegationOf ?c . ?c sg:subDelegationOf ?b . ?b sg:subDelegationOf ?a ."
        " ?a sg:delegator id:post\\/rektor"
    ),
    "two sources for one delegation": "?d sg:subDelegationOf ?a, ?b FILTER (?a != ?b)",
    "a link that is not stated": (
        "?d sg:delegator ?p . ?s sg:delegate ?p ; sg:delegatesMatter/^skos:broader* ?m ."
        " ?d sg:delegatesMatter ?m FILTER NOT EXISTS { ?d sg:subDelegationOf ?x }"
    ),
    "a role with several posts as delegate": (
        "?d sg:delegate ?r . ?p org:role ?r . ?q org:role ?r FILTER (?p != ?q)"
    ),
    "a role above other roles as delegate": (
        "?d sg:delegate ?r . ?n skos:broader ?r . ?r a org:Role"
    ),
    "a body as delegate": "?d sg:delegate ?b . ?b a sg:Body",
    "a body as delegator": "?d sg:delegator ?b ; sg:subDelegationOf ?s . ?b a sg:Body",
    "a limit that excludes itself": "?d sg:amountLimit/sg:limitExcluded true",
    "a limit in euro": '?d sg:amountLimit/schema:currency "EUR"',
    "a limit above that of the source": (
        "?d sg:amountLimit/schema:maxValue ?n ; sg:subDelegationOf ?s ."
        " ?s sg:amountLimit/schema:maxValue ?m"
        " FILTER (?n > ?m)"
    ),
    "a delegation limited to a unit": "?d sg:withinUnit ?u",
    "both kinds of right at once": "?d sg:rightKind sg:rightDecide, sg:rightSign",
    "a right to sign alone": (
        "?d sg:rightKind sg:rightSign FILTER NOT EXISTS { ?d sg:rightKind sg:rightDecide }"
    ),
    "a condition": "?d sg:condition ?c",
    "a substitute by law": "?s sg:substitutionKind sg:substitutionByLaw",
    "a substitute by decision, for a time": (
        "?s sg:substitutionKind sg:substitutionByDecision ; sg:validFrom ?f ; sg:validTo ?t"
    ),
    "a substitute since when is not stated": (
        "?s a sg:Substitution FILTER NOT EXISTS { ?s sg:validFrom ?f }"
    ),
    "an acting holder": "?h sg:acting true",
    "a vacancy between two holders": (
        "?h sg:heldPost ?p ; sg:validTo ?t . ?i sg:heldPost ?p ; sg:validFrom ?f FILTER (?f > ?t)"
    ),
    "a vacancy without end": (
        "?h sg:heldPost ?p ; sg:validTo ?t"
        " FILTER NOT EXISTS { ?i sg:heldPost ?p FILTER NOT EXISTS { ?i sg:validTo ?x } }"
    ),
    "a holder whose start is not stated": (
        "?h a sg:Holding FILTER NOT EXISTS { ?h sg:validFrom ?f }"
    ),
    "a post without recorded holder": "?p a org:Post FILTER NOT EXISTS { ?h sg:heldPost ?p }",
    "a person with two posts": (
        "?h sg:holder ?p ; sg:heldPost ?a . ?i sg:holder ?p ; sg:heldPost ?b FILTER (?a != ?b)"
    ),
    "a recall": "?r sg:recalls ?d ; sg:validFrom ?f ; sg:caseNumber ?n",
    "a forbidden sub-delegation": "?d sg:subDelegationOf/sg:subDelegationAllowed false",
    "permitted recipients that are kept to": "?d sg:subDelegationOf ?s ; sg:delegate ?p ."
    " ?s sg:maySubDelegateTo ?p",
    "permitted recipients that are not": (
        "?d sg:subDelegationOf ?s ; sg:delegate ?p . ?s sg:maySubDelegateTo ?other"
        " FILTER NOT EXISTS { ?p org:role?/^sg:maySubDelegateTo ?s }"
    ),
    "a kind of recipient that the order rules out": (
        "?d sg:underOrder ?o ; sg:delegate ?r . ?r a org:Role ."
        " ?x sg:defaultOf ?o ; sg:permitsRecipientKind sg:recipientPost"
        " FILTER NOT EXISTS { ?x sg:permitsRecipientKind sg:recipientRole }"
        " FILTER NOT EXISTS { ?d sg:subDelegationOf ?s }"
    ),
    "a kind of recipient that the source rules out": (
        "?d sg:delegate ?b ; sg:subDelegationOf/sg:permitsRecipientKind sg:recipientPost ."
        " ?b a sg:Body"
    ),
    "two exclusive grants of one matter": (
        "?d sg:exclusive true ; sg:delegatesMatter ?m ; sg:delegate ?p ."
        " ?e sg:exclusive true ; sg:delegatesMatter ?m ; sg:delegate ?q FILTER (?p != ?q)"
    ),
    "an expired source with a living sub-delegation": (
        "?d sg:subDelegationOf/sg:validTo ?t ; sg:validFrom ?f"
        " FILTER NOT EXISTS { ?d sg:validTo ?x }"
    ),
    "a sub-delegation of a wider matter than its source": (
        "?d sg:delegatesMatter ?m ; sg:subDelegationOf/sg:delegatesMatter ?n . ?n skos:broader ?m"
    ),
    "a giver who has not received": (
        "?d sg:delegator ?p ; sg:subDelegationOf/sg:delegate ?q . ?q a org:Post FILTER (?p != ?q)"
    ),
    "a giver with nothing to give": (
        "?d sg:delegator ?p FILTER NOT EXISTS { ?s sg:delegate ?p ; sg:delegatesMatter ?m }"
        " FILTER NOT EXISTS { ?a sg:authorityHolder ?p }"
        " FILTER NOT EXISTS { ?d sg:subDelegationOf ?x }"
    ),
    "a delegation without delegator": (
        "?d a sg:DelegationOfAuthority FILTER NOT EXISTS { ?d sg:delegator ?p }"
    ),
    "a delegation without matter": (
        "?d a sg:DelegationOfAuthority FILTER NOT EXISTS { ?d sg:delegatesMatter ?m }"
    ),
    "a delegation of unknown start": (
        "?d a sg:DelegationOfAuthority FILTER NOT EXISTS { ?d sg:validFrom ?f }"
    ),
    "a delegation that has ended, nobody knows when": (
        "?d sg:status sg:statusEnded FILTER NOT EXISTS { ?d sg:validTo ?t }"
    ),
    "dates known to the month": "?d sg:datePrecision sg:precisionMonth",
    "a delegation older than its order": (
        "?d sg:validFrom ?f ; sg:underOrder/sg:validFrom ?g FILTER (?f < ?g)"
    ),
    "a reading": "?d a sg:DelegationOfAuthority ; sg:certainty sg:certaintyInterpreted",
    "a task, which is not a delegation": (
        "?p sg:hasTask ?t ; sg:handlesMatter ?m . ?t sg:taskKind sg:taskKindPrepare"
    ),
    "a cycle in a draft": "?d sg:status sg:statusDraft ; sg:subDelegationOf+ ?d",
    "a sub-delegation without case number": (
        "?d sg:subDelegationOf ?s ; sg:grantedBy ?x FILTER NOT EXISTS { ?x sg:caseNumber ?n }"
    ),
    "a matter with two broader ones": "?m skos:broader ?a, ?b FILTER (?a != ?b)",
    "a unit three levels down": ("?u org:subOrganizationOf/org:subOrganizationOf/org:unitOf ?x"),
    "a decision before a recall": (
        "?r sg:recalls ?d ; sg:validFrom ?f . ?d sg:delegate ?p ; sg:delegatesMatter ?m ."
        " ?x sg:decidedBy ?p ; sg:decidesMatter ?m ; eli:date_document ?day FILTER (?day < ?f)"
    ),
    "a decision after a recall": (
        "?r sg:recalls ?d ; sg:validFrom ?f . ?d sg:delegate ?p ; sg:delegatesMatter ?m ."
        " ?x sg:decidedBy ?p ; sg:decidesMatter ?m ; eli:date_document ?day FILTER (?day >= ?f)"
    ),
    "a decision with an amount": "?x sg:decidesMatter ?m ; sg:decidedAmount/schema:maxValue ?n",
    "a decision without date": (
        "?x sg:decidesMatter ?m FILTER NOT EXISTS { ?x eli:date_document ?d }"
    ),
    "a decision that carries goals": "?x sg:decidesMatter ?m ; sg:establishes/sg:hasGoal ?g",
}


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_the_example_has(phenomenon: str) -> None:
    assert has(PHENOMENA[phenomenon])


def test_no_phenomenon_is_found_where_there_is_none() -> None:
    assert not has('?d sg:amountLimit/schema:currency "NOK"')
