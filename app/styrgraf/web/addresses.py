"""All addresses: which IRIs are ours, where they stand here, and what the outside calls us.

Absolute addresses come from PUBLIC_URL (or where the server listens), never from a request.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

from flask import request, url_for

from styrgraf.namespaces import GRAPH_PATH, ID_PATH, ONTOLOGY, SG
from styrgraf.settings import Settings

GENID_PATH = ".well-known/genid/"
"""Skolem IRIs (RDF 1.1 Concepts, section 3.5) stand at `<base>.well-known/genid/...`."""

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_ANY_ADDRESS = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104
_OUTWARD_SCHEMES = {"http", "https"}
_FORBIDDEN_IN_IRI = set('<>"{}|^`\\') | {chr(code) for code in range(33)}


def public_root(settings: Settings) -> str:
    """Return the absolute address of `/`, with a slash at its end."""
    if settings.public_url:
        return settings.public_url.rstrip("/") + "/"
    host = _ANY_ADDRESS.get(settings.bind_host, settings.bind_host)
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return f"http://{host}:{settings.port}/"


def public_host(settings: Settings) -> str:
    """Return the host name of the absolute address, in lower case."""
    return urlsplit(public_root(settings)).hostname or ""


def public_prefix(settings: Settings) -> str:
    """Return the path under which the service stands, without a slash at its end."""
    return urlsplit(public_root(settings)).path.rstrip("/")


def is_iri(text: str) -> bool:
    """Tell whether `text` may stand between `<` and `>` in SPARQL (IRIREF) and has a scheme."""
    return ":" in text and not set(text) & _FORBIDDEN_IN_IRI


def this_address(anchor: str | None = None, **changes: str) -> str:
    """Return the app-relative address of this request with some parameters changed.

    Written out rather than by `url_for`, to which a parameter may mean something else.
    """
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in changes]
    # A path of two slashes would be read as another host's address.
    path = f"{request.script_root}/{quote(request.path.lstrip('/'))}"
    query = urlencode([*kept, *changes.items()])
    return path + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


class Addresses:
    """The addresses of one service with one dataset base, as one request has them."""

    def __init__(self, settings: Settings, base: str) -> None:
        self.root = public_root(settings)
        self.base = base
        self._pattern = ""

    def absolute(self, path: str) -> str:
        """Return the absolute address of an app-relative path or page address."""
        prefix = urlsplit(self.root).path.rstrip("/")
        return self.root + path.removeprefix(prefix).lstrip("/")

    def thing_iri(self, kind: str, slug: str) -> str:
        """Return the IRI of a thing."""
        return f"{self.base}{ID_PATH}{kind}/{slug}"

    def graph_iri(self, name: str) -> str:
        """Return the IRI of a named graph."""
        return f"{self.base}{GRAPH_PATH}{name}"

    def node_iri(self, name: str) -> str:
        """Return the skolem IRI of a node that came in blank."""
        return f"{self.base}{GENID_PATH}{name}"

    def local_address(self, iri: str) -> str | None:
        """Return the app-relative address of an IRI of ours, or None for another's."""
        if iri == ONTOLOGY or iri.startswith(SG):
            return url_for("vocabulary.show", _anchor=iri.removeprefix(SG) if "#" in iri else None)
        if iri.startswith(f"{ONTOLOGY}/"):  # shapes and versions of the ontology
            return url_for("resources.describe", iri=iri)
        path = iri.removeprefix(self.base)
        if path == iri:
            return None
        if path.startswith(GRAPH_PATH) and path != GRAPH_PATH:
            return url_for("graphs.show", name=path.removeprefix(GRAPH_PATH))
        if path.startswith(GENID_PATH) and path != GENID_PATH:
            return url_for("resources.show_node", name=path.removeprefix(GENID_PATH))
        kind, _, slug = path.removeprefix(ID_PATH).partition("/")
        if path.startswith(ID_PATH) and kind and slug:
            return self._write_address(kind, slug)
        return None

    def _write_address(self, kind: str, slug: str) -> str:
        """Return where a thing is shown; a page has hundreds, alike but for kind and slug."""
        if not _PLAIN.fullmatch(kind) or not _PLAIN.fullmatch(slug):
            return url_for("resources.show_thing", kind=kind, slug=slug)
        if not self._pattern:
            self._pattern = url_for("resources.show_thing", kind="KIND", slug="SLUG")
        before, _, after = self._pattern.partition("KIND/SLUG")
        return f"{before}{kind}/{slug}{after}"

    def outward_address(self, iri: str) -> str | None:
        """Return the address of another's IRI where a browser may safely follow it."""
        if iri.partition(":")[0].lower() not in _OUTWARD_SCHEMES:
            return None
        return quote(iri, safe=":/?#[]@!$&'()*+,;=%-._~")

    def address(self, iri: str) -> str | None:
        """Return where a link to the IRI leads: here for ours, outward, or None for no link."""
        return self.local_address(iri) or self.outward_address(iri)
