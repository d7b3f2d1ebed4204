"""What each address but the stored queries takes and answers, for the OpenAPI document.

Law of the room: a route that is not here is a failing test. No IO here.
"""

from __future__ import annotations

from dataclasses import dataclass

from styrgraf.governance.charts.charting import DEEPEST
from styrgraf.governance.charts.forests import Grouping
from styrgraf.language import N_
from styrgraf.web import graphs, operations, resources, running, vocabulary
from styrgraf.web.answers import GRAPH_OFFERS, RESULT_OFFERS
from styrgraf.web.api.openapi_parameters import (
    CHART,
    KIND,
    LIMITS,
    LIST,
    LISTED,
    NAME,
    ON,
    PAGE,
    PARTY,
    QUERY,
    QUESTION,
    SLUG,
    Given,
    Json,
)
from styrgraf.web.api.openapi_schemas import refer
from styrgraf.web.authority import authority, competence, health, orders, rehearsal
from styrgraf.web.charts import overview
from styrgraf.web.drawings import DRAWN_PAGE
from styrgraf.web.endpoint import graph_store
from styrgraf.web.endpoint.endpoint_requests import FORM_TYPE, QUERY_TYPE
from styrgraf.web.negotiation import DRAWING_OFFERS, HTML, JSON, PLAIN, Offer


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What stands at an address: for people, for programs, or for the administrator.

    `schema` is that of its plain JSON; `bodies` are the media types that a POST takes.
    """

    path: str
    summary: str
    tag: str
    media_types: tuple[str, ...]
    takes: tuple[Given, ...] = ()
    problems: tuple[int, ...] = (400, 406)
    method: str = "get"
    schema: Json | None = None
    bodies: tuple[str, ...] = ()
    statuses: tuple[int, ...] = (200,)
    secured: bool = False
    formats: tuple[str, ...] = ()


PAGES, DATA, AUTHORITY, QUERIES = "pages", "data", "authority", "queries"
ADMINISTRATION, EDITOR = "administration", "editor"
TAGS = {
    QUERIES: N_("SPARQL"),
    AUTHORITY: N_("Who may decide"),
    DATA: N_("Graphs, things and vocabulary"),
    PAGES: N_("Pages for people"),
    EDITOR: N_("What the editor asks for"),
    ADMINISTRATION: N_("Health and administration"),
}

_BUSY = (422, 429, 503, 504)
_ASKING = (400, 406, *_BUSY)
_OF_THINGS = (400, 404, 406, *_BUSY)
_ANSWER = refer("schemas", "AuthorityAnswer")
_ANY_QUERY = tuple(dict.fromkeys(offer.media_type for offer in (*RESULT_OFFERS, *GRAPH_OFFERS)))


def _types(offers: tuple[Offer, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(offer.media_type for offer in offers))


def _page(path: str, summary: str, *takes: Given, problems: tuple[int, ...] = _ASKING) -> Endpoint:
    return Endpoint(path, summary, PAGES, (HTML.media_type,), takes, problems)


def _drawn(path: str, summary: str, *takes: Given) -> Endpoint:
    """Return a page with a drawing, which can be had by itself."""
    names = tuple(offer.name for offer in DRAWN_PAGE)
    return Endpoint(path, summary, PAGES, _types(DRAWN_PAGE), takes, _OF_THINGS, formats=names)


def _authority(path: str, summary: str, offers: tuple[Offer, ...], *takes: Given) -> Endpoint:
    return Endpoint(
        path,
        summary,
        AUTHORITY,
        _types(offers),
        takes,
        (400, 404, 406, *_BUSY),
        schema=_ANSWER,
        formats=tuple(offer.name for offer in offers),
    )


def _data(path: str, summary: str, offers: tuple[Offer, ...], *takes: Given) -> Endpoint:
    return Endpoint(
        path,
        summary,
        DATA,
        _types(offers),
        takes,
        _OF_THINGS,
        formats=tuple(dict.fromkeys(offer.name for offer in offers)),
    )


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "/sparql",
        N_("Answer a SPARQL query; without one, describe the endpoint."),
        QUERIES,
        _ANY_QUERY,
        (QUERY, *LIMITS),
        (400, 403, 406, 422, 429, 502, 503, 504),
    ),
    Endpoint(
        "/sparql",
        N_("Answer a SPARQL query in a form or in the body."),
        QUERIES,
        _ANY_QUERY,
        LIMITS,
        (400, 403, 406, 413, 415, 422, 429, 502, 503, 504),
        method="post",
        bodies=(FORM_TYPE, QUERY_TYPE),
    ),
    Endpoint(
        "/graph-store",
        N_("Give a graph (Graph Store HTTP Protocol, reading)."),
        QUERIES,
        _types(graph_store.OFFERS),
        (
            Given("graph", N_("The IRI of a named graph.")),
            Given("default", N_("The default graph.")),
        ),
        _OF_THINGS,
    ),
    Endpoint(
        "/questions",
        N_("List the stored queries."),
        QUERIES,
        (JSON.media_type, HTML.media_type),
        problems=(400, 406, 503),
        schema={"type": "array", "items": refer("schemas", "StoredQuery")},
        formats=("json", "html"),
    ),
    _authority("/authority", N_("Who may decide on a matter."), authority.DRAWN_OFFERS, *QUESTION),
    _authority(
        "/authority/may",
        N_("Whether one may decide on a matter."),
        authority.DRAWN_OFFERS,
        PARTY,
        *QUESTION,
    ),
    _authority("/authority/party", N_("What one may decide."), authority.OFFERS, PARTY, ON, PAGE),
    Endpoint(
        "/authority/schema",
        N_("The JSON Schema of answers on authority."),
        AUTHORITY,
        ("application/schema+json",),
        problems=(),
    ),
    _authority(
        "/authority/rehearsal",
        N_("What a change would do: recall, repeal or vacancy."),
        rehearsal.OFFERS,
        Given("recall", N_("The delegation to recall.")),
        Given("repeal", N_("The order to repeal.")),
        Given("vacate", N_("The post to leave vacant.")),
        ON,
    ),
    Endpoint(
        "/authority/rehearsal",
        N_("What a draft in Turtle or as a patch would do."),
        AUTHORITY,
        _types(rehearsal.OFFERS),
        (ON,),
        (400, 404, 406, 413, 415, *_BUSY),
        method="post",
        schema=_ANSWER,
        bodies=(*rehearsal.DRAFT_TYPES, FORM_TYPE),
    ),
    _authority(
        "/authority/decisions",
        N_("Which decisions show support for who took them."),
        competence.OFFERS,
        PAGE,
    ),
    _authority(
        "/health-register",
        N_("What is odd among the delegations on a day, and what ends soon."),
        health.OFFERS,
        ON,
        Given("days", N_("How many days count as soon."), {"type": "integer", "minimum": 0}),
        *LISTED,
    ),
    Endpoint(
        "/orders",
        N_("The delegation orders in force on a day."),
        AUTHORITY,
        _types(orders.OFFERS),
        (ON,),
        _ASKING,
        schema={"type": "object"},
        formats=tuple(offer.name for offer in orders.OFFERS),
    ),
    _page("/about", N_("Sources, coverage, what is left open, licence, how to cite.")),
    _page("/graphs", N_("The named graphs.")),
    _data("/graph/{name}", N_("A named graph."), graphs.OFFERS, NAME, PAGE),
    Endpoint(
        "/id/{kind}/{slug}",
        N_("A thing: leads to the document about it."),
        DATA,
        (HTML.media_type,),
        (KIND, SLUG),
        (400, 404, 406, *_BUSY),
        statuses=(303,),
    ),
    _data("/doc/{kind}/{slug}", N_("What is stated of a thing."), resources.OFFERS, KIND, SLUG),
    Endpoint(
        "/.well-known/genid/{name}",
        N_("A node without a name of its own: leads to the document about it."),
        DATA,
        (HTML.media_type,),
        (NAME,),
        (400, 404, 406, *_BUSY),
        statuses=(303,),
    ),
    _data(
        "/doc/.well-known/genid/{name}",
        N_("What is stated of a node without a name of its own."),
        resources.OFFERS,
        NAME,
    ),
    _data(
        "/describe",
        N_("What is stated of any IRI."),
        resources.OFFERS,
        Given("iri", N_("The IRI."), required=True),
    ),
    _data("/ns", N_("The vocabulary."), vocabulary.OFFERS),
    _data("/ns/shapes", N_("The shapes."), vocabulary.OFFERS),
    Endpoint(
        "/validation",
        N_("Whether the graph conforms to the shapes."),
        DATA,
        _types(operations.REPORT_OFFERS),
        LISTED,
        _ASKING,
        schema={"type": "object", "required": ["conforms", "version", "results"]},
        formats=tuple(offer.name for offer in operations.REPORT_OFFERS),
    ),
    _page("/", N_("The start page.")),
    _page("/decisions", N_("The decisions."), PAGE),
    _drawn("/organisation", N_("The organisation.")),
    _drawn(
        "/delegations",
        N_("Who delegates to whom on a day: from a party, in a matter, or in all."),
        Given("party", N_("A post, body, role or person: IRI or type/name.")),
        *CHART,
        Given("depth", N_("How many steps are shown."), {"type": "integer", "maximum": DEEPEST}),
        Given("open", N_("A party after which one step more is shown; may be repeated.")),
        Given("recall", N_("A delegation whose recall is tried.")),
        PAGE,
    ),
    _drawn(
        "/delegations/path",
        N_("The chains of delegations from one party to another."),
        Given("start", N_("From whom: IRI or type/name.")),
        Given("end", N_("To whom: IRI or type/name.")),
        *CHART,
        PAGE,
    ),
    Endpoint(
        "/delegations/overview",
        N_("All posts by unit or by who delegates to them, one level at a time."),
        PAGES,
        _types(overview.OFFERS),
        (
            Given("by", N_("By what it is grouped."), {"enum": [*Grouping]}),
            ON,
            Given("at", N_("The level: a thing as type/name.")),
            Given("find", N_("A text to look for in names.")),
            Given("depth", N_("How many levels the data have, or all."), {"default": "3"}),
            PAGE,
        ),
        _OF_THINGS,
        formats=tuple(offer.name for offer in overview.OFFERS),
    ),
    _page("/goals", N_("Goals and plans."), PAGE),
    _page("/gaps", N_("What is left open."), PAGE),
    _page("/api", N_("This list of addresses, to read.")),
    Endpoint(
        "/openapi.json",
        N_("This list of addresses, for programs (OpenAPI 3.1)."),
        ADMINISTRATION,
        (JSON.media_type,),
        problems=(400, 406, 503),
        schema={"type": "object", "required": ["openapi", "info", "paths"]},
    ),
    Endpoint(
        "/healthz",
        N_("Whether the service works."),
        ADMINISTRATION,
        (JSON.media_type,),
        problems=(503,),
        schema=refer("schemas", "Health"),
    ),
    Endpoint(
        "/queries/running",
        N_("The queries that run."),
        ADMINISTRATION,
        _types(running.OFFERS),
        problems=(400, 403, 404, 406),
        schema={"type": "object", "required": ["queries"]},
        secured=True,
    ),
    *(
        Endpoint(
            "/queries/running/{identifier}",
            N_("Stop a query: one's own by its X-Request-ID, the administrator any."),
            ADMINISTRATION,
            (),
            (Given("identifier", N_("Its identifier."), required=True, place="path"),),
            (403, 404, 406),
            method=method,
            statuses=(204, 303),
            secured=True,
        )
        for method in ("delete", "post")
    ),
    Endpoint(
        "/metrics",
        N_("Counters and gauges in the text format of Prometheus."),
        ADMINISTRATION,
        (PLAIN.media_type,),
        problems=(403, 404),
        secured=True,
    ),
    Endpoint(
        "/vocab.json",
        N_("Prefixes, classes, properties and functions with their labels."),
        EDITOR,
        (JSON.media_type,),
        problems=_ASKING,
        schema={"type": "object", "required": ["prefixes", "terms"]},
    ),
    *(
        Endpoint(
            "/labels",
            N_("What IRIs are called and where they lead."),
            EDITOR,
            (JSON.media_type,),
            (Given("iri", N_("An IRI, as many times as there are."), LIST),),
            (400, 406, 413, 415, *_BUSY),
            method=method,
            schema={"type": "object"},
            bodies=(FORM_TYPE,) if method == "post" else (),
        )
        for method in ("get", "post")
    ),
    Endpoint(
        "/sparql/examples/{name}",
        N_("The text of a stored query with its parameters filled in."),
        EDITOR,
        (QUERY_TYPE, HTML.media_type),
        (NAME,),
        (400, 404, 406, 503),
    ),
    *(
        Endpoint(
            "/sparql/drawing",
            N_("A drawing of the answer to a query."),
            EDITOR,
            _types(DRAWING_OFFERS),
            (
                Given("query", N_("A SPARQL query with rows.")),
                Given("start", N_("The column of what lines begin at.")),
                Given("end", N_("The column of what lines lead to.")),
            ),
            (400, 403, 406, 413, 415, *_BUSY),
            method=method,
            bodies=(FORM_TYPE,) if method == "post" else (),
        )
        for method in ("get", "post")
    ),
)
