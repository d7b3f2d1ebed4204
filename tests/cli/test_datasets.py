"""Datasets side by side: each has a folder of its own where none is named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from styrgraf.graph.versions import read_current
from tests.cli.conftest import CommandLine
from tests.tiny import make_dataset


def test_another_dataset_loads_beside_the_one_that_is_there(
    styrgraf: CommandLine, tmp_path: Path
) -> None:
    first, second = tmp_path / "var", tmp_path / "var" / "datasets" / "other"
    shutil.copytree(styrgraf.settings.data_dir, first, symlinks=True)
    dataset = make_dataset(tmp_path / "other", "other", "https://example.org/other/")
    before = read_current(first)
    done = subprocess.run(
        [sys.executable, "-m", "styrgraf", "load", "--dataset", str(dataset)],
        cwd=tmp_path,
        env={**styrgraf.environment, "DATA_DIR": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert read_current(second).dataset == "other"
    assert read_current(first) == before
