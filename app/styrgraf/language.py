"""The languages of the interface and the lookup of messages in the shared catalogues."""

from __future__ import annotations

import gettext
from functools import cache

from styrgraf.assets import find_translations

LANGUAGES = ("sv", "en")
DEFAULT_LANGUAGE = "sv"


class Phrase(str):
    """A part of a sentence that is translated with it; its text is an English message."""


def N_(message: str) -> str:  # noqa: N802 -- the field's name for "mark for extraction"
    """Mark an English message for extraction; it is translated where it is shown."""
    return message


@cache
def _load_catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", find_translations(), [language], fallback=True)


def translate(message: str, language: str) -> str:
    """Return `message` (English) in `language`, or unchanged where the catalogue has none."""
    return _load_catalogue(language).gettext(message)


def translate_number(singular: str, plural: str, number: int, language: str) -> str:
    """Return the message (English) that goes with `number`, in `language`."""
    return _load_catalogue(language).ngettext(singular, plural, number)
