"""What one answer may cost. No IO here."""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.settings import Settings

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """Most solutions or triples, and most bytes, of one answer; a preview is cut after its rows."""

    rows: int = 100_000
    size: int = 50 * MEBIBYTE
    preview: int | None = None

    @classmethod
    def of(cls, settings: Settings) -> AnswerLimits:
        """Return the limits that the settings tell."""
        return cls(settings.query_rows, settings.answer_megabytes * MEBIBYTE)
