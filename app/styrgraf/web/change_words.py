"""How pages speak of changes: kinds, what happened, days known more or less exactly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from styrgraf.governance.changes.difference import Difference
from styrgraf.governance.changes.kinds import DECISIONS, REORGANISATIONS
from styrgraf.governance.changes.turns import Edge, Sort
from styrgraf.language import N_
from styrgraf.namespaces import DCTERMS, ELI, SG
from styrgraf.web.languages import format_date, gettext, ngettext

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
    return str(gettext(event if event and sort is Sort.CAME else SORT_WORDS[sort]))


def tell_difference(difference: Difference) -> tuple[str, ...]:
    """Return how much changed in sentences, the numbers first."""
    days = {
        "first": format_date(difference.first, "d MMMM y"),
        "last": format_date(difference.last, "d MMMM y"),
    }
    if not difference.changes:
        return (
            gettext(
                "Between %(first)s and %(last)s nothing changed, as far as a date is stated.",
                **days,
            ),
        )
    counts = {sort.value: difference.count(sort) for sort in Sort}
    first = gettext(
        "Between %(first)s and %(last)s: %(came)s came, %(went)s ended, %(changed)s changed.",
        **counts,
        **days,
    )
    return (str(first), *_tell_more(difference, counts))


def _tell_more(difference: Difference, counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return what is counted apart, as far as there is any."""
    passed, perhaps = counts[Sort.PASSED], counts[Sort.PERHAPS]
    moved, decided = map(difference.count_events, (REORGANISATIONS, DECISIONS))
    told = (
        (
            passed,
            ngettext(
                "%(num)s came and ended in between.", "%(num)s came and ended in between.", passed
            ),
        ),
        (
            moved,
            ngettext(
                "%(num)s reorganisation took place.", "%(num)s reorganisations took place.", moved
            ),
        ),
        (
            decided,
            ngettext("%(num)s decision was taken.", "%(num)s decisions were taken.", decided),
        ),
        (
            perhaps,
            ngettext(
                "Of %(num)s it cannot be told: only the month or year is stated.",
                "Of %(num)s it cannot be told: only the month or year is stated.",
                perhaps,
            ),
        ),
    )
    return tuple(str(sentence) for number, sentence in told if number)


def write_edge(edge: Edge) -> str:
    """Return a day in words, no more exact than it is known."""
    first = date.fromordinal(edge.first)
    if edge.first == edge.last:
        return format_date(first, "d MMMM y")
    return format_date(first, "MMMM y" if edge.last - edge.first < 31 else "y")


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
