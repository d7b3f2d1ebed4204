"""The settings of a run: from environment and command line, checked at start, then frozen."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from styrgraf.errors import SettingError
from styrgraf.language import N_


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told. The environment variable of a field is its name in capitals."""

    data_dir: Path = Path("var")
    """Folder of the store and its published versions; `var/datasets/NAME` for another dataset."""
    dataset: str = "kth"
    """Name of a shipped dataset, or path of a folder with a `dataset.toml`."""
    source_dir: Path | None = None
    """Folder with the source documents; pages then show their lines and digests are checked."""
    bind_host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8000
    """Port to listen on; 0 takes a free one."""
    public_url: str = ""
    """Address under which the service is reached; empty: `http://bind_host:port/`."""
    trusted_hosts: tuple[str, ...] = ()
    """Host names accepted in the Host header beside those of `public_url` and loopback."""
    trusted_proxies: int = 0
    """Number of reverse proxies in front whose X-Forwarded headers are believed."""
    query_workers: int = 8
    """Processes that answer queries, shared out among the web processes."""
    web_processes: int = 0
    """Processes that answer requests; 0: one per core, at most two."""
    client_slots: int = 2
    """Queries that one client may have running at a time."""
    client_queue: int = 8
    """Queries that one client may have waiting beside those."""
    memory_quads: int = 2_000_000
    """Versions of at most so many quads are held in memory, where they fit; 0: never."""
    query_seconds: float = 10.0
    """Time limit of one query, in seconds."""
    query_megabytes: int = 1000
    """Memory limit of one query process, in MiB beyond what it needs to start."""
    query_rows: int = 100_000
    """Most solutions or triples in one answer."""
    answer_megabytes: int = 50
    """Most MiB in one answer."""
    queue_seconds: float = 5.0
    """How long a query waits for a free process, in seconds."""
    lock_seconds: float = 10.0
    """How long a writer waits for another writer, in seconds."""
    body_seconds: float = 20.0
    """Time a client has to send the head of a request, and again its body, in seconds."""
    access_log: str = ""
    """File to which a JSON line is written per request; `-`: standard error; empty: none."""
    slow_log: str = "-"
    """File to which a JSON line is written per slow query; `-`: standard error; empty: none."""
    slow_seconds: float = 2.0
    """Queries that take longer than this are slow."""
    cache_megabytes: int = 64
    """Most MiB of answers that a web process keeps; 0 keeps none."""
    admin_token: str = field(default="", repr=False)
    """Token of the administrator, for `/queries/running` and `/metrics`; empty: nobody."""
    client_tokens: tuple[str, ...] = field(default=(), repr=False)
    """Tokens of known clients, each as `name:secret`; others are known by their address."""
    service_origins: tuple[str, ...] = ()
    """Origins that SERVICE may ask, such as `https://query.example.org`; none: no SERVICE."""
    service_seconds: float = 5.0
    """Time limit of one request that SERVICE makes, in seconds."""
    service_megabytes: int = 10
    """Most MiB of one answer to SERVICE."""
    default_graph: str = "union"
    """Default graph of queries: `union` of all named graphs, or the store's `unnamed` graph."""


def read_settings(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Return the settings: `overrides` (None is ignored) over `environment` over the defaults.

    Raises SettingError, naming the variable and what it may hold.
    """
    source = os.environ if environment is None else environment
    values = {name: value for name, value in overrides.items() if value is not None}
    for name in (known.name for known in fields(Settings)):
        text = source.get(name.upper(), "").strip()
        if text and name not in values:
            values[name] = _parse_value(name, text)
    values.setdefault("data_dir", _choose_data_dir(str(values.get("dataset", Settings().dataset))))
    settings = Settings(**values)  # type: ignore[arg-type]
    _check_settings(settings)
    return settings


def _choose_data_dir(dataset: str) -> Path:
    """Return the folder of a dataset where none is named: no two datasets share one."""
    default = Settings()
    if dataset == default.dataset:
        return default.data_dir
    return default.data_dir / "datasets" / Path(dataset).resolve().name


def _parse_value(name: str, text: str) -> object:
    default = getattr(Settings(), name)
    try:
        if isinstance(default, int):
            return int(text)
        if isinstance(default, float):
            return float(text)
    except ValueError:
        raise SettingError(
            N_("The setting {name} holds “{value}”, which is not a number."),
            name=name.upper(),
            value=text,
        ) from None
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if isinstance(default, Path) or name == "source_dir":
        return Path(text)
    return text


_LIMITS: dict[str, tuple[float, float]] = {
    "port": (0, 65535),
    "trusted_proxies": (0, 10),
    "query_workers": (1, 64),
    "web_processes": (0, 64),
    "client_slots": (1, 64),
    "client_queue": (0, 1000),
    "memory_quads": (0, 1_000_000_000),
    "query_seconds": (0.1, 3600),
    "query_megabytes": (200, 1_000_000),
    "query_rows": (1, 100_000_000),
    "answer_megabytes": (1, 100_000),
    "queue_seconds": (0, 3600),
    "lock_seconds": (0, 3600),
    "body_seconds": (0.1, 3600),
    "slow_seconds": (0, 3600),
    "service_seconds": (0.1, 600),
    "service_megabytes": (1, 1000),
    "cache_megabytes": (0, 100_000),
}

_DEFAULT_GRAPHS = ("union", "unnamed")
_ORIGIN = re.compile(r"https?://([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?/?")


def _check_settings(settings: Settings) -> None:
    for name, (low, high) in _LIMITS.items():
        value = getattr(settings, name)
        if not low <= value <= high:
            raise SettingError(
                N_("The setting {name} is {value}; it may be from {low} to {high}."),
                name=name.upper(),
                value=value,
                low=low,
                high=high,
            )
    if settings.source_dir is not None and not settings.source_dir.is_dir():
        raise SettingError(
            N_("The setting SOURCE_DIR names {value}, which is not a folder."),
            value=settings.source_dir,
        )
    if settings.default_graph not in _DEFAULT_GRAPHS:
        raise SettingError(
            N_("The setting DEFAULT_GRAPH holds “{value}”; it may be union or unnamed."),
            value=settings.default_graph,
        )
    _check_public_url(settings.public_url)
    for origin in settings.service_origins:
        _check_origin(origin)


def _check_origin(origin: str) -> None:
    if not _ORIGIN.fullmatch(origin):
        raise SettingError(
            N_(
                "The setting SERVICE_ORIGINS holds “{value}”; an origin is http or https, "
                "a host, and perhaps a port."
            ),
            value=origin,
        )


def _check_public_url(public_url: str) -> None:
    if not public_url:
        return
    parts = urlsplit(public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise SettingError(
            N_("The setting PUBLIC_URL holds “{value}”; it must be an http or https address."),
            value=public_url,
        )
