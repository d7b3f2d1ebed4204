"""Tiny datasets and data directories for tests of the store."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from styrgraf.settings import Settings

BASE = "https://example.org/tiny/"
_DATASET = """\
name = "{name}"
base = "{base}"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"

[title]
sv = "Litet"
en = "Tiny"
"""
_POSTS = """\
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix post: <https://example.org/tiny/id/post/> .

post:chair a org:Post ;
  skos:prefLabel "ordförande"@sv, "chair"@en .
"""


def make_dataset(folder: Path, name: str = "tiny", base: str = BASE) -> Path:
    """Write a dataset of one post into `folder` and return the folder."""
    source = folder / "source" / "one"
    source.mkdir(parents=True)
    (folder / "dataset.toml").write_text(_DATASET.format(name=name, base=base))
    (source / "posts.ttl").write_text(_POSTS)
    return folder


def copy_data(settings: Settings, folder: Path) -> Settings:
    """Copy a data directory and its dataset, so that a test may change both."""
    shutil.copytree(settings.data_dir, folder / "data", symlinks=True)
    shutil.copytree(settings.dataset, folder / "dataset")
    return replace(settings, data_dir=folder / "data", dataset=str(folder / "dataset"))


def write_turtle(path: Path, text: str) -> Path:
    """Write a Turtle file with the prefixes that tests use."""
    path.write_text(
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        f"@prefix : <{BASE}id/thing/> .\n{text}\n"
    )
    return path
