"""Answers as plain sentences, the first of which is the answer itself. No IO here.

What cannot be told is never said as a no, and a reading never as a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from styrgraf.governance.authority.answers import (
    Amount,
    Chain,
    Finding,
    MayAnswer,
    PartyAnswer,
    Question,
    WhoAnswer,
)
from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.governance.statements import Certainty
from styrgraf.language import N_, translate
from styrgraf.model import Iri

MOST_NAMED = 4
"""So many parties are named in a sentence; of more, their number is told."""
MOST_REASONS = 3
"""So many rules are told in a sentence; the chains tell them all."""

VERDICT_WORDS = {
    Verdict.YES: N_("Yes"),
    Verdict.NO: N_("No"),
    Verdict.NOT_TOLD: N_("Cannot be told"),
}
"""The three answers in a word or two."""

_ACTS = {Kind.DECIDE: N_("decide on “{matter}”"), Kind.SIGN: N_("sign in “{matter}”")}
_MET = {True: N_(" where the conditions are met"), False: N_(" where the conditions are not met")}
_GROUNDS = {
    Certainty.INTERPRETED: N_("by a reading of the sources"),
    Certainty.INFERRED: N_("as can be derived from the sources"),
    Certainty.UNCERTAIN: N_("by an uncertain reading of the sources"),
}
_CERTAINTIES = tuple(Certainty)


@dataclass(frozen=True, slots=True)
class Words:
    """How things, days and amounts are written in the language of the sentences."""

    language: str
    name: Callable[[Iri], str]
    day: Callable[[date], str]
    amount: Callable[[Amount], str]
    limit: Callable[[Limit], str]

    def say(self, message: str, **places: object) -> str:
        """Return an English message in the language, with its places filled in."""
        return translate(message, self.language).format(**places)


def tell_who(answer: WhoAnswer, words: Words) -> tuple[str, ...]:
    """Return who may, for whom it cannot be told and why, or that nobody may and who nearly."""
    able, untold = answer.of(Verdict.YES), answer.of(Verdict.NOT_TOLD)
    day, act = words.day(answer.question.on), _write_act(answer.question, words)
    if able:
        rest = _tell_untold_beside(untold, words) if untold else ()
        first = _tell_able(able, day, act, words)
        return first, *_tell_terms(able, answer.question, words), *_tell_holder(able, words), *rest
    if untold:
        first = words.say(
            N_("On {day}, it cannot be told whether {parties} may {act}."),
            day=day,
            parties=_join_named(untold, words, N_("{number} posts and bodies"), N_(" or ")),
            act=act,
        )
        return first, *_tell_reasons(untold, words)
    first = words.say(
        N_("On {day}, nobody may {act}, as far as the graph shows."), day=day, act=act
    )
    return first, *_tell_nearest(answer.of(Verdict.NO), words)


def tell_may(answer: MayAnswer, words: Words) -> tuple[str, ...]:
    """Return whether the party may, and what that rests on or fails by."""
    sentences = {
        Verdict.YES: N_("On {day}, {party} may {act}{grounds}."),
        Verdict.NO: N_("On {day}, {party} may not {act}."),
        Verdict.NOT_TOLD: N_("On {day}, it cannot be told whether {party} may {act}."),
    }
    best = [each for each in answer.answers if each.verdict is answer.verdict]
    ground = _find_ground(best[0], words) if best else ""
    first = words.say(
        sentences[answer.verdict],
        day=words.day(answer.question.on),
        party=words.name(answer.party),
        act=_write_act(answer.question, words),
        grounds=f", {ground}" if ground else "",
    )
    if answer.verdict is Verdict.YES:
        terms = _tell_terms(best[:1], answer.question, words)
        return first, *terms, *_tell_way(best, answer.party, words), *_tell_holder(best, words)
    rules = [finding.rule for finding in answer.findings if finding.verdict is answer.verdict]
    return first, *_say_rules([*rules, *list_rules(best)], words)


def list_reasons(answer: PartyAnswer) -> tuple[Finding, ...]:
    """Return the findings that a party's answer rests on, in its first chain, each rule once."""
    chain = answer.chains[0] if answer.chains else None
    links = [finding for link in chain.links for finding in link.findings] if chain else []
    found = [*answer.findings, *(chain.findings if chain else ()), *links]
    return tuple(
        {each.rule: each for each in reversed(found) if each.verdict is answer.verdict}.values()
    )[::-1]


