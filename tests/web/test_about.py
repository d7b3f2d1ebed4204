"""The page about the data."""

from __future__ import annotations

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from styrgraf.web.languages import TIMEZONE
from tests.serving import Service


def test_the_page_tells_sources_terms_and_a_text_to_cite(service: Service) -> None:
    health = json.loads(service.get("/healthz").text)
    day = datetime.fromisoformat(health["recorded"]).astimezone(ZoneInfo(TIMEZONE))
    recorded = day.date().isoformat()
    page = service.browse("/about", lang="en").text
    assert re.search(r'data-label="Lines">364</td>', page)
    assert re.search(r'data-label="Part">\d+ %</td>', page)
    assert page.count('href="/graph/') >= 9
    assert "Creative Commons Zero (CC0 1.0)" in page
    assert "no rights to them are claimed or given" in page
    cited = re.search(r'<p class="panel citation">(.*?)</p>', page)
    assert cited
    for told in (f"Version {health['version']}", recorded, service.address):
        assert told in cited[1]
    assert 'href="/about?lang=en" aria-current="page"' in page


def test_what_a_dataset_lacks_is_said(example_service: Service, hostile_service: Service) -> None:
    example = example_service.browse("/about", lang="sv").text
    assert "Grafen anger inga källdokument." in example
    assert "Inga offentliga sidor används." in example
    hostile = hostile_service.browse("/about", lang="sv")
    assert hostile.status == 200
    assert "utan garantier" not in hostile.text
