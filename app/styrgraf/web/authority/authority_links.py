"""From a page about a thing to the questions on authority that are about it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from styrgraf.governance.query_text import write_query
from styrgraf.model import Iri
from styrgraf.namespaces import FOAF, ORG, SG
from styrgraf.web.authority.authority_choices import PARTIES, UNITS, shorten
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_reader

MOST_LINKS = 5
"""A delegation of more matters leads to these."""

_ABOUT = """
SELECT DISTINCT ?class ?matter WHERE {
  VALUES ?thing { $things }
  ?thing a ?class .
  OPTIONAL { ?thing sg:delegatesMatter ?matter }
} ORDER BY ?class ?matter LIMIT 200
"""

_PARTY_CLASSES = frozenset(name for group in PARTIES for name in group)
_UNIT_CLASSES = frozenset(*UNITS)


@dataclass(frozen=True, slots=True)
class Link:
    """A question in words, and where it is answered."""

    words: str
    address: str


def list_links(iri: str) -> tuple[Link, ...]:
    """Return who may decide on a matter, or on those of a delegation, or what a party may.

    What the delegation order may be narrowed to leads to that part of it.
    """
    rows = current_reader().select(write_query(_ABOUT, [Iri(iri)])).rows
    classes = {row["class"].value for row in rows}
    part = Link(
        gettext("Its part of the delegation order"),
        url_for("order_document.show_document", about=shorten(iri)),
    )
    if SG + "MatterType" in classes:
        return (_ask_who(gettext("Who may decide on this?"), Iri(iri)), part)
    if classes & _PARTY_CLASSES:
        words = gettext("What may it decide, and by which delegations?")
        held = Link(words, url_for("authority.show_party", party=shorten(iri)))
        parts = () if FOAF + "Person" in classes else (part,)
        return (held, *parts, *_list_rehearsals(iri, classes))
    if classes & _UNIT_CLASSES:
        return (part,)
    matters = list(dict.fromkeys(Iri(row["matter"].value) for row in rows if "matter" in row))
    frame = Frame(each.value for each in matters)
    asked = (
        _ask_who(gettext("Who may decide on “%(matter)s”?", matter=frame.label(each)), each)
        for each in matters[:MOST_LINKS]
    )
    return (*asked, *_list_rehearsals(iri, classes))


def _list_rehearsals(iri: str, classes: set[str]) -> tuple[Link, ...]:
    """Return what may be tried with a thing: a recall, a repeal, a vacancy."""
    thing, endpoint = shorten(iri), "rehearsal.show_form"
    if SG + "DelegationOfAuthority" in classes:
        link = Link(gettext("What if it is recalled?"), url_for(endpoint, recall=thing))
    elif SG + "DelegationOrder" in classes:
        link = Link(gettext("What if it is repealed?"), url_for(endpoint, repeal=thing))
    elif ORG + "Post" in classes:
        link = Link(gettext("What if it is vacant?"), url_for(endpoint, vacate=thing))
    else:
        return ()
    return (link,)


def _ask_who(words: str, matter: Iri) -> Link:
    return Link(words, url_for("authority.ask_who", matter=shorten(matter)))
