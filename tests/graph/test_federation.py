"""SERVICE to listed origins: which texts are rewritten, to what, and which are refused."""

from __future__ import annotations

import pytest

from styrgraf.errors import OutgoingRequestError
from styrgraf.graph.services.federation import (
    Services,
    admit_query,
    check_services,
    read_origin,
    read_origins,
    read_target,
    write_target,
)

SECRET = "s" * 43
SERVICES = Services(
    read_origins(("https://data.example", "http://127.0.0.1:3030")), "http://127.0.0.1:9999", SECRET
)
GATEWAY = f"http://127.0.0.1:9999/{SECRET}/"
CALLED = "https%3A%2F%2Fdata.example%2Fsparql"


def test_a_query_without_service_stays_as_it_is() -> None:
    text = "SELECT * { ?s ?p 'SERVICE <https://data.example/>' } # SERVICE <x:y> {"
    assert admit_query(text, SERVICES) == ("select", text)


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        (
            "SELECT * { SERVICE <https://data.example/sparql> { ?s ?p ?o } }",
            f"SELECT * {{ SERVICE  <{GATEWAY}{CALLED}>  {{ ?s ?p ?o }} }}",
        ),
        (
            "ASK{service silent<https://DATA.example:443/sparql#x>{}}",
            f"ASK{{service silent <{GATEWAY}https%3A%2F%2FDATA.example%3A443%2Fsparql> {{}}}}",
        ),
        (
            "PREFIX d: <https://data.example/> SELECT * { SERVICE d:sparql { } }",
            f"PREFIX d: <https://data.example/> SELECT * {{ SERVICE  <{GATEWAY}{CALLED}>  {{ }} }}",
        ),
    ],
)
def test_a_listed_origin_is_asked_through_the_gateway(text: str, rewritten: str) -> None:
    assert admit_query(text, SERVICES)[1] == rewritten


def test_every_call_is_rewritten() -> None:
    call = "SERVICE <http://127.0.0.1:3030/a> { ?s ?p ?o }"
    text = f"SELECT * {{ {call} {call} FILTER EXISTS {{ {call} }} {{ SELECT * {{ {call} }} }} }}"
    assert admit_query(text, SERVICES)[1].count(GATEWAY) == 4


@pytest.mark.parametrize(
    "called",
    [
        "<https://other.example/sparql>",
        "<http://data.example/sparql>",
        "<https://data.example:8443/sparql>",
        "<https://data.example.evil.example/>",
        "<https://evil.example/https://data.example/>",
        "<https://data.example@evil.example/>",
        "<https://evil.example@data.example/>",
        "<https://data.example\\u0040evil.example/>",
        "<https://data.example:99999999/>",
        "<https:data.example>",
        "<//data.example/>",
        "<sparql>",
        "<file:///etc/passwd>",
        "<https://[::1/>",
        "?service",
        "$a",
        "d:sparql",
        "twice:sparql",
        "escaped:sparql",
    ],
)
def test_what_is_not_listed_is_refused(called: str) -> None:
    prefixes = (
        "PREFIX twice: <https://other.example/> PREFIX twice: <https://data.example/> "
        "PREFIX escaped: <https://data.ex\\u0061mple/> "
    )
    for silent in ("", "SILENT "):
        with pytest.raises(OutgoingRequestError):
            admit_query(f"{prefixes}ASK {{ SERVICE {silent}{called} {{ ?s ?p ?o }} }}", SERVICES)


def test_the_origin_that_is_refused_is_named_with_those_that_are_listed() -> None:
    with pytest.raises(
        OutgoingRequestError, match=r"https://other\.example:443.*127\.0\.0\.1:3030"
    ):
        check_services("ASK { SERVICE <https://other.example/x> {} }", SERVICES.origins)


def test_without_origins_service_is_refused() -> None:
    for services in (None, Services((), "", "")):
        with pytest.raises(OutgoingRequestError):
            admit_query("ASK { SERVICE <https://data.example/> {} }", services)
    with pytest.raises(OutgoingRequestError):
        check_services("ASK { SERVICE <https://data.example/> {} }", ())


@pytest.mark.parametrize(
    "text",
    [
        "ASK { \\u0053ERVICE <https://data.example/> {} }",
        "ASK { ?s ?p true } # \nASK { FILTER(trueSERVICE <https://data.example/> {}) }",
        "PREFIX SERVICE: <https://data.example/> ASK { SERVICE:x { } }",
        "LOAD <https://data.example/>",
        "ASK { ?s <x:a)'> ?o . SERVICE <https://data.example/> { } ?s <x:'> ?o }",
    ],
)
def test_what_is_not_written_plainly_is_refused_as_before(text: str) -> None:
    with pytest.raises(OutgoingRequestError):
        admit_query(text, SERVICES)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://data.example", "https://data.example:443"),
        ("HTTP://Data.Example:80/x?y#z", "http://data.example:80"),
        ("http://[::1]:3030/", "http://[::1]:3030"),
        ("http://127.0.0.1", "http://127.0.0.1:80"),
        ("ftp://data.example", None),
        ("data.example", None),
        ("http://user@data.example", None),
        ("http://data.example\\@evil.example", None),
        ("http://", None),
        ("http://a b/", None),
        ("http://é.example/", None),
        ("http://data.example:x/", None),
    ],
)
def test_origins_are_compared_by_scheme_host_and_port(address: str, origin: str | None) -> None:
    assert read_origin(address) == origin


def test_a_target_of_the_gateway_gives_back_what_was_put_in() -> None:
    called = "https://data.example/sparql?a=%20b&c=å"
    assert read_target(write_target(SECRET, called)) == (SECRET, called)
    for other in ("/", f"/{SECRET}", "/short/https%3A", f"/{SECRET}/a b", f"/{SECRET}/a/b"):
        assert read_target(other) is None
