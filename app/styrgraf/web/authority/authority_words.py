"""How pages on authority write days, amounts, limits, windows and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from flask import Flask
from flask_babel import format_decimal

from styrgraf.governance.authority.answers import Amount, Finding, HolderState, Period
from styrgraf.governance.authority.facts import Limit
from styrgraf.governance.authority.forms.rdf_terms import name_rule
from styrgraf.governance.authority.forms.sentences import (
    VERDICT_WORDS,
    Words,
    find_widest_limit,
    list_reasons,
    rate_certainty,
)
from styrgraf.governance.authority.rules import RULE_TEXTS, Rule, Verdict
from styrgraf.model import Iri
from styrgraf.web.authority.authority_choices import shorten
from styrgraf.web.languages import current_language, format_date, gettext
from styrgraf.web.pages import Frame

VERDICT_CLASSES = {Verdict.YES: "yes", Verdict.NOT_TOLD: "untold", Verdict.NO: "no"}
"""Class of a verdict's mark; its colour stands beside its word, never alone."""


def install_words(app: Flask) -> None:
    """Give templates the words of authority."""
    app.jinja_env.filters.update(
        day_words=write_day,
        money=write_amount,
        limit_words=write_limit,
        period_words=write_period,
        rule_words=write_rule,
        verdict_words=write_verdict,
        verdict_class=VERDICT_CLASSES.get,
    )
    app.jinja_env.globals.update(rule_sources=list_rule_sources, rule_name=name_rule)
    app.jinja_env.globals.update(short=shorten, reasons_of=list_reasons)
    app.jinja_env.globals.update(rate_certainty=rate_certainty, widest_limit=find_widest_limit)


def choose_words(frame: Frame) -> Words:
    """Return the words of sentences on this page."""
    return Words(current_language(), frame.label, write_day, write_amount, write_limit)


def write_day(day: date) -> str:
    """Return a day in words."""
    return format_date(day, "d MMMM y")


def write_amount(amount: Amount | Limit) -> str:
    """Return an amount with its currency; Swedish readers know SEK as kr."""
    number = Decimal(amount.hundredths) / 100
    written = format_decimal(number, "#,##0.00" if amount.hundredths % 100 else "#,##0")
    currency = "kr" if amount.currency == "SEK" and current_language() == "sv" else amount.currency
    return f"{written}\N{NO-BREAK SPACE}{currency}"


def write_limit(limit: Limit) -> str:
    """Return a limit: at most an amount, or less than it."""
    amount = write_amount(limit)
    if limit.excluded:
        return str(gettext("below %(amount)s", amount=amount))
    return str(gettext("at most %(amount)s", amount=amount))


def write_period(period: Period) -> str:
    """Return a window: its first and its last day; what is not stated is said to be so."""
    start = (
        gettext("from %(day)s", day=write_day(period.start))
        if period.start
        else gettext("start not stated")
    )
    if period.end is None:
        return str(gettext("%(start)s, no end stated", start=start))
    last = write_day(period.end - timedelta(days=1)) if period.end > date.min else period.end
    return str(gettext("%(start)s to and including %(day)s", start=start, day=last))


def tell_holder(holder: HolderState, name: Callable[[Iri], str]) -> str:
    """Return who holds a post, that it is vacant, or that it is not stated; else nothing."""
    if not holder.is_post:
        return ""
    if holder.persons:
        names = ", ".join(map(name, holder.persons))
        return f"{names} ({gettext('acting')})" if holder.acting else names
    return str(gettext("vacant") if holder.vacant else gettext("not stated"))


def tell_findings(findings: Iterable[Finding], name: Callable[[Iri], str]) -> str:
    """Return the sentences of what is met with, each with what it is about."""
    return " ".join(
        f"{write_rule(each.rule)} ({name(each.other)})" if each.other else write_rule(each.rule)
        for each in findings
    )


def write_verdict(verdict: Verdict) -> str:
    """Return an answer in a word or two."""
    return str(gettext(VERDICT_WORDS[verdict]))


def write_rule(rule: Rule) -> str:
    """Return the sentence of a rule."""
    return str(gettext(RULE_TEXTS[rule].sentence))


def list_rule_sources(rule: Rule) -> tuple[str, ...]:
    """Return where the rule comes from: its numbers in the rules of delegation law."""
    return RULE_TEXTS[rule].sources
