"""The pages for people, those with data too, for the OpenAPI document. No IO here."""

from __future__ import annotations

from styrgraf.governance.charts.charting import DEEPEST
from styrgraf.governance.charts.forests import Grouping
from styrgraf.language import N_
from styrgraf.web import (
    about,
    changes,
    gaps,
    goals,
    operations,
    organisation,
    organisation_tables,
)
from styrgraf.web.api.openapi_listing import (
    ASKING,
    AUTHORITY,
    DATA,
    OF_THINGS,
    PAGES,
    Endpoint,
    authority_answer,
    drawn_page,
    list_media_types,
    page,
)
from styrgraf.web.api.openapi_parameters import DAY, DECISIONS, LISTED, ON, PAGE, Given
from styrgraf.web.authority import health, order_document, orders
from styrgraf.web.charts import delegations, overview
from styrgraf.web.lineage import decisions

_CHART = (
    Given("matter", N_("A matter type: IRI or type/name.")),
    ON,
    Given("show", N_("What is in force or may be, or all."), {"enum": ["standing", "all"]}),
)

PAGE_ENDPOINTS: tuple[Endpoint, ...] = (
    authority_answer(
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
        list_media_types(orders.OFFERS),
        (ON,),
        ASKING,
        schema={"type": "object"},
        formats=tuple(offer.name for offer in orders.OFFERS),
    ),
    Endpoint(
        "/orders/document",
        N_("Every delegation in force on a day, or those about one thing, as a document."),
        AUTHORITY,
        list_media_types(order_document.OFFERS),
        (
            ON,
            Given("about", N_("A matter, post, body, role or unit: IRI, type/name or name.")),
            Given("by", N_("How it is arranged."), {"enum": ["matter", "post", "unit"]}),
            Given("rows", N_("All on one page, as far as a page goes."), {"enum": ["all"]}),
            PAGE,
        ),
        OF_THINGS,
        schema={"type": "object", "required": ["on", "by", "about", "total", "delegations"]},
        formats=tuple(offer.name for offer in order_document.OFFERS),
    ),
    Endpoint(
        "/changes",
        N_("What came, ended and changed between two days."),
        DATA,
        list_media_types(changes.OFFERS),
        (
            Given("from", N_("The first day; the day before the second where left out."), DAY),
            Given("to", N_("The second day; the last on which anything changed."), DAY),
        ),
        ASKING,
        schema={"type": "object", "required": ["from", "to", "changes"]},
        formats=tuple(offer.name for offer in changes.OFFERS),
    ),
    Endpoint(
        "/validation",
        N_("Whether the graph conforms to the shapes."),
        DATA,
        list_media_types(operations.REPORT_OFFERS),
        LISTED,
        ASKING,
        schema={"type": "object", "required": ["conforms", "version", "results"]},
        formats=tuple(offer.name for offer in operations.REPORT_OFFERS),
    ),
    page("/", N_("The start page.")),
    drawn_page(
        "/decisions",
        N_("The decisions: narrowed by facets, as a table, a timeline or a drawing."),
        *DECISIONS,
        PAGE,
        Given("table", N_("Which list a file holds."), {"enum": [*decisions.TABLES]}),
        offers=decisions.OFFERS,
    ),
    drawn_page(
        "/organisation",
        N_("The organisation, or as it stood on a day."),
        ON,
        Given("table", N_("Which list a file holds."), {"enum": [*organisation_tables.LAYOUTS]}),
        offers=organisation.OFFERS,
    ),
    drawn_page(
        "/delegations",
        N_("Who delegates to whom on a day: from a party, in a matter, or in all."),
        Given("party", N_("A post, body, role or person: IRI or type/name.")),
        *_CHART,
        Given("depth", N_("How many steps are shown."), {"type": "integer", "maximum": DEEPEST}),
        Given("open", N_("A party after which one step more is shown; may be repeated.")),
        Given("recall", N_("A delegation whose recall is tried.")),
        PAGE,
        offers=delegations.OFFERS,
    ),
    drawn_page(
        "/delegations/path",
        N_("The chains of delegations from one party to another."),
        Given("start", N_("From whom: IRI or type/name.")),
        Given("end", N_("To whom: IRI or type/name.")),
        *_CHART,
        PAGE,
        offers=delegations.OFFERS,
    ),
    Endpoint(
        "/delegations/overview",
        N_("All posts by unit or by who delegates to them, one level at a time."),
        PAGES,
        list_media_types(overview.OFFERS),
        (
            Given("by", N_("By what it is grouped."), {"enum": [*Grouping]}),
            ON,
            Given("at", N_("The level: a thing as type/name.")),
            Given("find", N_("A text to look for in names.")),
            Given("depth", N_("How many levels the data have, or all."), {"default": "3"}),
            PAGE,
        ),
        OF_THINGS,
        formats=tuple(offer.name for offer in overview.OFFERS),
    ),
    drawn_page(
        "/about",
        N_("Sources, coverage, what is left open, licence, how to cite."),
        Given("table", N_("Which list a file holds."), {"enum": [*about.TABLES]}),
        offers=about.OFFERS,
    ),
    drawn_page(
        "/goals",
        N_("Goals and plans."),
        PAGE,
        Given("of", N_("What the tree is about: a purpose, plan or other as type/name.")),
        Given("table", N_("Which list a file holds."), {"enum": [*goals.TABLES]}),
        offers=goals.OFFERS,
    ),
    drawn_page("/gaps", N_("What is left open."), PAGE, offers=gaps.OFFERS),
    page("/api", N_("This list of addresses, to read.")),
)
