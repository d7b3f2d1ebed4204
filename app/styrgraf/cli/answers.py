"""What the commands answer and tell: formats chosen, answers written, versions and addresses."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from styrgraf.cli.console import note, print_boolean, print_solutions, write_bytes
from styrgraf.cli.framework import say
from styrgraf.errors import UsageError
from styrgraf.formats import (
    TRIG,
    TURTLE,
    Format,
    find_file_format,
    find_format,
    offer_formats,
)
from styrgraf.graph.loading import Loaded
from styrgraf.graph.published import PublishedStore
from styrgraf.graph.queries import load_stored_queries
from styrgraf.language import N_
from styrgraf.model import Literal, Solutions
from styrgraf.settings import Settings


def print_answer(reader: PublishedStore, text: str, form: str, word: str, base: str) -> None:
    """Print the answer to a query of this form in the format that `word` names."""
    if word != "table":
        wanted = find_format(word)
        if wanted is None:
            raise _unknown_format(word, offer_formats(form))
        write_bytes([reader.query(text, wanted.media_type).body])
    elif form == "ask":
        print_boolean(reader.ask(text))
    elif form == "select":
        print_solutions(reader.select(text), base)
    else:
        write_bytes([reader.query(text, TURTLE.media_type).body])


def list_queries(language: str) -> Solutions:
    """Return the names of the stored queries and what they answer; not those that list choices."""
    rows = [
        {
            "query": Literal(query.name),
            "summary": Literal.in_language(query.summary[language], language),
        }
        for query in load_stored_queries().values()
        if "choices" not in query.tags
    ]
    return Solutions(("query", "summary"), tuple(rows))


def choose_export_format(word: str | None, output: Path | None, graph: str | None) -> Format:
    """Return the format of an export: as asked, else as the file's ending tells."""
    if word is not None:
        wanted = find_format(word)
        if wanted is None or wanted not in offer_formats("construct"):
            raise _unknown_format(word, offer_formats("construct"))
        return wanted
    told = find_file_format(output) if output else None
    return told or (TURTLE if graph else TRIG)


def _unknown_format(word: str, offers: tuple[Format, ...]) -> UsageError:
    return UsageError(
        N_("There is no format “{word}” for this; take one of {offers}."),
        word=word,
        offers=", ".join(offer.name for offer in offers),
    )


def tell_version(loaded: Loaded) -> None:
    """Tell what was loaded."""
    message = N_("Loaded as version {number}: {quads} statements.")
    note(say(message, number=loaded.version.number, quads=loaded.version.quads))


def tell_start(loaded: Loaded) -> None:
    """Tell what was loaded before serving, and why."""
    if loaded.is_new and loaded.version.number > 1:
        note(say(N_("The shipped files have changed since the last start.")))
    if loaded.is_new:
        tell_version(loaded)


def tell_address(settings: Settings) -> None:
    """Tell where the service answers, and warn where others can reach it."""
    host = f"[{settings.bind_host}]" if ":" in settings.bind_host else settings.bind_host
    address = settings.public_url or f"http://{host}:{settings.port}/"
    note(say(N_("Styrgraf answers at {address} (stop with Ctrl-C)."), address=address))
    if not _is_loopback(settings.bind_host):
        message = N_("Note: {host} can be reached from other machines; anyone there may query.")
        note(say(message, host=settings.bind_host))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
