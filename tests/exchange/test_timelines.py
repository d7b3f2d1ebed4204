"""Bars on an axis of years: where they begin and end, and what open sides look like."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date

from styrgraf.exchange.lettering import estimate_width
from styrgraf.exchange.timelines import Axis, Bar, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
YEAR = Bar("Plan å ä ö", "/doc/plan/x", "", date(2023, 1, 1), date(2024, 1, 1), "2023")
TODAY = date(2023, 7, 2)


def draw(*bars: Bar) -> ElementTree.Element:
    return ElementTree.fromstring(
        draw_timeline(Axis(bars, TODAY, "today"), "Over time", "Bars.", "time")
    )


def find_bar(row: ElementTree.Element) -> ElementTree.Element:
    (bar,) = (each for each in row.findall(f"{SVG}rect") if "bar" in each.attrib["class"].split())
    return bar


def read_bar(row: ElementTree.Element) -> tuple[float, float]:
    bar = find_bar(row)
    return float(bar.attrib["x"]), float(bar.attrib["x"]) + float(bar.attrib["width"])


def test_bars_stand_in_order_of_their_days_and_lead_to_their_things() -> None:
    half = replace(YEAR, end=date(2023, 7, 1), words="half a year")
    whole, first_half = draw(YEAR, half).findall(f"{SVG}a")
    assert whole.attrib == {"href": "/doc/plan/x", "aria-label": "Plan å ä ö, 2023"}
    assert read_bar(whole)[0] == read_bar(first_half)[0]
    assert 0.45 < (read_bar(first_half)[1] - 290) / (read_bar(whole)[1] - 290) < 0.55


def test_a_side_of_which_no_day_is_stated_is_open_to_the_end_of_the_axis() -> None:
    open_end = replace(YEAR, end=None, words="from 2023, end not stated")
    drawn = draw(YEAR, open_end)
    rows = drawn.findall(f"{SVG}a")
    assert read_bar(rows[1])[1] >= read_bar(rows[0])[1]
    assert find_bar(rows[1]).attrib["class"] == "bar open"
    assert "end not stated" in rows[1].attrib["aria-label"]


def test_today_is_marked_only_where_the_axis_reaches_it() -> None:
    def has_today(*bars: Bar) -> bool:
        return any(part.get("class") == "today" for part in draw(*bars))

    assert has_today(YEAR)
    assert not has_today(replace(YEAR, start=date(2019, 1, 1), end=date(2020, 1, 1)))


def test_centuries_do_not_crowd_the_axis_and_a_day_is_still_seen() -> None:
    day = replace(YEAR, start=date(1477, 2, 27), end=date(1477, 2, 28), words="1477")
    drawn = draw(day, YEAR)
    years = [part for part in drawn if part.get("class") == "year-name"]
    assert 2 < len(years) <= 13
    assert read_bar(drawn.findall(f"{SVG}a")[0])[1] - 290 >= 4


def test_what_begins_on_the_last_day_of_the_axis_has_a_year_of_room() -> None:
    begins = replace(YEAR, start=date(2024, 1, 1), end=None, words="from 2024, end not stated")
    whole, begun = draw(YEAR, begins).findall(f"{SVG}a")
    assert read_bar(whole)[1] == read_bar(begun)[0]
    assert read_bar(begun)[1] - read_bar(begun)[0] > 100


def test_what_is_too_long_for_its_place_is_cut_with_a_mark_and_spoken_whole() -> None:
    name, words = "Förvaltningsövergripande " * 12, "åtgärdsuppföljning " * 12
    (row,) = draw(replace(YEAR, name=name.strip(), words=words.strip())).findall(f"{SVG}a")
    *names, told = [text.text or "" for text in row.findall(f"{SVG}text")]
    assert len(names) == 2
    assert names[-1].endswith("…")
    assert told.endswith("…")
    assert estimate_width(told, 12) <= 640
    assert estimate_width(names[-1], 13, semibold=True) <= 286
    assert row.attrib["aria-label"] == f"{name.strip()}, {words.strip()}"


def test_an_axis_of_a_year_or_two_names_its_quarters_and_a_longer_one_does_not() -> None:
    def list_names(*bars: Bar) -> list[str | None]:
        axis = Axis(bars, TODAY, "today", ("april", "juli", "oktober"))
        drawn = ElementTree.fromstring(draw_timeline(axis, "Over time", "Bars.", "time"))
        return [part.text for part in drawn if part.get("class") == "year-name"]

    assert list_names(YEAR) == ["2023", "april", "juli", "oktober"]
    assert list_names(replace(YEAR, end=date(2026, 1, 1))) == ["2023", "2024", "2025"]
