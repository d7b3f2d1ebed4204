"""The plain values of a question, from text: day, amount, kind of right, conditions. No IO here."""

from __future__ import annotations

import re
from datetime import date

from styrgraf.errors import ParameterError
from styrgraf.governance.authority.answers import Amount
from styrgraf.governance.authority.facts import Kind
from styrgraf.governance.authority.intake.currencies import CURRENCIES
from styrgraf.language import N_

LARGEST_AMOUNT = 10**15
"""Amounts of so many units or more are not compared with limits."""

KIND_WORDS = {"decide": Kind.DECIDE, "sign": Kind.SIGN}
CONDITION_WORDS = {"met": True, "unmet": False}

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
_SPACED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])")
_AMOUNT = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,2}))?")
_GROUPED = (
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}"), ","),
    (re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}"), "."),
)
"""Thousands set apart in the English and the continental way, where nothing else can be meant."""


def parse_day(text: str) -> date:
    """Return the day that `text` is, written YYYY-MM-DD. Raises ParameterError."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise ParameterError(
            N_("“{text}” is no date. Write year, month and day as YYYY-MM-DD."),
            text=_cut(text),
        )
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise ParameterError(
            N_("There is no day {text} in the calendar. Write year, month and day as YYYY-MM-DD."),
            text=_cut(text),
        ) from None


def parse_amount(text: str, currency: str = "SEK") -> Amount:
    """Return the amount that `text` is, as “4 000 000,50”, “4000000.50” or “4,000,000.50”.

    Raises ParameterError: no number, negative, too large, or a currency that is none.
    """
    code = _parse_currency(currency)
    written = text.strip()
    if written.startswith(("-", "−", "–")):
        raise ParameterError(
            N_("The amount “{text}” is negative. Write an amount of 0 or more."), text=_cut(text)
        )
    match = _AMOUNT.fullmatch(_join_thousands(written))
    if not match:
        raise ParameterError(
            N_("“{text}” is no amount. Write it as 4000000 or 4 000 000,50."),
            text=_cut(text),
        )
    whole, decimals = match[1].lstrip("0"), (match[2] or "").ljust(2, "0")
    if len(whole) >= len(str(LARGEST_AMOUNT)):
        raise ParameterError(N_("The amount “{text}” is too large."), text=_cut(text))
    return Amount(int(whole + decimals), code)


def _join_thousands(text: str) -> str:
    spaced = _SPACED.match(text)
    if spaced:
        return _SPACES.sub("", spaced[0]) + text[spaced.end() :]
    for pattern, mark in _GROUPED:
        if pattern.fullmatch(text):
            return text.replace(mark, "")
    return text


def _parse_currency(text: str) -> str:
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise ParameterError(
            N_("“{text}” is no currency. Write its three letters (ISO 4217), as SEK or EUR."),
            text=_cut(text),
        )
    return code


def parse_kind(text: str) -> Kind:
    """Return the kind of right: `decide` (also where nothing is written) or `sign`."""
    word = text.strip().lower() or "decide"
    if word not in KIND_WORDS:
        raise ParameterError(
            N_("“{text}” is no kind of right. Write {words}."),
            text=_cut(text),
            words=" / ".join(KIND_WORDS),
        )
    return KIND_WORDS[word]


def parse_conditions(text: str) -> bool | None:
    """Return whether conditions are `met` or `unmet`; None where nothing is written."""
    word = text.strip().lower()
    if word and word not in CONDITION_WORDS:
        raise ParameterError(
            N_("“{text}” does not say whether conditions are met. Write {words}, or nothing."),
            text=_cut(text),
            words=" / ".join(CONDITION_WORDS),
        )
    return CONDITION_WORDS.get(word)


def _cut(text: str) -> str:
    shown = text.strip()
    return shown if len(shown) <= 40 else shown[:39] + "…"
