"""The query editor as people use it: write, complete, run, err, stop, share, download."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from styrgraf.graph.published import PublishedStore
from tests.browser.conftest import Watch, read_violations, watch_context
from tests.browser.test_every_page import OVERFLOWING_TEXTS, WIDTH, find_faults
from tests.serving import Service

DATES = """PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX sg: <https://w3id.org/styrgraf/ns#>
SELECT ?decision ?date WHERE {
  ?decision a sg:Decision ; eli:date_document ?date .
} ORDER BY ?date"""
WRONG = "SELECT ?a WHERE {\n  ?a ?b ?c .\n  ?a (( ?c\n}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TEN_THOUSAND = "SELECT ?s ?o WHERE { ?s ?p ?o . ?x ?y ?z } LIMIT 10000"
CHAIN = "SELECT ?delegator ?delegate { ?d sg:delegator ?delegator ; sg:delegate ?delegate }"
STATES = {
    "table": DATES,
    "several pages": "SELECT * { ?s ?p ?o } LIMIT 300",
    "nothing": "SELECT * { ?s ?s ?s }",
    "truth": "ASK {}",
    "graph": "CONSTRUCT WHERE { ?s a ?o } LIMIT 20",
    "mistake": WRONG,
}
READ = "() => document.querySelector('.CodeMirror').CodeMirror.getValue()"
FORM = "application/x-www-form-urlencoded"


class Editor:
    """The query page with its editor, in Swedish."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.get_by_label("Fråga", exact=True)
        self.status = page.locator(".editor-status")
        self.results = page.locator(".yasr_results")
        self.suggestions = page.get_by_role("listbox", name="Förslag").get_by_role("option")

    def open(self, path: str = "/sparql") -> None:
        self.page.goto(path)
        expect(self.page.locator(".CodeMirror")).to_be_visible()
        expect(self.field).to_be_attached()

    def write(self, text: str) -> None:
        self.field.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def type(self, text: str) -> None:
        self.write("")
        self.page.keyboard.type(text)

    def read(self) -> str:
        text: str = self.page.evaluate(READ)
        return text

    def run(self, text: str) -> None:
        self.write(text)
        self.page.keyboard.press("Control+Enter")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def editor(page: Page) -> Iterator[Editor]:
    opened = Editor(page)
    opened.open()
    yield opened
    assert read_violations(page) == []


def test_a_query_is_written_and_run_and_its_answer_told(editor: Editor) -> None:
    editor.write(DATES)
    editor.button("Kör frågan").click()
    expect(editor.status).to_contain_text("rader på")
    rows = editor.results.locator("tbody tr")
    assert rows.count() > 3
    first = rows.first.get_by_role("link")
    expect(first).to_have_text("Beslut 1: programdirektiv för genomlysning")
    expect(rows.first).to_contain_text("2021-04-13")
    expect(rows.first).to_contain_text("xsd:date")
    first.click()
    expect(editor.page.locator("h1")).to_contain_text("Beslut 1")


def test_ctrl_enter_runs_and_a_column_sorts(editor: Editor) -> None:
    editor.run(DATES)
    date = editor.page.get_by_role("columnheader", name="date")
    date.get_by_role("button").click()
    date.get_by_role("button").click()
    expect(date).to_have_attribute("aria-sort", "descending")
    expect(editor.results.locator("tbody tr").last).to_contain_text("2021-04-13")


def test_completion_offers_our_vocabulary_under_its_labels(editor: Editor) -> None:
    editor.type("SELECT * WHERE { ?s a Besl")
    editor.page.keyboard.press("Control+Space")
    expect(editor.suggestions.first).to_contain_text("Beslut")
    expect(editor.suggestions.first).to_contain_text("sg:Decision")
    expect(editor.suggestions.first).to_contain_text("klass")
    assert find_faults(editor.page) == []
    editor.page.keyboard.press("Enter")
    expect(editor.suggestions).to_have_count(0)
    assert editor.read() == (
        "PREFIX sg: <https://w3id.org/styrgraf/ns#>\nSELECT * WHERE { ?s a sg:Decision"
    )


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("SELECT * WHERE { ?s sg:decid", "sg:decidedBy"),
        ("SELECT * WHERE { ?s decided", "sg:decidedBy"),
        ("SELECT * WHERE { GRAPH ontol", "/graph/ontology"),
        ("SELECT ?body WHERE { ?b", "?body"),
    ],
    ids=["name", "local name", "graph", "variable"],
)
def test_completion_finds_a_term_by_what_is_typed(editor: Editor, typed: str, offered: str) -> None:
    editor.type(typed)
    editor.page.keyboard.press("Control+Space")
    expect(editor.suggestions.filter(has_text=offered).first).to_be_visible()


