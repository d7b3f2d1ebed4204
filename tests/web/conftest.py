"""A small dataset of hostile names, long values and many statements, and a server over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from styrgraf.governance.publication import load_dataset, open_reader
from styrgraf.settings import Settings
from tests.serving import Service, run_service
from tests.tiny import BASE, make_dataset

MANY = 1100
LONG = 499_000
_MANY_NAMES = """\
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<{base}id/post/many> a org:Post ;
  skos:prefLabel "många namn"@sv, "many names"@en ;
  skos:altLabel {names} .

<{base}id/post/long> a org:Post ;
  skos:prefLabel "lång text"@sv, "long text"@en ;
  skos:note "{text}" .
"""


@pytest.fixture(scope="session")
def hostile_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A server over names that would do harm, a thing of many statements, and a long text."""
    folder = tmp_path_factory.mktemp("hostile")
    dataset = make_dataset(folder / "dataset")
    source = dataset / "source" / "one"
    shutil.copy(Path(__file__).parent / "data" / "hostile.ttl", source)
    names = ", ".join(f'"namn {number:04}"' for number in range(MANY))
    text = _MANY_NAMES.format(base=BASE, names=names, text="å" * LONG)
    (source / "many.ttl").write_text(text, encoding="utf-8")
    settings = Settings(data_dir=folder / "data", dataset=str(dataset), query_workers=1)
    load_dataset(settings)
    with open_reader(settings) as reader, run_service(settings, reader) as running:
        yield running
