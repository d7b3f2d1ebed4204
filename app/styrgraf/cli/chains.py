"""Answers on authority as text: sentences first, then each chain as a tree from its top down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text
from rich.tree import Tree

from styrgraf.cli.console import open_console
from styrgraf.cli.framework import say
from styrgraf.governance.authority.answers import (
    Chain,
    Finding,
    HeldDelegation,
    HolderState,
    Link,
    MayAnswer,
    PartyAnswer,
)
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.forms.evidence import LinkEvidence
from styrgraf.governance.authority.forms.representation import HeldDelegations, Representation
from styrgraf.governance.authority.forms.sentences import VERDICT_WORDS, Words
from styrgraf.governance.authority.forms.wording import tell_finding, write_period
from styrgraf.governance.authority.rules import Verdict
from styrgraf.governance.statements import Certainty, SourcedText
from styrgraf.language import N_

MOST_CHAINS = 3
"""So many chains of a party are written as text; the other formats have more."""

_STYLES = {Verdict.YES: "green", Verdict.NOT_TOLD: "yellow", Verdict.NO: "red"}
_SIGNS = {Verdict.NO: "✗", Verdict.NOT_TOLD: "?"}
_CERTAINTY_WORDS = {
    Certainty.ASSERTED: N_("as stated"),
    Certainty.INTERPRETED: N_("by a reading"),
    Certainty.INFERRED: N_("inferred"),
    Certainty.UNCERTAIN: N_("by an uncertain reading"),
}
_PRECISION_WORDS = {
    "precisionMonth": N_("known to the month"),
    "precisionYear": N_("known to the year"),
}


def print_representation(shown: Representation, language: str) -> None:
    """Print an answer in `language`."""
    console, words = open_console(), shown.words(language)
    for sentence in shown.sentences(language):
        console.print(Text(sentence), soft_wrap=True)
    for tree in _list_trees(shown, words):
        console.print()
        console.print(tree, soft_wrap=True)


def _list_trees(shown: Representation, words: Words) -> Iterator[Tree]:
    if isinstance(shown.answer, HeldDelegations):
        for held in shown.answer.delegations:
            yield _grow_held(held, shown, words)
        return
    if isinstance(shown.answer, MayAnswer) and shown.answer.findings:
        tree = Tree(Text(words.name(shown.answer.party)), guide_style="dim")
        _add_findings(tree, shown.answer.findings, words)
        yield tree
    for party in shown.parties:
        yield _grow_party(Tree(_head_party(party, words), guide_style="dim"), party, shown, words)


def _grow_held(held: HeldDelegation, shown: Representation, words: Words) -> Tree:
    name = words.name(held.matter)
    name = name if held.kind is Kind.DECIDE else say(N_("{matter} (to sign)"), matter=name)
    label = _head(held.answer.verdict, name)
    label.append(f"\n{words.name(held.delegation)}", "dim")
    tree = _grow_party(Tree(label, guide_style="dim"), held.answer, shown, words)
    for given in held.given_on:
        tree.add(Text(say(N_("gave on: {delegation}"), delegation=words.name(given))))
    return tree


def _head(verdict: Verdict, name: str) -> Text:
    label = Text()
    label.append(say(VERDICT_WORDS[verdict]), f"bold {_STYLES[verdict]}")
    label.append(f" – {name}")
    return label


def _head_party(party: PartyAnswer, words: Words) -> Text:
    label = _head(party.verdict, words.name(party.party))
    if party.through and party.through != party.party:
        label.append(say(N_(" (by way of {post})"), post=words.name(party.through)))
    for line in _tell_holder(party.holder, words):
        label.append(f"\n{line}", "dim")
    return label


def _tell_holder(holder: HolderState, words: Words) -> Iterator[str]:
    if not holder.is_post:
        return
    names = ", ".join(map(words.name, holder.persons))
    if names:
        message = N_("acting holder: {names}") if holder.acting else N_("holder: {names}")
        yield say(message, names=names)
    else:
        yield say(N_("vacant")) if holder.vacant else say(N_("holder not stated"))
    for post, finding in holder.substitutes:
        sign = f" {_SIGNS[finding.verdict]} {tell_finding(finding, words)}" if finding else ""
        yield say(N_("substitute: {post}"), post=words.name(post)) + sign


def _grow_party(tree: Tree, party: PartyAnswer, shown: Representation, words: Words) -> Tree:
    _add_findings(tree, party.findings, words)
    for number, chain in enumerate(party.chains[:MOST_CHAINS], 1):
        branch = tree.add(_head_chain(chain, number, party.total, words))
        _add_findings(branch, chain.findings, words)
        for link in chain.links:
            branch = branch.add(_describe_link(link, shown, words, is_last=link is chain.links[-1]))
    if party.total > MOST_CHAINS:
        message = N_("{number} more chains; --format json has up to 100.")
        tree.add(Text(say(message, number=party.total - MOST_CHAINS)))
    return tree


def _head_chain(chain: Chain, number: int, total: int, words: Words) -> Text:
    told = [say(_CERTAINTY_WORDS[chain.certainty])]
    if chain.period:
        told.append(write_period(chain.period, words))
    told += [words.limit(limit) for limit in chain.limits]
    head = say(N_("chain {number} of {total}"), number=number, total=total)
    return Text(f"{head}: {', '.join(told)}", _STYLES[chain.verdict])


def _add_findings(tree: Tree, findings: Iterable[Finding], words: Words) -> None:
    for finding in findings:
        tree.add(_write_finding(finding, words))


def _write_finding(finding: Finding, words: Words) -> Text:
    sentence = f"{_SIGNS[finding.verdict]} {tell_finding(finding, words)}"
    return Text(sentence, _STYLES[finding.verdict])


def _describe_link(link: Link, shown: Representation, words: Words, *, is_last: bool) -> Text:
    thing = link.delegation or link.original_authority
    label = Text(words.name(thing) if thing else say(N_("not stated")))
    evidence = shown.evidence.get(thing) if thing else None
    lines = [*_tell_link(link, evidence, words)]
    lines += _tell_evidence(evidence, words) if evidence else ()
    lines += _tell_further(evidence, words) if evidence and is_last else ()
    for line in lines:
        label.append(f"\n  {line}", "dim")
    for finding in link.findings:
        label.append("\n  ").append_text(_write_finding(finding, words))
    return label


def _tell_link(link: Link, evidence: LinkEvidence | None, words: Words) -> Iterator[str]:
    receiver = words.name(link.receiver) if link.receiver else say(N_("not stated"))
    if link.delegation:
        giver = words.name(link.giver) if link.giver else say(N_("not stated"))
        yield f"{giver} → {receiver}"
    else:
        yield say(N_("original authority: {holder}"), holder=receiver)
    yield say(N_("window: {period}"), period=write_period(link.period, words)) + _qualify_start(
        evidence
    )
    if link.limit:
        yield say(N_("limit: {limit}"), limit=words.limit(link.limit))
    if link.unit:
        yield say(N_("unit: {unit}"), unit=words.name(link.unit))
    if link.inferred:
        yield say(N_("which delegation it rests on is not stated; this is inferred"))


def _qualify_start(evidence: LinkEvidence | None) -> str:
    """Return what makes a start less than a stated day: its precision, and that it is read out."""
    if evidence is None or evidence.start is None:
        return ""
    notes = [*_tell_precision(evidence), *_tell_reading(evidence.start)]
    return f" ({', '.join(notes)})" if notes else ""


def _tell_precision(evidence: LinkEvidence) -> Iterator[str]:
    name = evidence.precision.value.value.rpartition("#")[2] if evidence.precision else ""
    if name in _PRECISION_WORDS:
        yield say(_PRECISION_WORDS[name])


def _tell_reading(stated: SourcedText) -> Iterator[str]:
    if stated.certainty is not Certainty.ASSERTED:
        yield say(_CERTAINTY_WORDS[stated.certainty])


def _tell_evidence(evidence: LinkEvidence, words: Words) -> Iterator[str]:
    for condition in evidence.list_conditions(words.language):
        yield say(N_("condition: {text}"), text=condition)
    told = (
        (N_("decision: {names}"), map(words.name, evidence.decisions)),
        (N_("case number: {names}"), evidence.case_numbers),
        (N_("order: {names}"), [words.name(evidence.order)] if evidence.order else []),
        (
            N_("clause: {names}"),
            (clause.notation or words.name(clause.provision) for clause in evidence.clauses),
        ),
        (N_("sources: {names}"), _list_sources(evidence, words)),
    )
    for message, values in told:
        names = ", ".join(values)
        if names:
            yield say(message, names=names)


def _tell_further(evidence: LinkEvidence, words: Words) -> Iterator[str]:
    """Yield whom a delegation may go on to, and which sub-delegations rest on it as stated."""
    permitted = ", ".join(map(words.name, evidence.permitted))
    further = ", ".join(map(words.name, evidence.sub_delegations))
    if permitted:
        yield say(N_("may go on to: {names}"), names=permitted)
    if permitted or further:
        yield say(N_("sub-delegations: {names}"), names=further or say(N_("none stated")))


def _list_sources(evidence: LinkEvidence, words: Words) -> Iterator[str]:
    for passage in evidence.passages:
        number = passage.source.identifier
        yield f"{passage.cite()} ({number})" if number else passage.cite()
    for page in evidence.pages:
        yield page.address.value if page.address else words.name(page.page)
