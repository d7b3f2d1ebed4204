"""Why the graph says something, as the page about a thing shows it: notes with their lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from styrgraf.governance.evidence import Note
from styrgraf.namespaces import SG
from styrgraf.web.addresses import Addresses
from styrgraf.web.passages import Passage
from styrgraf.web.terms import ShownTerm, show_iri

_CERTAINTY = SG + "certainty"
"""IRIs of the certainty concepts begin so: sg:certaintyAsserted, and so on."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact or reading behind a statement: its number, how certain, why, and where it stands."""

    note: ShownTerm
    number: str
    is_reading: bool
    certainty: str
    why: str
    why_language: str
    passages: tuple[Passage, ...]


def show_evidence(
    notes: Iterable[Note],
    addresses: Addresses,
    passages: Mapping[str, Passage],
    language: str,
) -> tuple[Evidence, ...]:
    """Return notes as a page shows them, their reasons in `language` where they have it."""
    return tuple(_show_note(note, addresses, passages, language) for note in notes)


def _show_note(
    note: Note, addresses: Addresses, passages: Mapping[str, Passage], language: str
) -> Evidence:
    tongue = language if language in note.reasons else next(iter(sorted(note.reasons)), "")
    certainty = note.certainty.value if note.certainty else ""
    return Evidence(
        show_iri(note.iri.value, addresses),
        note.number,
        note.is_reading,
        certainty.removeprefix(_CERTAINTY).lower(),
        note.reasons.get(tongue, ""),
        tongue,
        tuple(passages[each.value] for each in note.locators if each.value in passages),
    )
