"""An application that is called by the event loop: nothing there waits for a second part."""

from collections.abc import Iterator

import pytest

from styrgraf.web.serving.answering import AT_ONCE_KEY, Later, answer_at_once
from styrgraf.web.serving.exchanges import KEEP_KEY
from tests.loops import Runner, open_loop

ENVIRON = {"REQUEST_METHOD": "GET"}


@pytest.fixture
def run() -> Iterator[Runner[object]]:
    """Run a coroutine in a loop."""
    with open_loop() as running:
        yield running


def answer(parts, *headers):
    """Return an application that answers these parts, None that it needs a thread."""

    def application(environ, start_response):
        async def answer_soon():
            environ[KEEP_KEY] = True
            environ["of.the.trial"] = True
            start_response("200 OK", [("Content-Type", "text/plain"), *headers])
            return parts

        assert environ[AT_ONCE_KEY]
        return Later(answer_soon())

    return application


@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_only_the_first_part_is_taken(run, size):
    taken = []

    def come():
        for number in range(3):
            taken.append(number)
            yield b"x" * size

    made = run(answer_at_once(answer(come()), dict(ENVIRON)))
    assert taken == [0]
    assert made.body + b"".join(made.parts) == b"x" * 3 * size
    assert taken == [0, 1, 2]


def test_an_answer_of_declared_length_is_whole(run):
    application = answer((b"abc",), ("Content-Length", "3"))
    made = run(answer_at_once(application, dict(ENVIRON)))
    assert (made.body, made.parts) == (b"abc", None)


def test_the_environment_keeps_only_what_is_noted_for_the_server(run):
    environ = dict(ENVIRON)
    assert run(answer_at_once(answer(None), environ)) is None
    assert environ == ENVIRON | {KEEP_KEY: True}