def list_rules(parties: Iterable[PartyAnswer]) -> tuple[Rule, ...]:
    """Return the rules that the answers of `parties` rest on, each once."""
    return tuple(dict.fromkeys(each.rule for party in parties for each in list_reasons(party)))


def rate_certainty(answer: PartyAnswer) -> Certainty:
    """Return how certain the answer is: as its most certain chain."""
    chains = [_CERTAINTIES.index(chain.certainty) for chain in answer.chains]
    return _CERTAINTIES[min(chains, default=0)]


def _tell_able(able: Sequence[PartyAnswer], day: str, act: str, words: Words) -> str:
    grounds = {_find_ground(each, words) for each in able}
    ground = grounds.pop() if len(grounds) == 1 else ""
    parties = _join_named(
        able, words, N_("{number} posts and bodies"), N_(" and "), grounds=bool(grounds)
    )
    ending = f", {ground}" if ground else ""
    return words.say(
        N_("On {day}, {parties} may {act}{grounds}."),
        day=day,
        parties=parties,
        act=act,
        grounds=ending,
    )


def _find_ground(answer: PartyAnswer, words: Words) -> str:
    ground = _GROUNDS.get(rate_certainty(answer))
    return words.say(ground) if ground else ""


def _join_named(
    parties: Sequence[PartyAnswer],
    words: Words,
    many: str,
    last: str,
    *,
    grounds: bool = False,
) -> str:
    """Return the parties by name, or (of many) their number and the first of them."""
    names = [_name_party(each, words, grounds=grounds) for each in parties[:MOST_NAMED]]
    if len(parties) > MOST_NAMED:
        return words.say(
            N_("{count} ({names} and others)"),
            count=words.say(many, number=len(parties)),
            names=", ".join(names),
        )
    return words.say(last).join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _name_party(answer: PartyAnswer, words: Words, *, grounds: bool) -> str:
    name = words.name(answer.party)
    ground = _find_ground(answer, words) if grounds else ""
    return f"{name} ({ground})" if ground else name


def _write_act(question: Question, words: Words) -> str:
    act = words.say(_ACTS[question.kind], matter=words.name(question.matter))
    if question.amount:
        act += words.say(N_(" for {amount}"), amount=words.amount(question.amount))
    if question.unit:
        act += words.say(N_(" in {unit}"), unit=words.name(question.unit))
    if question.conditions_met is not None:
        act += words.say(_MET[question.conditions_met])
    return act


def _tell_terms(able: Sequence[PartyAnswer], question: Question, words: Words) -> tuple[str, ...]:
    """Return the limits and units of those that may, where the question names none."""
    told = []
    for party in able[:MOST_NAMED]:
        if terms := _describe_terms(party.chains, question, words):
            name = f"{words.name(party.party)}: " if able[1:] else ""
            told.append(name + terms)
    return (
        (words.say(N_("Within these bounds: {bounds}."), bounds="; ".join(told)),) if told else ()
    )


def _describe_terms(chains: Sequence[Chain], question: Question, words: Words) -> str:
    """Return the widest limit of `chains`, and their unit; nothing where one has none."""
    terms = []
    if not question.amount and (limit := find_widest_limit(chains)):
        terms.append(words.limit(limit))
    units = {tuple(link.unit for link in chain.links if link.unit) for chain in chains}
    if not question.unit and len(units) == 1 and (within := units.pop()):
        terms.append(words.say(N_("only within {unit}"), unit=words.name(within[-1])))
    return ", ".join(terms)


