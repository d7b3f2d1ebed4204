"""Content negotiation by a table of Accept headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.web.negotiation import (
    CSV,
    HTML,
    JSON_LD,
    N_TRIPLES,
    TURTLE,
    find_offer,
    negotiate,
    parse_accept,
)

OFFERS = (TURTLE, JSON_LD, N_TRIPLES, HTML)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

CASES = [
    # nothing said: the first offer
    (None, TURTLE),
    ("", TURTLE),
    ("  ", TURTLE),
    ("*/*", TURTLE),
    # one type
    ("text/html", HTML),
    ("TEXT/HTML", HTML),
    ("application/ld+json", JSON_LD),
    ("text/turtle;charset=utf-8", TURTLE),
    ('text/turtle; charset="UTF-8"', TURTLE),
    (BROWSER, HTML),
    # wildcards and their precision
    ("text/*", TURTLE),
    ("application/*", JSON_LD),
    ("text/*;q=0.5, application/*", JSON_LD),
    ("*/*;q=0.1, text/html", HTML),
    ("text/turtle;q=0, */*", JSON_LD),
    ("text/*;q=0, */*", JSON_LD),
    ("text/*, text/turtle;q=0.1", HTML),
    ("*/*, text/turtle;q=0, application/ld+json;q=0, application/n-triples;q=0", HTML),
    # qualities
    ("text/turtle;q=0.5, application/ld+json;q=0.9", JSON_LD),
    ("text/turtle;q=0.5, text/html;q=0.500", TURTLE),
    ("text/turtle;q=0.001", TURTLE),
    ("text/turtle;Q=0.3, text/html;q=0.2", TURTLE),
    ("application/n-triples , text/turtle ; q=0.2", N_TRIPLES),
    # what is no media range is left out
    ("text/turtle;q=2, text/html", HTML),
    ("text/turtle;q=0.1234, text/html", HTML),
    ("text/turtle;q=abc, text/html;q=0.1", HTML),
    ("*/turtle, text/html", HTML),
    ("turtle, ,;, text/html", HTML),
    ('text/turtle;note="a,b;c", text/html', HTML),
    # parameters that the offer does not have
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted", text/html', HTML),
    # nothing that can be had
    ("image/png", None),
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
    ("garbage", None),
    ("application/xml", None),
]


@pytest.mark.parametrize(("accept", "expected"), CASES)
def test_the_best_acceptable_offer_is_chosen(accept, expected):
    assert negotiate(accept, OFFERS) == expected


def test_equal_qualities_leave_the_choice_to_the_order_of_offers():
    accept = "text/html, text/turtle"
    assert negotiate(accept, (HTML, TURTLE)) == HTML
    assert negotiate(accept, (TURTLE, HTML)) == TURTLE


def test_a_header_of_a_million_ranges_is_read_in_no_time():
    accept = "text/a," * 100_000 + "text/html"
    assert negotiate(accept, OFFERS) is None
    assert len(parse_accept(accept)) <= 64


def test_an_unclosed_quotation_does_not_hang():
    assert parse_accept('text/html;a="' + ",;" * 10_000) != ()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("turtle", TURTLE),
        ("ttl", TURTLE),
        ("text/turtle", TURTLE),
        ("HTML", HTML),
        ("jsonld", JSON_LD),
        ("nt", N_TRIPLES),
        ("json", JSON_LD),
        ("n3", TURTLE),
        ("csv", None),
        ("png", None),
        ("", None),
    ],
)
def test_a_format_is_named_shortly_or_by_media_type_or_by_file_ending(word, expected):
    assert find_offer(word, OFFERS) == expected


def test_textual_representations_tell_their_encoding():
    assert CSV.content_type == "text/csv; charset=utf-8"
    assert JSON_LD.content_type == "application/ld+json"


QUALITIES = st.integers(0, 1000)
RANGES = st.sampled_from(["*/*", "text/*", "application/*", *(o.media_type for o in OFFERS)])


def write_range(media_range, quality):
    return f"{media_range};q={quality / 1000:.3f}"


@given(st.text() | st.text('atex/*;q=01.," -+'))
def test_any_header_is_read(accept):
    assert negotiate(accept, OFFERS) in {*OFFERS, None}


@given(st.dictionaries(st.sampled_from(OFFERS), QUALITIES, min_size=1))
def test_the_offer_of_the_highest_quality_is_chosen(qualities):
    accept = ", ".join(write_range(offer.media_type, q) for offer, q in qualities.items())
    chosen, best = negotiate(accept, OFFERS), max(qualities.values())
    assert (chosen is None) == (best == 0)
    assert chosen is None or qualities[chosen] == best


@given(st.dictionaries(RANGES, QUALITIES, min_size=1))
def test_the_most_precise_range_decides(qualities):
    def rate(offer):
        kind = offer.media_type.partition("/")[0]
        ranges = (offer.media_type, f"{kind}/*", "*/*")
        return next((qualities[name] for name in ranges if name in qualities), 0)

    accept = ",".join(write_range(*pair) for pair in qualities.items())
    best = max(OFFERS, key=rate)
    assert negotiate(accept, OFFERS) == (best if rate(best) else None)
    backwards = ",".join(write_range(*pair) for pair in reversed(qualities.items()))
    assert negotiate(backwards, OFFERS) == negotiate(accept, OFFERS)
