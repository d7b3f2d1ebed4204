"""A drawing with its title and words: as SVG in a page, as SVG by itself, and as a graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from styrgraf.exchange.diagrams import Branch, draw_tree
from styrgraf.exchange.graphs import (
    Graph,
    clean,
    gather_axis,
    gather_cells,
    gather_graph,
    gather_net,
)
from styrgraf.exchange.icicles import Cell, draw_icicle
from styrgraf.exchange.nets import Net, draw_net
from styrgraf.exchange.strokes import Box
from styrgraf.exchange.timelines import Axis, Bar, draw_timeline

Part = TypeVar("Part", Box, Bar, Cell)

_NOTHING = Net({})
_PAPER = '<rect width="100%" height="100%" fill="#fff"/>'
_LETTERING = 'font-family="Figtree, Segoe UI, Arial, Liberation Sans, sans-serif"'


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: a forest, a net, bars on an axis, or cells; `language` is of its words.

    `identifier` keeps its ids apart from those of others on the page.
    """

    title: str
    description: str
    identifier: str
    language: str
    roots: tuple[Branch, ...] = ()
    net: Net = _NOTHING
    axis: Axis | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to draw."""
        return not (self.roots or self.net.boxes or self.axis or self.cells)

    @property
    def svg(self) -> str:
        """Return the drawing as it stands in a page, whose stylesheet decides its colours."""
        words = (self.title, self.description, self.identifier)
        if self.axis:
            return draw_timeline(self.axis, *words)
        if self.cells:
            return draw_icicle(self.cells, *words)
        return draw_net(self.net, *words) if self.net.boxes else draw_tree(self.roots, *words)

    @property
    def graph(self) -> Graph:
        """Return what is drawn as nodes and edges; bars are nodes alone."""
        if self.axis:
            return gather_axis(self.axis, self.title, self.language)
        if self.cells:
            return gather_cells(self.cells, self.title, self.language)
        if self.net.boxes:
            return gather_net(self.net, self.title, self.language)
        return gather_graph(self.roots, self.title, self.language)

    def write_alone(self, locate: Callable[[str], str]) -> str:
        """Return a document that needs no page around it: its own ground, letters and addresses."""
        roots = tuple(_locate(root, locate) for root in self.roots)
        boxes = {key: _relocate(box, locate) for key, box in self.net.boxes.items()}
        bars = [_relocate(bar, locate) for bar in self.axis.bars] if self.axis else []
        axis = replace(self.axis, bars=tuple(bars)) if self.axis else None
        cells = tuple(_relocate(cell, locate) for cell in self.cells)
        located = replace(self, roots=roots, net=Net(boxes, self.net.lines), axis=axis, cells=cells)
        svg = located.svg
        svg = svg.replace("<svg ", f'<svg xml:lang="{self.language}" {_LETTERING} ', 1)
        return clean(svg.replace("</desc>", f"</desc>{_PAPER}", 1))


def _locate(branch: Branch, locate: Callable[[str], str]) -> Branch:
    further = tuple(_locate(each, locate) for each in branch.branches)
    return replace(branch, box=_relocate(branch.box, locate), branches=further)


def _relocate(part: Part, locate: Callable[[str], str]) -> Part:
    """Return a part of a drawing whose address, where it is one of this service, is absolute."""
    return replace(part, address=locate(part.address)) if part.address.startswith("/") else part