def test_a_known_prefix_is_declared_as_it_is_typed_and_undone_by_nobody(editor: Editor) -> None:
    editor.type("SELECT * WHERE { ?s skos:prefLabel ?o . ?s org:unitOf ?u }")
    expect(editor.page.locator("#syntax")).to_be_hidden()
    assert editor.read().startswith("PREFIX org: <http://www.w3.org/ns/org#>\n")
    assert editor.read().count("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n") == 1


def test_a_mistake_is_marked_while_it_is_written(editor: Editor) -> None:
    editor.write("SELECT ?a WHERE {\n  ?a ?b ) .\n}")
    expect(editor.page.locator("#syntax")).to_contain_text("Rad 2, kolumn 9")
    expect(editor.page.locator(".query-mistake")).to_have_text(")")
    expect(editor.field).to_have_attribute("aria-invalid", "true")
    editor.write(DATES)
    expect(editor.page.locator("#syntax")).to_be_hidden()
    expect(editor.page.locator(".query-mistake")).to_have_count(0)


def test_what_the_service_says_is_wrong_is_marked_at_its_line(editor: Editor) -> None:
    editor.run("SELECT ?a WHERE {\n  ?a ?b ?c .\n  BIND(1 AS ?c)\n}")
    alert = editor.results.get_by_role("alert")
    expect(alert).to_contain_text("Begäran går inte att förstå")
    expect(editor.status).to_have_text("Begäran går inte att förstå")
    editor.run(WRONG)
    expect(alert).to_contain_text("rad 3, kolumn 11")
    expect(editor.page.locator(".query-mistake")).to_have_text("?c")
    alert.get_by_role("button").click()
    expect(editor.field).to_be_focused()
    place = editor.page.evaluate(
        "() => { const at = document.querySelector('.CodeMirror').CodeMirror.getCursor();"
        " return [at.line, at.ch]; }"
    )
    assert place == [2, 10]


def test_the_queries_that_are_shipped_are_no_mistakes_to_the_editor(editor: Editor) -> None:
    editor.page.locator(".examples details").first.locator("summary").click()
    editor.page.get_by_role("link", name="De daterade besluten").click()
    expect(editor.status).to_contain_text("Frågan står i redigeraren")
    # Its ORDER BY holds aggregates, which the grammar of the editor lacks.
    assert "ORDER BY ?date ?decision MIN(?first_line)" in editor.read()
    editor.page.wait_for_timeout(700)
    expect(editor.page.locator("#syntax")).to_be_hidden()
    editor.page.keyboard.press("Control+Enter")
    expect(editor.status).to_contain_text("rader på")


def test_a_running_query_is_stopped_and_ends_in_the_service(
    editor: Editor, shipped_reader: PublishedStore
) -> None:
    editor.run(ENDLESS)
    stop = editor.button("Stoppa")
    expect(stop).to_be_visible()
    expect(editor.status).to_have_text("Frågan körs …")
    wait_until(lambda: any(ENDLESS in query.text for query in shipped_reader.running()))
    stop.click()
    expect(editor.status).to_contain_text("Stoppad efter")
    expect(stop).to_be_hidden()
    expect(editor.button("Kör frågan")).to_be_focused()
    wait_until(lambda: not any(ENDLESS in query.text for query in shipped_reader.running()))
    editor.run(DATES)
    expect(editor.status).to_contain_text("rader på")


def test_a_query_is_stopped_by_its_own_identifier(editor: Editor) -> None:
    with editor.page.expect_request(lambda each: each.method == "POST") as asked:
        editor.run(ENDLESS)
    identifier = asked.value.headers["x-request-id"]
    expect(editor.button("Stoppa")).to_be_visible()
    with editor.page.expect_request(lambda each: each.method == "DELETE") as stopped:
        editor.button("Stoppa").click()
    assert stopped.value.url.endswith(f"/queries/running/{identifier}")


def wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not come true"
        time.sleep(0.05)


