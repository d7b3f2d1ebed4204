"""The web: pages and the SPARQL endpoint over a reader.

Law of the room: HTTP only; RDF is left to `graph`, the domain to `governance`.
"""

from __future__ import annotations

from flask import Flask

from styrgraf.graph.store import TaskReader
from styrgraf.settings import Settings
from styrgraf.web import (
    about,
    changes,
    gaps,
    goals,
    graphs,
    home,
    operations,
    organisation,
    resources,
    running,
    vocabulary,
)
from styrgraf.web.access import install_access
from styrgraf.web.addresses import this_address
from styrgraf.web.api import openapi
from styrgraf.web.authority import (
    authority,
    competence,
    health,
    order_document,
    orders,
    rehearsal,
)
from styrgraf.web.authority.authority_words import install_words
from styrgraf.web.charts import delegations
from styrgraf.web.endpoint import editor_data, graph_store, sparql
from styrgraf.web.endpoint.cors import install_cors
from styrgraf.web.endpoint.short_way import install_short_way
from styrgraf.web.headers import install_headers
from styrgraf.web.languages import install_languages
from styrgraf.web.layout import install_layout
from styrgraf.web.lineage import decisions
from styrgraf.web.pages import install_pages
from styrgraf.web.problems import install_problems
from styrgraf.web.searching import search
from styrgraf.web.services import install_services
from styrgraf.web.sheets import install_sheets
from styrgraf.web.stored import questions

_BLUEPRINTS = (
    about.blueprint,
    authority.blueprint,
    changes.blueprint,
    competence.blueprint,
    decisions.blueprint,
    delegations.blueprint,
    editor_data.blueprint,
    gaps.blueprint,
    goals.blueprint,
    graph_store.blueprint,
    graphs.blueprint,
    health.blueprint,
    home.blueprint,
    openapi.blueprint,
    operations.blueprint,
    order_document.blueprint,
    orders.blueprint,
    organisation.blueprint,
    questions.blueprint,
    rehearsal.blueprint,
    resources.blueprint,
    running.blueprint,
    search.blueprint,
    sparql.blueprint,
    vocabulary.blueprint,
)


def create_app(settings: Settings, reader: TaskReader) -> Flask:
    """Return the application that serves what `reader` reads, as `settings` say."""
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    install_short_way(app, settings, reader)
    install_access(app, settings)
    app.jinja_env.globals.update(this_address=this_address)
    install_services(app, settings, reader)
    install_languages(app)
    install_layout(app)
    install_pages(app)
    install_words(app)
    install_sheets(app)
    install_headers(app)
    install_cors(app)
    install_problems(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
