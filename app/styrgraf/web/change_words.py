"""How pages speak of changes: kinds, what happened, days known more or less exactly."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date, gettext, ngettext

from styrgraf.governance.changes.difference import Difference
from styrgraf.governance.changes.kinds import DECISIONS, REORGANISATIONS
from styrgraf.governance.changes.turns import Edge, Sort
from styrgraf.language import N_
from styrgraf.namespaces import DCTERMS, ELI, SG

KIND_NAMES = {
    REORGANISATIONS: N_("Reorganisations"),
    DECISIONS: N_("Decisions taken"),
    "delegations": N_("Delegations"),
    "orders": N_("Delegation orders"),
    "defaults": N_("What orders let hold"),
    "authorities": N_("Original authority"),
    "holdings": N_("Holders of posts"),
    "substitutions": N_("Substitutes"),
    "units": N_("Units"),
    "classifications": N_("What units are called or classified as"),
    "memberships": N_("Memberships and belonging"),
    "posts": N_("Posts and roles"),
    "bodies": N_("Bodies"),
    "responsibilities": N_("Responsibility for support areas"),
    "plans": N_("Plans"),
    "initiatives": N_("Programmes and assignments"),
    "documents": N_("Other governing documents"),
}

SORT_WORDS = {
    Sort.CAME: N_("came"),
    Sort.WENT: N_("came to an end"),
    Sort.CHANGED: N_("was changed"),
    Sort.PASSED: N_("came and ended in between"),
    Sort.PERHAPS: N_("cannot be told"),
}
EVENT_WORDS = {
    REORGANISATIONS: N_("took place"),
    DECISIONS: N_("decided"),
}
CAUSE_WORDS = {
    SG + "grantedBy": N_("decision:"),
    SG + "underOrder": N_("order:"),
    SG + "inProvision": N_("provision:"),
    SG + "legalBasis": N_("statute:"),
    SG + "establishes": N_("set up or adopted by"),
    SG + "ends": N_("ended by"),
    SG + "recalls": N_("recalled by"),
    ELI + "repeals": N_("repealed by"),
    DCTERMS + "relation": N_("is said to belong together with"),
}


def name_sort(sort: Sort, kind: str) -> str:
    """Return in a word what happened with a thing of a kind."""
    event = EVENT_WORDS.get(kind)
    return gettext(event if event and sort is Sort.CAME else SORT_WORDS[sort])


def tell_difference(difference: Difference) -> tuple[str, ...]:
    """Return how much changed in sentences, the numbers first."""
    days = {
        "first": format_date(difference.first, "d MMMM y"),
        "last": format_date(difference.last, "d MMMM y"),
    }
    if difference.is_empty:
        return (gettext("Between %(first)s and %(last)s nothing changed, as far as a date is stated.", **days),)
    counts = {sort: difference.count(sort) for sort in Sort}
    told = [
        gettext(
            "Between %(first)s and %(last)s: %(came)s came, %(went)s ended, %(changed)s changed.",
            came=counts[Sort.CAME],
            went=counts[Sort.WENT],
            changed=counts[Sort.CHANGED],
            **days,
        )
    ]
    if number := counts[Sort.PASSED]:
        told.append(ngettext("%(num)s came and ended in between.", "%(num)s came and ended in between.", number))
    if number := difference.count_events(REORGANISATIONS):
        told.append(ngettext("%(num)s reorganisation took place.", "%(num)s reorganisations took place.", number))
    if number := difference.count_events(DECISIONS):
        told.append(ngettext("%(num)s decision was taken.", "%(num)s decisions were taken.", number))
    if number := counts[Sort.PERHAPS]:
        told.append(
            ngettext(
                "Of %(num)s it cannot be told whether it was in between: only the month or year is stated.",
                "Of %(num)s it cannot be told whether they were in between: only the month or year is stated.",
                number,
            )
        )
    return tuple(told)


def write_edge(edge: Edge) -> str:
    """Return a day in words, no more exact than it is known."""
    first = date.fromordinal(edge.first)
    if edge.first == edge.last:
        return str(format_date(first, "d MMMM y"))
    return str(format_date(first, "MMMM y" if edge.last - edge.first < 31 else "y"))


def write_end(edge: Edge) -> str:
    """Return when something ends in words: its last day, or the period that its end lies in."""
    if edge.first != edge.last:
        return str(gettext("ends some day in %(period)s", period=write_edge(edge)))
    last = max(edge.first - 1, 1)
    return str(gettext("to and including %(day)s", day=write_edge(Edge(last, last))))


def write_start(edge: Edge) -> str:
    """Return when something begins in words: its first day, or the period that it lies in."""
    if edge.first != edge.last:
        return str(gettext("begins some day in %(period)s", period=write_edge(edge)))
    return str(gettext("from %(day)s", day=write_edge(edge)))
