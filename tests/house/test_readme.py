"""What README says can be checked, is checked."""

from __future__ import annotations

import re
from pathlib import Path

from docs.generate import renew

ROOT = Path(__file__).parents[2]

README = (ROOT / "README.md").read_text()


def test_the_made_parts_of_readme_are_what_the_code_says_today() -> None:
    assert renew(README) == README, "run `make docs`"


def test_every_link_and_picture_of_readme_exists() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_readme_gives_the_two_commands() -> None:
    assert "make serve" in README
    assert "make test" in README


def test_every_make_target_that_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", README)) <= targets
