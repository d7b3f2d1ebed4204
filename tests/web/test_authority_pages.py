"""Pages on authority: the answer first, three answers apart, bad input told at its field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from styrgraf.governance.publication import load_dataset, open_reader
from styrgraf.settings import Settings
from styrgraf.web.authority.authority_forms import find_today
from styrgraf.web.authority.authority_views import place_among_breaks
from tests.serving import Answer, Service, run_service
from tests.tiny import make_dataset
from tests.web.test_escaping import Markup

WHO, MAY, PARTY = "/authority", "/authority/may", "/authority/party"
PURCHASE = {"matter": "matter/inkop", "on": "2024-05-05"}
NOT_WORDS = re.compile(r"<[^>]+>")
WAYS = 12


def read_words(answer: Answer) -> str:
    """Return the text of the main part of a page, in single spaces."""
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(unescape(NOT_WORDS.sub(" ", main)).split())


def read_first_sentence(answer: Answer) -> str:
    found = re.search(r'<p class="answer-first">(.*?)</p>', answer.text, re.DOTALL)
    assert found
    return " ".join(unescape(NOT_WORDS.sub(" ", found[1])).split())


# The empty form


@pytest.mark.parametrize("path", [WHO, MAY, PARTY])
@pytest.mark.parametrize(("language", "word"), [("sv", "Exempel"), ("en", "Examples")])
def test_a_form_just_opened_offers_examples_and_today(
    example_service: Service, path: str, language: str, word: str
) -> None:
    answer = example_service.browse(path, lang=language)
    assert answer.status == 200
    assert word in read_words(answer)
    assert f'name="on" value="{find_today().isoformat()}"' in answer.text
    assert 'role="alert"' not in answer.text


def test_every_example_of_the_form_has_an_answer(example_service: Service) -> None:
    page = example_service.browse(WHO)
    examples = page.text[page.text.index('id="examples"') : page.text.index("</main>")]
    addresses = re.findall(r'<li><a href="([^"]+)"', examples)
    assert len(addresses) == 5
    for address in addresses:
        answer = example_service.browse(unescape(address))
        assert answer.status == 200
        assert "answer-first" in answer.text


def test_matters_are_offered_by_name_each_under_the_broader(example_service: Service) -> None:
    page = example_service.browse(WHO, lang="en")
    options = re.findall(r'<option value="(matter/[^"]+)"[^>]*>(\u2003*)', page.text)
    depths = {value: len(indent) for value, indent in options}
    assert depths["matter/inkop-laboratorium"] == depths["matter/inkop"] + 1
    assert list(depths).index("matter/inkop") < list(depths).index("matter/inkop-laboratorium")


# The answer


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "Den 5 maj 2024 får rektor, dekan och prefekt för exempel B besluta om"),
        ("en", "On 5 May 2024, rektor, dean and head of the Department of Example B may decide on"),
    ],
)
def test_the_answer_comes_first_as_a_sentence(
    example_service: Service, language: str, sentence: str
) -> None:
    question = {"matter": "matter/tillgodoraknande", "on": "2024-05-05"}
    answer = example_service.browse(WHO, lang=language, **question)
    assert read_first_sentence(answer).startswith(sentence)
    content = answer.text.partition("<main")[2]
    assert content.index("answer-first") < content.index("<form")


def test_a_link_of_a_chain_tells_delegation_order_clause_decision_number_and_limit(
    example_service: Service,
) -> None:
    words = read_words(example_service.browse(WHO, lang="sv", **PURCHASE))
    row = words[words.index("2. rektor → delegerar till dekan") :]
    for told in (
        "Rektor till dekanen: inköp",
        "Rektors delegationsordning 2023",
        "Delegationsordning 2023, 3 §: inköp",
        "beslut: Beslut om delegationsordning 2023",
        "diarienummer: EX-2023-0150",
        "högst 10 000 000 kr",
    ):
        assert told in row[:600].replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_a_reading_is_said_to_be_one_with_its_lines(service: Service) -> None:
    question = {"matter": "matter/verksamhetsstod", "on": "2023-04-05"}
    answer = service.browse(WHO, lang="sv", **question)
    assert read_first_sentence(answer) == (
        "Den 5 april 2023 får rektor och universitetsdirektör besluta om ”Allt verksamhetsstöd vid"
        " KTH”, enligt en läsning av källorna."
    )
    assert "känt bara som: januari 2023" in read_words(answer)
    assert re.search(r'href="/id/locator/000-78-79[^"]*"', answer.text)


def test_a_failing_link_is_marked_in_the_drawing_and_in_the_table(example_service: Service) -> None:
    answer = example_service.browse(MAY, party="post/inkopare-1", amount="750000", **PURCHASE)
    assert 'class="edge failing"' in answer.text
    assert 'class="sign failing"' in answer.text
    assert ">✕ Beloppet är högre än" in answer.text
    assert '<tr role="row" class="link-no">' in answer.text
    assert 'id="rule-amount"' in answer.text
    assert "ur delegationsreglerna: R4" in read_words(answer)


@pytest.mark.parametrize(
    ("party", "language", "word"),
    [
        ("post/dekan", "sv", "Ja"),
        ("post/dekan", "en", "Yes"),
        ("post/inkopare-1", "sv", "Nej"),
        ("post/inkopare-1", "en", "No"),
        ("post/prorektor", "sv", "Går inte att avgöra"),
        ("post/prorektor", "en", "Cannot be told"),
    ],
)
def test_whether_one_may_is_answered_by_one_of_three_words(
    example_service: Service, party: str, language: str, word: str
) -> None:
    answer = example_service.browse(MAY, party=party, lang=language, amount="750000", **PURCHASE)
    assert answer.status == 200
    assert read_first_sentence(answer).startswith(f"{word} ")


def test_a_person_may_what_its_post_may(example_service: Service) -> None:
    holder = example_service.get(WHO, "application/json", **PURCHASE)
    parties = json.loads(holder.text)["parties"]
    dean = next(each for each in parties if each["party"].endswith("post/dekan"))
    answer = example_service.browse(MAY, party=dean["holder"]["persons"][0], lang="en", **PURCHASE)
    assert read_first_sentence(answer).startswith("Yes ")
    assert "That is by way of the post dean." in read_words(answer)


def test_all_that_one_may_decide_is_told_with_what_was_given_on(example_service: Service) -> None:
    answer = example_service.browse(PARTY, party="post/dekan", on="2023-05-05", lang="sv")
    words = read_words(answer)
    assert read_first_sentence(answer) == "Den 5 maj 2023 får dekan besluta om: Inköp."
    assert "Dekanen till prefekten för exempel A: inköp (2021)" in words
    assert "högst 5 000 000 kr" in words.replace("\N{NO-BREAK SPACE}", " ")


def test_authority_in_all_the_rest_is_told_of_its_holder(example_service: Service) -> None:
    words = read_words(example_service.browse(PARTY, party="post/rektor", lang="sv"))
    assert "Ursprunglig beslutanderätt i allt som inte är förbehållet någon annan" in words


# Days


def test_a_past_day_is_told_to_be_past_and_today_is_not(example_service: Service) -> None:
    past = example_service.browse(WHO, lang="sv", **PURCHASE)
    assert "Sidan visar vad som gällde den 5 maj 2024." in read_words(past)
    now = example_service.browse(WHO, lang="sv", matter="matter/inkop")
    assert "as-of" not in now.text
    coming = example_service.browse(WHO, lang="sv", matter="matter/inkop", on="2099-01-01")
    assert "kommer att gälla den 1 januari 2099" in read_words(coming)


def test_the_neighbouring_changes_of_the_answer_are_links_to_the_same_question(
    example_service: Service,
) -> None:
    page = example_service.browse(WHO, amount="5000", **PURCHASE)
    following = re.search(r'<a rel="next" href="([^"]+)"', page.text)
    assert following
    answer = example_service.browse(unescape(following[1]))
    assert answer.status == 200
    assert 'name="amount" value="5000"' in answer.text
    assert read_first_sentence(answer) != read_first_sentence(page)


def test_a_day_lies_among_the_days_of_change() -> None:
    days = [date(year, 1, 1) for year in (2020, 2022, 2024)]
    between = place_among_breaks(date(2022, 5, 1), days)
    assert (between.since, between.last) == (date(2022, 1, 1), date(2023, 12, 31))
    assert (between.previous, between.following) == (date(2022, 1, 1), date(2024, 1, 1))
    on_one = place_among_breaks(date(2022, 1, 1), days)
    assert (on_one.previous, on_one.following) == (date(2020, 1, 1), date(2024, 1, 1))
    before = place_among_breaks(date(2019, 1, 1), days)
    assert (before.since, before.previous) == (None, None)
    assert place_among_breaks(date(2019, 1, 1), []).total == 0
    many = place_among_breaks(date(2050, 6, 1), [date(year, 1, 1) for year in range(1900, 2100)])
    assert many.total == 200
    assert date(2050, 1, 1) in many.shown
    assert len(many.shown) < 30


# Other representations


@pytest.mark.parametrize(
    ("path", "question"),
    [
        (WHO, PURCHASE),
        (MAY, PURCHASE | {"party": "post/dekan"}),
        (PARTY, {"party": "post/dekan", "on": "2024-05-05"}),
    ],
)
@pytest.mark.parametrize(
    ("accept", "name", "expected", "sign"),
    [
        ("application/json", "json", "application/json", '"version":'),
        ("text/turtle", "turtle", "text/turtle", "sg:AuthorityAnswer"),
        ("text/csv", "csv", "text/csv", "party,party_name"),
        ("text/html", "html", "text/html", "answer-first"),
    ],
)
def test_an_answer_is_had_in_each_form_by_header_and_by_name(
    example_service: Service,
    path: str,
    question: dict[str, str],
    accept: str,
    name: str,
    expected: str,
    sign: str,
) -> None:
    for answer in (
        example_service.get(path, accept, **question),
        example_service.browse(path, format=name, **question),
    ):
        assert answer.status == 200
        assert answer.media_type == expected
        assert sign in answer.text
        drawn = 4 * (path != "/authority/party")
        assert answer.headers["link"].count('rel="alternate"') == 5 + drawn
        assert f"format={name}" in answer.headers["content-location"]


def test_what_cannot_be_had_is_406_and_what_is_no_format_400(example_service: Service) -> None:
    assert example_service.get(WHO, "image/png", **PURCHASE).status == 406
    assert example_service.get(WHO, "*/*", format="docx", **PURCHASE).status == 400


def test_an_unchanged_answer_is_304(example_service: Service) -> None:
    address = f"{WHO}?{urlencode(PURCHASE)}"
    tag = example_service.browse(address).headers["etag"]
    again = example_service.ask("GET", address, {"Accept": "text/html", "If-None-Match": tag})
    assert again.status == 304


# Bad input

WRONG = [
    ("matter", "inköb", 404, "Det finns inget ärende ”inköb”. De närmaste: Inköp", "There is no"),
    ("matter", "zzzzqqqq", 404, "Det finns inget ärende ”zzzzqqqq”", "There is no matter"),
    ("on", "2023-02-30", 400, "Det finns ingen dag 2023-02-30", "There is no day 2023-02-30"),
    ("on", "igår", 400, "”igår” är inget datum", "“igår” is no date"),
    ("amount", "-5", 400, "Beloppet ”-5” är negativt", "The amount “-5” is negative"),
    ("amount", "mycket", 400, "”mycket” är inget belopp", "“mycket” is no amount"),
    ("currency", "QQQ", 400, "”QQQ” är ingen valuta", "“QQQ” is no currency"),
    ("unit", "nowhere-zzz", 404, "Det finns ingen enhet", "There is no unit"),
    ("kind", "dance", 400, "”dance” är inget slag av rätt", "“dance” is no kind of right"),
    ("conditions", "perhaps", 400, "”perhaps” säger inte", "“perhaps” does not say"),
]


@pytest.mark.parametrize(("field", "typed", "status", "swedish", "english"), WRONG)
def test_bad_input_is_told_at_its_field_and_the_form_keeps_what_was_typed(
    example_service: Service, field: str, typed: str, status: int, swedish: str, english: str
) -> None:
    question = PURCHASE | {"amount": "100", field: typed}
    for language, sentence in (("sv", swedish), ("en", english)):
        answer = example_service.browse(WHO, lang=language, **question)
        assert answer.status == status
        assert sentence in read_words(answer)
        error = re.search(rf'<p class="field-error" id="error-{field}">(.*?)</p>', answer.text)
        assert error
        assert sentence in unescape(NOT_WORDS.sub("", error[1]))
        assert f'href="#field-{field}"' in answer.text
        assert "answer-first" not in answer.text
        if field not in {"kind", "conditions"}:
            assert f'value="{typed}"' in answer.text


def test_all_that_is_wrong_is_told_at_once(example_service: Service) -> None:
    wrong = {"matter": "zzzzqqqq", "on": "x", "amount": "-1", "currency": "?", "party": "nobody-zz"}
    answer = example_service.browse(MAY, **wrong)
    assert re.findall(r'class="field-error" id="error-(\w+)"', answer.text) == [
        "party",
        "matter",
        "on",
        "amount",
        "currency",
    ]


def test_a_party_without_a_matter_is_asked_for_it(example_service: Service) -> None:
    answer = example_service.browse(MAY, party="post/dekan", lang="en")
    assert answer.status == 400
    assert "Say which matter is asked about" in read_words(answer)
    assert re.search(r'<option value="post/dekan"[^>]* selected', answer.text)


@pytest.mark.parametrize(("field", "typed", "status", "swedish", "english"), WRONG[:5])
def test_bad_input_is_a_problem_for_machines(
    example_service: Service, field: str, typed: str, status: int, swedish: str, english: str
) -> None:
    question = PURCHASE | {field: typed}
    answer = example_service.get(WHO, "application/json", lang="en", **question)
    assert answer.status == status
    assert json.loads(answer.text)["detail"].startswith(english)


def test_a_question_without_a_matter_is_a_problem_for_machines(example_service: Service) -> None:
    assert example_service.get(WHO, "application/json").status == 400
    assert example_service.get(PARTY, "text/turtle").status == 400


# From other pages


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/doc/delegation/rektor-universitetsdirektor", "/authority?matter=matter/verksamhetsstod"),
        ("/doc/matter/verksamhetsstod", "/authority?matter=matter/verksamhetsstod"),
        ("/doc/post/rektor", "/authority/party?party=post/rektor"),
        ("/delegations", "/authority?matter=matter/verksamhetsstod"),
    ],
)
def test_pages_of_delegations_matters_and_posts_lead_to_the_question(
    service: Service, path: str, question: str
) -> None:
    page = service.browse(path)
    assert f'href="{question}"' in page.text
    assert service.browse(question).status == 200


def test_the_menu_has_the_question_after_the_start(service: Service) -> None:
    page = service.browse("/decisions", lang="sv").text
    menu = page[page.index('<nav class="navigation"') :]
    assert re.findall(r">([^<]+)</a></li>", menu)[:2] == ["Start", "Vem får besluta?"]


# Hostile, long and many

_HOSTILE = "<script>alert(1)</script> &amp; {{ 7 * 7 }} %(name)s {x}"
_LONG = "Lokalförsörjningsplaneringsförutsättnings" * 8


def write_many_ways(folder: Path) -> Path:
    """Write a dataset in which one post has WAYS × WAYS chains, under names that would do harm."""
    dataset = make_dataset(folder)
    names = {"m": _HOSTILE, "target": _LONG, "rektor": "o'onmouseover='alert(7)"}
    posts = ["rektor", "target", *(f"{row}{number}" for row in "ab" for number in range(WAYS))]
    lines = [
        "@prefix : <https://example.org/tiny/id/post/> .",
        "@prefix m: <https://example.org/tiny/id/matter/> .",
        "@prefix d: <https://example.org/tiny/id/delegation/> .",
        "@prefix sg: <https://w3id.org/styrgraf/ns#> .",
        "@prefix org: <http://www.w3.org/ns/org#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        f'm:m a sg:MatterType ; skos:prefLabel "{_HOSTILE}"@sv , "{_HOSTILE}"@en .',
        "<https://example.org/tiny/id/original-authority/o> a sg:OriginalAuthority ;"
        ' skos:prefLabel "o"@sv , "o"@en ; sg:authorityHolder :rektor ; sg:residual true ;'
        ' sg:delegationAllowed true ; sg:validFrom "2020-01-01"^^xsd:date .',
    ]
    for post in posts:
        name = names.get(post, post)
        lines.append(f':{post} a org:Post ; skos:prefLabel "{name}"@sv , "{name}"@en .')
    pairs = [("rektor", f"a{one}") for one in range(WAYS)]
    pairs += [(f"a{one}", f"b{other}") for one in range(WAYS) for other in range(WAYS)]
    pairs += [(f"b{one}", "target") for one in range(WAYS)]
    for giver, receiver in pairs:
        lines.append(
            f'd:{giver}-{receiver} a sg:DelegationOfAuthority ; skos:prefLabel "{_HOSTILE}"@sv ,'
            f' "{_HOSTILE}"@en ; sg:delegator :{giver} ; sg:delegate :{receiver} ;'
            f' sg:delegatesMatter m:m ; sg:validFrom "2021-01-01"^^xsd:date ;'
            f' sg:condition "{_HOSTILE}"@sv ; sg:subDelegationAllowed true .'
        )
    (dataset / "source" / "one" / "ways.ttl").write_text("\n".join(lines))
    return dataset


@pytest.fixture(scope="module")
def many_ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A server over one post with more chains than are shown."""
    folder = tmp_path_factory.mktemp("ways")
    dataset = write_many_ways(folder / "dataset")
    settings = Settings(data_dir=folder / "data", dataset=str(dataset), query_workers=1)
    load_dataset(settings)
    with open_reader(settings) as reader, run_service(settings, reader) as running:
        yield running


