"""An icicle shows every cell within the cell that it lies in, and no two upon each other."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from styrgraf.exchange.icicles import Cell, draw_icicle
from styrgraf.exchange.lettering import estimate_width

SVG = "{http://www.w3.org/2000/svg}"
SLACK = 0.02
"""Places are written with two decimals."""


@st.composite
def trees(draw: st.DrawFn) -> list[Cell]:
    """Return cells, each with a whole that stands before it; sizes count what lies in them."""
    wholes = [-1]
    for number in range(1, draw(st.integers(1, 25))):
        wholes.append(draw(st.integers(0, number - 1)))
    sizes = [1] * len(wholes)
    for place in range(len(wholes) - 1, 0, -1):
        sizes[wholes[place]] += sizes[place]
    names = [draw(st.text("abcåäö <&", max_size=90)) for _ in wholes]
    return [Cell(*each) for each in zip(names, sizes, wholes, strict=True)]


def draw(cells: list[Cell]) -> ElementTree.Element:
    """Return the drawing, read as XML."""
    return ElementTree.fromstring(draw_icicle(cells, "Titel", "Beskrivning", "it"))


def measure(rect: ElementTree.Element) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom."""
    x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


@given(trees())
def test_each_cell_stands_beside_its_whole_and_within_its_height(cells: list[Cell]) -> None:
    places = [measure(rect) for rect in draw(cells).iter(SVG + "rect")]
    assert len(places) == len(cells), "of so few none is too low to be seen"
    for cell, (left, top, _, bottom) in zip(cells[1:], places[1:], strict=True):
        whole = places[cell.whole]
        assert left == whole[2]
        assert whole[1] - SLACK <= top
        assert bottom <= whole[3] + SLACK
    for first, one in enumerate(places):
        for other in places[first + 1 :]:
            if one[0] == other[0]:
                assert one[3] <= other[1] + SLACK or other[3] <= one[1] + SLACK


@given(trees())
def test_words_are_cut_to_the_cell_and_whole_in_its_title(cells: list[Cell]) -> None:
    drawing = draw(cells)
    for group, cell in zip(drawing.iter(SVG + "g"), cells, strict=True):
        assert (group.findtext(SVG + "title") or "") == cell.words
        left, _, right, _ = measure(next(group.iter(SVG + "rect")))
        for text in group.iter(SVG + "text"):
            assert estimate_width(text.text or "", 13) <= right - left


def test_what_is_too_low_to_be_seen_is_left_out() -> None:
    crowd = [Cell("alla", 2_001, -1), *(Cell(f"befattning {n}", 1, 0) for n in range(2_000))]
    assert len(list(draw(crowd).iter(SVG + "rect"))) == 1


def test_a_cell_that_leads_somewhere_is_a_link() -> None:
    drawing = draw([Cell("alla", 2, -1), Cell("rektor", 1, 0, "/delegations?party=a&b", "sv")])
    (link,) = drawing.iter(SVG + "a")
    assert link.attrib["href"] == "/delegations?party=a&b"
    (words,) = link.iter(SVG + "text")
    assert words.attrib["lang"] == "sv"
