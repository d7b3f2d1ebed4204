"""How answers are worded without a page: plain days and amounts, and lists as sentences. No IO."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from styrgraf.governance.authority.answers import Amount, Finding, HeldDelegation, Period
from styrgraf.governance.authority.facts import Kind, Limit
from styrgraf.governance.authority.forms.sentences import Words
from styrgraf.governance.authority.rules import RULE_TEXTS, Verdict
from styrgraf.language import N_, translate
from styrgraf.model import Iri

_GROUP_MARKS = {"sv": str.maketrans(",.", "\u00a0,"), "en": str.maketrans("", "")}


_RESIDUAL = {
    Verdict.YES: N_(
        "On {day}, {party} may decide in all matters that nobody else has ({authority})."
    ),
    Verdict.NOT_TOLD: N_(
        "Whether {party} may decide in all matters that nobody else has ({authority}) "
        "cannot be told."
    ),
}


def make_words(language: str, names: Mapping[Iri, str]) -> Words:
    """Return words with days as YYYY-MM-DD, and things by `names`, else by type and slug."""
    return Words(
        language=language,
        name=partial(write_name, names=names),
        day=date.isoformat,
        amount=partial(write_amount, language=language),
        limit=partial(write_limit, language=language),
    )


def write_name(iri: Iri, names: Mapping[Iri, str]) -> str:
    """Return the name of a thing; of one without a name the end of its IRI."""
    return names.get(iri) or "/".join(iri.value.split("/")[-2:])


def write_amount(amount: Amount | Limit, language: str) -> str:
    """Return an amount with its thousands set apart: “4 000 000,50 SEK”."""
    whole, rest = divmod(amount.hundredths, 100)
    number = f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
    return f"{number.translate(_GROUP_MARKS[language])}\u00a0{amount.currency}"


def write_limit(limit: Limit, language: str) -> str:
    """Return a limit in words: at most so much, or below it."""
    message = N_("below {amount}") if limit.excluded else N_("at most {amount}")
    return translate(message, language).format(amount=write_amount(limit, language))


def write_period(period: Period, words: Words) -> str:
    """Return a window in words; its end is told as the first day on which it holds no longer."""
    messages = {
        (True, True): N_("from {start}, before {end}"),
        (True, False): N_("from {start}"),
        (False, True): N_("start not stated, before {end}"),
        (False, False): N_("start not stated"),
    }
    return words.say(
        messages[period.start is not None, period.end is not None],
        start=words.day(period.start) if period.start else "",
        end=words.day(period.end) if period.end else "",
    )


def tell_finding(finding: Finding, words: Words) -> str:
    """Return the sentence of a rule with its code and sources, and what it is about."""
    text = RULE_TEXTS[finding.rule]
    about = f" – {words.name(finding.other)}" if finding.other else ""
    codes = ", ".join((finding.rule.value, *text.sources))
    return f"{words.say(text.sentence)} [{codes}]{about}"


def tell_breaks(matter: Iri, days: Sequence[date], words: Words) -> tuple[str, ...]:
    """Return on which days the answer to who may decide changes."""
    name = words.name(matter)
    if not days:
        return (words.say(N_("For “{matter}”, the answer is the same on all days."), matter=name),)
    listed = ", ".join(map(words.day, days))
    message = N_("For “{matter}”, the answer changes on these days: {days}.")
    return (words.say(message, matter=name, days=listed),)


def tell_held(
    party: Iri,
    on: date,
    held: Iterable[HeldDelegation],
    words: Words,
    residual: Iterable[tuple[Iri, Verdict]] = (),
) -> tuple[str, ...]:
    """Return what a party may decide and sign on a day, and of what it cannot be told."""
    sentences = {
        (Verdict.YES, Kind.DECIDE): N_("On {day}, {party} may decide on: {matters}."),
        (Verdict.YES, Kind.SIGN): N_("On {day}, {party} may sign in: {matters}."),
        (Verdict.NOT_TOLD, Kind.DECIDE): N_(
            "Whether {party} may decide on these cannot be told: {matters}."
        ),
        (Verdict.NOT_TOLD, Kind.SIGN): N_(
            "Whether {party} may sign in these cannot be told: {matters}."
        ),
    }
    rights: dict[tuple[Verdict, Kind], dict[str, None]] = {key: {} for key in sentences}
    for each in held:
        rights[each.answer.verdict, each.kind][words.name(each.matter)] = None
    facts = {"day": words.day(on), "party": words.name(party)}
    told = tuple(
        words.say(sentences[key], matters=", ".join(matters), **facts)
        for key, matters in rights.items()
        if matters
    )
    told += tuple(
        words.say(_RESIDUAL[verdict], authority=words.name(iri), **facts)
        for iri, verdict in residual
    )
    nothing = N_("On {day}, {party} may decide nothing, as far as the graph shows.")
    return told or (words.say(nothing, **facts),)
