"""Parameters are read strictly: whatever is no escape or no UTF-8 is told, and nothing is lost."""

from urllib.parse import quote, quote_plus, unquote_to_bytes, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrgraf.errors import ParameterError
from styrgraf.web.endpoint.form_encoding import (
    MOST_PARAMETERS,
    find_value,
    list_values,
    parse_parameters,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
PAIRS = st.lists(st.tuples(TEXT, TEXT))


@given(PAIRS, st.sampled_from([quote, quote_plus]))
def test_what_is_encoded_is_read_as_it_was(pairs, how):
    encoded = urlencode(pairs, quote_via=how).encode()
    assert parse_parameters(encoded) == tuple(pairs)


@given(st.binary())
def test_any_bytes_are_read_or_told_as_wrong(encoded):
    try:
        found = parse_parameters(encoded)
    except ParameterError as error:
        assert error.facts
    else:
        assert all(isinstance(part, str) for pair in found for part in pair)


ESCAPED = st.one_of(
    st.sampled_from([b"=", b"\n", b"\r\n", b" ", b"\t", b"_", b".", b"==", b"=3D", b"%3d", b"%0A"]),
    st.binary(max_size=3).map(lambda content: quote(content, safe="").encode()),
)


@given(st.lists(ESCAPED).map(b"".join))
def test_escapes_among_anything_else_are_read_as_elsewhere(value):
    try:
        expected = unquote_to_bytes(value).decode()
    except UnicodeDecodeError:
        expected = None
    try:
        found = find_value(parse_parameters(b"query=" + value), "query")
    except ParameterError:
        found = None
    assert found == expected


@given(TEXT, st.binary(min_size=1))
def test_a_value_that_is_no_utf_8_is_never_guessed(text, content):
    encoded = b"query=" + quote(text, safe="").encode() + quote(content, safe="").encode()
    try:
        expected = text + content.decode()
    except UnicodeDecodeError:
        with pytest.raises(ParameterError):
            parse_parameters(encoded)
    else:
        assert find_value(parse_parameters(encoded), "query") == expected


@pytest.mark.parametrize(
    ("encoded", "fault"),
    [
        (b"query=%", "%"),
        (b"query=a%2", "%2"),
        (b"query=%zz", "%zz"),
        (b"query=%u0041", "%u0"),
        (b"query=%FF", "byte 1"),
        (b"query=ab%C3%28", "byte 3"),
        (b"query=%ED%A0%80", "byte 1"),
        (b"query=%C0%80", "byte 1"),
        (b"query=\xff", "byte 1"),
    ],
)
def test_a_fault_is_told_with_its_parameter(encoded, fault):
    with pytest.raises(ParameterError) as caught:
        parse_parameters(encoded)
    assert caught.value.facts["parameter"] == "query"
    assert fault in str(caught.value)


def test_names_may_be_wrong_as_well():
    with pytest.raises(ParameterError) as caught:
        parse_parameters(b"qu%FFery=x")
    assert caught.value.facts["parameter"] == "qu%FFery"


def test_letters_sent_as_they_are_and_empty_pairs_are_taken():
    assert parse_parameters("q=å&&r&=s".encode()) == (("q", "å"), ("r", ""), ("", "s"))


def test_repeated_values_keep_their_order():
    parameters = parse_parameters(b"g=2&x=0&g=1")
    assert list_values(parameters, "g") == ("2", "1")
    assert find_value(parameters, "y") is None
    with pytest.raises(ParameterError, match="2 times"):
        find_value(parameters, "g")


def test_parameters_without_number_are_not_read():
    with pytest.raises(ParameterError):
        parse_parameters(b"a&" * MOST_PARAMETERS)
