"""SERVICE to origins that the settings list: who may be asked, and by which address. No IO here.

An engine makes its requests itself. So a text that calls SERVICE is rewritten to address a gateway
of our own, with a secret that holds for one query; the gateway asks the server that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote, unquote, urlsplit

from styrgraf.errors import OutgoingRequestError
from styrgraf.graph.inspection import read_query
from styrgraf.graph.tokens import Token, tokenize_meaning
from styrgraf.language import N_

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_TARGET = re.compile(r"/([A-Za-z0-9_-]{20,100})/([A-Za-z0-9._~%-]{1,8000})")

_NOBODY = N_("SERVICE would send a request to another server, which this service does not do.")
_UNKNOWN = N_("SERVICE may not ask {origin}; this service asks {origins}.")
_UNREADABLE = N_(
    "SERVICE calls {called}, which names no server; write an http or https address, or a prefixed "
    "name for one."
)


@dataclass(frozen=True, slots=True)
class Services:
    """Whom SERVICE may ask, where the gateway listens, and the secret that holds for one query."""

    origins: tuple[str, ...]
    address: str
    secret: str


def admit_query(text: str, services: Services | None = None) -> tuple[str, str]:
    """Return the form of a query and the text that an engine may evaluate.

    Without `services` SERVICE is refused. Raises OutgoingRequestError, naming what may not be
    asked, and what `read_query` raises.
    """
    found = read_query(text)
    if not found.services:
        return found.form, text
    if services is None or not services.origins:
        raise OutgoingRequestError(_NOBODY)
    return found.form, _rewrite(text, found.services, services)


def check_services(text: str, origins: tuple[str, ...]) -> None:
    """Raise OutgoingRequestError where a query would ask whom it may not."""
    admit_query(text, Services(origins, "", "") if origins else None)


def read_origin(address: str) -> str | None:
    """Return scheme, host and port of an http or https address; None for any other."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]
    host = host[: host.rindex(":")] if port is not None else host.rstrip(":")
    unwritten = set(address) & set("\\ \t\r\n")
    if parts.scheme not in _PORTS or "@" in parts.netloc or unwritten or not _HOST.fullmatch(host):
        return None
    return f"{parts.scheme}://{host.lower()}:{port or _PORTS[parts.scheme]}"


def read_origins(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the origins that addresses in the settings name."""
    return tuple(origin for origin in map(read_origin, addresses) if origin)


def write_target(secret: str, called: str) -> str:
    """Return the path under which the gateway is asked to ask an address."""
    return f"/{secret}/{quote(called, safe='')}"


def read_target(target: str) -> tuple[str, str] | None:
    """Return secret and address of a path; None where it is none of ours."""
    found = _TARGET.fullmatch(target)
    return (found[1], unquote(found[2])) if found else None


def _rewrite(text: str, called: Iterable[Token], services: Services) -> str:
    prefixes = _read_prefixes(text)
    parts, end = [], 0
    for token in called:
        address = _resolve(token, prefixes)
        origin = read_origin(address)
        if origin is None:
            raise OutgoingRequestError(_UNREADABLE, called=token.text[:200])
        if origin not in services.origins:
            raise OutgoingRequestError(
                _UNKNOWN, origin=origin[:200], origins=", ".join(services.origins)
            )
        target = write_target(services.secret, address.partition("#")[0])
        # A space after it: `SERVICE:x{` is two tokens only as it is written.
        parts += [text[end : token.start], f" <{services.address}{target}> "]
        end = token.start + len(token.text)
    return "".join((*parts, text[end:]))


def _resolve(token: Token, prefixes: Mapping[str, str]) -> str:
    """Return the address that a token names; what is not written plainly names none."""
    if "\\" in token.text:
        return ""
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local if token.kind == "prefixed" and prefix in prefixes else ""


def _read_prefixes(text: str) -> dict[str, str]:
    """Return the prefixes of a query; one that is declared twice, or in escapes, is none."""
    found: dict[str, str] = {}
    for name, namespace in _list_prefixes(text):
        doubtful = "\\" in namespace or found.get(name, namespace) != namespace
        found[name] = "" if doubtful else namespace
    return found


def _list_prefixes(text: str) -> Iterator[tuple[str, str]]:
    tokens = list(tokenize_meaning(text))
    for (before, name), namespace in zip(pairwise(tokens), tokens[2:], strict=False):
        declares = before.kind == "word" and before.text.lower() == "prefix"
        if declares and name.kind == "prefixed" and namespace.kind == "iri":
            yield name.text.removesuffix(":"), namespace.text[1:-1]
