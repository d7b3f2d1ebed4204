"""The command line, run as a user runs it: each command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from styrgraf.governance.publication import load_dataset
from styrgraf.settings import Settings
from tests.cli.warm import Warm, start_warm
from tests.tiny import copy_data, make_dataset

START = {
    **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}},
    "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    "PYTHONWARNINGS": "error",
    "LC_ALL": "en_GB.UTF-8",
}
"""What is in the environment of every command."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """`styrgraf` on a data directory and a dataset."""

    settings: Settings
    warm: Warm

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            **START,
            "DATA_DIR": str(self.settings.data_dir),
            "DATASET": self.settings.dataset,
            "LOCK_SECONDS": "0.2",
            "PORT": "0",
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run to the end, in a process that need not read the code first."""
        return self.warm.run(arguments, {**self.environment, **environment})

    def run_anew(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run to the end, in a process that begins with nothing."""
        return subprocess.run(
            [sys.executable, "-m", "styrgraf", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            env=self.environment,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start and leave running."""
        return subprocess.Popen(
            [sys.executable, "-m", "styrgraf", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """What commands are forked from."""
    with start_warm(START) as started:
        yield started


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A loaded data directory that no test changes."""
    folder = tmp_path_factory.mktemp("cli")
    dataset = make_dataset(folder / "dataset")
    settings = Settings(data_dir=folder / "data", dataset=str(dataset))
    load_dataset(settings)
    return settings


@pytest.fixture(scope="module")
def kth(shipped_settings: Settings, warm: Warm) -> CommandLine:
    """The command line on the shipped dataset."""
    return CommandLine(shipped_settings, warm)


@pytest.fixture(scope="module")
def example(example_settings: Settings, warm: Warm) -> CommandLine:
    """The command line on the made-up university."""
    return CommandLine(example_settings, warm)


@pytest.fixture
def styrgraf(loaded: Settings, warm: Warm) -> CommandLine:
    """The command line on data that no test changes."""
    return CommandLine(loaded, warm)


@pytest.fixture
def own_styrgraf(loaded: Settings, warm: Warm, tmp_path: Path) -> CommandLine:
    """The command line on data that a test may change."""
    return CommandLine(copy_data(loaded, tmp_path), warm)
