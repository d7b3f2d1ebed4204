"""A page per IRI: from thing to document, in every format, each statement with its source."""

import hashlib
import json
import re
from html import unescape
from pathlib import Path
from string import Template

import pytest
import rdflib

from styrgraf.governance.publication import load_dataset, open_reader
from styrgraf.settings import Settings
from tests.serving import run_service
from tests.tiny import BASE, make_dataset

DELEGATION = "/id/delegation/rektor-universitetsdirektor"
TEXT = "Mötet öppnas.\nOrdförande hälsar <alla> välkomna.\nMötet avslutas."


@pytest.fixture(scope="module")
def documented_service(tmp_path_factory):
    """A server over a post that was read from a document in its SOURCE_DIR."""
    folder = tmp_path_factory.mktemp("documented")
    dataset, documents = make_dataset(folder / "dataset"), folder / "documents"
    documents.mkdir()
    (documents / "minutes.txt").write_text(TEXT, encoding="utf-8")
    lines = "\n".join(TEXT.split("\n")[:2])
    turtle = Template((Path(__file__).parent / "data" / "documented.ttl").read_text()).substitute(
        WHOLE=hashlib.sha256(TEXT.encode()).hexdigest(),
        LINES=hashlib.sha256(lines.encode()).hexdigest(),
    )
    (dataset / "evidence").mkdir()
    (dataset / "evidence" / "minutes.ttl").write_text(turtle, encoding="utf-8")
    (dataset / "interpretation").mkdir()
    (dataset / "interpretation" / "chair.ttl").write_text(
        f'<{BASE}id/post/chair> <http://www.w3.org/2004/02/skos/core#altLabel> "mötesordförande" .',
        encoding="utf-8",
    )
    settings = Settings(
        data_dir=folder / "data", dataset=str(dataset), source_dir=documents, query_workers=1
    )
    load_dataset(settings)
    with open_reader(settings) as reader, run_service(settings, reader) as running:
        yield running


def test_a_thing_leads_to_the_document_about_it(service):
    answer = service.get(DELEGATION)
    assert answer.status == 303
    assert answer.headers["location"] == DELEGATION.replace("/id/", "/doc/")


def test_language_and_format_are_kept_on_the_way_to_the_document(service):
    answer = service.get(DELEGATION, lang="en", format="turtle", other="x")
    location = answer.headers["location"]
    assert location.startswith(DELEGATION.replace("/id/", "/doc/"))
    assert "lang=en" in location
    assert "format=turtle" in location
    assert "other" not in location


# rdflib warns of its own class when it reads JSON-LD.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("accept", "media_type", "syntax"),
    [
        ("text/turtle", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/json", "application/json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("*/*", "text/turtle", "turtle"),
    ],
)
def test_a_document_comes_as_data_with_its_evidence(service, accept, media_type, syntax):
    answer = service.get(DELEGATION.replace("/id/", "/doc/"), accept)
    assert (answer.status, answer.media_type) == (200, media_type)
    graph = rdflib.Graph().parse(data=answer.body, format=syntax)
    thing = rdflib.URIRef("https://w3id.org/styrgraf/kth" + DELEGATION)
    assert graph.value(thing, rdflib.SKOS.prefLabel)
    topic = graph.value(predicate=rdflib.FOAF.primaryTopic, object=thing)
    assert str(topic) == service.address + DELEGATION.replace("/id/", "/doc/")
    assert list(graph.subjects(rdflib.RDF.subject, thing))
    assert list(graph.subject_objects(rdflib.URIRef("http://www.w3.org/ns/oa#hasTarget")))


def test_a_document_names_its_representations(service):
    headers = service.browse(DELEGATION.replace("/id/", "/doc/")).headers
    assert headers["content-location"] == DELEGATION.replace("/id/", "/doc/") + "?format=html"
    assert 'format=turtle>; rel="alternate"; type="text/turtle"' in headers["link"]
    assert {"Accept", "Accept-Language"} <= set(headers["vary"].split(", "))


def test_every_thing_of_the_shipped_data_has_a_page(service):
    query = (
        "SELECT DISTINCT ?kind WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "
        "'https://w3id.org/styrgraf/kth/id/')) "
        "BIND(REPLACE(STR(?s), '^.*/id/([^/]+)/.*$', '$1') AS ?kind) } ORDER BY ?kind"
    )
    kinds = service.get("/sparql", "text/csv", query=query).text.split()[1:]
    assert len(kinds) > 20
    for kind in kinds:
        one = f"SELECT ?s WHERE {{ ?s ?p ?o FILTER(CONTAINS(STR(?s), '/id/{kind}/')) }} LIMIT 1"
        iri = service.get("/sparql", "text/csv", query=one).text.split()[1]
        path = iri.removeprefix("https://w3id.org/styrgraf/kth")
        lead = service.get(path)
        assert lead.status == 303, path
        page = service.browse(lead.headers["location"])
        assert page.status == 200, path
        assert iri in page.text


def test_the_page_of_the_delegation_shows_each_statement_with_its_lines(service):
    page = service.browse(DELEGATION.replace("/id/", "/doc/"), lang="en").text
    for part in (
        "may sub-delegate to",
        'href="/id/role/administrativ-chef?lang=en"',
        'href="/id/fact/f175?lang=en"',
        "document 000, line 79",
        "our reading",
        'href="/graph/interpretation?lang=en"',
        "What the sources leave open",
        "reading R",
    ):
        assert part in page


def test_labels_carry_their_language(service):
    page = service.browse(DELEGATION.replace("/id/", "/doc/"), lang="sv").text
    assert re.search(r'<h1[^>]* lang="sv"', page)
    assert 'lang="en">The rektor' in page


