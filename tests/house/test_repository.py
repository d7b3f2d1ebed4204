"""What the files of the project may not hold, and what must agree with what."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGISTRY_HOSTS = [
    "py" + "pi.org",
    "pythonhosted" + ".org",
    "registry.npm" + "js",
    "deb.debian" + ".org",
    "repo1.maven" + ".org",
    "crates" + ".io",
]
MACHINE_PATH = re.compile(r"(?<![\w./:])/(work|tmp|root|home)/\w")


def list_tracked_texts() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    paths = [ROOT / name for name in names if name]
    return [path for path in paths if path.is_file() and path.suffix not in {".png", ".mo", ".ico"}]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: git cannot tell which files belong to the project")
    return {str(path.relative_to(ROOT)): path.read_text() for path in list_tracked_texts()}


def test_no_file_names_the_host_of_a_package_registry(texts: dict[str, str]) -> None:
    found = [name for name, text in texts.items() if any(host in text for host in REGISTRY_HOSTS)]
    assert found == []


def test_no_file_holds_a_path_of_a_machine(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if MACHINE_PATH.search(text)] == []


def test_no_work_is_left_marked_as_unfinished(texts: dict[str, str]) -> None:
    unfinished = re.compile(r"\b(TO" + "DO|FIX" + "ME|X" + r"XX)\b")
    assert [name for name, text in texts.items() if unfinished.search(text)] == []


def test_every_locked_requirement_has_a_hash() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        blocks = re.split(r"\n(?=\S)", lock.read_text().strip())
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_locks_cover_every_declared_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[<>=]", requirement)[0] for requirement in declared}
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements/serve.txt").read_text(), re.M))
    assert names <= locked
