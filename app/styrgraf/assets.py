"""Where the shipped files are: in the wheel, or in the checkout. Nobody else touches `__file__`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def find_asset(name: str) -> Path:
    """Return the path of a shipped top-level folder (`ontology`, `shapes`, `queries`, `data`).

    A wheel carries them under `styrgraf/shipped/`; a checkout beside `app/`.
    """
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _CHECKOUT / name


def find_schema(name: str) -> Path:
    """Return the path of a JSON Schema, such as that of `authority`."""
    return _PACKAGE / "schemas" / f"{name}.schema.json"


def find_translations() -> Path:
    """Return the folder of the gettext catalogues."""
    return _PACKAGE / "translations"
