"""Answers that are kept are those that would be given; and only what anybody may have is kept."""

import gzip
from dataclasses import replace
from urllib.parse import quote

import pytest

from styrgraf.governance.publication import load_dataset, load_files, open_reader
from styrgraf.settings import Settings
from styrgraf.web import create_app
from styrgraf.web.serving.compression import accepts_gzip
from tests.serving import run_service
from tests.tiny import BASE, make_dataset, write_turtle
from tests.web.test_problems import list_addresses

QUERY = "/sparql?query=SELECT%20%2A%20%7B%3Fs%20a%20%3Ft%7D%20LIMIT%20"
ACCEPTS = ("text/html", "application/sparql-results+json, text/turtle;q=0.9, */*;q=0.1")
OWN = {"x-request-id", "cache-status", "date"}


@pytest.fixture(scope="module")
def uncached(shipped_settings, shipped_reader):
    settings = replace(shipped_settings, cache_megabytes=0)
    with run_service(settings, shipped_reader) as running:
        yield running


def ask(service, path, **headers):
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return service.ask("GET", path, sent)


def told(answer):
    return answer.headers["cache-status"].removeprefix("styrgraf; ")


def without_own(answer):
    return {name: value for name, value in answer.headers.items() if name not in OWN}


def list_paths(app):
    for endpoint, path, methods in list_addresses(app):
        if "GET" in methods and path and not endpoint.startswith("running."):
            yield path
    yield from (
        "/doc/post/rektor",
        "/doc/post/rektor?lang=en",
        "/id/post/rektor",
        "/graph/source/003",
        "/questions/delegations",
        "/sparql?query=ASK%7B%7D",
        "/sparql?query=SELECT%20%28RAND%28%29%20AS%20%3Fn%29%20%7B%7D%20LIMIT%200",
        "/sparql?query=broken",
    )


def test_a_kept_answer_equals_the_one_that_would_be_given(service, uncached, shipped_settings):
    with open_reader(shipped_settings) as reader:
        paths = list(list_paths(create_app(shipped_settings, reader)))
    kept = 0
    for path in paths:
        if path == "/healthz":
            continue
        for accept in ACCEPTS:
            first, again = (ask(service, path, Accept=accept) for _ in range(2))
            plain = ask(uncached, path, Accept=accept)
            assert told(plain) == "fwd=bypass"
            kept += told(again) == "hit"
            for answer in (first, again):
                body = answer.body.replace(service.address.encode(), uncached.address.encode())
                assert (answer.status, body) == (plain.status, plain.body), path
                assert without_own(answer).keys() == without_own(plain).keys(), path
                for name, value in without_own(plain).items():
                    known = answer.headers[name].replace(service.address, uncached.address)
                    assert known == value, (path, name)
    assert kept > 40


def test_hits_and_misses_are_told(service):
    path = QUERY + "11"
    assert [told(ask(service, path)) for _ in range(3)] == ["fwd=miss; stored", "hit", "hit"]


def test_the_client_may_ask_for_a_fresh_answer(service):
    path = QUERY + "12"
    ask(service, path)
    for demand in ("no-cache", "no-store", "max-age=0", "NO-CACHE, x=y"):
        assert told(ask(service, path, Cache_Control=demand)).startswith("fwd=request")
    assert told(ask(service, path)) == "hit"
    fresh = QUERY + "13"
    ask(service, fresh, Cache_Control="no-store")
    assert told(ask(service, fresh)) == "fwd=miss; stored"


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer x"},
        {"Authorization": "Basic eDp5"},
        {"Cookie": "a=b"},
        {"Range": "bytes=0-1"},
        {"Pragma": "no-cache"},
    ],
)
def test_what_may_be_somebodys_own_is_neither_kept_nor_answered_from_what_is(service, headers):
    path = QUERY + "14"
    ask(service, path)
    assert told(ask(service, path, **headers)) == "fwd=bypass"


def test_requests_that_may_be_answered_differently_are_told_apart(service):
    path = QUERY + "15"
    ask(service, path, Accept="text/csv")
    for headers in (
        {"Accept": "text/html"},
        {"Accept": "text/csv", "Accept-Language": "en"},
        {"Accept": "text/csv", "Host": "localhost:1"},
        {"Accept": "text/csv", "Styrgraf-Anything": "1"},
        {"Accept": "text/csv", "Prefer": "x"},
        {"Accept": "text/csv", "Origin": "https://a.example"},
    ):
        assert told(ask(service, path, **headers)).startswith("fwd=miss")
    assert told(ask(service, path + "&x", Accept="text/csv")).startswith("fwd=miss")
    assert told(ask(service, path, Accept="text/csv", User_Agent="x")) == "hit"


def test_a_foreign_host_is_refused_though_the_answer_is_kept(service):
    path = QUERY + "16"
    ask(service, path)
    assert ask(service, path, Host="evil.example").status == 400


def test_what_the_client_holds_is_not_sent_again_from_what_is_kept(service):
    path = QUERY + "17"
    first = ask(service, path)
    again = ask(service, path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body, told(again)) == (304, b"", "hit")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-type" not in again.headers
    assert ask(service, path, If_None_Match='"other"').status == 200


