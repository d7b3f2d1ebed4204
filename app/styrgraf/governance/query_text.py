"""The text of our own queries: prefixes, and the things that they are about. No IO here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from styrgraf.model import Iri
from styrgraf.namespaces import PREFIXES

_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_UNWRITABLE = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def write_query(text: str, things: Iterable[Iri] = ()) -> str:
    """Return `text` with prefixes, and with `$things` as a list of IRIs."""
    listed = " ".join(f"<{each.value}>" for each in things if not _UNWRITABLE.search(each.value))
    return _PROLOGUE + text.replace("$things", listed)
