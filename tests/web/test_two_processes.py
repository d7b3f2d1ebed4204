"""Two web processes are one service: what runs in either is seen, counted and stopped from both."""

from __future__ import annotations

import json
import re
import time

import pytest

from tests.hostile.running import serve
from tests.serving import Service
from tests.web.test_running import TOKEN, Asking, list_running

CLIENT_TOKENS = "anna:annas-secret,bo:bos-secret"
CLIENTS = 12


@pytest.fixture(scope="module")
def service(shipped_settings):
    token = TOKEN["Authorization"].removeprefix("Bearer ")
    with serve(
        shipped_settings, ADMIN_TOKEN=token, QUERY_SECONDS="30", CLIENT_TOKENS=CLIENT_TOKENS
    ) as running:
        yield Service(f"http://{running.host}:{running.port}", shipped_settings)


def await_running(service, count):
    for _ in range(400):
        if len(found := list_running(service)) == count:
            return found
        time.sleep(0.05)
    raise AssertionError((count, found))


def test_what_runs_in_either_is_listed_and_stopped_from_any_connection(service):
    asking = {
        f"endless-of-{name}": Asking(
            service, f"endless-of-{name}", Authorization=f"Bearer {name}s-secret"
        )
        for name in ("anna", "bo")
    }
    for _ in range(8):  # each is a new connection, to either process
        assert await_running(service, 2).keys() == asking.keys()
    for identifier, thread in asking.items():
        stop = f"/queries/running/{identifier}"
        assert service.ask("DELETE", stop, TOKEN).status in {200, 204}
        thread.join(20)
        assert thread.answer.status == 503
    await_running(service, 0)


def test_what_is_counted_is_counted_of_both(service):
    def count():
        text = service.ask("GET", "/metrics", TOKEN).text
        found = re.findall(
            r'^styrgraf_requests_total\{.*route="sparql.ask_by_get".*\} (\S+)$', text, re.M
        )
        return sum(map(float, found))

    before = count()
    for number in range(CLIENTS):
        answer = service.get("/sparql", "application/json", query=f"ASK {{}} #{number}")
        assert json.loads(answer.body)["boolean"] is True
    assert count() == before + CLIENTS
