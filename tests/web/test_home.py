"""The start page: a field with examples, what is new, what ends soon, what needs attention."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from styrgraf.web import home
from tests.serving import Service


def read_card(page: str, name: str) -> str:
    section = page.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]
    return " ".join(unescape(re.sub("<[^>]*>", " ", section)).split())


def test_the_examples_are_of_the_graph_and_find_what_they_ask_for(
    service: Service, example_service: Service
) -> None:
    for running in (service, example_service):
        page = running.browse("/").text
        examples = re.findall(r'<a href="(/search\?q=[^"]*)"', page)
        assert len(examples) == 3
        for address in examples:
            found = running.browse(unescape(address)).text
            assert 'class="hits"' in found or "question-box" in found
        assert "question-box" in running.browse(unescape(examples[0])).text


def test_the_latest_decisions_come_first_with_decider_and_number(service: Service) -> None:
    new = read_card(service.browse("/").text, "new")
    assert new.index("5 april 2023") < new.index("14 juni 2022") < new.index("13 april 2021")
    assert "Beslut 3: programdirektiv" in new
    assert "rektor · V-2022-0218 1.1" in new
    assert "Version 1 av grafen sparades" in new


def test_what_ends_within_180_days_is_told_and_else_the_nearest_end(
    example_service: Service, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {}
    for day in ("2025-07-05", "2025-07-04", "2019-01-01", "2030-01-01"):
        monkeypatch.setattr(home, "find_today", lambda day=day: date.fromisoformat(day))
        page = example_service.ask("GET", "/", {"Accept": "text/html", "Cache-Control": "no-cache"})
        told[day] = read_card(page.text, "soon")
    assert "31 december 2025" in told["2025-07-05"]
    assert "Inget känt slut inom 180 dagar" not in told["2025-07-05"]
    assert "Det senaste kända slutet:" in told["2030-01-01"]
    assert "Nästa kända slut:" in told["2019-01-01"]
    assert "Räknat från den 1 januari 2030" in told["2030-01-01"]


def test_what_needs_attention_is_counted_as_the_lists_themselves_do(service: Service) -> None:
    attention = read_card(service.browse("/").text, "attention")
    lines = service.get("/health-register", "text/csv").text.strip().splitlines()[1:]
    told = sum(map(int, re.findall(r"\d+", attention.partition("Validering")[0])))
    assert told == len(lines)
    assert "93 luckor" in attention


def test_the_start_page_leads_to_every_part(service: Service) -> None:
    page = service.browse("/").text
    for path in (
        *("/decisions", "/organisation", "/delegations", "/orders", "/goals", "/authority"),
        *("/authority/rehearsal", "/gaps", "/graphs", "/questions", "/sparql", "/ns"),
        *("/health-register", "/validation", "/authority/decisions"),
    ):
        assert f'href="{path}"' in page, path


def test_the_menu_marks_the_page_and_else_the_part_that_it_belongs_to(service: Service) -> None:
    marked = {
        "/authority": ("Vem får besluta?", "page"),
        "/authority/may": ("Vem får besluta?", "true"),
        "/health-register": ("Vem får besluta?", "true"),
        "/orders": ("Delegationsordning", "true"),
        "/delegations/overview": ("Delegationer", "true"),
        "/gaps": ("Det som lämnas öppet", "page"),
    }
    for path, (name, how) in marked.items():
        page = service.browse(path, lang="sv").text
        found = re.findall(r'<a href="[^"]*" aria-current="(\w+)">([^<]*)</a>', page)
        assert (how, name) in found, path
