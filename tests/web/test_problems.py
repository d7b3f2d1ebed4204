"""Problems have one shape, whatever went wrong and wherever."""

import json
from dataclasses import replace
from http import HTTPStatus

import pytest

from styrgraf import errors
from styrgraf.governance.publication import PLUG_IN
from styrgraf.graph.published import PublishedStore
from styrgraf.settings import Settings
from styrgraf.web import create_app
from styrgraf.web.problems import STATUSES, TITLES, find_status
from tests.serving import run_service


def every_error(kind=errors.StyrgrafError):
    yield kind
    for child in kind.__subclasses__():
        yield from every_error(child)


def list_addresses(app):
    """One address for every route, its variables filled with names that nothing has."""
    fillings = {"kind": "nothing", "slug": "here", "name": "nothing-here", "filename": "x.css"}
    fillings["identifier"] = "nothing-runs-so"
    for rule in app.url_map.iter_rules():
        _, path = rule.build({name: fillings[name] for name in rule.arguments}) or (None, None)
        yield rule.endpoint, path, rule.methods or set()


@pytest.fixture(scope="module")
def application(shipped_settings, shipped_reader):
    return create_app(shipped_settings, shipped_reader)


@pytest.fixture(scope="module")
def addresses(application):
    return list(list_addresses(application))


@pytest.fixture(scope="module")
def unloaded_service(shipped_settings, tmp_path_factory):
    """A server whose data directory has been emptied under its feet."""
    settings = replace(shipped_settings, data_dir=tmp_path_factory.mktemp("empty"))
    with PublishedStore(settings, PLUG_IN) as emptied, run_service(settings, emptied) as running:
        yield running


def check_problem(answer, status, media_type):
    """Check the shape of a problem in a media type."""
    assert (answer.status, answer.media_type) == (status, media_type)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-language"] in {"sv", "en"}
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))
    assert "Traceback" not in answer.text
    if media_type == "application/problem+json":
        told = json.loads(answer.body)
        assert told["status"] == status
        assert told["title"]
        assert told["detail"]
    elif media_type == "text/html":
        assert "<h1" in answer.text
        assert "<nav" in answer.text
    else:
        title, _, detail = answer.text.partition("\n\n")
        assert title
        assert detail.strip()


SHAPES = [
    ("text/html", "text/html"),
    ("application/problem+json", "application/problem+json"),
    ("application/json", "application/problem+json"),
    ("text/plain", "text/plain"),
]


@pytest.mark.parametrize(("accept", "media_type"), SHAPES)
def test_every_route_answers_a_wrong_method_with_a_problem(service, addresses, accept, media_type):
    for _, path, methods in addresses:
        if "DELETE" in methods:
            continue
        answer = service.ask("DELETE", path, {"Accept": accept})
        check_problem(answer, 405, media_type)
        assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(("accept", "media_type"), SHAPES)
def test_every_route_answers_a_foreign_host_with_a_problem(service, addresses, accept, media_type):
    for _, path, _ in addresses:
        headers = {"Accept": accept, "Host": "evil.example"}
        answer = service.ask("GET", path, headers)
        check_problem(answer, 400, media_type)
        assert "evil.example" not in answer.text + str(answer.headers)


@pytest.mark.parametrize(("accept", "media_type"), SHAPES)
def test_every_route_answers_a_store_that_is_gone_with_a_problem(
    unloaded_service, addresses, accept, media_type
):
    for endpoint, path, methods in addresses:
        if endpoint == "static" or "GET" not in methods:
            continue
        query = "?query=ASK%7B%7D" if path == "/sparql" else ""
        query = "?iri=a:b" if path == "/describe" else query
        answer = unloaded_service.ask("GET", path + query, {"Accept": f"{accept}, */*;q=0.1"})
        if endpoint in {"questions.show_questions", "questions.show_question"}:
            continue  # the list needs no store, and a name that is unknown stays unknown
        if endpoint == "vocabulary.show_shapes":
            continue  # leads on without looking
        if endpoint in {"authority.show_schema", "openapi.show_api", "metrics.show_metrics"}:
            continue  # is of the product and not of a version
        if endpoint.startswith(("graph_store.", "running.")):
            continue  # wants a parameter, or a token, before it looks
        check_problem(answer, 503, media_type)
        assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(("accept", "media_type"), SHAPES)
def test_names_that_nothing_has_are_answered_404(service, addresses, accept, media_type):
    for _, path, methods in addresses:
        if "nothing" in path and "GET" in methods:
            answer = service.ask("GET", path, {"Accept": f"{accept}, */*;q=0.1"})
            check_problem(answer, 404, media_type)


