"""The file that search looks into: made for each version, opened once per version and process."""

from __future__ import annotations

from styrgraf.governance.search.collecting import collect_entries
from styrgraf.governance.search.kinds import CODES
from styrgraf.graph.inference import Compiled
from styrgraf.graph.search import FORMAT, SearchFile
from styrgraf.graph.search_building import build_search
from styrgraf.graph.store import Reader
from styrgraf.model import Version

SEARCH_FILE = "search.index"
MARK = f"search {FORMAT} {' '.join(CODES)}"
"""Changes when the same data would give another file."""


def compile_search(reader: Reader) -> Compiled:
    """Return the file of all that can be found."""
    return Compiled((), {SEARCH_FILE: build_search(collect_entries(reader))})


def open_search(reader: Reader, version: Version) -> SearchFile:
    """Return the file of a version. Raises StoreMissingError where it has none."""
    return reader.open_attachment(SEARCH_FILE, version, SearchFile)
