r"""Texts that the inspection lets through never make the engine send a request.

The engine itself is the oracle: it evaluates what is let through, with listeners on loopback that
any SERVICE in the text would reach. Texts are put together from what confuses tokenisers, and are
hostile texts with a few signs changed. Each that was found is kept in FOUND.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.errors import StyrgrafError
from styrgraf.graph.inspection import inspect_query
from styrgraf.graph.services.federation import Services, admit_query, read_origins
from styrgraf.graph.tokens import tokenize
from tests.hostile import outgoing
from tests.hostile.engine_alone import EngineAlone
from tests.hostile.requests import TRAP

PORT = "?port?"
"""Stands for the port of the listener until a text is evaluated."""

ADDRESS = f"http://127.0.0.1:{PORT}/x"
FOUND: tuple[str, ...] = ()
"""Texts that once were let through and reached the listener, or ended the engine."""

CALLS = (
    f"SERVICE <{ADDRESS}> {{ ?s ?p ?o }}",
    f"service silent<{ADDRESS}>{{}}",
    "SERVICE t:x { ?s ?p ?o }",
    "SERVICE:x { ?s ?p ?o }",
    "SERVICE : { ?s ?p ?o }",
    "SERVICE<x>{ ?s ?p ?o }",
    "SERVICE $a { ?s ?p ?o }",
    f"\\u0053ERVICE <{ADDRESS}> {{ ?s ?p ?o }}",
    f"SERV\\U00000049CE <{ADDRESS}> {{ ?s ?p ?o }}",
    f"ſervice <{ADDRESS}> {{ ?s ?p ?o }}",
    f"SERVICESILENT<{ADDRESS}>{{}}",
    f"SERVICE#x\n<{ADDRESS}> {{ ?s ?p ?o }}",
    f"SERVICE\f<{ADDRESS}> {{ ?s ?p ?o }}",
)
CONFUSERS = (
    *("'", '"', "'''", '"""', "\\", "\\'", '\\"', "''", '""', "'\\''", "'a'", '"""a"b"""'),
    *("'''a''b'''", "'''\\''''", "#", "#'", "# <", "#\\u000a", "\r", "\n", "\t", " ", "\v", "\f"),
    *("\u00a0", "\u0085", "\u2028", "\ufeff", "\\u0027", "\\u0022", "\\u000A", "\\u003C"),
    *(
        "<",
        ">",
        "<x:y>",
        "<x:#>",
        "<x:'>",
        '<x:">',
        "<a)'>",
        "<http://a/)'>",
        "<=",
        ">=",
        "<<",
        ">>",
    ),
    *(
        ">>",
        "<<(",
        ")>>",
        "{|",
        "|}",
        "~",
        "?a",
        "$a",
        "?a<?b",
        "?a>?b",
        "&&",
        "||",
        "(",
        ")",
        "[",
        "]",
    ),
    *("a:b", ":", "t:", "t:\\'", "t:\\#", "t:a.b", "t:a.", "_:b", "_:b.", "a.b:c", "%27", "t:%27"),
    *("1", "1.", "1e5", ".5", "1.e", "true", "@sv", "@sv--ltr", "^^", "^^x:y", "a", ";", ",", "."),
    *(
        "SERVICE",
        "{",
        "}",
        "BIND(1 AS ?z)",
        "FILTER(1<2)",
        "FILTER(true)",
        "OPTIONAL {}",
        "VALUES ?v {1}",
    ),
    *(
        "{} UNION",
        "GRAPH t:g {}",
        "FILTER EXISTS {",
        "BASE <x:y>",
        "?s ?p ?o .",
        "SILENT",
        "SERVICE",
    ),
)
PROLOGUES = (
    "",
    f"PREFIX t: <http://127.0.0.1:{PORT}/> PREFIX : <{ADDRESS}> ",
    f"BASE <http://127.0.0.1:{PORT}/> ",
    f"PREFIX SERVICE: <http://127.0.0.1:{PORT}/> PREFIX t: <x:> ",
)
SEEDS = tuple(
    text.replace(TRAP, PORT) for text in (*outgoing.PLAIN.values(), *outgoing.UPDATES.values())
)


class Listener:
    """Takes connections, says nothing, and counts."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = str(self._socket.getsockname()[1])
        self.count = 0
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.count += 1
            connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineAlone]:
    alone = EngineAlone()
    yield alone
    alone.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@st.composite
def confused(draw: st.DrawFn) -> str:
    """A query with a call between what confuses."""
    pieces = st.lists(st.sampled_from(CONFUSERS), max_size=5).map("".join)
    gap = st.sampled_from(("", " ", "\n", "#\n", "#'\n"))
    head = draw(st.sampled_from(("SELECT * {", "ASK {", "SELECT*{?s ?p ?o ", "CONSTRUCT {} {")))
    call = draw(st.sampled_from(CALLS))
    parts = (draw(st.sampled_from(PROLOGUES)), head, draw(pieces), draw(gap), call, draw(gap))
    return "".join((*parts, draw(pieces), "}" * draw(st.integers(1, 3))))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A hostile text with up to four places changed."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 3))
        text = text[:place] + draw(st.sampled_from(("", *CONFUSERS))) + text[place + length :]
    return text


def evaluate_what_is_let_through(text: str, engine: EngineAlone, listener: Listener) -> None:
    text = text.replace(PORT, listener.port)
    try:
        inspect_query(text)
    except StyrgrafError:
        return
    before = listener.count
    assert engine.evaluate(text) != "died"
    assert listener.count == before


def test_the_oracle_sees_a_request(engine: EngineAlone, listener: Listener) -> None:
    before = listener.count
    engine.evaluate(f"SELECT * {{ {CALLS[0]} }}".replace(PORT, listener.port))
    assert listener.count == before + 1


@given(confused())
def test_no_confused_text_that_is_let_through_sends_a_request(
    engine: EngineAlone, listener: Listener, text: str
) -> None:
    evaluate_what_is_let_through(text, engine, listener)


@given(mutated())
def test_no_mutated_text_that_is_let_through_sends_a_request(
    engine: EngineAlone, listener: Listener, text: str
) -> None:
    evaluate_what_is_let_through(text, engine, listener)


@pytest.mark.parametrize("text", [*FOUND, *SEEDS])
def test_what_was_found_once_sends_no_request(
    engine: EngineAlone, listener: Listener, text: str
) -> None:
    evaluate_what_is_let_through(text, engine, listener)


@given(st.one_of(confused(), mutated()), st.one_of(confused(), mutated()))
def test_a_text_that_is_let_to_the_gateway_goes_nowhere_else(
    engine: EngineAlone, listener: Listener, text: str, other: str
) -> None:
    """The listener is a listed origin: only the gateway, at a port of its own, may be asked."""
    origins = read_origins((f"http://127.0.0.1:{listener.port}",))
    for tried in (text, other, f"{text} {other}"):
        asked = tried.replace(PORT, listener.port)
        try:
            _, rewritten = admit_query(asked, Services(origins, "http://127.0.0.1:2", "s" * 43))
        except StyrgrafError:
            continue
        before = listener.count
        assert engine.evaluate(rewritten) != "died"
        assert listener.count == before


@given(st.one_of(confused(), mutated(), st.text(max_size=60)))
def test_every_text_is_the_sum_of_its_tokens_and_is_judged(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text
    try:
        inspect_query(text)
    except StyrgrafError as error:
        assert str(error)