@pytest.mark.parametrize(("accept", "media_type"), SHAPES)
@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/id",
        "/id/decision",
        "/id/decision/",
        "/doc/decision/x%3E%3Cscript%3E",
        "/graph/",
        "/ns/x",
        "//evil.example/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../../settings.py",
        "/static/%2e%2e/problems.py",
        "/questions/%3Cscript%3E",
        "/describe",
        "/describe?iri=",
        "/describe?iri=%3E%20%7D%20UNION",
    ],
)
def test_addresses_that_lead_nowhere_are_answered_404(service, path, accept, media_type):
    answer = service.ask("GET", path, {"Accept": f"{accept}, */*;q=0.1"})
    check_problem(answer, 404, media_type)
    assert "<script>" not in answer.text.lower() or media_type != "text/html"


def test_what_is_not_acceptable_is_answered_with_the_offers(service):
    for path, offer in (
        ("/sparql?query=ASK%7B%7D", "text/csv"),
        ("/ns", "text/turtle"),
        ("/graph/source/000", "application/n-triples"),
        ("/doc/post/rektor", "application/ld+json"),
        ("/validation", "text/turtle"),
        ("/questions", "text/html"),
        ("/questions/delegations", "text/csv"),
        ("/graphs", "text/html"),
        ("/", "text/html"),
    ):
        answer = service.get(path, "image/png")
        assert (answer.status, offer in answer.text) == (406, True), path
        told = service.get(path, "image/png, application/problem+json")
        assert offer in json.loads(told.body)["offers"]


def test_a_fault_of_ours_is_logged_and_tells_nothing(shipped_settings, shipped_reader, caplog):
    app = create_app(shipped_settings, shipped_reader)

    def break_down() -> str:
        raise ZeroDivisionError("secret")

    app.add_url_rule("/break", "break", break_down)
    client = app.test_client()
    for accept, media_type in SHAPES:
        answer = client.get("/break", headers={"Accept": accept, "Host": "localhost"})
        assert (answer.status_code, answer.mimetype) == (500, media_type)
        assert "secret" not in answer.text
        assert "ZeroDivision" not in answer.text
    assert "secret" in caplog.text


def test_a_broken_page_of_problems_still_answers(shipped_settings, shipped_reader):
    app = create_app(shipped_settings, shipped_reader)

    def break_down() -> dict[str, object]:
        raise ZeroDivisionError("secret")

    app.context_processor(break_down)
    answer = app.test_client().get("/ns", headers={"Accept": "text/html", "Host": "localhost"})
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert "secret" not in answer.text


def test_every_error_of_ours_has_a_status_and_every_status_a_title():
    for kind in every_error():
        status = find_status(kind)
        assert status in TITLES
        assert status >= HTTPStatus.BAD_REQUEST
    assert set(STATUSES.values()) <= set(TITLES)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.QuerySyntaxError, 400),
        (errors.ParameterError, 400),
        (errors.UnknownNameError, 404),
        (errors.ReadOnlyError, 403),
        (errors.OutgoingRequestError, 403),
        (errors.QueryTimeoutError, 504),
        (errors.QueryMemoryError, 422),
        (errors.AnswerTooLargeError, 422),
        (errors.BusyError, 503),
        (errors.TooManyQueriesError, 429),
        (errors.QueryStoppedError, 503),
        (errors.RemoteServiceError, 502),
        (errors.StoreMissingError, 503),
        (errors.NonConformingError, 422),
        (errors.SettingError, 500),
        (KeyError, 500),
    ],
)
def test_the_table_gives_the_status_of_the_nearest_class(kind, status):
    assert find_status(kind) == status


def test_a_query_that_never_ends_is_stopped_and_a_greedy_one_refused(shipped_settings):
    from styrgraf.governance.publication import open_reader

    settings = replace(
        shipped_settings, query_seconds=2, query_rows=10, query_workers=1, queue_seconds=0.1
    )
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with open_reader(settings) as reader, run_service(settings, reader) as service:
        slow = service.get("/sparql", "application/json, application/problem+json", query=endless)
        assert (slow.status, json.loads(slow.body)["seconds"]) == (504, "2")
        large = service.get("/sparql", "text/csv", query="SELECT * WHERE { ?s ?p ?o }")
        assert large.status == 422
        assert service.get("/sparql", "text/csv", query="ASK { ?s ?p ?o }").status == 200


def test_problems_speak_the_language_of_the_request(service):
    swedish = service.get("/nothing", "text/plain", lang="sv")
    english = service.get("/nothing", "text/plain", lang="en")
    assert "Finns inte" in swedish.text
    assert "Not found" in english.text
    assert (swedish.headers["content-language"], english.headers["content-language"]) == (
        "sv",
        "en",
    )


def test_settings_do_not_leak_into_problems(service):
    answer = service.get("/nothing", "text/html")
    assert str(Settings().data_dir.absolute()) not in answer.text
