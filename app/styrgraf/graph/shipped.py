"""The files that a store is filled from: which folder becomes which graph, and their digest."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox

from styrgraf.assets import find_asset
from styrgraf.errors import SettingError
from styrgraf.language import N_
from styrgraf.namespaces import GRAPH_PATH
from styrgraf.settings import Settings

ONTOLOGY_GRAPH = "ontology"
SHAPES_GRAPH = "shapes"
INFERRED_GRAPH = "inferred"
EXTERNAL_GRAPH = "external"
_RESERVED = frozenset({ONTOLOGY_GRAPH, SHAPES_GRAPH, INFERRED_GRAPH})


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as its `dataset.toml` tells it; `titles` by language.

    `example`: what it describes is made up, and everything that is shown of it has to say so.
    """

    name: str
    base: str
    licence: str
    titles: Mapping[str, str]
    folder: Path
    example: bool = False

    @property
    def is_shipped(self) -> bool:
        """Tell whether it comes with the product, under the licence that stands beside it."""
        return self.folder.parent == find_asset("data")

    def graph(self, name: str) -> str:
        """Return the IRI of a named graph of this dataset."""
        return self.base + GRAPH_PATH + name


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """A file that fills a graph; `name` is its place among the shipped files."""

    path: Path
    name: str
    graph: str


def read_dataset(settings: Settings) -> Dataset:
    """Return the dataset that the setting DATASET names: shipped, or a folder.

    Raises SettingError where there is none or its `dataset.toml` is not right.
    """
    shipped = find_asset("data") / settings.dataset
    folder = shipped if "/" not in settings.dataset and shipped.is_dir() else Path(settings.dataset)
    try:
        text = (folder / "dataset.toml").read_text(encoding="utf-8")
        return _parse_dataset(text, folder)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            N_(
                "The setting DATASET is “{dataset}”, which is neither a shipped dataset nor "
                "a folder with a dataset.toml."
            ),
            dataset=settings.dataset,
        ) from error
    except (KeyError, AttributeError, ValueError) as error:
        raise SettingError(
            N_(
                "The file {file} must tell name, base (an absolute IRI ending in /) and title; "
                "example, if told, is true or false."
            ),
            file=folder / "dataset.toml",
        ) from error


def _parse_dataset(text: str, folder: Path) -> Dataset:
    table = tomllib.loads(text)
    name, base = str(table["name"]), str(table["base"])
    if not name or not base.endswith("/") or not urlsplit(ox.NamedNode(base).value).netloc:
        raise ValueError(base)
    titles = {str(language): str(title) for language, title in table["title"].items()}
    example = table.get("example", False)
    if not isinstance(example, bool):
        raise ValueError(example)
    return Dataset(name, base, str(table.get("licence", "")), titles, folder, example)


def list_shipped_files(dataset: Dataset) -> tuple[ShippedFile, ...]:
    """Return the files that fill the store, in a fixed order: ontology, shapes, data."""
    ontology = _list_folder(find_asset("ontology"), dataset.graph(ONTOLOGY_GRAPH), "ontology")
    shapes = _list_folder(find_asset("shapes"), dataset.graph(SHAPES_GRAPH), "shapes")
    return (*ontology, *shapes, *_list_data_files(dataset))


def _list_data_files(dataset: Dataset) -> Iterator[ShippedFile]:
    for folder in sorted(path for path in dataset.folder.rglob("*") if path.is_dir()):
        name = folder.relative_to(dataset.folder).as_posix()
        if name in _RESERVED:
            raise SettingError(
                N_("The dataset folder {folder} has a name that is kept for the product."),
                folder=folder,
            )
        yield from _list_folder(folder, dataset.graph(name), f"data/{name}")


def _list_folder(folder: Path, graph: str, name: str) -> Iterator[ShippedFile]:
    for path in sorted(folder.glob("*.ttl")):
        yield ShippedFile(path, f"{name}/{path.name}", graph)


def list_derivations() -> tuple[Path, ...]:
    """Return the files of the queries that make the inferred graph, in order."""
    return tuple(sorted((find_asset("queries") / "derive").glob("*.rq")))


def compute_shipped_digest(dataset: Dataset, marks: Iterable[str] = ()) -> str:
    """Return the SHA-256 over names and bytes of all files that a load fills the store from.

    `marks` tell what else a version is made by.
    """
    told = (dataset.name, dataset.base, *marks)
    digest = hashlib.sha256("".join(f"{part}\n" for part in told).encode())
    files = [(file.name, file.path) for file in list_shipped_files(dataset)]
    files += [(f"derive/{path.name}", path) for path in list_derivations()]
    for name, path in files:
        content = path.read_bytes()
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
