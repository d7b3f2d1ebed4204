"""Settings: environment and command line, checked at start."""

from __future__ import annotations

import ast
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from styrgraf.errors import SettingError
from styrgraf.settings import Settings, read_settings

NAMES = [field.name for field in fields(Settings)]
PACKAGE = Path(__file__).parents[1] / "app" / "styrgraf"
EXAMPLES: dict[str, tuple[str, object]] = {
    "data_dir": ("/srv/styrgraf", Path("/srv/styrgraf")),
    "dataset": ("other", "other"),
    "source_dir": (".", Path()),
    "bind_host": ("0.0.0.0", "0.0.0.0"),
    "port": ("8080", 8080),
    "public_url": ("https://example.org/graph/", "https://example.org/graph/"),
    "trusted_hosts": ("a.example.org, b.example.org", ("a.example.org", "b.example.org")),
    "trusted_proxies": ("1", 1),
    "query_workers": ("8", 8),
    "query_seconds": ("2.5", 2.5),
    "query_megabytes": ("500", 500),
    "query_rows": ("10", 10),
    "answer_megabytes": ("7", 7),
    "queue_seconds": ("0", 0.0),
    "lock_seconds": ("1", 1.0),
    "memory_quads": ("0", 0),
    "web_processes": ("3", 3),
    "client_slots": ("4", 4),
    "client_queue": ("0", 0),
    "body_seconds": ("2.5", 2.5),
    "access_log": ("-", "-"),
    "slow_log": ("/var/log/slow.jsonl", "/var/log/slow.jsonl"),
    "slow_seconds": ("0.5", 0.5),
    "client_tokens": ("ann:one, bo:two", ("ann:one", "bo:two")),
    "service_seconds": ("2.5", 2.5),
    "service_megabytes": ("1", 1),
    "cache_megabytes": ("0", 0),
    "admin_token": ("a-long-secret", "a-long-secret"),
    "service_origins": (
        "https://a.example.org, http://b.example.org:8080",
        ("https://a.example.org", "http://b.example.org:8080"),
    ),
    "default_graph": ("unnamed", "unnamed"),
}


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_is_read_from_the_environment(name: str) -> None:
    text, value = EXAMPLES[name]
    assert getattr(read_settings({name.upper(): text}), name) == value


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_wins_over_the_environment(name: str) -> None:
    text, value = EXAMPLES[name]
    settings = read_settings({name.upper(): "nonsense"}, **{name: value})
    assert getattr(settings, name) == value
    assert getattr(read_settings({name.upper(): text}, **{name: None}), name) == value


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_variable_is_as_none(name: str) -> None:
    assert read_settings({name.upper(): " "}) == Settings()


@pytest.mark.parametrize(
    ("dataset", "folder"),
    [
        ("kth", "var"),
        ("example", "var/datasets/example"),
        ("/srv/own", "var/datasets/own"),
        ("own/", "var/datasets/own"),
    ],
)
def test_each_dataset_has_a_folder_of_its_own(dataset: str, folder: str) -> None:
    assert read_settings({"DATASET": dataset}).data_dir == Path(folder)
    assert read_settings({}, dataset=dataset).data_dir == Path(folder)
    assert read_settings({"DATASET": dataset, "DATA_DIR": "else"}).data_dir == Path("else")


@pytest.fixture(scope="module")
def used_names() -> set[str]:
    """All attributes that the code reads."""
    return {
        node.attr
        for path in PACKAGE.rglob("*.py")
        if path.name not in {"settings.py", "framework.py"}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_is_used_somewhere(name: str, used_names: set[str]) -> None:
    assert name in used_names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "http"),
        ("port", "65536"),
        ("port", "-1"),
        ("query_workers", "0"),
        ("query_seconds", "0"),
        ("query_seconds", "nan"),
        ("query_megabytes", "10"),
        ("trusted_proxies", "11"),
        ("source_dir", "/nowhere"),
        ("public_url", "ftp://example.org/"),
        ("public_url", "example.org"),
        ("public_url", "https://example.org/?a=b"),
        ("default_graph", "both"),
        ("service_origins", "example.org"),
        ("service_origins", "https://example.org/sparql"),
        ("service_origins", "https://somebody@example.org"),
    ],
)
def test_what_cannot_be_is_told_with_the_name_of_the_variable(name: str, text: str) -> None:
    with pytest.raises(SettingError, match=name.upper()):
        read_settings({name.upper(): text})


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_no_token_is_shown_with_the_settings() -> None:
    settings = Settings(admin_token="secret", client_tokens=("ann:secret",))
    assert "secret" not in repr(settings)
