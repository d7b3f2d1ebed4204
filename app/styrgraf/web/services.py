"""What every request works with: settings, reader, version. Blueprints take them from here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g

from styrgraf.errors import StyrgrafError
from styrgraf.graph.store import TaskReader
from styrgraf.model import Version
from styrgraf.settings import Settings
from styrgraf.web.addresses import Addresses

_KEY = "styrgraf"


@dataclass(frozen=True, slots=True)
class Services:
    """What `create_app` was given."""

    settings: Settings
    reader: TaskReader


def install_services(app: Flask, settings: Settings, reader: TaskReader) -> None:
    """Keep settings and reader with the application."""
    app.extensions[_KEY] = Services(settings, reader)
    app.before_request(_note_version)


def current_settings() -> Settings:
    """Return the settings of the running application."""
    return _current_services().settings


def current_reader() -> TaskReader:
    """Return the reader of the running application."""
    return _current_services().reader


def current_version() -> Version:
    """Return the version that this request answers from; asked once per request."""
    if "version" not in g:
        g.version = current_reader().version()
    return cast(Version, g.version)


def current_addresses() -> Addresses:
    """Return the addresses of this service and dataset."""
    return Addresses(current_settings(), current_version().base)


def _note_version() -> None:
    """Ask for the version first, so that no answer is tagged as newer than it is."""
    with suppress(StyrgrafError):  # whoever needs the version will be told
        current_version()


def _current_services() -> Services:
    return cast(Services, current_app.extensions[_KEY])
