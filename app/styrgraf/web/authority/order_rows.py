"""The delegations of a document as rows: for programs (JSON), and for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from styrgraf.exchange.spreadsheets import Cell
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.order_document.document import OrderDocument
from styrgraf.governance.order_document.entries import Entry
from styrgraf.governance.order_document.excerpts import Excerpt
from styrgraf.governance.order_document.sections import Section
from styrgraf.governance.statements import Certainty, Page
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.addresses import this_address
from styrgraf.web.authority.authority_words import tell_holder, write_rule, write_verdict
from styrgraf.web.cells import find_last_day, list_limit
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.pages import Frame
from styrgraf.web.services import current_version
from styrgraf.web.sheets import Table

Json = dict[str, object]

PART_WORDS = {
    "posts": N_("Posts"),
    "bodies": N_("Bodies"),
    "roles": N_("Roles"),
    "others": N_("Other recipients"),
    "open": N_("Perhaps in force: the start or the end is not stated"),
}
NOT_STATED_WORDS = {
    "matter": N_("Matter not stated"),
    "post": N_("Recipient not stated"),
    "unit": N_("Unit not stated"),
}
CERTAINTY_WORDS = {
    Certainty.ASSERTED: N_("stated"),
    Certainty.INTERPRETED: N_("reading"),
    Certainty.INFERRED: N_("derived"),
    Certainty.UNCERTAIN: N_("uncertain"),
}
KIND_WORDS = {Kind.DECIDE: N_("decide"), Kind.SIGN: N_("sign")}


def name_section(section: Section, document: OrderDocument) -> str:
    """Return what a section is called."""
    if section.thing:
        return document.names.get(section.thing) or section.thing.value.rsplit("/", 1)[-1]
    known = PART_WORDS.get(str(section.about))
    return str(gettext(known or NOT_STATED_WORDS[document.arrangement.value]))


def _pair(page: Page[Entry], sections: Sequence[Section]) -> Iterator[tuple[Entry, Section]]:
    entries = iter(page.items)
    for section in sections:
        for _ in section.rows:
            yield next(entries), section


def answer_rows(
    document: OrderDocument, page: Page[Entry], sections: Sequence[Section], frame: Frame
) -> Json:
    """Return the document as values of JSON."""
    version = current_version()
    return {
        "answers": "delegation-order",
        "on": document.on.isoformat(),
        "by": document.arrangement.value,
        "about": _write_part(document.excerpt, frame) if document.excerpt else None,
        "version": version.number,
        "recorded": version.recorded.isoformat(),
        "inForce": document.sure,
        "perhapsInForce": document.open,
        "total": page.total,
        "page": page.number,
        "pages": page.last_number,
        "delegations": [
            _write_entry(entry, section, document, frame)
            for entry, section in _pair(page, sections)
        ],
    }


def _write_part(excerpt: Excerpt, frame: Frame) -> Json:
    """Return what the part is about, and what bears on it and stands beside."""
    beside = excerpt.beside
    return {
        "iri": excerpt.about.value,
        "name": frame.label(excerpt.about),
        "kind": excerpt.kind.value,
        "ofWholeOrder": excerpt.whole,
        "broaderMatters": [each.value for each in beside.broader_matters],
        "ofBroaderMatters": beside.broader,
        "limitedToIt": beside.limited.total,
        "notStatedWhetherOfIt": beside.untold,
    }


def _write_entry(entry: Entry, section: Section, document: OrderDocument, frame: Frame) -> Json:
    link, evidence = entry.link, entry.evidence

    def name(iri: Iri | None) -> Json | None:
        return {"iri": iri.value, "name": frame.label(iri)} if iri else None

    return {
        "number": entry.number,
        "section": section.number,
        "sectionName": name_section(section, document),
        "delegation": name(entry.iri),
        "inForce": not link.findings,
        "findings": [finding.rule.value for finding in link.findings],
        "giver": name(link.giver),
        "receiver": name(link.receiver),
        "receiverKind": entry.receiver_kind.name.lower()
        if entry.receiver_kind is not None
        else None,
        "holders": [name(person) for person in entry.holder.persons],
        "vacant": entry.holder.vacant,
        "matters": [name(matter) for matter in link.matters],
        "kinds": [kind.name.lower() for kind in entry.kinds],
        "limit": _write_limit(entry),
        "withinUnit": name(link.unit),
        "conditions": list(evidence.list_conditions(current_language())),
        "subDelegationAllowed": entry.allowed,
        "maySubDelegateTo": [name(each) for each in evidence.permitted],
        "exclusive": entry.exclusive,
        "validFrom": link.period.start.isoformat() if link.period.start else None,
        "validTo": link.period.end.isoformat() if link.period.end else None,
        "restsOn": [name(source) for source in entry.sources],
        "chain": entry.chain.name.lower().replace("_", "-"),
        "order": name(evidence.order),
        "provisions": [name(clause.provision) for clause in evidence.clauses],
        "decisions": [name(decision) for decision in evidence.decisions],
        "caseNumbers": list(evidence.case_numbers),
        "certainty": link.certainty.value,
        "sources": _list_sources(entry),
    }


def _write_limit(entry: Entry) -> Json | None:
    limit = entry.link.limit
    if limit is None:
        return None
    amount = limit.hundredths / 100 if limit.hundredths % 100 else limit.hundredths // 100
    return {"amount": amount, "currency": limit.currency, "excluded": limit.excluded}


def _list_sources(entry: Entry) -> list[str]:
    passages = [passage.cite() for passage in entry.evidence.passages]
    return [*passages, *(page.page.value for page in entry.evidence.pages)]


HEADINGS = (
    *(
        N_("Number in the document"),
        N_("Section"),
        N_("Section is about"),
        N_("Delegation"),
        N_("In force"),
    ),
    *(N_("Who delegates"), N_("Who receives"), N_("Holder on that day"), N_("Matter")),
    *(
        N_("Kind of right"),
        N_("Limit (amount)"),
        N_("Limit (currency)"),
        N_("Limit itself included"),
    ),
    *(N_("Only within"), N_("Conditions"), N_("May it be sub-delegated"), N_("To whom")),
    *(
        N_("First day"),
        N_("Last day"),
        N_("Rests on"),
        N_("Chain holds"),
        N_("Order"),
        N_("Provision"),
    ),
    *(N_("Decision"), N_("Case number"), N_("Certainty"), N_("Where it says so"), N_("IRI")),
)


def describe_table(
    document: OrderDocument, page: Page[Entry], sections: Sequence[Section], frame: Frame
) -> Table:
    """Return the document as a table that tells of the day too, and of what part it is."""
    about = document.excerpt.about if document.excerpt else None
    slug = [about.value.rpartition("/")[2]] if about else []
    return Table(
        "-".join((gettext("delegation-order"), document.on.isoformat(), *slug)),
        gettext("Delegations in force on a day"),
        [gettext(heading) for heading in HEADINGS],
        [_make_row(entry, section, document, frame) for entry, section in _pair(page, sections)],
        this_address(format="html"),
        [
            (gettext("Day"), document.on),
            (gettext("Which part"), frame.label(about) if about else gettext("The whole order")),
            (gettext("Delegations in force"), document.sure),
            (gettext("Delegations perhaps in force"), document.open),
            (gettext("Rows"), len(page.items)),
            (gettext("Rows on all pages"), page.total),
        ],
        page.total,
    )


def _make_row(entry: Entry, section: Section, document: OrderDocument, frame: Frame) -> list[Cell]:
    link, evidence = entry.link, entry.evidence

    def join(iris: Sequence[Iri]) -> str:
        return "; ".join(map(frame.label, iris))

    return [
        entry.number,
        section.number,
        name_section(section, document),
        frame.label(entry.iri),
        "; ".join(write_rule(each.rule) for each in link.findings) or gettext("yes"),
        frame.label(link.giver) if link.giver else gettext("not stated"),
        frame.label(link.receiver) if link.receiver else gettext("not stated"),
        tell_holder(entry.holder, frame.label),
        join(link.matters) or gettext("not stated"),
        ", ".join(gettext(KIND_WORDS[kind]) for kind in entry.kinds),
        *list_limit(link.limit),
        frame.label(link.unit) if link.unit else None,
        "; ".join(evidence.list_conditions(current_language())),
        gettext("not stated") if entry.allowed is None else entry.allowed,
        join(evidence.permitted),
        link.period.start,
        find_last_day(link.period.end),
        join(entry.sources),
        write_verdict(entry.chain),
        frame.label(evidence.order) if evidence.order else None,
        join([clause.provision for clause in evidence.clauses]),
        join(evidence.decisions),
        ", ".join(evidence.case_numbers) or gettext("not stated"),
        gettext(CERTAINTY_WORDS[link.certainty]),
        "; ".join(_list_sources(entry)),
        entry.iri.value,
    ]
