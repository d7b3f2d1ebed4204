"""Answers on authority for spreadsheets: a row for each link of each chain, in words.

A party without a chain has one row. The same columns always; what a party has on a day begins with
some of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from styrgraf.exchange.spreadsheets import Cell, Row
from styrgraf.governance.authority.answers import (
    Chain,
    HeldDelegation,
    Link,
    MayAnswer,
    PartyAnswer,
    Question,
)
from styrgraf.governance.authority.forms.evidence import LinkEvidence
from styrgraf.governance.authority.forms.representation import (
    BreakDates,
    HeldDelegations,
    Representation,
)
from styrgraf.governance.authority.forms.sentences import Words, list_reasons
from styrgraf.governance.authority.forms.steps import list_steps
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.surroundings import Period
from styrgraf.language import N_
from styrgraf.model import Iri
from styrgraf.web.addresses import this_address
from styrgraf.web.authority.authority_words import (
    tell_findings,
    tell_holder,
    write_amount,
    write_day,
    write_limit,
    write_verdict,
)
from styrgraf.web.authority.order_rows import CERTAINTY_WORDS, KIND_WORDS
from styrgraf.web.cells import find_last_day, list_days, list_limit
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.sheets import Table

_OF_HELD = (N_("Matter asked about"), N_("Kind of right"), N_("What it has"), N_("Given on"))
_OF_PARTY = (
    *(N_("Post or body"), N_("In the place of"), N_("Answer")),
    *(N_("Why not, or why it cannot be told"), N_("Holder on that day"), N_("Substitute")),
    N_("Number of chains"),
)
_OF_CHAIN = (
    *(N_("Chain"), N_("Chain holds"), N_("First day of the chain"), N_("Last day of the chain")),
    *(N_("Lowest limit"), N_("Certainty of the chain"), N_("What speaks against the chain")),
)
_OF_LINK = (
    *(N_("Link in the chain"), N_("Delegation or original authority")),
    *(N_("Who delegates"), N_("Who receives"), N_("Matter")),
    *(N_("First day"), N_("Last day"), N_("First day as stated"), N_("Last day as stated")),
    *(N_("Limit (amount)"), N_("Limit (currency)"), N_("Limit itself included")),
    *(N_("Only within"), N_("Conditions"), N_("Stated that it rests on the link before")),
    *(N_("Certainty"), N_("What speaks against the link")),
    *(N_("Order"), N_("Provision"), N_("Decision"), N_("Case number"), N_("Where it stands")),
    N_("IRI"),
)


def tabulate_answer(shown: Representation, title: str, on: date) -> Table:
    """Return an answer as a table; `title` is the question, and the facts tell what was asked."""
    words = _choose_words(shown)
    held = isinstance(shown.answer, HeldDelegations)
    headings = (*(_OF_HELD if held else ()), *_OF_PARTY, *_OF_CHAIN, *_OF_LINK)
    return Table(
        "-".join((gettext("authority"), on.isoformat())),
        title,
        [gettext(each) for each in headings],
        _list_rows(shown, words),
        this_address(format="html"),
        [*_list_asked(shown, words), *_list_told(shown, words)],
    )


def _choose_words(shown: Representation) -> Words:
    """Return the words of pages, with what things are called in the answer."""
    words = shown.words(current_language())
    return replace(words, day=write_day, amount=write_amount, limit=write_limit)


def _list_asked(shown: Representation, words: Words) -> Iterator[tuple[str, Cell]]:
    answer = shown.answer
    if isinstance(answer, HeldDelegations | MayAnswer):
        yield gettext("Asked about"), words.name(answer.party)
    if isinstance(answer, HeldDelegations):
        yield gettext("Day"), answer.on
    else:
        yield from _list_question(answer.question, words)


def _list_question(question: Question, words: Words) -> Iterator[tuple[str, Cell]]:
    yield gettext("Matter"), words.name(question.matter)
    yield gettext("Day"), question.on
    if question.amount:
        yield gettext("Amount"), write_amount(question.amount)
    if question.unit:
        yield gettext("Unit"), words.name(question.unit)
    yield gettext("What is to be done"), gettext(KIND_WORDS[question.kind])
    if question.conditions_met is not None:
        met = gettext("met") if question.conditions_met else gettext("not met")
        yield gettext("Conditions of the delegation"), met


def _list_told(shown: Representation, words: Words) -> Iterator[tuple[str, Cell]]:
    for number, sentence in enumerate(shown.tell(words)):
        yield "" if number else gettext("Answer"), sentence
    for verdict in (Verdict.YES, Verdict.NOT_TOLD, Verdict.NO):
        number = sum(party.verdict is verdict for party in shown.parties)
        yield ": ".join((gettext("Number of answers"), write_verdict(verdict))), number


def _list_rows(shown: Representation, words: Words) -> Iterator[Row]:
    answer = shown.answer
    if isinstance(answer, BreakDates):
        return
    if isinstance(answer, HeldDelegations):
        for held in answer.delegations:
            yield from _list_of_party(held.answer, shown, words, _write_held(held, words))
        for original, verdict in answer.residual:
            yield _write_residual(original, verdict, answer.party, words)
        return
    if isinstance(answer, MayAnswer) and not answer.answers:
        against = tell_findings(answer.findings, words.name)
        told = (words.name(answer.party), None, write_verdict(answer.verdict), against)
        yield _fill(told, answer.party)
    for party in shown.parties:
        yield from _list_of_party(party, shown, words)


def _write_held(held: HeldDelegation, words: Words) -> Row:
    kind, given = gettext(KIND_WORDS[held.kind]), _join(held.given_on, words)
    return words.name(held.matter), kind, words.name(held.delegation), given


def _write_residual(original: Iri, verdict: Verdict, party: Iri, words: Words) -> Row:
    everything = gettext("all that nobody else has")
    told = (words.name(party), None, write_verdict(verdict))
    return _fill((everything, None, words.name(original), None, *told), original, len(_OF_HELD))


def _fill(cells: Row, iri: Iri, before: int = 0) -> Row:
    """Return the row of a party without a chain; `before` columns stand before its own."""
    width = before + len(_OF_PARTY) + len(_OF_CHAIN) + len(_OF_LINK)
    return *cells, *(None,) * (width - len(cells) - 1), iri.value


def _list_of_party(
    party: PartyAnswer, shown: Representation, words: Words, before: Row = ()
) -> Iterator[Row]:
    told = (*before, *_write_party(party, words))
    for step in list_steps(party):
        if step is None:
            yield _fill(told, party.party, len(before))
        else:
            chain = (step.number, *_write_chain(step.chain, words))
            link = (step.position, *_write_link(step.link, shown, words))
            yield *told, *chain, *link


def _write_party(party: PartyAnswer, words: Words) -> Row:
    return (
        words.name(party.party),
        words.name(party.through) if party.through else None,
        write_verdict(party.verdict),
        tell_findings(list_reasons(party), words.name),
        tell_holder(party.holder, words.name) or gettext("no holder: a body or role"),
        "; ".join(
            f"{words.name(post)}: {tell_findings([weak], words.name)}" if weak else words.name(post)
            for post, weak in party.holder.substitutes
        ),
        party.total,
    )


def _write_chain(chain: Chain, words: Words) -> Row:
    return (
        write_verdict(chain.verdict),
        chain.period.start if chain.period else None,
        find_last_day(chain.period.end) if chain.period else None,
        "; ".join(map(words.limit, chain.limits)) or gettext("none stated"),
        gettext(CERTAINTY_WORDS[chain.certainty]),
        tell_findings(chain.findings, words.name),
    )


def _write_link(link: Link, shown: Representation, words: Words) -> Row:
    thing = link.delegation or link.original_authority
    evidence = shown.evidence.get(thing) if thing else None
    return (
        words.name(thing) if thing else gettext("not stated"),
        _name_giver(link, words),
        words.name(link.receiver) if link.receiver else gettext("not stated"),
        _join(link.matters, words) or _tell_no_matter(link),
        link.period.start,
        find_last_day(link.period.end),
        *_list_stated_days(evidence),
        *list_limit(link.limit),
        words.name(link.unit) if link.unit else None,
        _tell_conditions(link, evidence),
        _tell_rest(link),
        gettext(CERTAINTY_WORDS[link.certainty]),
        tell_findings(link.findings, words.name),
        *_write_evidence(evidence, words),
        thing.value if thing else None,
    )


def _name_giver(link: Link, words: Words) -> Cell:
    if link.giver:
        return words.name(link.giver)
    return gettext("not stated") if link.delegation else None


def _tell_no_matter(link: Link) -> str:
    known = link.original_authority
    return str(gettext("all that nobody else has") if known else gettext("not stated"))


def _list_stated_days(evidence: LinkEvidence | None) -> tuple[Cell, Cell]:
    """Return the first and last day as stated, which may be a month or a year."""
    if evidence is None:
        return None, None
    return list_days(Period(evidence.start, evidence.end, evidence.precision))


def _tell_conditions(link: Link, evidence: LinkEvidence | None) -> Cell:
    texts = evidence.list_conditions(current_language()) if evidence else ()
    return "; ".join(texts) or (gettext("with a condition") if link.conditional else None)


def _tell_rest(link: Link) -> Cell:
    """Return whether it is stated that a delegation rests on the link before."""
    return None if link.delegation is None else not link.inferred


def _write_evidence(evidence: LinkEvidence | None, words: Words) -> Row:
    if evidence is None:
        return (None,) * 5
    passages = [passage.cite() for passage in evidence.passages]
    pages = [(each.address or each.page).value for each in evidence.pages]
    told = evidence.order or evidence.clauses or evidence.decisions
    return (
        words.name(evidence.order) if evidence.order else None,
        _join((clause.provision for clause in evidence.clauses), words),
        _join(evidence.decisions, words),
        ", ".join(evidence.case_numbers) or gettext("not stated"),
        "; ".join([*passages, *pages]) or (None if told else gettext("not stated")),
    )


def _join(iris: Iterable[Iri], words: Words) -> str:
    return "; ".join(map(words.name, iris))