def test_a_query_is_shared_in_the_address_and_no_server_sees_it(
    editor: Editor, browser: Browser, base_url: str
) -> None:
    editor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen: list[str] = []
    editor.page.context.on("request", lambda request: seen.append(request.url))
    text = f"# å + & #\n{DATES}"
    editor.write(text)
    editor.button("Kopiera länk").click()
    expect(editor.status).to_have_text("Länken är kopierad")
    copied = editor.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == editor.page.url
    context = browser.new_context(base_url=base_url, locale="sv-SE")
    other = Editor(context.new_page())
    other.open(copied)
    assert other.read() == text
    assert other.page.locator(".answer").is_hidden()
    context.close()
    editor.button("Kör frågan").click()
    expect(editor.status).to_contain_text("rader på")
    assert [url for url in seen if "SELECT" in url] == []


def test_back_brings_the_query_that_was_run_before(editor: Editor) -> None:
    editor.run("ASK {}")
    expect(editor.results).to_contain_text("Ja")
    editor.run(DATES)
    expect(editor.status).to_contain_text("rader på")
    editor.page.go_back()
    expect(editor.status).to_have_text("Frågan från adressen står i redigeraren")
    assert editor.read() == "ASK {}"
    expect(editor.page.locator(".answer")).to_be_hidden()


@pytest.mark.parametrize("name", ["CSV", "JSON", "TSV", "XML"])
def test_a_download_holds_what_the_service_answers(
    editor: Editor, service: Service, name: str
) -> None:
    editor.run(DATES)
    with editor.page.expect_download() as started:
        editor.button(name).click()
    download = started.value
    assert download.suggested_filename == f"styrgraf.{name.lower()}"
    expect(editor.status).to_contain_text("är sparad")
    form = urlencode({"query": DATES, "format": name.lower()})
    assert download.path().read_bytes() == service.post("/sparql", form, FORM).body


def test_a_graph_is_shown_as_turtle_and_downloaded(editor: Editor, service: Service) -> None:
    query = STATES["graph"]
    editor.run(query)
    expect(editor.page.get_by_role("region", name="Svar i Turtle")).to_contain_text("@prefix")
    with editor.page.expect_download() as started:
        editor.button("N-Triples").click()
    form = urlencode({"query": query, "format": "ntriples"})
    expected = service.post("/sparql", form, FORM).body.splitlines()
    assert sorted(started.value.path().read_bytes().splitlines()) == sorted(expected)


def test_a_chain_of_delegations_is_drawn(editor: Editor) -> None:
    editor.run(CHAIN)
    editor.button("Som kedja").click()
    drawing = editor.page.locator("svg.diagram")
    expect(drawing.get_by_role("link", name="universitetsdirektör").first).to_be_visible()
    assert editor.page.evaluate(OVERFLOWING_TEXTS) == []
    assert find_faults(editor.page) == []
    drawing.get_by_role("link", name="rektor").first.click()
    expect(editor.page.locator("h1")).to_have_text("rektor")


def test_ten_thousand_rows_come_a_hundred_at_a_time(editor: Editor) -> None:
    editor.run(TEN_THOUSAND)
    expect(editor.results.locator("caption")).to_have_text("Rad 1 till 100 av 10\xa0000")
    assert editor.results.locator("tbody tr").count() == 100
    editor.button("Nästa rader").click()
    expect(editor.results.locator("caption")).to_have_text("Rad 101 till 200 av 10\xa0000")
    editor.page.get_by_role("columnheader", name="o").get_by_role("button").click()
    expect(editor.results.locator("caption")).to_have_text("Rad 1 till 100 av 10\xa0000")
    assert editor.results.locator("tbody tr").count() == 100


def test_more_rows_than_are_shown_are_told_of(editor: Editor) -> None:
    editor.run("SELECT ?s ?x WHERE { ?s ?p ?o . ?x ?y ?z } LIMIT 10001")
    expect(editor.status).to_contain_text("De första 10\xa0000 raderna")
    expect(editor.status).to_contain_text("det finns fler")


def test_an_answer_is_shown_as_it_was_sent_too(editor: Editor) -> None:
    editor.run('SELECT ("{{a}} <b>" AS ?text) {}')
    expect(editor.results.locator("tbody td")).to_have_text("{{a}} <b>")
    editor.button("Som det skickades").click()
    sent = editor.page.get_by_role("region", name="Svaret som det skickades")
    expect(sent).to_contain_text('"value":"{{a}} <b>"')
    expect(editor.button("Som det skickades")).to_have_attribute("aria-pressed", "true")


