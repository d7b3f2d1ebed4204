"""No page shows words of the other language, but for what comes from the graph.

All pages are asked for in both languages over HTTP, and what is read of them is compared with the
catalogue: a Swedish page must not show a message in English, nor the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote_plus

import pytest
from babel.messages.pofile import read_po

from styrgraf.assets import find_translations
from styrgraf.language import LANGUAGES
from tests.browser.addresses import PAGES
from tests.serving import Service

SHORTEST = 12
"""A message must be longer than this: shorter ones are words that both languages may have."""
_READ_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "data-label"}
_UNREAD = {"script", "style", "pre", "code", "textarea"}
_BLOCK = re.compile(r"\s+")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|%%")


class TextReader(HTMLParser):
    """Gathers what a reader meets: text and read attributes that are in the page's language.

    What is marked as another language is left out, as is code.
    """

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_foreign = tag != "html" and ("lang" in given or "hreflang" in given)
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.append(tag)
            return
        if tag in _UNREAD or is_foreign:
            self._skipped.append(tag)
            return
        self.texts += [value for name in _READ_ATTRIBUTES if (value := given.get(name))]

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[0]:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.texts.append(data)


def read_texts(page: str) -> str:
    """Return what is read of a page, a line for each piece, white space made one space."""
    reader = TextReader()
    reader.feed(page)
    pieces = (_BLOCK.sub(" ", text).strip() for text in reader.texts)
    return "\n".join(piece for piece in pieces if piece)


def list_messages() -> Iterator[dict[str, str]]:
    """Yield the messages that differ, by language."""
    path = find_translations() / "sv" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        english = message.id if isinstance(message.id, tuple | list) else (message.id,)
        swedish = message.string if isinstance(message.string, tuple) else (message.string,)
        for one, other in zip(english, swedish, strict=True):
            if one and one != other:
                yield {"en": str(one), "sv": str(other)}


def list_foreign(language: str) -> list[str]:
    """Return what a page in `language` must not hold: the messages of the other.

    Of a message with placeholders its longest part counts. What the own catalogue holds too,
    as a part of any message, is not foreign.
    """
    (other,) = set(LANGUAGES) - {language}
    messages = list(list_messages())
    own = "\n".join(message[language] for message in messages)
    parts = {
        max(map(str.strip, _PLACEHOLDER.split(message[other])), key=len) for message in messages
    }
    return sorted(each for each in parts if len(each) > SHORTEST and each not in own)


def find_foreign(page: str, foreign: list[str]) -> list[str]:
    """Return the foreign messages that are read on a page, as whole words."""
    text = read_texts(page)
    return [
        each
        for each in foreign
        if each in text and re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)
    ]


def leave_out(path: str, foreign: list[str]) -> list[str]:
    """Return the foreign messages but those that are typed in an address: a page repeats these."""
    typed = unquote_plus(path.partition("?")[2])
    return [each for each in foreign if each not in typed]


@pytest.mark.parametrize(
    ("dataset", "language"),
    [("service", "sv"), ("service", "en"), ("example_service", "sv")],
)
def test_no_page_shows_words_that_are_not_translated(
    request: pytest.FixtureRequest, dataset: str, language: str
) -> None:
    running: Service = request.getfixturevalue(dataset)
    foreign = list_foreign(language)
    assert len(foreign) > 500
    found = {
        name: words
        for name, path in PAGES.items()
        if (
            words := find_foreign(
                running.browse(path, lang=language).text, leave_out(path, foreign)
            )
        )
    }
    assert found == {}


@pytest.mark.parametrize(
    ("language", "told"),
    [("sv", "The vocabulary: classes and properties."), ("en", "Det som dokumenten lämnar öppet.")],
)
def test_a_word_that_is_not_translated_is_found(service: Service, language: str, told: str) -> None:
    foreign = list_foreign(language)
    page = service.browse("/about", lang=language).text
    (other,) = set(LANGUAGES) - {language}
    assert find_foreign(page, foreign) == []
    assert told in find_foreign(page.replace("</main>", f"<p>{told}</p></main>"), foreign)
    assert told in find_foreign(page.replace("<p", f'<p title="{told}"', 1), foreign)
    assert len(find_foreign(service.browse("/about", lang=other).text, foreign)) > 10
