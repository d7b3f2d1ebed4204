"""SERVICE from end to end: a query process, the gateway, and a second SPARQL service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from styrgraf.errors import (
    OutgoingRequestError,
    QuerySyntaxError,
    QueryTimeoutError,
    RemoteServiceError,
)
from styrgraf.graph.published import PublishedStore, open_reader
from styrgraf.settings import Settings
from tests.graph.test_gateway import Other, run_other
from tests.serving import Service, run_service

NAMES = (
    "?post a <http://www.w3.org/ns/org#Post> ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name"
)


@contextmanager
def open_with_services(settings: Settings, *origins: str) -> Iterator[PublishedStore]:
    asked = replace(settings, service_origins=origins, service_seconds=2.0, service_megabytes=1)
    with open_reader(asked) as reader:
        yield reader


@contextmanager
def run_second(settings: Settings) -> Iterator[Service]:
    with open_reader(settings) as reader, run_service(settings, reader) as service:
        yield service


def test_another_sparql_service_is_asked_and_its_answer_is_joined(tiny_settings: Settings) -> None:
    with run_second(tiny_settings) as second:
        endpoint = f"{second.address}/sparql"
        with open_with_services(tiny_settings, second.address) as reader:
            joined = f"SELECT ?name {{ ?post a ?kind SERVICE <{endpoint}> {{ {NAMES} }} }}"
            assert {row["name"].value for row in reader.select(joined).rows} == {
                "ordförande",
                "chair",
            }
            assert reader.ask(f"ASK {{ SERVICE SILENT <{endpoint}> {{ {NAMES} }} }}")
            made = f"CONSTRUCT {{ {NAMES} }} {{ SERVICE <{endpoint}> {{ {NAMES} }} }}"
            assert len(reader.construct(made)) == 3


def test_query_processes_stay_in_a_network_of_their_own(tiny_settings: Settings) -> None:
    with open_reader(tiny_settings) as plain:
        without = dict(plain.protections())
    with run_other() as (origin, _), open_with_services(tiny_settings, origin) as reader:
        assert dict(reader.protections()) == without


@pytest.mark.parametrize(
    ("path", "said"), [("redirect", "redirect"), ("slow", "within 2 s"), ("huge", "1048576")]
)
def test_what_goes_wrong_there_is_told(tiny_settings: Settings, path: str, said: str) -> None:
    with run_other() as (origin, _), open_with_services(tiny_settings, origin) as reader:
        with pytest.raises(RemoteServiceError, match=said):
            reader.query(f"SELECT * {{ SERVICE <{origin}/{path}> {{ ?s ?p ?o }} }}")
        silent = f"SELECT * {{ SERVICE SILENT <{origin}/{path}> {{ ?s ?p ?o }} }}"
        assert len(reader.select(silent).rows) == 1


def test_an_answer_that_is_none_is_told_without_the_secret(
    tiny_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Other, "_answer_plainly", lambda self: self._send(200, b"{"))
    with run_other() as (origin, _), open_with_services(tiny_settings, origin) as reader:
        with pytest.raises(RemoteServiceError) as caught:
            reader.query(f"SELECT * {{ SERVICE <{origin}/> {{ ?s ?p ?o }} }}")
        assert "127.0.0.1" not in str(caught.value)


def test_who_is_not_listed_is_never_contacted(tiny_settings: Settings) -> None:
    with (
        run_other() as (origin, _),
        run_other() as (unlisted, never_asked),
        open_with_services(tiny_settings, origin) as reader,
    ):
        for text in (
            f"SELECT * {{ SERVICE <{unlisted}/> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{unlisted}/> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ BIND(<{unlisted}/> AS ?a) SERVICE ?a {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE <{origin}/> {{ ?s ?p ?o }} SERVICE <{unlisted}/> {{ }} }}",
            f"LOAD <{unlisted}/>",
            f"LOAD <{origin}/>",
        ):
            with pytest.raises(OutgoingRequestError):
                reader.query(text)
        assert never_asked.asked == []


def test_a_query_that_asks_others_is_parsed_and_stopped_like_any(tiny_settings: Settings) -> None:
    settings = replace(tiny_settings, query_seconds=1.0)
    with run_other() as (origin, _), open_with_services(settings, origin) as reader:
        with pytest.raises(QuerySyntaxError) as caught:
            reader.query(f"SELECT * {{\n SERVICE <{origin}/> {{ ?s ?p }} }}")
        assert caught.value.facts["line"] == 2
        service = f"SERVICE <{origin}/> {{ ?s ?p ?o }}"
        cross = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
        endless = f"SELECT (COUNT(*) AS ?n) {{ {service} {cross} }}"
        with pytest.raises(QueryTimeoutError):
            reader.query(endless)
        assert reader.ask(f"ASK {{ {service} }}")