def test_tab_leaves_the_editor(editor: Editor) -> None:
    editor.field.focus()
    editor.page.keyboard.press("Tab")
    expect(editor.button("Kör frågan")).to_be_focused()
    editor.page.keyboard.press("Shift+Tab")
    expect(editor.field).to_be_focused()


def test_the_graphs_that_are_asked_are_kept(editor: Editor, base_url: str) -> None:
    graph = "https://w3id.org/styrgraf/kth/graph/ontology"
    editor.open("/sparql?" + urlencode({"query": "ASK {}", "default-graph-uri": graph}))
    editor.run("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/styrgraf/ns#Decision> }")
    expect(editor.results.locator("tbody td")).to_contain_text("0")
    assert "default-graph-uri=https" in editor.page.url
    editor.page.reload()
    expect(editor.page.locator(".dataset")).to_contain_text(graph)
    editor.button("Kör frågan").click()
    expect(editor.results.locator("tbody td")).to_contain_text("0")
    assert find_faults(editor.page) == []


def test_the_print_holds_query_and_table(editor: Editor) -> None:
    editor.run(DATES)
    expect(editor.status).to_contain_text("rader på")
    editor.page.emulate_media(media="print")
    expect(editor.page.locator(".CodeMirror")).to_contain_text("ORDER BY")
    expect(editor.results.locator("tbody tr").last).to_be_visible()
    expect(editor.button("Kör frågan")).to_be_hidden()
    expect(editor.page.locator(".examples")).to_be_hidden()


@pytest.mark.parametrize("query", STATES.values(), ids=STATES.keys())
def test_an_answer_has_no_fault_on_a_wide_light_and_a_narrow_dark_screen(
    editor: Editor, query: str
) -> None:
    editor.run(query)
    expect(editor.results.locator("table, pre, p").first).to_be_visible()
    expect(editor.button("Stoppa")).to_be_hidden()
    assert find_faults(editor.page) == []
    editor.page.set_viewport_size({"width": 320, "height": 700})
    editor.page.emulate_media(color_scheme="dark")
    assert editor.page.evaluate(WIDTH) <= 320
    assert find_faults(editor.page) == []


def test_the_editor_speaks_english_too(page: Page) -> None:
    page.goto("/sparql?lang=en")
    page.get_by_role("button", name="Run the query").click()
    expect(page.locator(".editor-status")).to_contain_text("rows in")
    expect(page.get_by_role("button", name="Table")).to_be_visible()
    link = page.locator(".yasr_results tbody a").first
    expect(link).to_have_attribute("href", "/id/decision/2021-04-13-genomlysning?lang=en")


@pytest.fixture
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """A reader whose browser runs no scripts."""
    context = browser.new_context(base_url=base_url, locale="sv-SE", java_script_enabled=False)
    watch: Watch = watch_context(context, base_url, scripts=False)
    yield context.new_page()
    context.close()
    assert watch.outside == []


def test_without_scripts_a_query_is_asked_by_the_form(plain: Page) -> None:
    plain.goto("/sparql")
    plain.get_by_label("Fråga", exact=True).fill(DATES)
    plain.get_by_role("button", name="Kör frågan").click()
    link = plain.get_by_role("link", name="Beslut 1: programdirektiv för genomlysning")
    expect(link).to_be_visible()
    expect(plain.get_by_label("Fråga", exact=True)).to_have_value(DATES)
    expect(plain.get_by_role("button", name="Stoppa")).to_be_hidden()


def test_without_scripts_a_mistake_keeps_the_text_and_shows_the_line(plain: Page) -> None:
    plain.goto("/sparql")
    plain.get_by_label("Fråga", exact=True).fill(WRONG)
    plain.get_by_role("button", name="Kör frågan").click()
    expect(plain.get_by_role("alert")).to_contain_text("rad 3, kolumn 11")
    expect(plain.locator(".mistake mark")).to_have_text("?c")
    field = plain.get_by_label("Fråga", exact=True)
    expect(field).to_have_value(WRONG)
    expect(field).to_have_attribute("aria-invalid", "true")


def test_without_scripts_a_stored_query_is_put_into_the_form(plain: Page) -> None:
    plain.goto("/sparql")
    plain.locator(".examples summary").first.click()
    plain.get_by_role("link", name="De daterade besluten").click()
    holds_query = re.compile(r"SELECT[\s\S]*ORDER BY")
    expect(plain.get_by_label("Fråga", exact=True)).to_have_value(holds_query)
