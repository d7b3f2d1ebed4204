"""Data directories with a whole dataset: loaded once in a run, and copied for each process."""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from styrgraf.governance.publication import load_dataset
from styrgraf.settings import Settings


def load_once(factory: pytest.TempPathFactory, settings: Settings) -> Settings:
    """Return `settings` with a data directory of this process into which their dataset is loaded.

    The name of the dataset's folder tells one dataset from another.
    """
    name = Path(settings.dataset).name
    loaded = _find_shared_folder(factory) / f"loaded-{name}"
    with loaded.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not loaded.exists():
            half = loaded.with_suffix(".half")
            load_dataset(replace(settings, data_dir=half))
            half.rename(loaded)
    own = factory.mktemp(name) / "data"
    shutil.copytree(loaded, own, symlinks=True)
    return replace(settings, data_dir=own)


def _find_shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the processes of a run have in common."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
