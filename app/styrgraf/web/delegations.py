"""The delegations: chains drawn and in a table, with what is permitted kept apart from what is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flask import Blueprint
from flask_babel import gettext

from styrgraf.exchange.diagrams import Box, Branch, draw_tree
from styrgraf.governance.delegations import (
    DelegationRecord,
    Link,
    chain_delegations,
    read_delegations,
)
from styrgraf.model import Iri
from styrgraf.web.pages import Frame, render_page
from styrgraf.web.paging import read_page_number
from styrgraf.web.services import current_reader

blueprint = Blueprint("delegations", __name__)


@blueprint.get("/delegations")
def show_delegations() -> str:
    """Show one page of the delegations, and the chains that they form."""
    delegations = read_delegations(current_reader(), read_page_number())
    chains = chain_delegations(delegations.items)
    return render_page(
        "delegations.html",
        lambda frame: {"drawing": _draw_chains(chains, frame) if chains else ""},
        delegations=delegations,
        sub_delegations=_list_sub_delegations(delegations.items),
    )


def _list_sub_delegations(
    delegations: Iterable[DelegationRecord],
) -> defaultdict[Iri, tuple[Iri, ...]]:
    """Return the sub-delegations of each delegation."""
    made: defaultdict[Iri, tuple[Iri, ...]] = defaultdict(tuple)
    for each in delegations:
        for source in each.source_delegations:
            made[source.value] += (each.iri,)
    return made


def _draw_chains(chains: tuple[Link, ...], frame: Frame) -> str:
    return draw_tree(
        [_branch_giver(link, frame) for link in chains],
        gettext("Chain of delegations"),
        gettext(
            "From left to right: who gives the right to decide, who receives it, and to whom it"
            " may go on. A dashed line means that it may, and that no decision to do so is shown."
        ),
        "chain",
    )


def _branch_giver(link: Link, frame: Frame) -> Branch:
    """Return the chain from the one who gives first."""
    givers = tuple(each.value for each in link.delegation.delegators)
    return Branch(_box(givers, frame, kind="emphasis"), _branches_of(link, frame))


def _branches_of(link: Link, frame: Frame) -> tuple[Branch, ...]:
    receivers = tuple(each.value for each in link.delegation.delegates)
    matters = tuple(frame.label(each.value) for each in link.delegation.matters)
    further = [branch for each in link.sub_delegations for branch in _branches_of(each, frame)]
    permitted = [
        Branch(
            _box((each.value,), frame),
            label=gettext("may be sub-delegated to – no decision shown"),
            kind="possible",
        )
        for each in link.not_exercised
    ]
    branches = (*further, *permitted)
    return (Branch(_box(receivers, frame, matters), branches, label=gettext("delegates to")),)


def _box(
    things: tuple[Iri, ...], frame: Frame, details: tuple[str, ...] = (), kind: str = ""
) -> Box:
    if not things:
        return Box(gettext("not stated"), details, kind=kind)
    name = ", ".join(frame.label(each) for each in things)
    return Box(name, details, frame.address(things[0]), kind, frame.language(things[0]))
