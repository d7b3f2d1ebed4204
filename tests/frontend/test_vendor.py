"""What is vendored is what the locked packages build to, and says whose it is."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
VENDOR = ROOT / "app" / "styrgraf" / "web" / "static" / "vendor"
SOURCES = ("package.json", "package-lock.json", "build.mjs", ".npmrc", "src")


def read_sums(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    return {name: total for total, name in (line.split("  ") for line in lines)}


def test_the_sums_are_those_of_the_files_and_no_file_lacks_one() -> None:
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert read_sums(VENDOR) == found


def test_the_lock_pins_every_package_by_hash_and_names_no_address() -> None:
    text = (FRONTEND / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert [name for name, each in packages.items() if name and "integrity" not in each] == []
    assert "://" not in text
    wanted = json.loads((FRONTEND / "package.json").read_text())["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert wanted == {name: packages[f"node_modules/{name}"]["version"] for name in wanted}


def test_the_notices_hold_the_licence_of_each_package_bundled() -> None:
    text = (VENDOR / "THIRD_PARTY_NOTICES").read_text()
    blocks = re.split(r"(?m)^(?=\S+ \d+\.\d+\.\d+\S* \()", text)[1:]
    names = [block.split()[0] for block in blocks]
    assert {"@zazuko/yasgui", "codemirror", "jquery", "lodash-es"} <= set(names)
    assert [block.split()[0] for block in blocks if len(block) < 500] == []


def test_no_vendored_script_evaluates_text_when_it_starts() -> None:
    """Only the one unused function of a library that our policy would refuse holds an `eval`."""
    text = (VENDOR / "sparql-editor.js").read_text()
    assert "new Function" not in text
    assert len(re.findall(r"\beval\(", text)) <= 1


def test_a_new_build_gives_the_same_bytes(tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("node is missing: the vendored files cannot be built again to compare them")
    for name in SOURCES:
        source = FRONTEND / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    reached = subprocess.run([npm, "ping"], cwd=tmp_path, capture_output=True, timeout=60)
    if reached.returncode:
        pytest.skip("npm reaches no registry: the locked packages cannot be had")
    built = tmp_path / "out"
    done = subprocess.run(
        [node, "build.mjs", built], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert read_sums(built) == read_sums(VENDOR)
