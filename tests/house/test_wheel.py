"""The wheel, installed where no checkout is, serves the same as the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.serving import Service

pytestmark = pytest.mark.early

ROOT = Path(__file__).parents[2]
SHIPPED = ("ontology", "shapes", "queries", "data")
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=CLEAN, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel through the source distribution, as a packager would."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    run("tar", "xzf", next(folder.glob("*.tar.gz")), cwd=folder)
    unpacked = next(path for path in folder.iterdir() if path.is_dir())
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=unpacked)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel and its locked requirements; its bin folder."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin/python", "install", "-q"]
    pip += ["--disable-pip-version-check", "--no-compile"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements/serve.txt", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    return folder / "bin"


@pytest.fixture(scope="module")
def address(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server started from the wheel, in a folder without a checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    process = subprocess.Popen(
        [environment / "styrgraf", "serve", "--port", "0", "--data-dir", folder / "var"],
        cwd=folder,
        env=CLEAN,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            break
    else:
        pytest.fail("".join(said))
    yield found[0]
    process.terminate()
    process.wait(30)
    process.stdout.close()


def test_the_wheel_carries_every_shipped_file_and_nothing_of_the_tests(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"styrgraf/shipped/{path.relative_to(ROOT)}"
        for name in SHIPPED
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    }
    assert expected - carried == set()
    assert [name for name in carried if name.startswith(("tests", "bench", "app/"))] == []
    assert {"styrgraf/web/templates/base.html"} <= carried
    assert any(name.endswith(".mo") for name in carried)


def test_the_installed_wheel_serves_the_same_graph_and_stylesheet(
    address: str, service: Service
) -> None:
    for path in (
        "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D",
        "/graph/source/000?format=ntriples",
        "/graph/inferred?format=ntriples",
        "/static/css/styrgraf.css",
    ):
        ours = service.get(path)
        assert ours.status == 200
        theirs = urlopen(address.rstrip("/") + path).read()
        assert sorted(theirs.splitlines()) == sorted(ours.body.splitlines())


def test_the_installed_wheel_shows_the_pages(address: str) -> None:
    for path in ("", "decisions", "delegations", "questions", "validation"):
        request = Request(f"{address}{path}?lang=sv", headers={"Accept": "text/html"})
        page = urlopen(request).read().decode()
        assert '<html lang="sv"' in page


def test_the_installed_command_finds_its_shipped_files(environment: Path, tmp_path: Path) -> None:
    answer = run(environment / "styrgraf", "--version", cwd=tmp_path)
    assert re.search(r"\d+\.\d+\.\d+", answer)
