"""Pages of other origins may read, with no credentials; they may neither write nor administrate."""

import pytest

ORIGIN = {"Origin": "https://elsewhere.example"}
ASK = "ASK { ?s ?p ?o }"
READ = [
    "/sparql",
    "/sparql?query=ASK%7B%7D",
    "/sparql?query=x",
    "/graph-store?default",
    "/graph/source/003",
    "/graph/none",
    "/questions",
    "/id/post/rektor",
    "/ns",
    "/nowhere",
]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_may_be_read_may_be_read_from_anywhere(service, method, path):
    answer = service.ask(method, path, ORIGIN)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    exposed = answer.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Retry-After", "Styrgraf-More"} <= set(exposed)


def ask_first(service, path, method):
    """Send the request that browsers send before another."""
    wanted = {
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type",
    }
    return service.ask("OPTIONS", path, ORIGIN | wanted)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("/graph-store", {"GET", "HEAD", "OPTIONS"}),
        ("/graph/source/003", {"GET", "HEAD", "OPTIONS"}),
        ("/questions", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_browsers_are_told_beforehand_what_they_may_send(service, path, methods):
    answer = ask_first(service, path, "GET")
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert set(answer.headers["access-control-allow-methods"].split(", ")) == methods
    allowed = answer.headers["access-control-allow-headers"].lower()
    assert "content-type" in allowed
    assert "authorization" not in allowed
    assert "access-control-allow-credentials" not in answer.headers


def test_the_endpoint_may_be_asked_by_post(service):
    headers = ORIGIN | {"Content-Type": "application/sparql-query"}
    answer = service.ask("POST", "/sparql", headers, ASK)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "*")


@pytest.mark.parametrize("path", ["/metrics", "/queries/running", "/queries/running/x"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_the_administrators_routes_are_closed(service, method, path):
    answer = service.ask(method, path, ORIGIN)
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_what_would_write_is_closed(service, method):
    answer = service.ask(method, "/graph-store?default", ORIGIN, b"")
    assert not [name for name in answer.headers if name.startswith("access-control-")]
