"""In what way a dated thing hangs together with the thing whose history is told."""

from __future__ import annotations

from styrgraf.governance.histories import Chapter, Link
from styrgraf.language import N_
from styrgraf.namespaces import DCTERMS, ELI, ORG, SG
from styrgraf.web.languages import gettext
from styrgraf.web.pages import Frame

_INCOMING = {
    SG + "delegator": N_("delegation from here"),
    SG + "delegate": N_("delegation to here"),
    SG + "delegatesMatter": N_("delegation in this matter"),
    SG + "maySubDelegateTo": N_("may be sub-delegated to here"),
    SG + "subDelegationOf": N_("sub-delegation of this"),
    SG + "withinUnit": N_("holds within this unit"),
    SG + "underOrder": N_("stands in this order"),
    SG + "inProvision": N_("rests on this provision"),
    SG + "legalBasis": N_("rests on this statute"),
    SG + "grantedBy": N_("rests on this"),
    SG + "establishes": N_("sets this up or adopts it"),
    SG + "ends": N_("ends this"),
    SG + "recalls": N_("recalls this"),
    SG + "elaborates": N_("elaborates this"),
    SG + "continuesAs": N_("turns into this"),
    SG + "decidedBy": N_("decided here"),
    SG + "decidesMatter": N_("decided in this matter"),
    SG + "assignsTaskTo": N_("assigns a task to here"),
    SG + "inCase": N_("decided in this case"),
    SG + "heldPost": N_("holder of this post"),
    SG + "holder": N_("post that this person holds"),
    SG + "substituteFor": N_("has a substitute"),
    SG + "substitute": N_("steps in as substitute"),
    SG + "classifies": N_("what this is called or classified as"),
    SG + "classifiedAs": N_("classified so"),
    SG + "authorityHolder": N_("original authority here"),
    SG + "overMatter": N_("original authority in this matter"),
    SG + "defaultOf": N_("what this order lets hold"),
    SG + "chairedBy": N_("body chaired from here"),
    SG + "hasGoal": N_("has this goal"),
    SG + "hasActionItem": N_("has this as work"),
    SG + "hasPurpose": N_("has this purpose"),
    ELI + "repeals": N_("repeals this"),
    ELI + "amends": N_("changes this"),
    ORG + "originalOrganization": N_("reorganisation that this went into"),
    ORG + "resultingOrganization": N_("reorganisation that this came out of"),
    ORG + "member": N_("membership or belonging of this"),
    ORG + "organization": N_("member of this, or belongs to it"),
    DCTERMS + "replaces": N_("replaces this"),
    DCTERMS + "isVersionOf": N_("version of this"),
    DCTERMS + "isPartOf": N_("part of this"),
    DCTERMS + "temporal": N_("goes on in this period"),
    DCTERMS + "subject": N_("is about this"),
    DCTERMS + "relation": N_("is said to belong together with this"),
}
_OUTGOING = {
    SG + "grantedBy": N_("what this rests on"),
    SG + "underOrder": N_("the order that this stands in"),
    SG + "subDelegationOf": N_("what this is a sub-delegation of"),
    SG + "establishes": N_("set up or adopted by this"),
    SG + "ends": N_("ended by this"),
    SG + "recalls": N_("recalled by this"),
    SG + "elaborates": N_("elaborated by this"),
    SG + "continuesAs": N_("what this turns into"),
    SG + "hasActionItem": N_("work that belongs to this"),
    ELI + "repeals": N_("repealed by this"),
    ELI + "amends": N_("changed by this"),
    DCTERMS + "replaces": N_("replaced by this"),
    DCTERMS + "isPartOf": N_("what this is part of"),
    DCTERMS + "relation": N_("is said to belong together with this"),
}


def tell_links(chapter: Chapter, frame: Frame) -> str:
    """Return how a chapter hangs together with the thing, and its status where that is unusual.

    Of the thing itself, what its day is.
    """
    words = _tell_links(chapter, frame)
    return f"{words} ({frame.label(chapter.status)})" if chapter.status else words


def _tell_links(chapter: Chapter, frame: Frame) -> str:
    if chapter.links:
        return ", ".join(_tell_link(link, frame) for link in chapter.links)
    if chapter.day_property:
        return frame.label(chapter.day_property)
    return str(gettext("this itself holds or goes on"))


def _tell_link(link: Link, frame: Frame) -> str:
    words = (_INCOMING if link.incoming else _OUTGOING).get(link.property.value)
    if words:
        return str(gettext(words))
    name = frame.label(link.property)
    if link.incoming:
        return str(gettext("points here as “%(property)s”", property=name))
    return str(gettext("named here as “%(property)s”", property=name))