def test_of_more_chains_than_a_hundred_the_number_is_told_and_a_hundred_shown(
    many_ways: Service,
) -> None:
    asked = {"matter": "matter/m", "on": "2022-01-01", "conditions": "met"}
    answer = many_ways.browse(MAY, party="post/target", lang="en", **asked)
    assert answer.status == 200
    assert f"{WAYS * WAYS} chains. 100 are shown." in read_words(answer)
    assert len(re.findall(r"<caption>Chain \d+ of 144", answer.text)) == 100
    assert "+132 more" in answer.text
    told = json.loads(many_ways.get(MAY, "application/json", party="post/target", **asked).text)
    assert [each["chainCount"] for each in told["parties"]] == [WAYS * WAYS]


def test_many_parties_come_in_pages(many_ways: Service) -> None:
    asked = {"matter": "matter/m", "on": "2022-01-01", "conditions": "met", "lang": "en"}
    first = many_ways.browse(WHO, **asked)
    assert "26 posts and bodies (" in read_first_sentence(first)
    assert first.text.count('<article class="party"') == 20
    following = re.search(r'<a rel="next" href="([^"]+page=2[^"]*)"', first.text)
    assert following
    second = many_ways.browse(unescape(following[1]))
    assert second.text.count('<article class="party"') == 6


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (WHO, {"matter": "matter/m", "on": "2022-01-01"}),
        (MAY, {"matter": "matter/m", "on": "2022-01-01", "party": "post/target"}),
        (PARTY, {"on": "2022-01-01", "party": "post/a1"}),
        (WHO, {"matter": _HOSTILE + "x", "amount": '"><img src=x>', "unit": "</select><b>"}),
    ],
)
def test_hostile_names_and_texts_stay_text(
    many_ways: Service, path: str, asked: dict[str, str]
) -> None:
    answer = many_ways.browse(path, **asked)
    assert answer.status in {200, 400, 404}
    markup = Markup()
    markup.feed(answer.text)
    assert markup.found == []
    assert "&lt;script&gt;" in answer.text
    assert "{{ 7 * 7 }} %(name)s {x}" in read_words(answer)


def test_long_names_are_cut_in_the_drawing_and_whole_in_the_table(many_ways: Service) -> None:
    asked = {"matter": "matter/m", "on": "2022-01-01", "party": "post/target"}
    answer = many_ways.browse(MAY, **asked)
    assert _LONG in read_words(answer)
    names = re.findall(r'<text class="box-name"[^>]*>([^<]+)<', answer.text)
    assert max(map(len, names)) < 40
