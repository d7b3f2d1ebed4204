"""What each address but the stored queries takes and answers, for the OpenAPI document.

Law of the room: a route that is not here is a failing test. No IO here.
"""

from __future__ import annotations

from styrgraf.language import N_
from styrgraf.web import graphs, resources, running, vocabulary
from styrgraf.web.answers import GRAPH_OFFERS, RESULT_OFFERS
from styrgraf.web.api.openapi_listing import (
    ADMINISTRATION,
    ANSWER,
    ASKING,
    AUTHORITY,
    BUSY,
    DATA,
    EDITOR,
    OF_THINGS,
    QUERIES,
    Endpoint,
    authority_answer,
    data_answer,
    drawn_page,
    list_media_types,
)
from styrgraf.web.api.openapi_parameters import (
    KIND,
    LIMITS,
    LIST,
    NAME,
    ON,
    PAGE,
    PARTY,
    QUERY,
    QUESTION,
    SLUG,
    Given,
)
from styrgraf.web.api.openapi_schemas import refer
from styrgraf.web.authority import (
    authority,
    competence,
    rehearsal,
)
from styrgraf.web.endpoint import graph_store
from styrgraf.web.endpoint.endpoint_requests import FORM_TYPE, QUERY_TYPE
from styrgraf.web.negotiation import DRAWING_OFFERS, HTML, JSON, PLAIN

_ANY_QUERY = tuple(dict.fromkeys(offer.media_type for offer in (*RESULT_OFFERS, *GRAPH_OFFERS)))

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
        list_media_types(graph_store.OFFERS),
        (
            Given("graph", N_("The IRI of a named graph.")),
            Given("default", N_("The default graph.")),
        ),
        OF_THINGS,
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
    authority_answer(
        "/authority", N_("Who may decide on a matter."), authority.DRAWN_OFFERS, *QUESTION
    ),
    authority_answer(
        "/authority/may",
        N_("Whether one may decide on a matter."),
        authority.DRAWN_OFFERS,
        PARTY,
        *QUESTION,
    ),
    authority_answer(
        "/authority/party", N_("What one may decide."), authority.OFFERS, PARTY, ON, PAGE
    ),
    Endpoint(
        "/authority/schema",
        N_("The JSON Schema of answers on authority."),
        AUTHORITY,
        ("application/schema+json",),
        problems=(),
    ),
    authority_answer(
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
        list_media_types(rehearsal.DRAFT_OFFERS),
        (ON,),
        (400, 404, 406, 413, 415, *BUSY),
        method="post",
        schema=ANSWER,
        bodies=(*rehearsal.DRAFT_TYPES, FORM_TYPE),
    ),
    authority_answer(
        "/authority/decisions",
        N_("Which decisions show support for who took them."),
        competence.OFFERS,
        PAGE,
    ),
    drawn_page("/graphs", N_("The named graphs."), offers=graphs.LIST_OFFERS),
    data_answer("/graph/{name}", N_("A named graph."), graphs.OFFERS, NAME, PAGE),
    Endpoint(
        "/id/{kind}/{slug}",
        N_("A thing: leads to the document about it."),
        DATA,
        (HTML.media_type,),
        (KIND, SLUG),
        (400, 404, 406, *BUSY),
        statuses=(303,),
    ),
    data_answer(
        "/doc/{kind}/{slug}", N_("What is stated of a thing."), resources.OFFERS, KIND, SLUG
    ),
    Endpoint(
        "/.well-known/genid/{name}",
        N_("A node without a name of its own: leads to the document about it."),
        DATA,
        (HTML.media_type,),
        (NAME,),
        (400, 404, 406, *BUSY),
        statuses=(303,),
    ),
    data_answer(
        "/doc/.well-known/genid/{name}",
        N_("What is stated of a node without a name of its own."),
        resources.OFFERS,
        NAME,
    ),
    data_answer(
        "/describe",
        N_("What is stated of any IRI."),
        resources.OFFERS,
        Given("iri", N_("The IRI."), required=True),
    ),
    data_answer("/ns", N_("The vocabulary."), vocabulary.OFFERS),
    data_answer("/ns/shapes", N_("The shapes."), vocabulary.OFFERS),
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
        list_media_types(running.OFFERS),
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
        problems=ASKING,
        schema={"type": "object", "required": ["prefixes", "terms"]},
    ),
    *(
        Endpoint(
            "/labels",
            N_("What IRIs are called and where they lead."),
            EDITOR,
            (JSON.media_type,),
            (Given("iri", N_("An IRI, as many times as there are."), LIST),),
            (400, 406, 413, 415, *BUSY),
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
            list_media_types(DRAWING_OFFERS),
            (
                Given("query", N_("A SPARQL query with rows.")),
                Given("start", N_("The column of what lines begin at.")),
                Given("end", N_("The column of what lines lead to.")),
            ),
            (400, 403, 406, 413, 415, *BUSY),
            method=method,
            bodies=(FORM_TYPE,) if method == "post" else (),
        )
        for method in ("get", "post")
    ),
)