def test_the_lines_are_shown_where_the_document_is_at_hand(documented_service):
    page = documented_service.browse("/doc/post/chair", lang="sv").text
    assert "Ordförande hälsar &lt;alla&gt; välkomna." in page
    assert "Mötet avslutas." not in page
    assert "F001" in page


def test_a_reading_tells_its_certainty_and_its_reason(documented_service):
    page = documented_service.browse("/doc/post/chair", lang="sv").text
    assert "Skälet till läsningen." in page
    assert "certainty-uncertain" in page
    english = documented_service.browse("/doc/post/chair", lang="en").text
    assert "The reason for the reading." in english
    assert "Skälet" not in english


def test_gaps_are_told_with_kind_property_and_lines(documented_service):
    page = documented_service.browse("/doc/post/chair", lang="en").text
    assert "Who the chair is" in page
    assert "The name is not given." in page
    assert 'href="http://www.w3.org/ns/org#heldBy"' in page


def test_facts_documents_and_locators_show_each_other(documented_service):
    fact = documented_service.browse("/doc/fact/f001", lang="sv").text
    assert "ordförande" in fact
    assert 'href="/id/post/chair?lang=sv"' in fact
    document = documented_service.browse("/doc/document/minutes", lang="sv").text
    assert 'href="/id/fact/f001?lang=sv"' in document
    assert "välkomna" in document
    locator = documented_service.browse("/doc/locator/minutes-1-2", lang="sv").text
    assert 'href="/id/reading/r01?lang=sv"' in locator
    assert "välkomna" in locator
    assert re.search(r"<h1[^>]*>Dokument minutes, rad 1–2</h1>", locator)
    assert locator.index("välkomna") < locator.index('id="statements"')
    assert "<title>Dokument minutes, rad 1–2 – Styrgraf</title>" in locator


def test_lines_of_another_wording_are_not_shown_and_the_difference_is_told(documented_service):
    path = documented_service.settings.source_dir / "minutes.txt"
    before = documented_service.browse("/doc/post/chair", lang="en")
    path.write_text(TEXT.replace("välkomna", "hjärtligt välkomna"), encoding="utf-8")
    try:
        after = documented_service.browse("/doc/post/chair", lang="en")
    finally:
        path.write_text(TEXT, encoding="utf-8")
    assert "välkomna" not in after.text
    assert "has other words on these lines" in after.text
    assert before.headers["etag"] != after.headers["etag"]


def test_without_the_document_only_the_lines_are_missing(documented_service):
    path = documented_service.settings.source_dir / "minutes.txt"
    path.rename(path.with_suffix(".away"))
    try:
        page = documented_service.browse("/doc/post/chair", lang="en")
    finally:
        path.with_suffix(".away").rename(path)
    assert page.status == 200
    assert "välkomna" not in page.text
    assert "F001" in page.text


def test_any_iri_of_the_graph_can_be_described(service):
    role = "http://www.w3.org/ns/org#Role"
    page = service.browse("/describe", iri=role)
    assert page.status == 200
    assert role in page.text
    data = service.get("/describe", "application/ld+json", iri=role)
    assert role in data.text
    json.loads(data.body)


def test_shapes_open_here(service):
    shapes = service.browse("/graph/shapes").text
    address = re.search(r'href="(/describe\?iri=[^"]+)"', shapes)
    assert address
    assert service.browse(address[1].replace("&amp;", "&")).status == 200
    assert service.get("/ns/shapes").headers["location"] == "/graph/shapes"


def test_an_unknown_iri_is_answered_with_advice(service):
    answer = service.get("/id/decision/none", "text/plain", lang="en")
    assert answer.status == 404
    assert "https://w3id.org/styrgraf/kth/id/decision/none" in answer.text
    assert "/sparql" in answer.text


def test_a_fact_is_headed_by_its_number(service):
    page = service.browse("/doc/fact/f014", lang="sv").text
    assert re.search(r"<h1[^>]*>\s*F014\s*</h1>", page)


def test_what_happened_stands_on_an_axis_in_a_table_and_in_files(service):
    page = service.browse("/doc/post/rektor", lang="en").text
    axis = page.partition('id="history-title"')[2].partition("</svg>")[0]
    assert "delegation from here" in axis
    assert "from January 2023, end not stated" in axis
    table = page.partition("Table of what happened")[2].partition("</section>")[0]
    assert re.search(r"January 2023</time>.*?000:73", table, re.DOTALL)
    assert 'datetime="2021-04-13"' in table
    file = service.get("/doc/post/rektor", "text/csv", lang="en").text
    assert "Rektors" not in file.splitlines()[0]
    assert ",2022-07-01," in file
    assert service.get("/doc/post/rektor", format="xlsx").body.startswith(b"PK")


def test_a_thing_without_dates_says_so(service):
    page = service.browse("/doc/fact/f014", lang="sv").text
    assert "Grafen anger inget datum för detta" in page
    assert "history-title" not in page


def test_a_page_of_what_happened_that_is_no_number_is_refused(service):
    answer = service.browse("/doc/post/rektor?history=x")
    assert answer.status == 400


def test_a_page_says_at_once_what_a_thing_is_and_of_a_decision_when_by_whom_and_its_number(
    service,
):
    post = service.browse("/doc/post/rektor", lang="sv").text
    assert re.search(r'<p class="kinds"><a [^>]*>Befattning</a></p>', post)
    page = service.browse("/doc/decision/2022-06-14-programdirektiv", lang="sv").text
    facts = page[page.index('<p class="kinds">') : page.index("<h2")]
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", facts)).split())
    for told in ("Beslut", "Datum 14 juni 2022", "Fattat av rektor", "Nummer som skrivet"):
        assert told in words
    assert "000:89" in words