def find_widest_limit(chains: Sequence[Chain]) -> Limit | None:
    """Return the highest of the limits of `chains`; None where one has none."""
    limits = [chain.limits[0] for chain in chains if chain.limits]
    if len(limits) < len(chains):
        return None
    return max(limits, key=lambda limit: (limit.hundredths, not limit.excluded), default=None)


def _tell_holder(able: Sequence[PartyAnswer], words: Words) -> tuple[str, ...]:
    """Return who holds the post, where only one may."""
    if len(able) != 1 or not able[0].holder.is_post:
        return ()
    holder = able[0].holder
    if holder.persons:
        sentence = (
            N_("The post is held by {persons} as acting holder.")
            if holder.acting
            else N_("The post is held by {persons}.")
        )
        names = words.say(N_(" and ")).join(map(words.name, holder.persons))
        return (words.say(sentence, persons=names),)
    if not holder.vacant:
        return (words.say(N_("Who holds the post that day is not stated.")),)
    substitutes = [words.name(post) for post, finding in holder.substitutes if finding is None]
    if substitutes:
        names = words.say(N_(" and ")).join(substitutes)
        return (words.say(N_("The post is vacant; {posts} steps in."), posts=names),)
    return (words.say(N_("The post is vacant.")),)


def _tell_way(best: Sequence[PartyAnswer], party: Iri, words: Words) -> tuple[str, ...]:
    """Return by which post a person may, and for which post a substitute steps in."""
    if not best:
        return ()
    told = []
    if best[0].party != party:
        told.append(
            words.say(N_("That is by way of the post {post}."), post=words.name(best[0].party))
        )
    if best[0].through:
        substitute, post = words.name(best[0].party), words.name(best[0].through)
        told.append(
            words.say(N_("{substitute} steps in for {post}."), substitute=substitute, post=post)
        )
    return tuple(told)


def _tell_untold_beside(untold: Sequence[PartyAnswer], words: Words) -> tuple[str, ...]:
    """Return for whom it cannot be told, those with the same reasons together."""
    message = N_("For {parties} it cannot be told.")
    return tuple(
        " ".join([words.say(message, parties=_join(parties, words)), *_say_rules(rules, words)])
        for rules, parties in _gather_by_rules(untold)
    )


def _tell_reasons(untold: Sequence[PartyAnswer], words: Words) -> tuple[str, ...]:
    """Return the reasons of parties that are named before; of each apart where they differ."""
    groups = _gather_by_rules(untold)
    if len(groups) == 1:
        return _say_rules(groups[0][0], words)
    return tuple(
        f"{_join(parties, words)}: {' '.join(_say_rules(rules, words))}"
        for rules, parties in groups
    )


def _join(parties: Sequence[PartyAnswer], words: Words) -> str:
    return _join_named(parties, words, N_("{number} posts and bodies"), N_(" and "))


def _gather_by_rules(
    parties: Iterable[PartyAnswer],
) -> list[tuple[tuple[Rule, ...], list[PartyAnswer]]]:
    gathered: dict[tuple[Rule, ...], list[PartyAnswer]] = {}
    for party in parties:
        gathered.setdefault(list_rules((party,)), []).append(party)
    return list(gathered.items())


def _tell_nearest(near: Sequence[PartyAnswer], words: Words) -> tuple[str, ...]:
    if not near:
        return ()
    first = words.say(N_("Nearest is {party}."), party=words.name(near[0].party))
    return (" ".join([first, *_say_rules(list_rules(near[:1]), words)]),)


def _say_rules(rules: Iterable[Rule], words: Words) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(rules))[:MOST_REASONS]
    return tuple(words.say(RULE_TEXTS[rule].sentence) for rule in distinct)
