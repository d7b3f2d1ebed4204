"""Write the parts of README.md that are made from the code: questions and settings.

Run with `make docs`; a test fails where README.md differs from what this writes.
"""

from __future__ import annotations

import ast
import re
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path

from styrgraf import settings
from styrgraf.graph.queries import load_stored_queries

README = Path(__file__).parents[1] / "README.md"


FAMILIES = ("decisions", "organisation", "authority", "goals", "quality")


def list_questions() -> str:
    """Return the stored queries as a table by family, without those that only list choices."""
    rows = ["| query | answers | svarar på |", "| --- | --- | --- |"]
    queries = [query for query in load_stored_queries().values() if "choices" not in query.tags]
    for family in FAMILIES:
        rows.append(f"| **{family}** | | |")
        rows += [
            f"| `{query.name}` | {query.summary['en']} | {query.summary['sv']} |"
            for query in queries
            if query.family == family
        ]
    return "\n".join(rows)


def list_settings() -> str:
    """Return the settings as a table: variable, default, what it is."""
    descriptions = _read_descriptions()
    rows = ["| setting | default | what |", "| --- | --- | --- |"]
    for field in fields(settings.Settings):
        default = (
            "" if field.default is MISSING or field.default in ("", (), None) else field.default
        )
        shown = f"`{default}`" if default != "" else ""
        rows.append(f"| `{field.name.upper()}` | {shown} | {descriptions[field.name]} |")
    return "\n".join(rows)


def _read_descriptions() -> dict[str, str]:
    """Return the sentence that follows each field of the settings."""
    tree = ast.parse(Path(settings.__file__).read_text())
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef))
    found = {}
    for node, following in pairwise(body):
        if isinstance(node, ast.AnnAssign) and isinstance(following, ast.Expr):
            found[ast.unparse(node.target)] = " ".join(ast.literal_eval(following.value).split())
    return found


def renew(text: str) -> str:
    """Return README's text with its made parts made anew."""
    for name, content in (("questions", list_questions()), ("settings", list_settings())):
        pattern = re.compile(rf"(<!-- {name}:[^>]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda found, content=content: f"{found[1]}{content}\n{found[2]}", text)
    return text


if __name__ == "__main__":
    README.write_text(renew(README.read_text()))
