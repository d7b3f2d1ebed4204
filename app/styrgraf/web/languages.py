"""The language of a request: `lang=` (kept in links), then Accept-Language, then Swedish."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, cast

from babel import dates, numbers
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale
from markupsafe import Markup

from styrgraf.assets import find_translations
from styrgraf.language import DEFAULT_LANGUAGE, LANGUAGES, translate, translate_number
from styrgraf.web.addresses import this_address

TIMEZONE = "Europe/Stockholm"
_PARAMETER = "lang"
_GROUPED = 10_000
"""From here on the digits of a number stand in groups."""


def install_languages(app: Flask) -> None:
    """Give the application its catalogues and keep a chosen language in the links it makes."""
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_timezone=TIMEZONE,
        default_translation_directories=str(find_translations()),
        locale_selector=current_language,
    )
    # A page says a thousand messages: looked up by the usual way they took a third of its time.
    app.jinja_env.globals.update(_SAYERS[DEFAULT_LANGUAGE])
    app.context_processor(lambda: _SAYERS[current_language()])
    app.url_defaults(_keep_language)
    app.jinja_env.globals.update(current_language=current_language, languages=LANGUAGES)
    app.jinja_env.globals.update(get_locale=get_locale)
    app.jinja_env.filters.update(number=write_number)
    app.jinja_env.globals.update(address_in_language=address_in_language)


def current_language() -> str:
    """Return `sv` or `en`: the language of the answer to this request."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    language = g.get("language")
    if language is None:
        language = g.language = _choose_language()
    return cast(str, language)


def address_in_language(language: str) -> str:
    """Return the address of this page in another language, everything else unchanged."""
    return this_address(**{_PARAMETER: language})


def gettext(message: str, **variables: object) -> str:
    """Return a message in the language of the request."""
    language = current_language()
    text = translate(message, language)
    return text % _write_values(variables, language) if variables else text


def ngettext(singular: str, plural: str, number: int, **variables: object) -> str:
    """Return the message that goes with a number (`num`) in the language of the request."""
    language = current_language()
    text = translate_number(singular, plural, number, language)
    return text % _write_values({"num": number, **variables}, language)


def write_number(number: int, language: str = "") -> str:
    """Return a whole number; from five digits on these stand in groups, as in “22 486”."""
    if number < _GROUPED:
        return str(number)
    return _group_digits(number, language or current_language())


@lru_cache(maxsize=1024)
def _group_digits(number: int, language: str) -> str:
    return str(numbers.format_decimal(number, locale=language))


def _write_values(values: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the values of a message as they are written in it."""
    return {
        name: write_number(value, language) if type(value) is int else value
        for name, value in values.items()
    }


def format_date(day: date, pattern: str) -> str:
    """Return a day in the language of the request."""
    return _format_date(day, pattern, current_language())


@lru_cache(maxsize=8192)
def _format_date(day: date, pattern: str, language: str) -> str:
    return str(dates.format_date(day, pattern, language))


class _Sayer:
    """The messages of templates in one language, ready to be written into HTML."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._plain: dict[str, Markup] = {}

    def say(self, message: str, **variables: object) -> Markup:
        """Return a message with its variables, these escaped."""
        if variables:
            return self._prepare(message) % _write_values(variables, self._language)
        if message not in self._plain:
            self._plain[message] = self._prepare(message) % {}
        return self._plain[message]

    def say_number(self, singular: str, plural: str, number: int, **variables: object) -> Markup:
        """Return the message that goes with a number."""
        text = translate_number(singular, plural, number, self._language)
        values = _write_values({"num": number, **variables}, self._language)
        return Markup(text) % values  # noqa: S704 -- a message of ours

    def _prepare(self, message: str) -> Markup:
        return Markup(translate(message, self._language))  # noqa: S704 -- a message of ours


def _name_sayers(language: str) -> dict[str, Callable[..., Markup]]:
    sayer = _Sayer(language)
    return {"_": sayer.say, "gettext": sayer.say, "ngettext": sayer.say_number}


_SAYERS = {language: _name_sayers(language) for language in LANGUAGES}


def _choose_language() -> str:
    return _demanded_language() or next(_list_accepted(), DEFAULT_LANGUAGE)


def _list_accepted() -> Iterator[str]:
    """Yield our languages that the client accepts, the best first; `sv-SE` accepts Swedish."""
    ranges = [(tag.partition("-")[0].lower(), q) for tag, q in request.accept_languages]
    refused = {tag for tag, quality in ranges if not quality}
    for tag, quality in ranges:
        if quality and tag == "*":
            yield from (language for language in LANGUAGES if language not in refused)
        elif quality and tag in LANGUAGES:
            yield tag


def _demanded_language() -> str | None:
    demanded = request.args.get(_PARAMETER, "").lower()
    return demanded if demanded in LANGUAGES else None


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if has_request_context() and endpoint != "static" and (demanded := _demanded_language()):
        values.setdefault(_PARAMETER, demanded)
