"""The protocol tests of the suite: requests and what is expected of their responses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox

from tests.conformance.manifests import MF, ROOT, Manifest, Term, find_suites, locate

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_STATUSES = {
    "OK": range(200, 201),
    "Created": range(201, 202),
    "NoContent": range(204, 205),
    "NotFound": range(404, 405),
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
}
_PART = re.compile(r"Content-Type: ([^\r\n]+)\r?\n\r?\n(.*?)\r?\n--", re.DOTALL)


@dataclass(frozen=True)
class Exchange:
    """One request, and what its response must be."""

    method: str
    path: str
    headers: dict[str, str]
    body: str
    statuses: tuple[range, ...]
    boolean: bool | None
    form: str
    content: str

    def expects(self, status: int) -> bool:
        """Tell whether a status is one of those expected."""
        return any(status in known for known in self.statuses)

    @property
    def graph(self) -> str | None:
        """Return the graph that the request names in its parameters, if any."""
        return dict(parse_qsl(urlsplit(self.path).query)).get("graph")

    def documents(self) -> Iterator[str]:
        """Yield the Turtle documents in the body."""
        if "multipart" in self.headers.get("content-type", ""):
            yield from (found[1] for found in _PART.findall(self.body))
        else:
            yield self.body


@dataclass(frozen=True)
class Protocol:
    """One case: its exchanges in their order, and the graphs that it needs."""

    name: str
    exchanges: tuple[Exchange, ...]
    graphs: tuple[tuple[str, str], ...]


def list_protocol_cases(folder: str, manifest: str = "manifest") -> list[Protocol]:
    """Return the cases of a folder; none where the suites are not there."""
    return list(_load(folder, manifest)) if find_suites() else []


@cache
def _load(folder: str, name: str) -> tuple[Protocol, ...]:
    address = f"{ROOT}{folder}/{name}.ttl"
    manifest = Manifest.load(locate(address), address)
    return tuple(_read_case(manifest, entry, folder) for entry in manifest.entries())


def _read_case(manifest: Manifest, entry: Term, folder: str) -> Protocol:
    action = manifest.value(entry, MF + "action")
    graphs = tuple(
        (
            _tell(manifest.value(described, RDFS + "label")),
            _tell(manifest.value(described, UT + "graph")),
        )
        for described in manifest.values(entry, UT + "graphData")
    )
    requests = [
        request
        for requests in manifest.values(action, HT + "requests")
        for request in manifest.members(requests)
    ]
    exchanges = tuple(_read_exchange(manifest, request) for request in requests)
    return Protocol(f"{folder}/{_tell(entry).rpartition('#')[2]}", exchanges, graphs)


def _read_exchange(manifest: Manifest, request: Term) -> Exchange:
    response = manifest.value(request, HT + "resp")
    boolean = manifest.value(response, MF + "expectedBoolean")
    statuses = manifest.values(response, MF + "expectedStatus")
    return Exchange(
        method=_tell(manifest.value(request, HT + "methodName")),
        path=_tell(manifest.value(request, HT + "absolutePath")),
        headers=_read_headers(manifest, request),
        body=_read_body(manifest, request),
        statuses=tuple(_STATUSES[_tell(status).rpartition("#")[2]] for status in statuses),
        boolean=None if boolean is None else _tell(boolean) == "true",
        form=_tell(manifest.value(response, MF + "expectedFormat")),
        content=_read_body(manifest, response),
    )


def _read_headers(manifest: Manifest, node: Term | None) -> dict[str, str]:
    return {
        _tell(manifest.value(header, HT + "fieldName")): _tell(
            manifest.value(header, HT + "fieldValue")
        )
        for headers in manifest.values(node, HT + "headers")
        for header in manifest.members(headers)
    }


def _read_body(manifest: Manifest, node: Term | None) -> str:
    return _tell(manifest.value(manifest.value(node, HT + "body"), CNT + "chars"))


def _tell(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
