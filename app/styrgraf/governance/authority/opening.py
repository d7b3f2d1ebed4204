"""The authority of a published version: its index, mapped once per version and process."""

from __future__ import annotations

from pathlib import Path

from styrgraf.governance.authority.indexing.index import Index
from styrgraf.governance.authority.reasoning.engine import Authority
from styrgraf.graph.store import Reader
from styrgraf.model import Version

INDEX_FILE = "authority.index"


def open_authority(reader: Reader, version: Version | None = None) -> Authority:
    """Return the authority of a version, by default of the one that answers now come from.

    Threads share it; it lives as long as its reader, or as whoever still asks it. Raises
    StoreMissingError where the version has no index, and StoreUnusableError.
    """
    asked = version or reader.version()

    def map_index(path: Path) -> Authority:
        return Authority(Index.open(path), asked.number)

    return reader.open_attachment(INDEX_FILE, asked, map_index)
