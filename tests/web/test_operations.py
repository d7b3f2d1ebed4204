"""Health, validation, and what may be kept by caches."""

import json

import rdflib

import styrgraf

PAGES = [
    ("/doc/post/rektor", "text/html"),
    ("/doc/post/rektor", "text/turtle"),
    ("/sparql?query=ASK%7B%7D", "text/csv"),
    ("/questions/delegations", "text/html"),
    ("/ns", "text/html"),
    ("/graph/source/003", "application/n-triples"),
    ("/validation", "text/html"),
    ("/", "text/html"),
    ("/decisions", "text/html"),
]


def test_health_tells_release_and_version(service):
    answer = service.get("/healthz")
    told = json.loads(answer.body)
    assert (answer.status, answer.media_type) == (200, "application/json")
    assert (told["status"], told["release"]) == ("ok", styrgraf.__version__)
    assert (told["version"], told["dataset"]) == (1, "kth")
    assert told["triples"] > 10_000
    assert answer.headers["cache-control"] == "no-store"


def test_health_tells_what_holds_the_query_processes(service, shipped_reader):
    told = json.loads(service.get("/healthz").body)
    assert told["protections"] == dict(shipped_reader.protections())
    assert told["protections"]
    degraded = [name for name, held in told["protections"].items() if not held]
    assert told["degraded"] == sorted(degraded)


def test_the_report_of_the_shipped_data_conforms(service):
    told = json.loads(service.get("/validation", "application/json").body)
    assert told["conforms"] is True
    page = service.browse("/validation", lang="en").text
    assert "The graph conforms." in page
    assert page.count('<th role="rowheader"') == len(told["results"])
    graph = rdflib.Graph().parse(data=service.get("/validation", "text/turtle").body)
    results = rdflib.URIRef("http://www.w3.org/ns/shacl#result")
    assert len(list(graph.objects(None, results))) == len(told["results"])


def test_the_report_speaks_both_languages_and_leads_to_the_things(service):
    told = json.loads(service.get("/validation", "application/json").body)["results"]
    swedish = service.browse("/validation", lang="sv").text
    english = service.browse("/validation", lang="en").text
    for result in told:
        assert result["messages"]["sv"].split(".")[0] in swedish
        assert result["messages"]["en"].split(".")[0] in english
    assert 'href="/id/' in swedish


def test_what_is_held_already_is_not_sent_again(service):
    for path, accept in PAGES:
        first = service.get(path, accept)
        again = service.ask("GET", path, {"Accept": accept, "If-None-Match": first.headers["etag"]})
        assert (again.status, again.body) == (304, b""), path
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == "no-cache"
        assert "Accept" in again.headers["vary"]
        other = service.ask("GET", path, {"Accept": accept, "If-None-Match": '"other"'})
        assert other.status == 200


def test_the_tag_tells_representations_apart(service):
    tags = [
        service.ask("GET", path, headers).headers["etag"]
        for path, headers in (
            ("/doc/post/rektor", {"Accept": "text/html", "Accept-Language": "sv"}),
            ("/doc/post/rektor", {"Accept": "text/html", "Accept-Language": "en"}),
            ("/doc/post/rektor", {"Accept": "text/turtle"}),
            ("/doc/post/rektor?page=2", {"Accept": "text/html"}),
            ("/doc/post/universitetsdirektor", {"Accept": "text/html"}),
        )
    ]
    assert len(set(tags)) == len(tags)


def test_answers_to_posts_are_not_kept(service):
    answer = service.post("/sparql", "ASK {}", "application/sparql-query")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_a_stylesheet_may_be_kept(service):
    answer = service.get("/static/css/styrgraf.css")
    assert (answer.status, answer.media_type) == (200, "text/css")
    assert "etag" in answer.headers
