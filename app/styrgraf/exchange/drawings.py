"""A drawing with its title and words: as SVG in a page, as SVG by itself, and as a graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from styrgraf.exchange.diagrams import Branch, draw_tree
from styrgraf.exchange.graphs import Graph, clean, gather_graph

_LETTERING = 'font-family="Figtree, Segoe UI, Arial, Liberation Sans, sans-serif"'


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn; `identifier` keeps its ids apart from those of others on the page.

    `language` is that of its words.
    """

    title: str
    description: str
    identifier: str
    language: str
    roots: tuple[Branch, ...] = ()

    @property
    def svg(self) -> str:
        """Return the drawing as it stands in a page, whose stylesheet decides its colours."""
        return draw_tree(self.roots, self.title, self.description, self.identifier)

    @property
    def graph(self) -> Graph:
        """Return what is drawn as nodes and edges."""
        return gather_graph(self.roots, self.title, self.language)

    def write_alone(self, locate: Callable[[str], str]) -> str:
        """Return a document that needs no page around it: letters, and addresses by `locate`."""
        roots = tuple(_locate(root, locate) for root in self.roots)
        svg = draw_tree(roots, self.title, self.description, self.identifier)
        return clean(svg.replace("<svg ", f'<svg xml:lang="{self.language}" {_LETTERING} ', 1))


def _locate(branch: Branch, locate: Callable[[str], str]) -> Branch:
    box = branch.box
    address = locate(box.address) if box.address.startswith("/") else box.address
    further = tuple(_locate(each, locate) for each in branch.branches)
    return replace(branch, box=replace(box, address=address), branches=further)