def test_queries_by_post_are_kept_by_their_body(service):
    def post(text, media_type="application/sparql-query"):
        return service.post("/sparql", text, media_type, "text/csv")

    assert told(post("ASK { ?s ?p 1 }")) == "fwd=miss; stored"
    hit = post("ASK { ?s ?p 1 }")
    assert told(hit) == "hit"
    assert (hit.headers["cache-control"], "etag" in hit.headers) == ("no-store", False)
    assert told(post("ASK { ?s ?p 2 }")) == "fwd=miss; stored"
    assert told(post("query=ASK%7B%7D", "application/x-www-form-urlencoded")) == "fwd=miss; stored"


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_is_not_kept(service, call):
    text = f"SELECT ({call} AS ?n) {{}}"
    first, again = (service.get("/sparql", "text/csv", query=text) for _ in range(2))
    assert told(again) == "fwd=miss"
    assert call in {"NOW()", "BNODE()"} or first.body != again.body
    for _ in range(2):
        posted = service.post("/sparql", text, "application/sparql-query", "text/csv")
        assert told(posted) == "fwd=miss"


def test_problems_and_health_are_not_kept(service):
    for path in ("/healthz", "/nothing", "/sparql?query=broken"):
        for _ in range(2):
            assert told(ask(service, path)) == "fwd=miss"


def test_a_new_version_is_seen_by_the_next_request(tmp_path):
    dataset = make_dataset(tmp_path / "dataset")
    settings = Settings(data_dir=tmp_path / "data", dataset=str(dataset), query_workers=2)
    load_dataset(settings)
    count = "/sparql?query=SELECT%20%28COUNT%28%2A%29%20AS%20%3Fn%29%20%7B%3Fs%20%3Fp%20%3Fo%7D"
    with open_reader(settings) as reader, run_service(settings, reader) as service:
        before = [ask(service, count, Accept="text/csv") for _ in range(2)]
        assert told(before[1]) == "hit"
        load_files(
            settings, [write_turtle(tmp_path / "own.ttl", ":mine :p 1 .")], f"{BASE}graph/own"
        )
        after = ask(service, count, Accept="text/csv")
        assert told(after) == "fwd=miss; stored"
        assert int(after.text.split()[1]) > int(before[1].text.split()[1])
        assert after.headers["etag"] != before[1].headers["etag"]


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_an_answer_that_came_in_parts_is_kept_whole(service, uncached, coding):
    query = f"SELECT * {{ ?s ?p ?o }} LIMIT 2500 # {coding}"
    path = f"/sparql?query={quote(query)}"
    first = ask(service, path, Accept="text/csv", Accept_Encoding=coding)
    again = ask(service, path, Accept="text/csv")
    plain = ask(uncached, path, Accept="text/csv")
    assert "content-length" not in first.headers
    assert told(again) == "hit"
    assert again.body == plain.body
    assert 65_536 < len(plain.body) < 1_000_000


def test_a_long_answer_is_not_kept(service):
    path = f"/sparql?query={quote('SELECT * { ?s ?p ?o } LIMIT 15000')}"
    assert len(ask(service, path, Accept="application/json").body) > 2**20
    assert told(ask(service, path, Accept="application/json")) == "fwd=miss"


def test_what_is_kept_stays_within_its_bounds(shipped_settings, shipped_reader):
    settings = replace(shipped_settings, cache_megabytes=1)
    paths = [
        f"/sparql?query=SELECT%20%2A%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%20{n}&x"
        for n in range(300, 340)
    ]
    with run_service(settings, shipped_reader) as service:
        for path in paths:
            assert ask(service, path, Accept="text/csv").status == 200
        assert told(ask(service, paths[-1], Accept="text/csv")) == "hit"
        assert told(ask(service, paths[0], Accept="text/csv")).startswith("fwd=miss")


# Compression


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("*", True),
        ("br, *;q=0.1", True),
        ("gzip;q=0.5", True),
        ("gzip;q=0.5, identity", False),
        ("identity;q=0.5, gzip;q=0.5", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("gzip;q=nonsense", False),
        ("gzipped", False),
    ],
)
def test_gzip_is_sent_to_whom_accepts_it(header, accepted):
    assert accepts_gzip(header.encode()) is accepted


@pytest.mark.parametrize(
    "path", ["/doc/post/rektor", "/ns", "/static/css/styrgraf.css", QUERY + "90"]
)
def test_compressed_answers_hold_the_same(service, path):
    plain = ask(service, path, Accept="*/*")
    for _ in range(2):
        zipped = ask(service, path, Accept="*/*", Accept_Encoding="gzip")
        assert zipped.headers["content-encoding"] == "gzip"
        assert gzip.decompress(zipped.body) == plain.body
        assert len(zipped.body) < len(plain.body) * 0.7
        assert zipped.headers["etag"] == plain.headers["etag"]
        assert zipped.headers["etag"].startswith("W/")
        for answer in (plain, zipped):
            assert "Accept-Encoding" in answer.headers["vary"]


def test_small_answers_and_pictures_are_sent_as_they_are(service):
    small = ask(service, "/sparql?query=ASK%7B%7D", Accept="text/csv", Accept_Encoding="gzip")
    assert "content-encoding" not in small.headers
