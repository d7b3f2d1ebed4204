"""Trees drawn as SVG: sound XML, nothing overlaps, words for what dashes say."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.exchange import diagrams
from styrgraf.exchange.diagrams import Branch, draw_tree
from styrgraf.exchange.lettering import estimate_width, wrap_text
from styrgraf.exchange.strokes import Box, Shape

SVG = "{http://www.w3.org/2000/svg}"


def parse(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def list_boxes(drawing: str) -> list[tuple[float, float, float, float]]:
    return [
        (
            float(box.attrib["x"]),
            float(box.attrib["y"]),
            float(box.attrib["width"]),
            float(box.attrib["height"]),
        )
        for box in parse(drawing).iter(f"{SVG}rect")
    ]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Z"]), max_size=80)
trees = st.recursive(
    st.builds(Branch, st.builds(Box, names, st.lists(names, max_size=2).map(tuple)), label=names),
    lambda branches: st.builds(
        Branch,
        st.builds(Box, names),
        st.lists(branches, max_size=4).map(tuple),
        names,
        st.sampled_from(["", "possible", "inferred", "unknown", "failing"]),
    ),
    max_leaves=12,
)


@given(st.lists(trees, min_size=1, max_size=3))
def test_boxes_never_overlap_and_stand_inside_the_drawing(forest: list[Branch]) -> None:
    drawing = draw_tree(forest, "title", "description", "t")
    _, _, width, height = map(float, parse(drawing).attrib["viewBox"].split())
    boxes = list_boxes(drawing)
    for number, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[0] + box[2] <= width + 1
        assert box[1] + box[3] <= height + 1
        assert not any(overlap(box, other) for other in boxes[number + 1 :])


@given(names, st.floats(20, 300))
def test_wrapped_lines_keep_the_text_and_the_width(text: str, width: float) -> None:
    lines = wrap_text(text, 12, width)
    kept = re.sub(r"[\s-]", "", "".join(lines))
    assert kept == re.sub(r"[\s-]", "", text)
    assert all(estimate_width(line, 12) <= width or len(line) <= 2 for line in lines)


def test_a_long_swedish_word_is_cut_with_a_hyphen() -> None:
    lines = wrap_text("Lokalförsörjningsplaneringsförutsättningar", 14, 150)
    assert len(lines) > 1
    assert all(line.endswith("-") for line in lines[:-1])


def test_a_box_with_an_address_is_a_link_that_speaks_all_its_words() -> None:
    receiver = Branch(Box("skolchef", ("fem",), "/id/role/skolchef"), (), "får gå till", "possible")
    drawing = parse(draw_tree([Branch(Box("rektor"), (receiver,))], "Kedja", "Från vänster", "k"))
    link = next(drawing.iter(f"{SVG}a"))
    assert link.attrib["href"] == "/id/role/skolchef"
    assert link.attrib["aria-label"] == "skolchef, fem, får gå till"
    assert link.attrib["class"] == "node possible"
    assert drawing.findtext(f"{SVG}title") == "Kedja"
    assert drawing.findtext(f"{SVG}desc") == "Från vänster"


def test_markup_in_a_name_is_text() -> None:
    drawing = draw_tree([Branch(Box('<b>&"', address="/x?a=1&b=2"))], "<t>", "&", "m")
    texts = [text.text for text in parse(drawing).iter(f"{SVG}text")]
    assert texts == ['<b>&"']


def test_nothing_to_draw_is_an_empty_drawing() -> None:
    assert list_boxes(draw_tree([], "tom", "tom", "e")) == []


def test_no_style_is_written_into_the_drawing() -> None:
    drawing = draw_tree([Branch(Box("a"), (Branch(Box("b"), (), "c", "possible"),))], "t", "d", "s")
    assert "style=" not in drawing
    assert "<script" not in drawing


def test_each_box_of_a_large_tree_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    leaves = [Branch(Box(f"Avdelningschef {number}", ("alla ärenden",))) for number in range(499)]
    middle = tuple(
        Branch(Box(f"Chef {start}"), tuple(leaves[start : start + 10]))
        for start in range(0, len(leaves), 10)
    )
    measured: Counter[Box] = Counter()
    measure = diagrams.measure_box

    def count(box: Box, kind: str) -> Shape:
        measured[box] += 1
        return measure(box, kind)

    monkeypatch.setattr(diagrams, "measure_box", count)
    draw_tree([Branch(Box("rektor"), middle)], "t", "d", "big")
    assert set(measured.values()) == {1}
    assert len(measured) == 1 + len(middle) + len(leaves)


def test_a_failing_and_an_unknown_line_differ_by_dashes_sign_and_words() -> None:
    def lead_to(kind: str, words: str) -> Branch:
        return Branch(Box(kind), label=words, kind=kind)

    branches = (lead_to("failing", "beloppet är för högt"), lead_to("unknown", "ej angivet"))
    drawing = parse(draw_tree([Branch(Box("rektor"), branches)], "t", "d", "s"))
    lines = {
        each.attrib["class"]: each.attrib["stroke-dasharray"]
        for each in drawing.iter(f"{SVG}path")
        if "edge" in each.attrib["class"]
    }
    assert lines.keys() == {"edge failing", "edge unknown"}
    assert len(set(lines.values())) == 2
    signs = [each for each in drawing.iter(f"{SVG}g") if "sign" in each.attrib["class"]]
    assert [sign.findtext(f"{SVG}text") for sign in signs] == ["✕", "?"]
    words = [
        text.text for text in drawing.iter(f"{SVG}text") if text.attrib.get("class") == "edge-label"
    ]
    assert words == ["beloppet är för högt", "ej angivet"]


def test_a_sign_stands_between_the_words_and_the_arrow() -> None:
    failing = Branch(Box("prefekt"), label="får inte gå vidare till prefekten", kind="failing")
    drawing = parse(draw_tree([Branch(Box("rektor"), (failing,))], "t", "d", "s"))
    circle = next(drawing.iter(f"{SVG}circle"))
    left = float(circle.attrib["cx"]) - float(circle.attrib["r"])
    for text in drawing.iter(f"{SVG}text"):
        if text.attrib.get("class") == "edge-label":
            width = estimate_width(text.text or "", 12)
            assert float(text.attrib["x"]) + width <= left


def test_of_a_label_in_lines_the_first_stands_above_the_line_and_the_others_below() -> None:
    failing = Branch(Box("b"), label="delegerar till\n✕ för sent\n? oklart", kind="failing")
    drawing = parse(draw_tree([Branch(Box("a"), (failing,))], "t", "d", "s"))
    places = {
        text.text: float(text.attrib["y"])
        for text in drawing.iter(f"{SVG}text")
        if text.attrib.get("class") == "edge-label"
    }
    line = float(next(drawing.iter(f"{SVG}circle")).attrib["cy"])
    assert places["delegerar till"] < line < places["✕ för sent"] < places["? oklart"]
