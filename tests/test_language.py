"""The languages of the interface."""

from __future__ import annotations

from styrgraf.language import DEFAULT_LANGUAGE, LANGUAGES, N_, Phrase, translate


def test_swedish_is_the_default() -> None:
    assert DEFAULT_LANGUAGE == "sv"
    assert DEFAULT_LANGUAGE in LANGUAGES


def test_a_message_is_marked_and_not_changed() -> None:
    assert N_("a message") == "a message"


def test_what_the_catalogue_does_not_have_is_told_in_english() -> None:
    for language in (*LANGUAGES, "fi"):
        assert translate("there is no such sentence", language) == "there is no such sentence"


def test_a_phrase_is_its_text() -> None:
    assert Phrase("x") == "x"
